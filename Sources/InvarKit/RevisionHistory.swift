import InvarCore
import InvarSyntax

/// What the proposals files say of the past.
struct RevisionHistory: Sendable {
    var revisions: [AppliedRevision] = []
    var decided: [ProposalDecision] = []
}

extension Workspace {
    /// Decisions and revisions of all sprints, as the proposals folder keeps them.
    func revisionHistory() throws(Failure) -> RevisionHistory {
        var history = RevisionHistory()
        for page in try ProposalFolder(workspace: self).pages() {
            for record in page.records {
                history.decided.append(record.decision)
                if let revision = record.revision { history.revisions.append(revision) }
            }
        }
        return history
    }
}
