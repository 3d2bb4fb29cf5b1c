extension ProposalReport {
    /// One proposal: what, why, why not more, the arithmetic, the evidence, the diff.
    func whole(_ proposal: Proposal, _ diffs: [String: String], _ drafts: [String: [String]]) -> ProposalPage.Part {
        let id = proposal.id(in: sprint)
        var lines = [ProposalMarker.open(proposal, in: sprint), "### \(headline(proposal))", ""]
        lines += [code(id) + owner(of: proposal), "", text(proposal.why[language])]
        if let news = proposal.news { lines += ["", "**\(say(en: "New since it was rejected", ja: "却下後の新事実"))**: \(text(news[language]))"] }
        let against = proposal.against[language]
        if !against.isEmpty { lines += ["", "**\(say(en: "Why not stronger", ja: "より強い対応を取らない理由"))**: \(text(against))"] }
        if !proposal.considered.isEmpty {
            lines += ["", "**\(say(en: "Considered and not proposed", ja: "検討して見送った案"))**:", ""] + proposal.considered.map { "- " + text($0[language]) }
        }
        lines += ["", arithmetic(proposal), ""] + evidence(proposal) + [""] + edit(proposal, diffs[proposal.key] ?? "")
        if let draft = drafts[id], !draft.isEmpty { lines += ["", ProposalMarker.openDraft(id)] + draftLines(draft) + [ProposalMarker.closeDraft(id)] }
        return .proposal(id: id, lines: lines + [ProposalMarker.close(id), ""])
    }

    private func headline(_ proposal: Proposal) -> String {
        var about = code(proposal.clause ?? proposal.invariant)
        if let partner = proposal.partner { about += " ↔ " + code(partner) }
        if let scope = proposal.scope { about += say(en: " in ", ja: " ") + code(scope) }
        if proposal.kind == .promote, let draft = proposal.material.draft { about += " " + text(draft.title) }
        return "\(name(of: proposal.kind)): \(about)" + say(en: " (\(proposal.score) points)", ja: "（\(proposal.score) 点）")
    }

    /// A kind in the reader's language, with its name in commands and JSON.
    func name(of kind: Proposal.Kind) -> String {
        guard language == .japanese else { return kind.rawValue }
        let name =
            switch kind {
            case .tighten: "強化"
            case .addCheck: "確認項目の追加"
            case .fixCheck: "確認項目の修正"
            case .clarify: "明確化"
            case .precedence: "優先順位"
            case .carveOut: "適用除外"
            case .relax: "緩和"
            case .codifyException: "例外の条項化"
            case .split: "分割"
            case .merge: "統合"
            case .retire: "廃止"
            case .promote: "新設"
            case .enforce: "遵守の徹底"
            }
        return "\(name) (\(kind.rawValue))"
    }

    private func owner(of proposal: Proposal) -> String {
        let owner = metrics.invariants.first { $0.id == proposal.invariant }?.owner
        return owner.map { say(en: " · owner: \(text($0))", ja: " ・ 担当: \(text($0))") } ?? ""
    }

    private func arithmetic(_ proposal: Proposal) -> String {
        let lines = proposal.points.map { point in
            (point.value < 0 ? "−\(-point.value)" : "+\(point.value)") + " \(point.name.rawValue)"
                + say(en: " (\(text(point.reason[language])))", ja: "（\(text(point.reason[language]))）")
        }
        return "**\(say(en: "Score", ja: "点数"))** \(proposal.score) = " + lines.joined(separator: ", ")
    }

    private func evidence(_ proposal: Proposal) -> [String] {
        var lines = ["**\(say(en: "Evidence", ja: "根拠"))**:", ""]
        lines += proposal.evidence.prefix(12).map { "- \(code($0.id)) \(code("\($0.place.path):\($0.place.line)"))" }
        if proposal.evidence.count > 12 { lines.append("- " + say(en: "and \(proposal.evidence.count - 12) more", ja: "ほか \(proposal.evidence.count - 12) 件")) }
        return lines
    }

    private func edit(_ proposal: Proposal, _ diff: String) -> [String] {
        guard !diff.isEmpty else {
            return [
                proposal.kind == .enforce
                    ? say(en: "No change of the text: an action for the team.", ja: "文書は変更しません。チームで取る対応です。")
                    : say(
                        en: "The document cannot be edited safely here; edit it by hand, then `invar proposal apply ID --by-hand`.",
                        ja: "この文書は安全に編集できません。手で直したあと、`invar proposal apply ID --by-hand` で記録してください。")
            ]
        }
        // Line ends and all: the diff must apply as it stands here.
        var lines = diff.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(Substring($0)) }
        if lines.last == "" { lines.removeLast() }
        var longest = 2
        for line in lines {
            let runs = line.utf8.reduce(into: (0, 0)) { $0 = $1 == 0x60 ? ($0.0 + 1, max($0.1, $0.0 + 1)) : (0, $0.1) }
            longest = max(longest, runs.1)
        }
        let fence = String(repeating: "`", count: longest + 1)
        return [fence + "diff"] + lines + [fence]
    }

    /// What an external writer made of it; nothing in it is markup.
    private func draftLines(_ draft: [String]) -> [String] {
        [say(en: "**Draft by an external writer** (the diff above is not its):", ja: "**外部の書き手による草案**（上の差分とは独立）:"), ""]
            + ReportText.markdownFence(draft.map { ReportText.line($0) }, indent: "")
    }
}
