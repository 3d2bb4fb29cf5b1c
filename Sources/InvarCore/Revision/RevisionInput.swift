/// Everything that the revision engine reads. The engine itself leaves out what is dated after the sprint.
package struct RevisionInput: Sendable {
    /// The sprint that is reported.
    package var sprint: Sprint
    /// All sprints before it, oldest first, without gaps in their order.
    package var earlier: [Sprint]
    /// Of what people read.
    package var language: Language
    package var invariants: [InvariantItem]
    package var decisions: [DecisionItem]
    package var exceptions: [ExceptionItem]
    package var notes: [RevisionNote]
    package var revisions: [AppliedRevision]
    package var decided: [ProposalDecision]
    /// Exceptions that excuse nothing; nil when nobody looked.
    package var unusedExceptions: Set<ExceptionItem.Reference>
    /// Paths of the files of the repository that are not knowledge; nil when nobody looked.
    package var files: [String]?
    package var glossary: Glossary
    /// Ids of rules with the words that tell what they find, to name one that fits a check.
    package var rules: [RuleWords]

    package init(sprint: Sprint, earlier: [Sprint], language: Language) {
        self.sprint = sprint
        self.earlier = earlier
        self.language = language
        self.invariants = []
        self.decisions = []
        self.exceptions = []
        self.notes = []
        self.revisions = []
        self.decided = []
        self.unusedExceptions = []
        self.files = nil
        self.glossary = Glossary()
        self.rules = []
    }

    /// A rule that a check could be bound to.
    package struct RuleWords: Hashable, Sendable {
        package var id: String
        /// The invariant it falls to by default.
        package var invariant: String?
        package var text: String

        package init(id: String, invariant: String?, text: String) {
            self.id = id
            self.invariant = invariant
            self.text = text
        }
    }
}

/// A note with its words.
package struct RevisionNote: Sendable {
    package var path: String
    package var note: Note
    /// The words of the note without its front matter, folded for comparing.
    package var folded: String
    /// The same as the file has them, where somebody may quote them; nil where it was not read.
    package var text: String?

    package init(path: String, note: Note, folded: String, text: String? = nil) {
        self.path = path
        self.note = note
        self.folded = folded
        self.text = text
    }

    package var place: Place { Place(path: path, position: note.position) }
}
