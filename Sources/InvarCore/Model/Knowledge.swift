/// Invariants, decisions, exceptions, notes and links, resolved as of a day: what `check`, `review` and `propose` load.
package struct Knowledge: Sendable {
    package var asOf: Day
    /// Of what people read.
    package var language: Language
    /// By id.
    package var invariants: [InvariantItem]
    /// By path.
    package var decisions: [DecisionItem]
    /// By invariant and decision.
    package var exceptions: [ExceptionItem]
    /// By date and id.
    package var notes: [NoteItem]
    /// By path and line.
    package var links: [LinkItem]
    /// Those of them that lead nowhere although they should; `UTF-8` has the shape of an id without being one.
    package var danglingLinks: [LinkItem]
    /// What could not be read, or not as it stands.
    package var findings: [Finding]

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
    }

    /// The invariant of an id or of an alias; nil for one that does not exist.
    package func invariant(_ id: String) -> InvariantItem? {
        let key = EntryName.key(id: id)
        return invariants.first { EntryName.key(id: $0.invariant.id) == key }
            ?? invariants.first { $0.invariant.aliases.contains { EntryName.key(id: $0) == key } }
    }
}
