/// The invariants by id, alias and what they were merged into.
struct InvariantBook: Sendable {
    /// By id, each once.
    let items: [InvariantItem]
    private let places: [String: Int]

    init(_ items: [InvariantItem]) {
        var seen: Set<String> = []
        let sorted = items.sorted { ($0.invariant.id, $0.path, $0.invariant.position.line) < ($1.invariant.id, $1.path, $1.invariant.position.line) }
        self.items = sorted.filter { seen.insert(EntryName.key(id: $0.invariant.id)).inserted }
        let ids = self.items.enumerated().map { (EntryName.key(id: $0.element.invariant.id), $0.offset) }
        let aliases = self.items.enumerated().flatMap { item in item.element.invariant.aliases.map { (EntryName.key(id: $0), item.offset) } }
        places = Dictionary(ids + aliases) { first, _ in first }
    }

    /// The place of an invariant by its id or an alias.
    func index(_ id: String) -> Int? { places[EntryName.key(id: id)] }

    subscript(id: String) -> InvariantItem? { index(id).map { items[$0] } }

    /// What a name means today: an alias is its invariant, a merged one what it was merged into.
    ///
    /// A clause keeps its number only where the invariant itself was named and has that clause.
    func resolve(_ text: String) -> (id: String, clause: String?)? {
        guard let identifier = Identifier(text), let first = index(identifier.id) else { return nil }
        var place = first
        var seen: Set<Int> = [first]
        while let next = items[place].invariant.mergedInto, let there = index(next), seen.insert(there).inserted { place = there }
        let invariant = items[place].invariant
        guard place == first, let part = identifier.part else { return (invariant.id, nil) }
        let key = EntryName.key(id: invariant.id + part.dropFirst(identifier.id.count))
        return (invariant.id, invariant.clauses.first { EntryName.key(id: $0.id) == key }?.id)
    }

    func clause(_ id: String?, of invariant: Invariant) -> Invariant.Clause? {
        id.flatMap { wanted in invariant.clauses.first { $0.id == wanted } }
    }
}
