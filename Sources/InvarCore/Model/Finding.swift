/// How much a finding weighs.
package enum Severity: String, Sendable, CaseIterable, Comparable {
    case note, warning, error

    package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// Something wrong or suspicious in the user's content.
package struct Finding: Hashable, Sendable {
    /// The rule's id, such as `knowledge/duplicate-id`.
    package var rule: String
    package var severity: Severity
    /// Lower case, names the thing.
    package var message: String
    package var place: Place
    /// The way out, if one can be named.
    package var hint: String?

    package init(rule: String, severity: Severity, message: String, place: Place, hint: String? = nil) {
        self.rule = rule
        self.severity = severity
        self.message = message
        self.place = place
        self.hint = hint
    }

    /// Path, line, column, rule, message: the order of every list of findings.
    package static func inOrder(_ a: Finding, _ b: Finding) -> Bool {
        (a.place.path, a.place.position, a.rule, a.message) < (b.place.path, b.place.position, b.rule, b.message)
    }
}
