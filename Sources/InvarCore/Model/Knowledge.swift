/// Invariants, decisions, exceptions, notes and links, resolved as of a day: what `check`, `review` and `propose` load.
package struct Knowledge: Sendable {
    package let asOf: Day
    /// Of what people read.
    package let language: Language
    /// By id.
    package let invariants: [InvariantItem]
    /// By path.
    package let decisions: [DecisionItem]
    /// By invariant and decision.
    package let exceptions: [ExceptionItem]
    /// By date and id.
    package let notes: [NoteItem]
    /// By path and line.
    package let links: [LinkItem]
    /// Those of them that lead nowhere although they should; `UTF-8` has the shape of an id without being one.
    package let danglingLinks: [LinkItem]
    /// What could not be read, or not as it stands.
    package let findings: [Finding]

    /// Places in ``invariants`` by id and alias, ids first.
    private let places: [String: Int]

    package init(
        asOf: Day, language: Language, invariants: [InvariantItem], decisions: [DecisionItem], exceptions: [ExceptionItem], notes: [NoteItem],
        links: [LinkItem], danglingLinks: [LinkItem], findings: [Finding]
    ) {
        self.asOf = asOf
        self.language = language
        self.invariants = invariants
        self.decisions = decisions
        self.exceptions = exceptions
        self.notes = notes
        self.links = links
        self.danglingLinks = danglingLinks
        self.findings = findings
        let ids = invariants.enumerated().map { (EntryName.key(id: $0.element.invariant.id), $0.offset) }
        let aliases = invariants.enumerated().flatMap { item in item.element.invariant.aliases.map { (EntryName.key(id: $0), item.offset) } }
        self.places = Dictionary(ids + aliases) { first, _ in first }
    }

    /// The invariant of an id or of an alias; nil for one that does not exist.
    package func invariant(_ id: String) -> InvariantItem? {
        places[EntryName.key(id: id)].map { invariants[$0] }
    }
}
