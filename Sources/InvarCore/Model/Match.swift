/// What a rule found, before anybody judged whether it is excused.
package struct Match: Hashable, Sendable {
    /// The file it stands in, relative to the root.
    package var path: String
    package var start: Position
    /// Exclusive.
    package var end: Position
    /// Lower case, names the thing.
    package var message: Wording
    /// The way out: what to write instead, in the file's own format.
    package var hint: Wording?
    /// When this one weighs differently from its rule.
    package var severity: Severity?
    /// When this one threatens another invariant than its rule does.
    package var invariant: String?
    /// The clause it threatens, where that is clear.
    package var clause: String?
    /// Counts only where `invar.yml` or `--rule` asks for its rule.
    package var isOptIn: Bool
    /// API operations or jobs it is about, as exceptions name them.
    package var operations: [String]
    /// What tells it from other matches of its rule in the file, independent of lines: a normalised statement, an
    /// object's name. "" takes the words of its line.
    package var key: String
    /// The lines whose change can bring it about; nil is only its own lines.
    package var scope: ClosedRange<Int>?
    /// Other files whose change, addition or removal can bring it about.
    package var causes: [String]
    package var related: [Related]
    /// Decisions that the place itself names, as `ADR-0012`.
    package var decisions: [String]
    /// The words of the line it starts on; of a very long line those around the match.
    package var excerpt: String
    /// The column at which the excerpt begins: 1 unless it was cut.
    package var excerptColumn: Int

    package init(path: String, start: Position, end: Position, message: Wording, hint: Wording? = nil) {
        self.path = path
        self.start = start
        self.end = end
        self.message = message
        self.hint = hint
        self.severity = nil
        self.invariant = nil
        self.clause = nil
        self.isOptIn = false
        self.operations = []
        self.key = ""
        self.scope = nil
        self.causes = []
        self.related = []
        self.decisions = []
        self.excerpt = ""
        self.excerptColumn = 1
    }

    /// Whether it is the same thing found once more, by way of another file.
    package func isSame(as other: Match) -> Bool {
        path == other.path && start == other.start && end == other.end && key == other.key && message == other.message
    }

    /// Takes over what can bring about the same match found by way of another file.
    package mutating func absorb(_ other: Match) {
        operations = Match.united(operations, other.operations)
        causes = Match.united(causes, other.causes).sorted()
        related += other.related.filter { !related.contains($0) }
        decisions = Match.united(decisions, other.decisions)
        if let mine = scope, let others = other.scope {
            scope = min(mine.lowerBound, others.lowerBound)...max(mine.upperBound, others.upperBound)
        } else {
            scope = scope ?? other.scope
        }
    }

    private static func united(_ a: [String], _ b: [String]) -> [String] {
        a + b.filter { !a.contains($0) }
    }

    /// Another place that belongs to it.
    package struct Related: Hashable, Sendable {
        package var place: Place
        package var message: Wording

        package init(place: Place, message: Wording) {
            self.place = place
            self.message = message
        }
    }
}
