extension Proposal {
    /// What an edit is made of; each kind says which of these it uses. All texts come from files and are untrusted.
    package struct Material: Hashable, Sendable {
        /// The obligation word of the clause, with its neighbours in strength; nil where the clause has none.
        package var obligation: Obligation?
        /// Sentences from the notes, the best example first.
        package var quotes: [Quote]
        /// The id of a rule that fits, `sql/drop-column`.
        package var rule: String?
        /// The check that the rule belongs to, or that the notes fit best: `INV-OPS-002.C1`.
        package var check: String?
        /// Exceptions that the change closes, by invariant, decision and place.
        package var exceptions: [ExceptionItem.Reference]
        /// Decisions that justify it, as `ADR-0007`, sorted.
        package var decisions: [String]
        /// Clauses that move to another id (`split`), in their order.
        package var clauses: [String]
        /// Why an invariant is retired: `obsolete` or `scope-gone`.
        package var reasonCode: String?
        /// The last day of a `carve-out`.
        package var until: Day?
        /// The new invariant of `promote` and `split`.
        package var draft: Draft?

        package init() {
            obligation = nil
            quotes = []
            rule = nil
            check = nil
            exceptions = []
            decisions = []
            clauses = []
            reasonCode = nil
            until = nil
            draft = nil
        }
    }

    /// How strongly a clause demands, in its own words.
    package struct Obligation: Hashable, Sendable {
        /// As it stands in the clause.
        package var written: String
        /// The next stronger wording that fits in the same place; nil when there is none.
        package var stronger: String?
        package var weaker: String?
        package var language: Language

        package init(written: String, stronger: String?, weaker: String?, language: Language) {
            self.written = written
            self.stronger = stronger
            self.weaker = weaker
            self.language = language
        }
    }

    /// A sentence of a note.
    package struct Quote: Hashable, Sendable {
        package var note: String
        package var text: String

        package init(note: String, text: String) {
            self.note = note
            self.text = text
        }
    }

    /// An invariant that does not exist yet.
    package struct Draft: Hashable, Sendable {
        /// Free in the whole knowledge base.
        package var id: String
        package var title: String
        package var clauses: [String]
        package var checks: [String]
        /// The file to append it to; nil when there is no file of invariants yet.
        package var path: String?
        package var language: Language

        package init(id: String, title: String, clauses: [String], checks: [String], path: String?, language: Language) {
            self.id = id
            self.title = title
            self.clauses = clauses
            self.checks = checks
            self.path = path
            self.language = language
        }
    }
}

extension ExceptionItem {
    /// Which exception is meant.
    package struct Reference: Hashable, Sendable, Comparable {
        package var invariant: String
        package var clause: String?
        package var decision: String
        package var place: Place

        package init(_ item: ExceptionItem) {
            invariant = item.exception.invariant
            clause = item.exception.clause
            decision = item.decision
            place = Place(path: item.path, position: item.exception.position)
        }

        package static func < (a: Self, b: Self) -> Bool {
            let left = (a.invariant, a.clause ?? "", a.decision, a.place.path)
            let right = (b.invariant, b.clause ?? "", b.decision, b.place.path)
            return left == right ? a.place.position < b.place.position : left < right
        }
    }
}
