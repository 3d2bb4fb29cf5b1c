extension ProposalReport {
    /// As people read it: what to classify, the proposals with their arithmetic, what is watched, the figures.
    ///
    /// - Parameters:
    ///   - diffs: the edit of each proposal by its key.
    ///   - drafts: what an external writer made of proposals, by their ids.
    package func terminal(_ style: TerminalStyle, diffs: [String: String] = [:], drafts: [String: [String]] = [:]) -> String {
        var lines = [
            style.bold(style.pick(en: "Revision proposals of \(style.safe(sprint.name))", ja: "\(style.safe(sprint.name)) の改訂提案"))
                + style.dim("  \(sprint.start) … \(sprint.end)")
        ]
        if asksForCauses { lines += [""] + causes(style) }
        lines.append("")
        if proposals.isEmpty {
            lines.append(style.pick(en: "nothing to propose", ja: "提案はありません"))
        }
        for proposal in proposals {
            lines += whole(proposal, style) + edit(diffs[proposal.key] ?? "", style) + draft(drafts[proposal.id(in: sprint)] ?? [], style) + [""]
        }
        lines += short(style.pick(en: "also proposed", ja: "そのほかの提案"), appendix, style)
        lines += short(style.pick(en: "watched", ja: "様子を見るもの"), watch, style)
        lines += decided(style)
        lines += exceptions(style)
        lines += figures(style)
        if !asksForCauses, !unclassified.isEmpty { lines += causes(style) + [""] }
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    private func causes(_ style: TerminalStyle) -> [String] {
        let total = metrics.notes
        let unknown = metrics.unknownCauses
        var lines = [
            style.bold(style.pick(en: "causes to tell (\(unknown) of \(total) notes say none)", ja: "原因の記録が必要なメモ（\(total) 件中 \(unknown) 件が不明）"))
        ]
        for note in unclassified.prefix(20) {
            lines.append("  \(style.bold(style.safe(note.id)))  \(style.safe(note.title))  \(style.dim(style.place(note.place.path, note.place.line)))")
            if let cause = note.suggestion {
                let words = note.words.prefix(3).map { "\"\(style.safe($0))\"" }.joined(separator: ", ")
                lines.append("    " + style.dim(style.pick(en: "perhaps \(cause.rawValue) (\(words))", ja: "\(cause.rawValue) かもしれません（\(words)）")))
            }
        }
        if unclassified.count > 20 { lines.append(style.pick(en: "  … and \(unclassified.count - 20) more", ja: "  …ほか \(unclassified.count - 20) 件")) }
        lines += unclassified.prefix(20).map { style.dim("  → " + $0.command) }
        return lines
    }

    private func whole(_ proposal: Proposal, _ style: TerminalStyle) -> [String] {
        var lines = [headline(proposal, style)]
        let width = style.language == .japanese ? 8 : 10
        func field(_ label: String, _ text: String) { lines += style.field(label, text, indent: 2, labelWidth: width) }
        field(style.pick(en: "why", ja: "理由"), proposal.why[style.language])
        if let news = proposal.news { field(style.pick(en: "news", ja: "新事実"), news[style.language]) }
        field(style.pick(en: "against", ja: "反対理由"), proposal.against[style.language])
        for (index, considered) in proposal.considered.enumerated() {
            field(index == 0 ? style.pick(en: "considered", ja: "ほかの案") : "", considered[style.language])
        }
        for (index, point) in proposal.points.enumerated() {
            let value = (point.value < 0 ? "" : "+") + String(point.value)
            field(index == 0 ? style.pick(en: "score", ja: "点数") : "", "\(value) \(point.name.rawValue): \(point.reason[style.language])")
        }
        for (index, item) in proposal.evidence.prefix(8).enumerated() {
            field(index == 0 ? style.pick(en: "evidence", ja: "根拠") : "", "\(item.id)  \(item.place.path):\(item.place.line)")
        }
        if proposal.evidence.count > 8 {
            field("", style.pick(en: "… and \(proposal.evidence.count - 8) more", ja: "…ほか \(proposal.evidence.count - 8) 件"))
        }
        return lines
    }

    private func edit(_ diff: String, _ style: TerminalStyle) -> [String] {
        diff.utf8.split(separator: 0x0A).map { line in
            let text = style.safe(Substring(line.last == 0x0D ? line.dropLast() : line))
            return "    " + (line.first == 0x2B ? style.green(text) : line.first == 0x2D ? style.red(text) : style.dim(text))
        }
    }

    private func draft(_ lines: [String], _ style: TerminalStyle) -> [String] {
        guard !lines.isEmpty else { return [] }
        return ["  " + style.dim(style.pick(en: "draft by an external writer", ja: "外部の書き手による草案"))] + lines.map { "    " + style.safe($0) }
    }

    private func headline(_ proposal: Proposal, _ style: TerminalStyle) -> String {
        var about = style.safe(proposal.clause ?? proposal.invariant)
        if let partner = proposal.partner { about += " ↔ " + style.safe(partner) }
        if let scope = proposal.scope { about += "  " + style.safe(scope) }
        if let draft = proposal.material.draft, proposal.kind == .promote { about += "  " + style.safe(draft.title) }
        let kind = proposal.kind.isWeakening ? style.yellow(proposal.kind.rawValue) : style.cyan(proposal.kind.rawValue)
        return "\(style.bold(String(proposal.score)))  \(kind)  \(style.bold(about))  \(style.dim(style.safe(proposal.id(in: sprint))))"
    }

    private func short(_ title: String, _ proposals: [Proposal], _ style: TerminalStyle) -> [String] {
        guard !proposals.isEmpty else { return [] }
        return [style.bold(title)] + proposals.map { "  " + headline($0, style) } + [""]
    }

    private func decided(_ style: TerminalStyle) -> [String] {
        guard !setAside.isEmpty else { return [] }
        let lines = setAside.map { item in
            "  \(item.proposal.kind.rawValue)  \(style.bold(style.safe(item.proposal.clause ?? item.proposal.invariant)))  \(style.safe(item.why[style.language]))"
        }
        return [style.bold(style.pick(en: "decided before", ja: "判断済み"))] + lines + [""]
    }

    private func exceptions(_ style: TerminalStyle) -> [String] {
        guard !exceptions.isEmpty else { return [] }
        var lines = [style.bold(style.pick(en: "exceptions: renew, fix or remove", ja: "例外: 延長・解消・削除のいずれか"))]
        func add(_ label: String, _ items: [ExceptionItem]) {
            for item in items {
                let named = style.safe(item.exception.clause ?? item.exception.invariant)
                let until = item.exception.until.map { "  \($0)" } ?? ""
                lines.append(
                    "  \(label)  \(style.bold(named))  \(style.safe(item.decision))\(until)  \(style.dim(style.place(item.path, item.exception.position.line)))"
                )
            }
        }
        add(style.red(style.pick(en: "expired", ja: "期限切れ")), exceptions.expired)
        add(style.yellow(style.pick(en: "expiring", ja: "期限間近")), exceptions.expiring)
        add(style.yellow(style.pick(en: "unused", ja: "未使用")), exceptions.unused)
        return lines + [""]
    }

    private func figures(_ style: TerminalStyle) -> [String] {
        guard !metrics.invariants.isEmpty else { return [] }
        let rows = metrics.invariants.map { item in
            let marks =
                (item.isSignal ? [style.red(style.pick(en: "more than before", ja: "増加"))] : [])
                + (item.isChronic ? [style.yellow(style.pick(en: "chronic", ja: "慢性"))] : [])
            return [
                style.bold(style.safe(item.id)), Sparkline.text(item.counts), String(item.counts.last ?? 0), style.safe(item.owner ?? ""),
                marks.joined(separator: " "),
            ]
        }
        let span = "\(style.safe(metrics.sprints.first ?? "")) … \(style.safe(metrics.sprints.last ?? ""))"
        var lines =
            [style.bold(style.pick(en: "incidents", ja: "インシデント件数")) + style.dim("  \(span)")] + style.table(rows, indent: 2).map(DisplayText.trimmedEnd)
        for effect in metrics.effects {
            let verdict =
                switch effect.verdict {
                case .effective: style.green(style.pick(en: "effective", ja: "効果あり"))
                case .noChange: style.pick(en: "no change", ja: "変化なし")
                case .worse: style.red(style.pick(en: "worse", ja: "悪化"))
                }
            lines.append(
                "  \(effect.revision.kind.rawValue)  \(style.safe(effect.revision.clause ?? effect.revision.invariant))  \(effect.revision.on)  \(verdict)  "
                    + style.dim("\(effect.before)/\(effect.sprintsBefore) → \(effect.after)/\(effect.sprintsAfter)"))
        }
        return lines + [""]
    }
}
