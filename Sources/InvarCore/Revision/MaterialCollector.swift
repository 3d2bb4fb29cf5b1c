/// Collects what the edit of a proposal is made of.
struct MaterialCollector {
    let file: CaseFile
    let evidence: FamilyEvidence
    let decisions: [String]

    init(_ file: CaseFile, _ evidence: FamilyEvidence, _ decisions: [String]) {
        self.file = file
        self.evidence = evidence
        self.decisions = decisions
    }

    /// How long an exception that is carved out holds, in days: two quarters, then somebody looks again.
    static let carveOutDays = 182

    func material(for kind: Proposal.Kind) -> Proposal.Material {
        var material = Proposal.Material()
        material.decisions = decisions
        material.quotes = quotes
        switch kind {
        case .tighten, .relax:
            material.obligation = clause.flatMap { ObligationWords.of($0.text) }
        case .carveOut:
            material.until = file.facts.sprint.end + MaterialCollector.carveOutDays
        case .addCheck:
            material.rule = namedRule ?? fittingRule
        case .fixCheck:
            material.rule = namedRule ?? boundRule
            material.check = check(of: material.rule)?.id
        case .retire:
            material.reasonCode = "obsolete"
        case .clarify, .precedence, .codifyException, .split, .merge, .promote, .enforce:
            break
        }
        return material
    }

    private var clause: Invariant.Clause? {
        evidence.focus.flatMap { file.facts.book.clause($0, of: file.invariant) } ?? file.invariant.clauses.first
    }

    private var notes: [LedgerNote] {
        let ledger = file.facts.ledger
        let places = Set(evidence.incidents.flatMap(\.notes)).sorted()
        return places.map { ledger.notes[$0] }.filter { $0.sprint >= ledger.timeline.windowStart }
    }

    /// At most three sentences, of the gravest and then the latest notes first.
    private var quotes: [Proposal.Quote] {
        let sorted = notes.sorted { a, b in
            (a.note.severity?.rawValue ?? "S9", -a.day.ordinal, a.note.id) < (b.note.severity?.rawValue ?? "S9", -b.day.ordinal, b.note.id)
        }
        var quotes: [Proposal.Quote] = []
        for note in sorted where quotes.count < 3 {
            guard let sentence = Sentences.telling(note), !quotes.contains(where: { $0.text == sentence }) else { continue }
            quotes.append(Proposal.Quote(note: note.note.id, text: sentence))
        }
        return quotes
    }

    /// The rule that most of the notes name.
    private var namedRule: String? {
        var counts: [String: Int] = [:]
        for rule in notes.compactMap(\.note.rule) where RuleName.isRule(rule) { counts[rule, default: 0] += 1 }
        return counts.min { (-$0.value, $0.key) < (-$1.value, $1.key) }?.key
    }

    /// The only rule that the invariant's checks bind.
    private var boundRule: String? {
        let rules = Set(file.invariant.checks.flatMap(\.rules))
        return rules.count == 1 ? rules.first : nil
    }

    /// The rule of this invariant, not yet bound, whose words are nearest to those of the notes and the clause.
    private var fittingRule: String? {
        let bound = Set(file.invariant.checks.flatMap(\.rules))
        let own = file.facts.rules.filter { $0.invariant.map { file.facts.book.index($0) == file.place } ?? false && !bound.contains($0.id) }
            .sorted { $0.id < $1.id }
        guard !own.isEmpty else { return nil }
        let terms = GroupingTerms(file.facts.glossary)
        let told = terms.count(((clause?.text).map { [Folding.searchable($0)] } ?? []) + notes.map(\.folded))
        let vectors = TermVectors([told] + own.map { terms.count([Folding.searchable($0.text)]) })
        let best = own.indices.max { vectors.similarity(0, $0 + 1) < vectors.similarity(0, $1 + 1) }
        return best.flatMap { vectors.similarity(0, $0 + 1) >= 0.05 ? own[$0].id : nil }
    }

    private func check(of rule: String?) -> Invariant.Check? {
        if let rule, let found = file.invariant.checks.first(where: { $0.rules.contains(rule) }) { return found }
        return file.invariant.checks.first { $0.audience.contains(.ci) } ?? file.invariant.checks.first
    }
}
