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

/// Something wrong or suspicious in the user's content, judged: which invariant it threatens and whether a decision
/// excuses it.
package struct Finding: Hashable, Sendable {
    /// The rule's id, such as `knowledge/duplicate-id`.
    package var rule: String
    package var severity: Severity
    /// Lower case, names the thing.
    package var message: String
    package var place: Place
    /// What a reader says in Japanese beside ``message``, which is then English; nil once it is judged.
    package var japanese: Japanese?
    /// Exclusive; nil is the end of the line.
    package var end: Position?
    /// The way out, if one can be named.
    package var hint: String?
    /// The line it starts on, without its line break.
    package var excerpt: String
    /// The column at which the excerpt begins: 1 unless the line was too long to keep.
    package var excerptColumn: Int
    package var invariant: String?
    package var clause: String?
    /// API operations or jobs that it is about, as exceptions name them.
    package var operations: [String]
    /// The invariant's own words.
    package var basis: Basis?
    package var state: State
    /// The decision that excuses it.
    package var decision: String?
    /// Why it is excused.
    package var reason: String?
    package var related: [Related]
    /// Why it is not excused although somebody meant it to be: an exception that expired, a comment that names the wrong
    /// decision; each with what would cure it.
    package var remarks: [String]
    /// Stays the same when lines shift; see ``FindingFingerprint``.
    package var fingerprint: String

    package init(rule: String, severity: Severity, message: String, place: Place, hint: String? = nil) {
        self.rule = rule
        self.severity = severity
        self.message = message
        self.place = place
        self.japanese = nil
        self.end = nil
        self.hint = hint
        self.excerpt = ""
        self.excerptColumn = 1
        self.invariant = nil
        self.clause = nil
        self.operations = []
        self.basis = nil
        self.state = .open
        self.decision = nil
        self.reason = nil
        self.related = []
        self.remarks = []
        self.fingerprint = ""
    }

    /// One that a reader says in both languages.
    package init(rule: String, severity: Severity, message: Wording, place: Place, hint: Wording? = nil) {
        self.init(rule: rule, severity: severity, message: message.en, place: place, hint: hint?.en)
        japanese = Japanese(message: message.ja, hint: hint?.ja)
    }

    /// What a reader says, in Japanese.
    package struct Japanese: Hashable, Sendable {
        package var message: String
        package var hint: String?

        package init(message: String, hint: String?) {
            self.message = message
            self.hint = hint
        }
    }

    package enum State: String, Sendable, CaseIterable {
        case open, excepted, baselined
    }

    /// What an invariant says, and where: its clause, its check's question, or its title.
    package struct Basis: Hashable, Sendable {
        package var title: String
        package var text: String
        package var place: Place

        package init(title: String, text: String, place: Place) {
            self.title = title
            self.text = text
            self.place = place
        }
    }

    /// Another place that belongs to it.
    package struct Related: Hashable, Sendable {
        package var place: Place
        package var message: String

        package init(place: Place, message: String) {
            self.place = place
            self.message = message
        }
    }

    /// Path, line, column, rule, message: the order of every list of findings.
    package static func inOrder(_ a: Finding, _ b: Finding) -> Bool {
        (a.place.path, a.place.position, a.rule, a.message) < (b.place.path, b.place.position, b.rule, b.message)
    }
}
