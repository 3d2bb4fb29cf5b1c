extension RevisionMetrics {
    init(_ facts: RevisionFacts) {
        self.init()
        let timeline = facts.timeline
        let first = max(0, timeline.now - RevisionMetrics.span + 1)
        sprints = timeline.sprints[first...].map(\.name)
        let current = facts.ledger.notes.filter { $0.sprint == timeline.now && $0.note.isEvidence }
        notes = current.count
        incidents = Set(current.map(\.incident)).count
        unknownCauses = current.count(where: \.isUnclassified)
        invariants = facts.book.items.indices.compactMap { place in
            let signal = facts.signals[place]
            let counts = Array(signal.counts[first...])
            guard counts.contains(where: { $0 > 0 }) else { return nil }
            let invariant = facts.book.items[place].invariant
            return InvariantCount(
                id: invariant.id, title: invariant.title, owner: invariant.owner, counts: counts, isSignal: signal.isSignal, isChronic: signal.isChronic)
        }
        effects = facts.book.items.indices.flatMap { place in
            facts.revisions[place].filter(\.kind.isRevision).compactMap {
                RevisionEffect($0, facts.signals[place].counts, facts.ledger.firstSprint ?? 0, timeline)
            }
        }
    }
}

extension RevisionEffect {
    /// Sprints before and after that are compared.
    static let span = 4
    /// Odds at which a difference counts.
    private static let limit = 0.10

    /// nil while the four sprints after it are not over, and where nothing is known of those before.
    init?(_ revision: AppliedRevision, _ counts: [Int], _ firstSprint: Int, _ timeline: RevisionTimeline) {
        // The sprint in which it was applied is partly before and partly after; it is neither.
        guard let applied = timeline.indexAtOrBefore(revision.on), timeline.now >= applied + RevisionEffect.span else { return nil }
        let start = max(firstSprint, applied - RevisionEffect.span)
        guard start < applied else { return nil }
        let before = counts[start..<applied].reduce(0, +)
        let after = counts[(applied + 1)...(applied + RevisionEffect.span)].reduce(0, +)
        let sprints = applied - start
        let fewer = ExactTest.decrease(recent: after, exposure: RevisionEffect.span, earlier: before, baseline: sprints)
        let more = ExactTest.increase(recent: after, exposure: RevisionEffect.span, earlier: before, baseline: sprints)
        let verdict: Verdict = fewer <= RevisionEffect.limit ? .effective : more <= RevisionEffect.limit ? .worse : .noChange
        self.init(revision: revision, before: before, sprintsBefore: sprints, after: after, sprintsAfter: RevisionEffect.span, verdict: verdict)
    }
}
