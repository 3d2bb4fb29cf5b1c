/// Notes that name no invariant, grouped by what they are about.
struct NoteGroups: Sendable {
    /// A group with at least one note in the window.
    struct Group: Sendable {
        /// Places in the ledger's notes, by day and id; older ones too.
        var notes: [Int]
        /// The note nearest to all others, then the rest by nearness; places in the ledger's notes.
        var central: [Int]
    }

    let groups: [Group]
    /// Older notes than that were left out.
    let leftOut: Int

    /// Two groups become one while the mean similarity of their notes is at least this.
    static let threshold = 0.10
    /// Notes that are compared with each other, the latest ones: the work grows with the square.
    static let room = 2_000

    init(_ ledger: RevisionLedger, _ glossary: Glossary) {
        let loose = ledger.notes.indices.filter { !ledger.notes[$0].namesSomething }
        let places = Array(loose.suffix(NoteGroups.room))
        leftOut = loose.count - places.count
        // Nothing is asked of groups without a note now.
        guard places.contains(where: { ledger.notes[$0].sprint == ledger.timeline.now }) else {
            groups = []
            return
        }
        let terms = GroupingTerms(glossary)
        let vectors = TermVectors(places.map { terms.count([Folding.searchable(ledger.notes[$0].note.title), ledger.notes[$0].folded]) })
        let found = AverageLink.groups(count: places.count, threshold: NoteGroups.threshold) { vectors.similarity($0, $1) }
        groups = found.filter { group in group.contains { ledger.notes[places[$0]].sprint >= ledger.timeline.windowStart } }.map { group in
            let nearness = group.map { note in (note: note, sum: group.reduce(0.0) { $0 + vectors.similarity(note, $1) }) }
            let central = nearness.sorted { ($1.sum, $0.note) < ($0.sum, $1.note) }.map { places[$0.note] }
            return Group(notes: group.map { places[$0] }, central: central)
        }
    }
}
