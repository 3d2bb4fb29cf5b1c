/// Sorts candidates by what was decided before, by recent revisions, and by their scores.
struct Screening {
    let facts: RevisionFacts
    private(set) var proposed: [Proposal] = []
    private(set) var watched: [Proposal] = []
    private(set) var setAside: [ProposalReport.SetAside] = []

    init(_ facts: RevisionFacts, _ candidates: [Proposal]) {
        self.facts = facts
        for candidate in candidates where candidate.score >= Scoring.watched { screen(candidate) }
        proposed.sort(by: Screening.inOrder)
        watched.sort(by: Screening.inOrder)
        setAside.sort {
            ($0.proposal.invariant, $0.proposal.kind.rawValue, $0.proposal.key) < ($1.proposal.invariant, $1.proposal.kind.rawValue, $1.proposal.key)
        }
    }

    /// Score descending, then invariant, kind, key.
    static func inOrder(_ a: Proposal, _ b: Proposal) -> Bool {
        (-a.score, a.invariant, a.kind.rawValue, a.key) < (-b.score, b.invariant, b.kind.rawValue, b.key)
    }

    private mutating func screen(_ candidate: Proposal) {
        var proposal = candidate
        if let decision = facts.decided[candidate.key] {
            switch decision.state {
            case .rejected, .superseded:
                guard let news = Novelty(candidate, decision, facts).news else { return putAside(candidate, decision) }
                proposal.news = news
            case .applied, .measured:
                // What the revision answered no longer counts where causes tell; of the others only new notes do.
                guard candidate.kind.answers.isEmpty || candidate.kind == .codifyException || candidate.kind == .retire else { break }
                guard let news = Novelty(candidate, decision, facts).evidence else { return putAside(candidate, decision) }
                proposal.news = news
            case .accepted:
                return putAside(candidate, decision)
            case .proposed, .stale:
                break
            }
        }
        if let revision = recentOpposite(of: proposal) {
            proposal.against =
                Wording(
                    en: "\(revision.kind.rawValue) was applied on \(revision.on), and this is the opposite: watched for three sprints; ",
                    ja: "\(revision.on) に \(revision.kind.rawValue) を適用したばかりで、これはその逆です。3 スプリントは様子を見ます。") + proposal.against
            watched.append(proposal)
        } else if proposal.score >= Scoring.proposed {
            proposed.append(proposal)
        } else {
            watched.append(proposal)
        }
    }

    private mutating func putAside(_ candidate: Proposal, _ decision: ProposalDecision) {
        let day = decision.on.map { " \($0)" } ?? ""
        let why: Wording
        switch decision.state {
        case .accepted:
            why = Wording(en: "accepted\(day), not applied yet", ja: "採択済み\(day)・未適用")
        case .applied, .measured:
            why = Wording(en: "applied\(day); too little is new", ja: "適用済み\(day)。新しい記録が足りません")
        case .rejected, .superseded, .proposed, .stale:
            let (new, needed) = Novelty(candidate, decision, facts).progress
            why = Wording(
                en: "\(decision.state.rawValue)\(day); \(Scoring.counted(new, "new incident")), it returns with \(needed)",
                ja: "\(decision.state == .rejected ? "却下" : "置き換え")済み\(day)。新しいインシデントは \(new) 件で、\(needed) 件から再提案します")
        }
        setAside.append(ProposalReport.SetAside(proposal: candidate, decision: decision, why: why))
    }

    /// The opposite of a revision of the last three sprints is only watched, unless an S1 speaks for it.
    private func recentOpposite(of proposal: Proposal) -> AppliedRevision? {
        guard proposal.severity != .s1 else { return nil }
        let invariants = [proposal.invariant] + (proposal.partner.map { [$0] } ?? [])
        let revisions = invariants.compactMap { facts.book.index($0) }.flatMap { facts.revisions[$0] }
        return revisions.last { revision in
            guard let sprint = facts.timeline.indexAtOrBefore(revision.on), facts.timeline.now - sprint <= 3 else { return false }
            guard revision.kind.isOpposite(to: proposal.kind) else { return false }
            return revision.clause == nil || proposal.clause == nil || revision.clause == proposal.clause
        }
    }
}

