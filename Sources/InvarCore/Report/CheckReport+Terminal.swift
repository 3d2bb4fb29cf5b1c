extension CheckReport {
    /// Open findings whole, what is excused counted (listed when `isVerbose`), a summary by invariant. What was said of
    /// an invariant once in a file is not said again for the next finding there.
    package func terminal(_ style: TerminalStyle, isVerbose: Bool) -> String {
        var lines: [String] = []
        var told = FindingText.Told()
        for finding in findings where finding.state == .open || isVerbose {
            lines += FindingText(finding, style: style, isVerbose: isVerbose, told: &told).lines + [""]
        }
        if let idle = idleSentence {
            lines += [style.safe(idle[style.language])]
        } else {
            lines += table(style) + [verdict(style)]
        }
        lines += notes(style, isVerbose: isVerbose)
        return ReportText.withoutCommands(lines.joined(separator: "\n") + "\n")
    }

    /// Open findings by invariant, most first, those without one last.
    private func table(_ style: TerminalStyle) -> [String] {
        guard summary.open > 0 else { return [] }
        let titles = Dictionary(findings.compactMap { finding in finding.invariant.map { ($0, finding.basis?.title ?? "") } }) { first, _ in first }
        var rows = summary.byInvariant.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { invariant, count in
            [style.bold(style.safe(invariant)), String(count), DisplayText.truncated(style.safe(titles[invariant] ?? ""), to: 60)]
        }
        let others = summary.open - summary.byInvariant.values.reduce(0, +)
        if others > 0 { rows.append([style.pick(en: "no invariant", ja: "インバリアントなし"), String(others), ""]) }
        let width = rows.map { $0[1].count }.max() ?? 0
        for index in rows.indices { rows[index][1] = String(repeating: " ", count: width - rows[index][1].count) + rows[index][1] }
        return style.table(rows, indent: 2).map(DisplayText.trimmedEnd) + [""]
    }

    private func verdict(_ style: TerminalStyle) -> String {
        let separator = style.pick(en: ", ", ja: "、")
        let excused = [
            summary.excepted > 0 ? style.pick(en: "\(summary.excepted) excepted", ja: "例外 \(summary.excepted) 件") : nil,
            summary.baselined > 0 ? style.pick(en: "\(summary.baselined) in the baseline", ja: "ベースライン \(summary.baselined) 件") : nil,
        ].compactMap { $0 }
        let counts = Severity.allCases.reversed().compactMap { severity in
            summary.bySeverity[severity].map { count in
                switch severity {
                case .error: style.red(style.pick(en: "\(count) \(count == 1 ? "error" : "errors")", ja: "エラー \(count) 件"))
                case .warning: style.yellow(style.pick(en: "\(count) \(count == 1 ? "warning" : "warnings")", ja: "警告 \(count) 件"))
                case .note: style.cyan(style.pick(en: "\(count) \(count == 1 ? "note" : "notes")", ja: "注意 \(count) 件"))
                }
            }
        }
        let open = counts.isEmpty ? [style.green(style.pick(en: "nothing open", ja: "未解決の指摘はありません"))] : counts
        let files = style.pick(en: "\(summary.files) \(summary.files == 1 ? "file" : "files") checked", ja: "\(summary.files) ファイルを検査")
        let against = base.map { style.pick(en: " against \(style.safe($0))", ja: "（\(style.safe($0)) との差分）") } ?? ""
        return (open + excused).joined(separator: separator) + style.dim(style.pick(en: "; ", ja: "／") + files + against)
    }

    private func notes(_ style: TerminalStyle, isVerbose: Bool) -> [String] {
        var lines: [String] = []
        if summary.unreadable > 0 {
            lines.append(
                style.yellow(
                    style.pick(
                        en: "\(summary.unreadable) \(summary.unreadable == 1 ? "file" : "files") could not be read whole: not checked there",
                        ja: "\(summary.unreadable) ファイルに読めない箇所があり、そこは検査されていません")))
        }
        if summary.excepted + summary.baselined > 0, !isVerbose {
            lines.append(style.dim(style.pick(en: "--verbose lists what is excused", ja: "例外・ベースラインの内訳は --verbose で表示します")))
        }
        return lines
    }
}
