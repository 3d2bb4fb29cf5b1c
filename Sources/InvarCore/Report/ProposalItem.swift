/// A proposal as it is listed: what was proposed, and what became of it.
package struct ProposalItem: Sendable {
    package var id: String
    package var decision: ProposalDecision
    package var sprint: String?
    package var score: Int?
    /// As it is now: also `superseded`, `stale` and `measured`, which follow from other things.
    package var state: Proposal.State
    package var adr: String?
    package var applied: Day?
    /// What came of it, four sprints after it was applied.
    package var effect: RevisionEffect?
    package var diff: String
    package var place: Place

    package init(id: String, decision: ProposalDecision, state: Proposal.State, place: Place) {
        self.id = id
        self.decision = decision
        self.state = state
        self.place = place
        sprint = nil
        score = nil
        adr = nil
        applied = nil
        effect = nil
        diff = ""
    }

    package var json: JSON {
        .object([
            "id": .string(id), "sprint": JSON(sprint), "kind": .string(decision.kind.rawValue), "invariant": .string(decision.invariant),
            "clause": JSON(decision.clause), "scope": JSON(decision.scope), "score": score.map(JSON.integer) ?? .null, "state": .string(state.rawValue),
            "decided": JSON(decision.on?.description), "applied": JSON(applied?.description), "adr": JSON(adr), "reason": JSON(decision.reason),
            "until": JSON(decision.until?.description),
            "effect": effect.map { effect in
                .object([
                    "before": .integer(effect.before), "sprintsBefore": .integer(effect.sprintsBefore), "after": .integer(effect.after),
                    "sprintsAfter": .integer(effect.sprintsAfter), "verdict": .string(effect.verdict.rawValue),
                ])
            } ?? .null,
            "evidence": JSON(decision.evidence.map(\.id)), "path": .string(place.path), "line": .integer(place.line),
        ])
    }

    package func line(_ style: TerminalStyle) -> [String] {
        let about = style.safe(decision.clause ?? decision.invariant) + (decision.scope.map { "  " + style.safe($0) } ?? "")
        return [style.bold(style.safe(id)), state(style), decision.kind.rawValue, about, style.dim(style.place(place.path, place.line))]
    }

    /// The state in the reader's words, with what it follows from.
    package func state(_ style: TerminalStyle) -> String {
        switch state {
        case .proposed: style.pick(en: "proposed", ja: "提案中")
        case .accepted: style.cyan(style.pick(en: "accepted", ja: "採用"))
        case .applied: style.green(style.pick(en: "applied", ja: "反映済み"))
        case .measured:
            switch effect?.verdict {
            case .effective: style.green(style.pick(en: "effective", ja: "効果あり"))
            case .worse: style.red(style.pick(en: "worse", ja: "悪化"))
            case .noChange, nil: style.pick(en: "no change", ja: "変化なし")
            }
        case .rejected: style.pick(en: "rejected", ja: "却下")
        case .superseded: style.dim(style.pick(en: "superseded", ja: "置換済み"))
        case .stale: style.yellow(style.pick(en: "stale", ja: "適用不可"))
        }
    }
}

/// What `proposal list` and `proposal show` tell.
package struct ProposalListing: Sendable {
    /// Sorted by path, then place.
    package var items: [ProposalItem]

    package init(items: [ProposalItem]) {
        self.items = items
    }

    package var json: JSON {
        .object(["schema": .string("invar.list/1"), "kind": .string("proposal"), "items": .array(items.map(\.json))])
    }

    package func terminal(_ style: TerminalStyle) -> String {
        guard !items.isEmpty else {
            return style.pick(en: "no proposals are written yet (invar propose --write)", ja: "書き出された提案はまだありません（invar propose --write）") + "\n"
        }
        return style.table(items.map { $0.line(style) }).map(DisplayText.trimmedEnd).joined(separator: "\n") + "\n"
    }
}

extension ProposalItem {
    /// One proposal whole.
    package func json(text: String) -> JSON {
        .object(["schema": .string("invar.show/1"), "entry": json, "text": .string(text), "diff": .string(diff)])
    }

    package func terminal(text: String, _ style: TerminalStyle) -> String {
        var lines = ["\(style.bold(style.safe(id)))  \(state(style))  \(style.dim(style.place(place.path, place.line)))"]
        let width = 10
        func field(_ label: String, _ value: String?) { lines += style.field(label, value, indent: 2, labelWidth: width) }
        field(style.pick(en: "decided", ja: "判断日"), decision.on?.description)
        field(style.pick(en: "applied", ja: "反映日"), applied?.description)
        field("ADR", adr)
        field(style.pick(en: "reason", ja: "理由"), decision.reason)
        field(style.pick(en: "until", ja: "再検討"), decision.until?.description)
        if let effect {
            field(
                style.pick(en: "effect", ja: "効果"),
                style.pick(
                    en: "\(effect.before) incidents in \(effect.sprintsBefore) sprints before, \(effect.after) in \(effect.sprintsAfter) after",
                    ja: "前 \(effect.sprintsBefore) スプリントで \(effect.before) 件、後 \(effect.sprintsAfter) スプリントで \(effect.after) 件"))
        }
        lines.append("")
        lines += text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { style.safe(Substring($0.last == 0x0D ? $0.dropLast() : $0)) }
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }
}
