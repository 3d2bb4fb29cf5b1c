/// What `propose` says of one sprint: a pure function of what the files held at its end.
package struct ProposalReport: Sendable {
    /// The version of triggers and scores.
    package static let algorithm = "1"
    /// How many proposals a review has room for; the rest goes to ``appendix``.
    package static let longestList = 7

    package var sprint: Sprint
    /// The last day that counted: the sprint's end.
    package var asOf: Day
    /// Of what people read.
    package var language: Language
    /// At most ``longestList``, score descending, then invariant, kind, key; likewise the next two.
    package var proposals: [Proposal]
    /// What also scored enough.
    package var appendix: [Proposal]
    /// Scored too little to propose, or held back as the opposite of a recent revision; ``Proposal/against`` says which.
    package var watch: [Proposal]
    /// What would have been proposed and was decided before, by invariant and kind.
    package var setAside: [SetAside]
    package var metrics: RevisionMetrics
    /// Notes of the sprint to classify, before anything else when ``asksForCauses``.
    package var unclassified: [UnclassifiedNote]
    package var exceptions: ExceptionReview
    /// What in the input could not be used, and why: unknown ids, dates that are no days.
    package var findings: [Finding]

    package init(sprint: Sprint, language: Language) {
        self.sprint = sprint
        self.asOf = sprint.end
        self.language = language
        self.proposals = []
        self.appendix = []
        self.watch = []
        self.setAside = []
        self.metrics = RevisionMetrics()
        self.unclassified = []
        self.exceptions = ExceptionReview()
        self.findings = []
    }

    /// Main list and appendix.
    package var allProposals: [Proposal] { proposals + appendix }

    /// How many of all proposals let through what was forbidden, such as `1/4`.
    package var weakeningRatio: String {
        "\(allProposals.count { $0.kind.isWeakening })/\(allProposals.count)"
    }

    /// Whether more than 30 % of the sprint's causes are unknown, in integers: then the notes to classify come first.
    package var asksForCauses: Bool { 10 * metrics.unknownCauses > 3 * metrics.notes }

    /// A suggestion that was decided before and has no new reason to return.
    package struct SetAside: Hashable, Sendable {
        package var proposal: Proposal
        package var decision: ProposalDecision
        /// What is missing for it to return.
        package var why: Wording

        package init(proposal: Proposal, decision: ProposalDecision, why: Wording) {
            self.proposal = proposal
            self.decision = decision
            self.why = why
        }
    }

    /// A note of the sprint whose cause nobody said, with what its words suggest.
    package struct UnclassifiedNote: Hashable, Sendable {
        package var id: String
        package var title: String
        package var place: Place
        /// nil when the words suggest nothing.
        package var suggestion: Note.Cause?
        /// The words that suggest it, as the note has them, folded.
        package var words: [String]

        package init(id: String, title: String, place: Place, suggestion: Note.Cause?, words: [String]) {
            self.id = id
            self.title = title
            self.place = place
            self.suggestion = suggestion
            self.words = words
        }
    }

    /// Exceptions that need somebody's attention at the sprint's end; each by invariant and decision.
    package struct ExceptionReview: Sendable {
        package var expired: [ExceptionItem]
        /// Active, and ending within ``horizon`` days.
        package var expiring: [ExceptionItem]
        /// Active, and excusing nothing that any rule finds.
        package var unused: [ExceptionItem]

        /// Days, as the rule `exception/expires-soon` has it.
        package static let horizon = 30

        package init(expired: [ExceptionItem] = [], expiring: [ExceptionItem] = [], unused: [ExceptionItem] = []) {
            self.expired = expired
            self.expiring = expiring
            self.unused = unused
        }

        package var isEmpty: Bool { expired.isEmpty && expiring.isEmpty && unused.isEmpty }
    }
}
