extension ReviewReport {
    /// The first line, by which a bot finds its own comment and replaces it.
    package static let markdownMarker = "<!-- invar:review -->"

    /// Bytes above which details are left out: GitHub refuses comments of more than 65,536 characters.
    private static let longestMarkdown = 60_000

    /// A comment for a pull request: each touched invariant with its questions as boxes to tick, then the findings. Nothing
    /// that a file says is read as Markdown.
    package var markdown: String {
        let words = ReviewWords(language: language)
        var lines = [ReviewReport.markdownMarker, "### invar: " + ReportText.markdown(words.summary(self)), ""]
        let end = closing(words)
        var room = ReviewReport.longestMarkdown - (lines + end).reduce(0) { $0 + $1.utf8.count + 1 }
        var rank = -1
        var shown = 0
        for item in touched {
            var block = TouchedMarkdown(item, words, asOf).lines
            if item.irreversibility != rank { block = ["#### " + words.irreversibility(item.irreversibility), ""] + block }
            room -= block.reduce(0) { $0 + $1.utf8.count + 1 }
            if room < 0 { break }
            rank = item.irreversibility
            lines += block
            shown += 1
        }
        if shown < touched.count {
            let left = touched[shown...].map { ReportText.markdown($0.item.invariant.id) }.prefix(200).joined(separator: ", ")
            lines += [words.pick("**Left out for length:** \(left)", "**長さの都合で省いたもの：** \(left)"), ""]
        }
        var text = (lines + end).joined(separator: "\n") + "\n"
        let findings = check.findings.isEmpty ? "" : check.markdown.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().joined(separator: "\n")
        if !findings.isEmpty, text.utf8.count + findings.utf8.count < ReviewReport.longestMarkdown + 4_000 { text += "\n" + findings }
        return ReportText.withoutCommands(text)
    }

    private func closing(_ words: ReviewWords) -> [String] {
        var lines: [String] = []
        if !documents.isEmpty {
            lines.append(words.pick("**Documents changed with it**", "**同時に変更された設計文書・ADR**"))
            lines.append("")
            lines += documents.prefix(50).map { document in
                let title = [document.id, document.title].compactMap { $0 }.joined(separator: " ")
                let ids = document.invariants.isEmpty ? "" : " — " + document.invariants.map { ReportText.markdown($0) }.joined(separator: ", ")
                return "- \(ReportText.markdownCode(document.path)) \(ReportText.markdown(title))\(ids)"
            }
            lines.append("")
        }
        if let answer {
            lines += [ReportText.markdown(words.answer(answer)), ""]
            lines += answer.rejected.prefix(10).map {
                "- ✘ \(ReportText.markdown($0.why)): \(ReportText.markdownCode(ReportText.line($0.item.compactText, limit: 120)))"
            }
            if !answer.rejected.isEmpty { lines.append("") }
        }
        if let ids = words.untouched(self) {
            let title = words.pick("\(untouched.count) untouched", "触れていないもの \(untouched.count) 件")
            lines += ["<details>", "<summary>\(title)</summary>", "", ReportText.markdown(ReportText.line(ids, limit: 8_000)), "", "</details>", ""]
        }
        lines += words.gaps(self).map { "> " + ReportText.markdown($0) }
        return lines
    }
}

/// One touched invariant in Markdown.
private struct TouchedMarkdown {
    private let touched: ReviewReport.Touched
    private let words: ReviewWords
    private let today: Day

    init(_ touched: ReviewReport.Touched, _ words: ReviewWords, _ today: Day) {
        self.touched = touched
        self.words = words
        self.today = today
    }

    var lines: [String] {
        let invariant = touched.item.invariant
        var lines = ["**\(ReportText.markdown(invariant.id))** \(ReportText.markdown(invariant.title))", ""]
        for because in touched.because.prefix(5) {
            let place = because.path + (because.line.map { ":\($0)" } ?? "")
            let side = because.side == .old ? words.pick(" (removed)", "（削除行）") : ""
            lines.append("- \(words.kind(because.kind)): \(ReportText.markdown(because.detail[words.language])) \(ReportText.markdownCode(place))\(side)")
        }
        if touched.because.count > 5 { lines.append(words.pick("- … and \(touched.because.count - 5) more", "- …ほか \(touched.because.count - 5) 件")) }
        for item in touched.exceptions {
            let until = item.exception.until.map { words.pick(" until \($0)", "（\($0) まで）") } ?? ""
            let state =
                item.state == .expired ? words.pick("expired", "期限切れ") : item.isExpiring(today) ? words.pick("ends soon", "まもなく期限") : words.pick("active", "有効")
            let reason = item.exception.reason.map { words.pick(": ", "：") + ReportText.markdown(ReportText.line($0, limit: 300)) } ?? ""
            lines.append("- \(words.pick("exception", "例外")) **\(ReportText.markdown(item.decision))** \(state)\(until)\(reason)")
        }
        for item in touched.violations.prefix(3) {
            let date = item.note.date.map { " \($0)" } ?? ""
            lines.append(
                "- \(words.pick("violated before", "過去の違反")): \(ReportText.markdown(item.note.id))\(date) \(ReportText.markdown(ReportText.line(item.note.title, limit: 200)))"
            )
        }
        lines += invariant.checks.map { "- [ ] \(ReportText.markdown($0.text)) (\(words.audience($0.audience)))" }
        return lines + [""]
    }
}
