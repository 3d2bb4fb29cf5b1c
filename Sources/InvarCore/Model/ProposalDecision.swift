/// What was decided about a proposal, as the proposals file keeps it.
package struct ProposalDecision: Hashable, Sendable {
    /// ``Proposal/key``: the same suggestion in every sprint.
    package var key: String
    package var kind: Proposal.Kind
    package var invariant: String
    package var clause: String?
    package var scope: String?
    package var state: Proposal.State
    /// When it was decided; nil counts as decided long ago.
    package var on: Day?
    package var reason: String?
    /// A rejected one may return once this day has passed.
    package var until: Day?
    /// What it was proposed on: sorted ids with the hashes of then.
    package var evidence: [Proposal.Evidence]
    /// ``Proposal/basis`` of then; nil when the file does not say.
    package var basis: String?

    package init(key: String, kind: Proposal.Kind, invariant: String, clause: String? = nil, scope: String? = nil, state: Proposal.State, on: Day?) {
        self.key = key
        self.kind = kind
        self.invariant = invariant
        self.clause = clause
        self.scope = scope
        self.state = state
        self.on = on
        self.reason = nil
        self.until = nil
        self.evidence = []
        self.basis = nil
    }
}

/// A revision that was carried out: it restarts the invariant's baseline and is measured four sprints later.
package struct AppliedRevision: Hashable, Sendable {
    package var kind: Proposal.Kind
    package var invariant: String
    package var clause: String?
    package var scope: String?
    package var on: Day
    /// The proposal's key where the invariant was revised by one.
    package var key: String?
    /// The exact id of the proposal, `PROP-S22-3f9a1c`, when it is known.
    package var proposal: String?

    package init(kind: Proposal.Kind, invariant: String, clause: String? = nil, scope: String? = nil, on: Day, key: String? = nil) {
        self.kind = kind
        self.invariant = invariant
        self.clause = clause
        self.scope = scope
        self.on = on
        self.key = key
        self.proposal = nil
    }
}
