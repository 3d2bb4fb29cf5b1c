/// `promote`: a group of notes without invariant, of three incidents and two people or more, one of them now.
struct PromoteTrigger {
    let facts: RevisionFacts
    /// Ids that are free, also for drafts that came before.
    let ids: FreeIDs

    func proposals() -> [Proposal] {
        let ledger = facts.ledger
        var proposals: [Proposal] = []
        var ids = ids
        for group in NoteGroups(ledger, facts.glossary).groups {
            let recent = group.notes.filter { ledger.notes[$0].sprint >= ledger.timeline.windowStart }
            let incidents = Set(recent.map { ledger.notes[$0].incident })
            let authors = Set(recent.compactMap { ledger.notes[$0].author })
            let isNow = recent.contains { ledger.notes[$0].sprint == ledger.timeline.now }
            guard incidents.count >= 3, authors.count >= 2, isNow, let earliest = group.notes.first else { continue }
            proposals.append(proposal(group, recent, incidents.count, authors.count, earliest: ledger.notes[earliest], id: ids.next()))
        }
        return proposals
    }

    private func proposal(_ group: NoteGroups.Group, _ recent: [Int], _ incidents: Int, _ authors: Int, earliest: LedgerNote, id: String) -> Proposal {
        let ledger = facts.ledger
        var proposal = Proposal(
            key: Proposal.key(kind: .promote, invariant: "", clause: earliest.note.id, scope: nil), kind: .promote, invariant: id)
        let severity = recent.reduce(nil) { Incident.gravest($0, ledger.notes[$1].note.severity) }
        let isChronic = Set(recent.map { ledger.notes[$0].sprint }).count >= 3
        proposal.points =
            [Scoring.volume(incidents)] + Scoring.severity(severity) + Scoring.chronic(isChronic) + Scoring.sources(authors)
        proposal.incidents = incidents
        proposal.severity = severity
        proposal.evidence = recent.map { ledger.notes[$0].evidence }.sorted { ($0.id, $0.place.path) < ($1.id, $1.place.path) }
        let draft = PromotionDraft(facts, group).draft(id: id)
        proposal.material.draft = draft
        proposal.material.quotes = group.central.prefix(3).compactMap { place in
            Sentences.telling(ledger.notes[place]).map { Proposal.Quote(note: ledger.notes[place].note.id, text: $0) }
        }
        proposal.basis = StableHash([earliest.hash]).hex(digits: 8)
        proposal.why = Wording(
            en: "\(Scoring.counted(incidents, "incident")) that \(authors) people noted are about one thing, and no invariant says anything of it.",
            ja: "\(authors) 人が記録した \(incidents) 件が同じことを指していますが、それを定めたインバリアントがありません。")
        proposal.against = Wording(
            en: "the notes were grouped by their words, which may only sound alike; it begins on probation",
            ja: "メモは言葉の近さでまとめたもので、似ているのは言葉だけかもしれません。まずは試行（probation）として始めます")
        proposal.considered = [nearest(group)]
        return proposal
    }

    /// The invariant that says most of the same, as the alternative.
    private func nearest(_ group: NoteGroups.Group) -> Wording {
        let terms = GroupingTerms(facts.glossary)
        let items = facts.book.items.filter { $0.invariant.status != .retired }
        guard !items.isEmpty else { return Wording(en: "a clause of an invariant: there is none yet", ja: "既存のインバリアントへの条項追加: まだ一つもありません") }
        let told = terms.count(group.notes.suffix(50).map { facts.ledger.notes[$0].folded })
        let texts = items.map { item in terms.count(([item.invariant.title] + item.invariant.clauses.map(\.text)).map { Folding.searchable($0) }) }
        let vectors = TermVectors([told] + texts)
        let best = items.indices.max { vectors.similarity(0, $0 + 1) < vectors.similarity(0, $1 + 1) } ?? 0
        let percent = Int(vectors.similarity(0, best + 1) * 100 + 0.5)
        let id = items[best].invariant.id
        return Wording(
            en: "a clause of \(id), the nearest: its words are alike to \(percent) %",
            ja: "最も近い \(id) への条項追加: 言葉の近さは \(percent)% です")
    }
}

/// Ids that nothing has, one after the other.
struct FreeIDs {
    private let family: String
    private let width: Int
    private var number: Int

    /// Of the family that most invariants have; `INV-OPS` where there is none.
    init(_ facts: RevisionFacts) {
        var counts: [String: Int] = [:]
        for item in facts.book.items { counts[Invariant.family(of: item.invariant.id), default: 0] += 1 }
        let family = counts.min { (-$0.value, $0.key) < (-$1.value, $1.key) }?.key ?? "INV-OPS"
        let invariants = facts.book.items.flatMap { [$0.invariant.id, $0.invariant.mergedInto ?? ""] + $0.invariant.aliases }
        let named = facts.ledger.notes.flatMap(\.note.invariants) + facts.exceptions.flatMap { $0.map(\.exception.invariant) }
        var highest = 0
        var width = 3
        for text in invariants + named {
            guard let id = Identifier(text)?.id, Invariant.family(of: id) == family, let digits = id.split(separator: "-").last else { continue }
            // A number that nobody counts to is a slip.
            guard let number = Int(digits), number < 1_000_000 else { continue }
            highest = max(highest, number)
            width = max(width, digits.count)
        }
        self.family = family
        self.width = width
        number = highest
    }

    mutating func next() -> String {
        number += 1
        let digits = String(number)
        return family + "-" + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
