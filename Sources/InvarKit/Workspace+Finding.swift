package import InvarCore
import InvarSyntax

extension Workspace {
    /// The one finding of the whole repository whose fingerprint begins so.
    ///
    /// - Throws: ``Failure`` for fewer than six digits, for none, and for more than one.
    package func finding(_ fingerprint: String) throws -> Finding {
        let wanted = fingerprint.lowercased()
        guard wanted.count >= 6 else {
            throw Failure("\(fingerprint) is too short for a fingerprint", hint: "at least six digits of what `invar check --format json` prints")
        }
        let found = try check().report.findings.filter { $0.fingerprint.hasPrefix(wanted) }
        guard let first = found.first else {
            throw Failure("there is no finding \(fingerprint)", hint: "`invar check --format json` prints the fingerprints")
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
