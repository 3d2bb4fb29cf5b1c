/// The figures of a sprint: what the page's table and sparklines show.
package struct RevisionMetrics: Sendable {
    /// Names of the last sprints, oldest first, the one reported last; the counts below follow them.
    package var sprints: [String]
    /// Distinct notes of this sprint that tell of something that went wrong.
    package var notes: Int
    /// Distinct incidents of this sprint.
    package var incidents: Int
    /// Of ``notes`` those whose cause is missing or `unknown`.
    package var unknownCauses: Int
    /// Invariants with an incident in ``sprints``, by id.
    package var invariants: [InvariantCount]
    /// What earlier revisions brought, by invariant and day.
    package var effects: [RevisionEffect]

    /// How many sprints a sparkline covers.
    package static let span = 12

    package init() {
        sprints = []
        notes = 0
        incidents = 0
        unknownCauses = 0
        invariants = []
        effects = []
    }

    /// The incidents of one invariant.
    package struct InvariantCount: Hashable, Sendable {
        package var id: String
        package var title: String
        package var owner: String?
        /// Distinct incidents a sprint, oldest first.
        package var counts: [Int]
        /// More than its frozen baseline lets expect (Benjamini–Hochberg, 10 %).
        package var isSignal: Bool
        /// Noted in at least three of the last four sprints.
        package var isChronic: Bool

        package init(id: String, title: String, owner: String?, counts: [Int], isSignal: Bool, isChronic: Bool) {
            self.id = id
            self.title = title
            self.owner = owner
            self.counts = counts
            self.isSignal = isSignal
            self.isChronic = isChronic
        }
    }
}

/// What came of a revision, four sprints after it was applied: an exact test of the rates before and after.
package struct RevisionEffect: Hashable, Sendable {
    package var revision: AppliedRevision
    /// Distinct incidents in the sprints before it, at most four.
    package var before: Int
    package var sprintsBefore: Int
    /// Distinct incidents in the four sprints after it.
    package var after: Int
    package var sprintsAfter: Int
    package var verdict: Verdict

    package init(revision: AppliedRevision, before: Int, sprintsBefore: Int, after: Int, sprintsAfter: Int, verdict: Verdict) {
        self.revision = revision
        self.before = before
        self.sprintsBefore = sprintsBefore
        self.after = after
        self.sprintsAfter = sprintsAfter
        self.verdict = verdict
    }

    package enum Verdict: String, Sendable, CaseIterable {
        case effective
        case noChange = "no change"
        case worse
    }
}
