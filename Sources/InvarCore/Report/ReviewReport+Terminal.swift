extension ReviewReport {
    /// Touched invariants with everything to know about each, then the findings, then the untouched ids.
    package func terminal(_ style: TerminalStyle, isVerbose: Bool) -> String {
        let words = ReviewWords(language: style.language)
        var lines = [style.bold(style.safe(words.summary(self))), style.dim(range(style)), ""]
        var rank = -1
        for item in touched {
            if item.irreversibility != rank {
                rank = item.irreversibility
                lines += [style.bold("── " + words.irreversibility(rank)), ""]
            }
            lines += TouchedText(item, words, style, asOf, isVerbose: isVerbose).lines + [""]
        }
        if !documents.isEmpty {
            lines.append(style.bold(style.pick(en: "Documents changed with it", ja: "同時に変更された設計文書・ADR")))
            lines += style.table(
                documents.map {
                    [
                        style.safe($0.path), style.safe(DisplayText.truncated([$0.id, $0.title].compactMap { $0 }.joined(separator: " "), to: 60)),
                        $0.invariants.joined(separator: ", "),
                    ]
                },
                indent: 2
            ).map(DisplayText.trimmedEnd)
            lines.append("")
        }
        lines += findingLines(style, isVerbose: isVerbose) + answerLines(words, style)
        if let ids = words.untouched(self) {
            lines += style.field(style.pick(en: "untouched", ja: "該当なし"), ids, indent: 0, labelWidth: style.language == .japanese ? 8 : 9)
        }
        for gap in words.gaps(self) { lines.append(style.yellow(style.safe(gap))) }
        return ReportText.withoutCommands(lines.joined(separator: "\n") + "\n")
    }

    private func range(_ style: TerminalStyle) -> String {
        style.safe("\(base) → \(head)")
    }

    private func findingLines(_ style: TerminalStyle, isVerbose: Bool) -> [String] {
        var lines: [String] = []
        var told = FindingText.Told()
        for finding in check.findings where finding.state == .open || isVerbose {
            lines += FindingText(finding, style: style, isVerbose: isVerbose, told: &told).lines + [""]
        }
        guard !check.findings.isEmpty else { return [] }
        let title = style.bold(style.pick(en: "Findings in the change", ja: "変更に対する指摘"))
        return [title, ""] + lines + [style.safe(check.summarySentence), ""]
    }

    private func answerLines(_ words: ReviewWords, _ style: TerminalStyle) -> [String] {
        guard let answer else { return [] }
        var lines = [style.bold(words.answer(answer))]
        for rejection in answer.rejected.prefix(20) {
            lines.append("  " + style.red("✘") + " " + style.safe(DisplayText.truncated(rejection.why, to: 120)))
            lines.append("    " + style.dim(style.safe(DisplayText.truncated(rejection.item.compactText, to: 120))))
        }
        if answer.rejected.count > 20 {
            lines.append(style.pick(en: "  … and \(answer.rejected.count - 20) more", ja: "  …ほか \(answer.rejected.count - 20) 件"))
        }
        return lines + [""]
    }
}

/// One touched invariant as a person reads it.
private struct TouchedText {
    private let touched: ReviewReport.Touched
    private let words: ReviewWords
    private let style: TerminalStyle
    private let today: Day
    private let isVerbose: Bool
    private var width: Int { style.language == .japanese ? 10 : 9 }

    init(_ touched: ReviewReport.Touched, _ words: ReviewWords, _ style: TerminalStyle, _ today: Day, isVerbose: Bool) {
        self.touched = touched
        self.words = words
        self.style = style
        self.today = today
        self.isVerbose = isVerbose
    }

    var lines: [String] {
        let invariant = touched.item.invariant
        var lines = [
            "\(style.bold(style.safe(invariant.id)))  \(style.safe(invariant.title))  \(style.dim(style.place(touched.item.path, invariant.position.line)))"
        ]
        let shown = isVerbose ? touched.because : Array(touched.because.prefix(5))
        for because in shown {
            let place = because.line.map { " (\(because.path):\($0)\(because.side == .old ? words.pick(", removed", "、削除行") : ""))" } ?? " (\(because.path))"
            lines += field(words.kind(because.kind), because.detail[style.language] + place)
        }
        if shown.count < touched.because.count {
            lines += field(
                "", words.pick("… and \(touched.because.count - shown.count) more (--verbose)", "…ほか \(touched.because.count - shown.count) 件（--verbose）"))
        }
        for check in invariant.checks { lines += field(words.pick("ask", "確認"), "[\(words.audience(check.audience))] " + check.text) }
        for item in touched.exceptions { lines += field(words.pick("exception", "例外"), exception(item)) }
        for item in touched.violations.prefix(3) {
            lines += field(
                words.pick("violated", "過去の違反"), [item.note.date?.description, item.note.id, item.note.title].compactMap { $0 }.joined(separator: " "))
        }
        return lines
    }

    private func field(_ label: String, _ text: String) -> [String] { style.field(label, text, indent: 2, labelWidth: width) }

    private func exception(_ item: ExceptionItem) -> String {
        let until = item.exception.until?.description ?? ""
        let state: String
        if item.state == .expired {
            state = words.pick("expired on \(until)", "\(until) で期限切れ")
        } else if let day = item.exception.until, item.isExpiring(today) {
            state = words.pick("ends in \(day.ordinal - today.ordinal) days, on \(until)", "残り \(day.ordinal - today.ordinal) 日（\(until) まで）")
        } else {
            state = until.isEmpty ? words.pick("active", "有効") : words.pick("active until \(until)", "\(until) まで有効")
        }
        return "\(item.decision): \(state)" + (item.exception.reason.map { words.pick(" — ", "：") + $0 } ?? "")
    }
}
