/// One invariant with everything that its triggers look at.
struct CaseFile: Sendable {
    let facts: RevisionFacts
    let place: Int
    let item: InvariantItem
    let signal: InvariantSignal
    /// In the window.
    let incidents: [Incident]

    init(_ facts: RevisionFacts, _ place: Int) {
        self.facts = facts
        self.place = place
        item = facts.book.items[place]
        signal = facts.signals[place]
        incidents = facts.ledger.incidents[place].filter(\.isInWindow)
    }

    var invariant: Invariant { item.invariant }
    var hasCICheck: Bool { invariant.checks.contains { $0.audience.contains(.ci) } }

    /// New, and promoted not more than three sprints ago where that is known.
    var isOnProbation: Bool {
        guard invariant.status == .probation else { return false }
        guard let promoted = facts.revisions[place].last(where: { $0.kind == .promote }) else { return true }
        return facts.timeline.indexAtOrBefore(promoted.on).map { facts.timeline.now - $0 <= 3 } ?? true
    }

    /// The incidents in the window with one of some causes, without those that a revision of that kind has answered.
    func evidence(_ causes: Set<Note.Cause>) -> FamilyEvidence {
        let answered = facts.revisions[place].filter { !$0.kind.answers.isDisjoint(with: causes) }
        var total = 0
        var own: [Incident] = []
        for incident in incidents {
            let isOwn = !incident.causes.isDisjoint(with: causes)
            if isOwn, answered.contains(where: { $0.answered(incident) }) { continue }
            total += 1
            if isOwn { own.append(incident) }
        }
        return FamilyEvidence(own, of: total, clauses: invariant.clauses.map(\.id))
    }

    func evidence(_ family: CauseFamily) -> FamilyEvidence { evidence(Set(family.causes)) }

    /// Whether an incident of the gravest kind in the window, whatever its cause, forbids to weaken.
    var isGrave: Bool { incidents.contains { $0.severity == .s1 } }
}

extension Proposal.Kind {
    /// The causes that a revision of this kind is the answer to.
    var answers: Set<Note.Cause> {
        switch self {
        case .tighten, .addCheck: [.slip, .undetected]
        case .fixCheck: [.falseAlarm]
        case .clarify: [.ambiguous, .unaware]
        case .precedence: [.conflict]
        case .carveOut: [.infeasible, .emergency]
        case .relax: [.cost, .infeasible]
        case .codifyException: [.infeasible, .emergency, .cost]
        case .retire: [.obsolete]
        case .split, .merge, .promote, .enforce: []
        }
    }
}

extension AppliedRevision {
    /// Whether an incident happened under the words that this revision changed.
    func answered(_ incident: Incident) -> Bool {
        guard incident.lastDay <= on else { return false }
        if let clause, !incident.clauses.isEmpty, !incident.clauses.contains(clause) { return false }
        guard let scope, !incident.paths.isEmpty else { return true }
        return incident.paths.contains { ScopePath($0).overlaps(ScopePath(scope)) }
    }
}
