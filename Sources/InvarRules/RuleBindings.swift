import InvarCore

/// Which invariant a match threatens: the join of rules and invariants through checks.
struct RuleBindings: Sendable {
    private let knowledge: Knowledge
    private let settings: CheckSettings
    private let bound: [String: [Bound]]

    /// An invariant with the check that binds the rule to it.
    struct Bound: Sendable {
        var item: InvariantItem
        var check: Invariant.Check?

        /// The clause's words, else the check's question, else the title.
        func basis(clause: String?) -> Finding.Basis {
            let invariant = item.invariant
            if let clause = invariant.clauses.first(where: { $0.id == clause }) {
                return Finding.Basis(title: invariant.title, text: clause.text, place: Place(path: item.path, position: Position(line: clause.line)))
            }
            if let check {
                return Finding.Basis(title: invariant.title, text: check.text, place: Place(path: item.path, position: Position(line: check.line)))
            }
            return Finding.Basis(title: invariant.title, text: invariant.title, place: Place(path: item.path, position: invariant.position))
        }
    }

    init(knowledge: Knowledge, settings: CheckSettings) {
        self.knowledge = knowledge
        self.settings = settings
        var bound: [String: [Bound]] = [:]
        for item in knowledge.invariants where item.invariant.status != .retired {
            for check in item.invariant.checks {
                for rule in check.rules { bound[rule, default: []].append(Bound(item: item, check: check)) }
            }
        }
        self.bound = bound
    }

    /// What a match itself names, then `invar.yml`, then the checks that bind its rule (those whose `paths` cover the
    /// file first, then the rule's default, then by id), then the rule's default if the knowledge base has it.
    func invariant(of rule: Rule?, _ id: String, _ match: Match) -> Bound? {
        if let named = match.invariant ?? settings.overrides[id]?.invariant ?? convention(id)?.invariant {
            return knowledge.invariant(named).map { Bound(item: $0, check: nil) }
        }
        let candidates = (bound[id] ?? []).filter { candidate in
            candidate.item.invariant.paths.isEmpty || candidate.item.invariant.paths.contains { Glob($0).matches(match.path) }
        }
        if let near = candidates.first(where: { !$0.item.invariant.paths.isEmpty }) { return near }
        if let usual = candidates.first(where: { $0.item.invariant.id == rule?.invariant }) ?? candidates.first { return usual }
        guard let usual = rule?.invariant, let item = knowledge.invariant(usual), item.invariant.status != .retired else { return nil }
        return Bound(item: item, check: nil)
    }

    /// Invariants that one of the rules can find a threat to.
    func watched(by rules: [Rule]) -> Set<String> {
        var ids: Set<String> = []
        for rule in rules where !rule.id.hasSuffix("/unreadable") {
            ids.formUnion((bound[rule.id] ?? []).map(\.item.invariant.id))
            if let named = settings.overrides[rule.id]?.invariant ?? rule.invariant, let item = knowledge.invariant(named) { ids.insert(item.invariant.id) }
        }
        return ids
    }

    private func convention(_ id: String) -> TextConvention? {
        settings.conventions.first { $0.ruleID == id }
    }
}
