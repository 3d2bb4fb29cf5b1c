package import InvarCore

/// What `adr except` is told. Whatever is missing is asked for on a terminal, and refused elsewhere.
package struct ExceptRequest: Sendable {
    /// An invariant or a clause.
    package var invariant: String?
    package var decision: String?
    package var paths: [String] = []
    package var operations: [String] = []
    package var reason: String?
    package var retry: String?
    package var until: Day?
    /// Said outright, so that nobody leaves the paths out by mistake.
    package var everywhere = false
    package var forever = false
    /// What a finding says, for a reason to begin with; by itself it is none.
    private var draft: String?

    package init() {}

    /// Takes invariant, path and operations from a finding where they are not given.
    package mutating func fill(from finding: Finding) throws(Failure) {
        guard let invariant = finding.clause ?? finding.invariant else {
            throw Failure(
                "\(finding.rule) threatens no invariant here, so no exception can excuse it", at: finding.place,
                hint: "bind the rule to an invariant, or switch it off under rules: in \(Configuration.fileName)")
        }
        if self.invariant == nil { self.invariant = invariant }
        draft = finding.message
        guard paths.isEmpty, operations.isEmpty, !everywhere else { return }
        paths = [finding.place.path]
        operations = finding.operations
    }

    /// The options that are still missing, as a person types them.
    ///
    /// - Parameter requires: what the invariant asks for, nil while it is not known.
    func missing(_ requires: Set<ExceptionField>) -> [String] {
        var missing: [String] = []
        if decision == nil { missing.append("--adr N") }
        if paths.isEmpty, operations.isEmpty, !everywhere { missing.append("--path GLOB (or --everywhere)") }
        if reason == nil { missing.append(draft.map { "--reason \"\($0): …\"" } ?? "--reason WHY") }
        if retry == nil, requires.contains(.retry) { missing.append("--retry HOW") }
        if until == nil, !forever { missing.append(requires.contains(.until) ? "--until YYYY-MM-DD" : "--until YYYY-MM-DD (or --forever)") }
        return missing
    }
}
