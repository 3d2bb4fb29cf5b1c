package import InvarCore
import InvarSyntax

extension Workspace {
    /// The one finding of the whole repository whose fingerprint begins so.
    ///
    /// - Parameter base: looks among those that `check --base` shows, which are about a change and found nowhere else.
    /// - Throws: ``Failure`` for fewer than six digits, for none, and for more than one.
    package func finding(_ fingerprint: String, base: String? = nil) throws -> Finding {
        let wanted = fingerprint.lowercased()
        guard wanted.count >= 6 else {
            throw Failure("\(fingerprint) is too short for a fingerprint", hint: "at least six digits of what `invar check --verbose` prints")
        }
        var options = CheckOptions()
        options.base = base
        let found = try check(options).report.findings.filter { $0.fingerprint.hasPrefix(wanted) }
        guard let first = found.first else {
            throw Failure(
                "there is no finding \(fingerprint)\(base.map { " against \($0)" } ?? "")",
                hint: base == nil
                    ? "`invar check --verbose` prints the fingerprints; one that only `check --base REV` shows needs --base REV here, too"
                    : "`invar check --base \(base ?? "") --verbose` prints the fingerprints")
        }
        guard found.count == 1 else { throw Failure("\(fingerprint) begins \(found.count) fingerprints", hint: "give more digits") }
        return first
    }
}

extension NoteDraft {
    /// Takes rule, invariant, path and, where there is none, the text from a finding.
    package mutating func fill(about finding: Finding) {
        rule = finding.rule
        if invariants.isEmpty, let invariant = finding.clause ?? finding.invariant { invariants = [invariant] }
        if paths.isEmpty { paths = [finding.place.path] }
        if text.trimmingBlanks.isEmpty { text = finding.message }
    }
}
