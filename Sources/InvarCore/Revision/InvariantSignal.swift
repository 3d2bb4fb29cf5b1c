/// How often an invariant was noted, compared with its frozen baseline.
struct InvariantSignal: Sendable {
    /// Distinct incidents by sprint of the timeline.
    var counts: [Int]
    /// x, the incidents of the window since the last revision, and e, its sprints.
    var recent = 0
    var exposure = 0
    /// H, the incidents of the baseline, and E, its sprints: the first eight at most since the last revision, which
    /// never roll, since a rolling baseline gets used to what goes wrong.
    var earlier = 0
    var baseline = 0
    /// The exact test's P.
    var chance = 1.0
    /// A discovery among the invariants noted this sprint.
    var isSignal = false
    /// Noted in at least three of the last four sprints.
    var isChronic = false

    static func all(_ ledger: RevisionLedger, _ revisions: [[AppliedRevision]], _ timeline: RevisionTimeline) -> [InvariantSignal] {
        var signals = ledger.incidents.enumerated().map { place, incidents in
            one(incidents, since: revisions[place].last { $0.kind.isRevision }?.on, ledger.firstSprint ?? 0, timeline)
        }
        let noted = signals.indices.filter { place in ledger.incidents[place].contains(where: \.isNow) }
        for (place, isSignal) in zip(noted, ExactTest.discoveries(among: noted.map { signals[$0].chance })) { signals[place].isSignal = isSignal }
        return signals
    }

    private static func one(_ incidents: [Incident], since revised: Day?, _ first: Int, _ timeline: RevisionTimeline) -> InvariantSignal {
        var signal = InvariantSignal(counts: Array(repeating: 0, count: timeline.sprints.count))
        for incident in incidents { signal.counts[incident.sprint] += 1 }
        let start = revised.flatMap { timeline.indexAtOrBefore($0) }.map { $0 + 1 } ?? first
        let window = max(start, timeline.windowStart)
        signal.exposure = max(0, timeline.now - window + 1)
        for place in window..<max(window, timeline.now + 1) { signal.recent += signal.counts[place] }
        let end = min(start + RevisionTimeline.longestBaseline, timeline.windowStart)
        signal.baseline = max(0, end - start)
        for place in start..<max(start, end) { signal.earlier += signal.counts[place] }
        signal.chance = ExactTest.increase(recent: signal.recent, exposure: signal.exposure, earlier: signal.earlier, baseline: signal.baseline)
        signal.isChronic = signal.counts[timeline.windowStart...].count { $0 > 0 } >= 3
        return signal
    }
}

extension Proposal.Kind {
    /// Whether applying it changes what the invariant or its checks say.
    var isRevision: Bool { self != .enforce }
}
