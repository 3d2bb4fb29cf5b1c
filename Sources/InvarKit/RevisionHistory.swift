import InvarCore

/// What the proposals files say of the past.
struct RevisionHistory: Sendable {
    var revisions: [AppliedRevision] = []
    var decided: [ProposalDecision] = []
}

extension Workspace {
    /// Decisions and revisions of earlier sprints, as the proposals folder keeps them.
    func revisionHistory() throws -> RevisionHistory {
        RevisionHistory()
    }
}
