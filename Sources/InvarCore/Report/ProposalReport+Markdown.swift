extension ProposalReport {
    /// The page that a team brings to its sprint review, as one Markdown text.
    ///
    /// - Parameters:
    ///   - diffs: the edit of each proposal by its key.
    ///   - drafts: texts of an external writer by the proposal's id.
    package func markdown(diffs: [String: String], drafts: [String: [String]] = [:]) -> String { page(diffs: diffs, drafts: drafts).text }

    /// The same by its parts.
    package func page(diffs: [String: String], drafts: [String: [String]] = [:]) -> ProposalPage {
        var parts: [ProposalPage.Part] = [.lines(summary)]
        if !unread.isEmpty { parts.append(.lines(unread)) }
        if asksForCauses { parts.append(.lines(causes)) }
        parts.append(.lines(figures))
        parts.append(.lines(["## " + say(en: "Proposals", ja: "改訂の提案"), ""]))
        if proposals.isEmpty { parts.append(.lines([say(en: "Nothing to propose.", ja: "この期間の提案はありません。"), ""])) }
        for proposal in proposals { parts.append(whole(proposal, diffs, drafts)) }
        parts.append(.decided)
        parts.append(.lines(exceptionLines + watchLines + decidedLines))
        if !appendix.isEmpty { parts.append(.lines(["## " + say(en: "Appendix: further proposals", ja: "付録: そのほかの提案"), ""])) }
        for proposal in appendix { parts.append(whole(proposal, diffs, drafts)) }
        if !asksForCauses, !unclassified.isEmpty { parts.append(.lines(causes)) }
        parts.append(.lines(footer))
        return ProposalPage(sprint: sprint, parts: parts)
    }

    func say(en: @autoclosure () -> String, ja: @autoclosure () -> String) -> String { language.pick(en: en(), ja: ja()) }

    func text(_ text: String) -> String { ReportText.markdown(text) }

    func code(_ text: String) -> String { ReportText.markdownCode(text) }

    private var summary: [String] {
        let weakening = allProposals.count { $0.kind.isWeakening }
        let counts = say(
            en:
                "\(metrics.notes) notes about \(metrics.incidents) incidents; \(proposals.count) proposals, \(weakening) of \(allProposals.count) weaken an invariant.",
            ja: "メモ \(metrics.notes) 件、インシデント \(metrics.incidents) 件。提案は \(proposals.count) 件（全 \(allProposals.count) 件のうち、緩和は \(weakening) 件）。")
        return [
            "# " + say(en: "Revision proposals of \(text(sprint.name))", ja: "\(text(sprint.name)) のインバリアント改訂提案"), "",
            "\(sprint.start) – \(sprint.end)" + say(en: ". ", ja: "。") + counts, "",
        ]
    }

    /// Notes that count nowhere, since they could not be read.
    private var unread: [String] {
        guard !findings.isEmpty else { return [] }
        let title = say(en: "Not counted: what could not be read", ja: "読めず、数えていないメモ")
        return ["## " + title, ""]
            + findings.prefix(20).map { finding in
                let message = language == .japanese ? finding.japanese?.message ?? finding.message : finding.message
                return "- \(code("\(finding.place.path):\(finding.place.line)")) \(text(message))"
            } + (findings.count > 20 ? ["- " + say(en: "and \(findings.count - 20) more", ja: "ほか \(findings.count - 20) 件")] : []) + [""]
    }

    private var causes: [String] {
        var lines = [
            "## " + (asksForCauses ? say(en: "First: say why", ja: "まず原因の記録を") : say(en: "Notes without a cause", ja: "原因が未記録のメモ")), "",
            say(
                en: "\(metrics.unknownCauses) of \(metrics.notes) notes do not say why it happened; the proposals know only the others.",
                ja: "メモ \(metrics.notes) 件のうち \(metrics.unknownCauses) 件に原因の記録がありません。原因が分かるメモだけが下の提案に反映されています。"), "",
        ]
        for note in unclassified.prefix(20) {
            let words = note.words.prefix(3).map { "“" + text($0) + "”" }.joined(separator: ", ")
            lines.append(
                "- \(text(note.title)) (\(code("\(note.place.path):\(note.place.line)")))"
                    + (note.suggestion == nil || words.isEmpty ? "" : say(en: " — the note says \(words)", ja: " — 本文に \(words)")))
        }
        if unclassified.count > 20 { lines.append("- " + say(en: "and \(unclassified.count - 20) more", ja: "ほか \(unclassified.count - 20) 件")) }
        let commands = unclassified.prefix(20).map { $0.command }
        return lines + [""] + ReportText.markdownFence(commands, indent: "") + [""]
    }

    private var figures: [String] {
        guard !metrics.invariants.isEmpty else { return [] }
        let names = [metrics.sprints.first ?? "", metrics.sprints.last ?? ""].map { text($0) }
        let span = metrics.sprints.count > 1 ? names.joined(separator: "–") : names[1]
        var lines = [
            "## " + say(en: "The last sprints", ja: "直近のスプリント"), "",
            "| " + say(en: "Invariant | Owner | \(span) | Now | |", ja: "インバリアント | 担当 | \(span) | 今回 | |"), "| --- | --- | --- | ---: | --- |",
        ]
        let shown = metrics.invariants.sorted { ($0.counts.last ?? 0, $1.id) > ($1.counts.last ?? 0, $0.id) }.prefix(15)
        for item in shown {
            let marks = (item.isSignal ? [say(en: "more than before", ja: "増加")] : []) + (item.isChronic ? [say(en: "chronic", ja: "慢性")] : [])
            lines.append(
                "| \(code(item.id)) \(text(item.title)) | \(item.owner.map { text($0) } ?? say(en: "nobody", ja: "未定")) | \(Sparkline.text(item.counts)) | \(item.counts.last ?? 0) | \(marks.joined(separator: say(en: ", ", ja: "・"))) |"
            )
        }
        if metrics.invariants.count > shown.count {
            lines += ["", say(en: "and \(metrics.invariants.count - shown.count) more", ja: "ほか \(metrics.invariants.count - shown.count) 件")]
        }
        return lines + effects + [""]
    }

    private var effects: [String] {
        guard !metrics.effects.isEmpty else { return [] }
        return ["", say(en: "What earlier revisions brought:", ja: "これまでの改訂の効果:"), ""]
            + metrics.effects.map { effect in
                let verdict =
                    switch effect.verdict {
                    case .effective: say(en: "effective", ja: "効果あり")
                    case .noChange: say(en: "no change", ja: "変化なし")
                    case .worse: say(en: "worse", ja: "悪化")
                    }
                let counts = say(
                    en: "\(effect.before) incidents in \(effect.sprintsBefore) sprints before, \(effect.after) in \(effect.sprintsAfter) after",
                    ja: "前 \(effect.sprintsBefore) スプリントで \(effect.before) 件、後 \(effect.sprintsAfter) スプリントで \(effect.after) 件")
                return "- \(code(effect.revision.clause ?? effect.revision.invariant)) \(effect.revision.kind.rawValue) \(effect.revision.on): **\(verdict)**"
                    + say(en: " (\(counts))", ja: "（\(counts)）")
            }
    }

    private var footer: [String] {
        [
            say(
                en:
                    "Decide with `invar proposal accept|reject ID`, then `invar proposal apply ID`. What stands between the markers is written by invar; write your own below.",
                ja: "採否は `invar proposal accept|reject ID` で記録し、`invar proposal apply ID` で文書に反映します。マーカーの内側は invar が書き換えるため、議事録などはこの下に書いてください。")
        ]
    }
}

extension ProposalReport.UnclassifiedNote {
    /// The command that records the cause, with the suggestion where there is one.
    package var command: String {
        let isPlain = id.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || [0x2D, 0x2E, 0x5F].contains($0) || $0 >= 0x80 }
        let name = ReportText.line(id)
        let quoted = isPlain && name == id && !id.hasPrefix("-") ? id : "'" + name.replacing("'", with: "'\\''") + "'"
        return "invar note set \(quoted) --cause \(suggestion?.rawValue ?? "CAUSE")"
    }
}
