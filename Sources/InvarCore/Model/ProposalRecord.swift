/// What people decided about one proposal, as the front matter of a proposals file keeps it.
package struct ProposalRecord: Hashable, Sendable {
    /// `PROP-S22-3f9a1c`.
    package var id: String
    package var decision: ProposalDecision
    /// The decision that justifies a weakening, `ADR-0007`.
    package var adr: String?
    /// The day on which the documents were edited.
    package var applied: Day?

    package init(id: String, decision: ProposalDecision) {
        self.id = id
        self.decision = decision
        self.adr = nil
        self.applied = nil
    }

    /// The revision that it became.
    package var revision: AppliedRevision? {
        guard decision.state == .applied || decision.state == .measured, let on = applied ?? decision.on else { return nil }
        var revision = AppliedRevision(
            kind: decision.kind, invariant: decision.invariant, clause: decision.clause, scope: decision.scope, on: on, key: decision.key)
        revision.proposal = id
        return revision
    }

    /// The six hex digits at the end of an id; nil for what is no id.
    package static func key(ofID id: String) -> String? {
        guard id.hasPrefix("PROP-"), let dash = id.utf8.lastIndex(of: 0x2D) else { return nil }
        let key = id[id.utf8.index(after: dash)...]
        return key.utf8.count == 6 && key.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) } ? String(key) : nil
    }
}

extension Proposal {
    /// What a decision about it has to remember.
    package func decision(_ state: State, on day: Day?) -> ProposalDecision {
        var decision = ProposalDecision(key: key, kind: kind, invariant: invariant, clause: clause, scope: scope, state: state, on: day)
        decision.evidence = evidence
        decision.basis = basis
        return decision
    }
}
