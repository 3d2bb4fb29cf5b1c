extension ProposalReport {
    /// `invar.proposals/1`.
    ///
    /// - Parameters:
    ///   - diffs: the edit of each proposal by its key, where it has one.
    ///   - drafts: what an external writer made of proposals, by their ids.
    package func json(diffs: [String: String] = [:], drafts: [String: [String]] = [:]) -> JSON {
        func list(_ proposals: [Proposal]) -> JSON {
            .array(
                proposals.map { proposal in
                    proposal.json(
                        sprint: sprint, language: language, diff: diffs[proposal.key], draft: drafts[proposal.id(in: sprint)]?.joined(separator: "\n"))
                })
        }
        return .object([
            "schema": .string("invar.proposals/1"), "sprint": .string(sprint.name), "start": .string(sprint.start.description),
            "end": .string(sprint.end.description), "asOf": .string(asOf.description), "algorithm": .string(ProposalReport.algorithm),
            "proposals": list(proposals), "appendix": list(appendix), "watch": list(watch),
            "setAside": .array(
                setAside.map { item in
                    .object([
                        "id": .string(item.proposal.id(in: sprint)), "key": .string(item.proposal.key), "kind": .string(item.proposal.kind.rawValue),
                        "invariant": .string(item.proposal.invariant), "clause": JSON(item.proposal.clause), "score": .integer(item.proposal.score),
                        "state": .string(item.decision.state.rawValue), "decided": JSON(item.decision.on?.description), "why": .string(item.why[language]),
                    ])
                }),
            "metrics": metrics.json, "weakeningRatio": .string(weakeningRatio), "asksForCauses": .bool(asksForCauses),
            "unclassified": .array(
                unclassified.map { note in
                    .object([
                        "id": .string(note.id), "title": .string(note.title), "path": .string(note.place.path), "line": .integer(note.place.line),
                        "suggestion": JSON(note.suggestion?.rawValue), "words": JSON(note.words),
                    ])
                }),
            "exceptions": .object([
                "expired": .array(exceptions.expired.map(\.json)), "expiring": .array(exceptions.expiring.map(\.json)),
                "unused": .array(exceptions.unused.map(\.json)),
            ]), "findings": .array(findings.map(\.json)),
        ])
    }
}

extension Proposal {
    /// One item of the lists in `invar.proposals/1`.
    package func json(sprint: Sprint, language: Language, diff: String?, draft: String? = nil) -> JSON {
        .object([
            "id": .string(id(in: sprint)), "key": .string(key), "kind": .string(kind.rawValue), "invariant": .string(invariant), "clause": JSON(clause),
            "scope": JSON(scope), "partner": JSON(partner), "score": .integer(score),
            "points": .object(Dictionary(points.map { ($0.name.rawValue, .integer($0.value)) }) { first, _ in first }),
            "arithmetic": .array(
                points.map { .object(["name": .string($0.name.rawValue), "value": .integer($0.value), "reason": .string($0.reason[language])]) }),
            "incidents": .integer(incidents), "severity": JSON(severity?.rawValue), "why": .string(why[language]), "against": .string(against[language]),
            "considered": JSON(considered.map { $0[language] }), "news": JSON(news?[language]),
            "evidence": .array(
                evidence.map { item in
                    .object([
                        "id": .string(item.id), "kind": .string(item.kind.rawValue), "path": .string(item.place.path), "line": .integer(item.place.line),
                        "hash": .string(item.hash),
                    ])
                }),
            "draft": JSON(draft),
            "newInvariant": material.draft.map { draft in
                .object([
                    "id": .string(draft.id), "title": .string(draft.title), "clauses": JSON(draft.clauses), "checks": JSON(draft.checks),
                    "path": JSON(draft.path),
                ])
            } ?? .null,
            "diff": JSON(diff), "state": .string(state.rawValue),
        ])
    }
}

extension RevisionMetrics {
    var json: JSON {
        .object([
            "sprints": JSON(sprints), "notes": .integer(notes), "incidents": .integer(incidents), "unknownCauses": .integer(unknownCauses),
            "invariants": .array(
                invariants.map { item in
                    .object([
                        "id": .string(item.id), "title": .string(item.title), "owner": JSON(item.owner), "counts": .array(item.counts.map(JSON.integer)),
                        "signal": .bool(item.isSignal), "chronic": .bool(item.isChronic),
                    ])
                }),
            "effects": .array(
                effects.map { effect in
                    .object([
                        "kind": .string(effect.revision.kind.rawValue), "invariant": .string(effect.revision.invariant), "clause": JSON(effect.revision.clause),
                        "on": .string(effect.revision.on.description), "key": JSON(effect.revision.key), "before": .integer(effect.before),
                        "sprintsBefore": .integer(effect.sprintsBefore), "after": .integer(effect.after), "sprintsAfter": .integer(effect.sprintsAfter),
                        "verdict": .string(effect.verdict.rawValue),
                    ])
                }),
        ])
    }
}