extension Proposal.Kind {
    /// Whether one takes back what the other did.
    func isOpposite(to other: Proposal.Kind) -> Bool {
        switch (self, other) {
        case (.split, .merge), (.merge, .split), (.promote, .retire), (.retire, .promote): true
        default: (strengthens && other.isWeakening) || (isWeakening && other.strengthens)
        }
    }

    private var strengthens: Bool { self == .tighten || self == .addCheck }
}

/// What is new since a proposal was decided.
private struct Novelty {
    let candidate: Proposal
    let decision: ProposalDecision
    let facts: RevisionFacts
    private let fresh: [LedgerNote]
    private let old: Int

    init(_ candidate: Proposal, _ decision: ProposalDecision, _ facts: RevisionFacts) {
        self.candidate = candidate
        self.decision = decision
        self.facts = facts
        let known = Set(decision.evidence.filter { $0.kind == .note }.map(\.id))
        let ids = Set(candidate.evidence.filter { $0.kind == .note }.map(\.id))
        let told = facts.ledger.notes.filter { ids.contains($0.note.id) }
        let knownIncidents = Set(facts.ledger.notes.filter { known.contains($0.note.id) }.map(\.incident))
        fresh = told.filter { note in
            // A file that lists no evidence still says when it was decided.
            known.isEmpty ? decision.on.map { note.day > $0 } ?? true : !known.contains(note.note.id) && !knownIncidents.contains(note.incident)
        }
        old = known.isEmpty ? 0 : max(knownIncidents.count, 1)
    }

    /// New incidents, and how many it takes: two, or half of the old ones.
    var progress: (new: Int, needed: Int) {
        (Set(fresh.map(\.incident)).count, max(2, (old + 1) / 2))
    }

    /// Enough new incidents; of exceptions, others than before.
    var evidence: Wording? {
        let (new, needed) = progress
        if new >= needed {
            return Wording(en: "\(new) new incidents since it was decided", ja: "決定後に新しいインシデントが \(new) 件ありました")
        }
        guard candidate.kind == .codifyException else { return nil }
        let known = Set(decision.evidence.filter { $0.kind == .exception }.map { $0.id + $0.hash })
        let changed = candidate.evidence.count { $0.kind == .exception && !known.contains($0.id + $0.hash) }
        return !known.isEmpty && changed >= max(1, (known.count + 1) / 2)
            ? Wording(en: "\(Scoring.counted(changed, "exception")) renewed or granted since it was decided", ja: "決定後に例外が \(changed) 件、延長または追加されました")
            : nil
    }

    /// Any of the reasons for which a rejected one returns.
    var news: Wording? {
        if let evidence { return evidence }
        if let grave = fresh.first(where: { $0.note.severity == .s1 }) {
            return Wording(en: "a new S1: \(grave.note.id)", ja: "新しい S1 がありました（\(grave.note.id)）")
        }
        if let basis = decision.basis, basis != candidate.basis {
            return Wording(en: "the words it is about have changed since", ja: "決定後に対象の文言が変わりました")
        }
        let cited = Dictionary(decision.evidence.filter { $0.kind == .decision }.map { ($0.id, $0.hash) }) { first, _ in first }
        for now in candidate.evidence where now.kind == .decision {
            guard let then = cited[now.id], then != now.hash else { continue }
            return Wording(en: "\(now.id), which it cites, has changed since", ja: "引用している \(now.id) が決定後に変わりました")
        }
        if let until = decision.until, until <= facts.sprint.end {
            return Wording(en: "it was put off until \(until), which has passed", ja: "見送りの期日（\(until)）を過ぎました")
        }
        return nil
    }
}
