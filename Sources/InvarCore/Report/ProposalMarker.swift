/// The lines in a proposals file between which invar writes. Each stands alone on its line, so that nothing which is quoted,
/// indented or part of a diff can be taken for one.
package enum ProposalMarker {
    package static let begin = "<!-- invar:proposals begin -->"
    package static let end = "<!-- invar:proposals end -->"

    /// Opens a proposal, with what a decision about it must remember.
    package static func open(_ proposal: Proposal, in sprint: Sprint) -> String {
        "<!-- invar:proposal \(proposal.id(in: sprint)) \(facts(proposal)) -->"
    }

    package static func close(_ id: String) -> String { "<!-- invar:end \(id) -->" }

    package static func openDraft(_ id: String) -> String { "<!-- invar:draft \(id) -->" }

    package static func closeDraft(_ id: String) -> String { "<!-- invar:draft-end \(id) -->" }

    /// As one line of JSON that no comment ends in.
    private static func facts(_ proposal: Proposal) -> String {
        JSON.object([
            "kind": .string(proposal.kind.rawValue), "invariant": .string(proposal.invariant), "clause": JSON(proposal.clause),
            "scope": JSON(proposal.scope), "partner": JSON(proposal.partner), "score": .integer(proposal.score), "basis": .string(proposal.basis),
            "evidence": JSON(proposal.evidence.map(\.record)),
        ]).compactText.replacing(">", with: "\\u003e")
    }
}

extension Proposal.Evidence {
    /// `note 1a2b3c4d N-20261105-retry-storm`: kind, hash, id.
    package var record: String { "\(kind.rawValue) \(hash) \(id)" }

    /// Reads ``record``; where it stands is not part of it.
    package init?(record: String, path: String) {
        let parts = record.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
        guard parts.count == 3, let kind = Kind(rawValue: String(parts[0])) else { return nil }
        self.init(kind: kind, id: String(parts[2]), place: Place(path: path), hash: String(parts[1]))
    }
}
