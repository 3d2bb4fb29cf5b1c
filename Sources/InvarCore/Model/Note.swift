/// A raw note: what happened to an invariant, or nearly did.
package struct Note: Hashable, Sendable {
    package var id: String
    package var kind: Kind
    package var title: String
    package var date: Day?
    /// Ids of invariants or clauses, in the order of the text.
    package var invariants: [String]
    package var cause: Cause?
    package var severity: Severity?
    package var paths: [String]
    package var incident: String?
    /// Decisions it names, as written.
    package var decisions: [String]
    package var author: String?
    package var rule: String?
    /// The invariant's fingerprint when the note was written.
    package var seen: String?
    package var position: Position

    package init(id: String, kind: Kind, title: String, position: Position) {
        self.id = id
        self.kind = kind
        self.title = title
        self.date = nil
        self.invariants = []
        self.cause = nil
        self.severity = nil
        self.paths = []
        self.incident = nil
        self.decisions = []
        self.author = nil
        self.rule = nil
        self.seen = nil
        self.position = position
    }

    package enum Kind: String, Sendable, CaseIterable {
        case violated
        case hardToKeep = "hard-to-keep"
        case nearMiss = "near-miss"
        case observation

        /// Whether it counts against an invariant.
        package var isViolation: Bool { self != .observation }
    }

    package enum Cause: String, Sendable, CaseIterable {
        case unaware, ambiguous, infeasible, cost, conflict, emergency, slip, undetected
        case falseAlarm = "false-alarm"
        case obsolete, deliberate, unknown
    }

    /// S1 is the gravest.
    package enum Severity: String, Sendable, CaseIterable {
        case s1 = "S1"
        case s2 = "S2"
        case s3 = "S3"
        case s4 = "S4"
    }
}
