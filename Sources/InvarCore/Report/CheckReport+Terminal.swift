extension CheckReport {
    /// Open findings whole, what is excused counted (listed when `isVerbose`), a summary by invariant.
    package func terminal(_ style: TerminalStyle, isVerbose: Bool) -> String {
        var lines: [String] = []
        for finding in findings where finding.state == .open || isVerbose { lines += FindingText(finding, style: style).lines + [""] }
        lines += summaryLines(style)
        return lines.joined(separator: "\n") + "\n"
    }

    private func summaryLines(_ style: TerminalStyle) -> [String] {
        var lines: [String] = []
        if !summary.byInvariant.isEmpty {
            let titles = Dictionary(findings.compactMap { finding in finding.invariant.map { ($0, finding.basis?.title ?? "") } }) { first, _ in first }
            let rows = summary.byInvariant.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { invariant, count in
                [style.bold(style.safe(invariant)), String(count), style.safe(DisplayText.truncated(titles[invariant] ?? "", to: 60))]
            }
            lines += style.table(rows, indent: 2) + [""]
        }
        return lines + [verdict(style)] + notes(style)
    }

    private func verdict(_ style: TerminalStyle) -> String {
        let excused = [
            summary.excepted > 0 ? style.pick(en: "\(summary.excepted) excepted", ja: "例外 \(summary.excepted) 件") : nil,
            summary.baselined > 0 ? style.pick(en: "\(summary.baselined) in the baseline", ja: "ベースライン \(summary.baselined) 件") : nil,
        ].compactMap { $0 }
        let tail = excused.isEmpty ? "" : style.pick(en: ", ", ja: "、") + excused.joined(separator: style.pick(en: ", ", ja: "、"))
        let files = style.pick(en: "\(summary.files) \(summary.files == 1 ? "file" : "files") checked", ja: "\(summary.files) ファイルを検査")
        let against = base.map { style.pick(en: " against \(style.safe($0))", ja: "（\(style.safe($0)) との差分）") } ?? ""
        guard summary.open > 0 else {
            return style.green(style.pick(en: "nothing open", ja: "未解決なし")) + tail + style.dim(style.pick(en: "; ", ja: "／") + files + against)
        }
        let counts = Severity.allCases.reversed().compactMap { severity in
            summary.bySeverity[severity].map { count in
                switch severity {
                case .error: style.red(style.pick(en: "\(count) \(count == 1 ? "error" : "errors")", ja: "エラー \(count) 件"))
                case .warning: style.yellow(style.pick(en: "\(count) \(count == 1 ? "warning" : "warnings")", ja: "警告 \(count) 件"))
                case .note: style.cyan(style.pick(en: "\(count) \(count == 1 ? "note" : "notes")", ja: "注意 \(count) 件"))
                }
            }
        }
        return counts.joined(separator: style.pick(en: ", ", ja: "、")) + tail + style.dim(style.pick(en: "; ", ja: "／") + files + against)
    }

    private func notes(_ style: TerminalStyle) -> [String] {
        guard summary.unreadable > 0 else { return [] }
        return [
            style.yellow(
                style.pick(
                    en: "\(summary.unreadable) \(summary.unreadable == 1 ? "file" : "files") could not be read whole: not checked there",
                    ja: "\(summary.unreadable) ファイルに読めない箇所があり、そこは検査されていません"))
        ]
    }
}

/// A finding as a person reads it: what and where, the line with a caret, the invariant's words, the way out.
struct FindingText {
    private let finding: Finding
    private let style: TerminalStyle

    init(_ finding: Finding, style: TerminalStyle) {
        self.finding = finding
        self.style = style
    }

    var lines: [String] {
        var lines = [
            "\(style.bold(style.safe(finding.place.path) + ":\(finding.place.line):\(finding.place.column)")): \(severity): \(style.safe(finding.message)) \(style.dim("[\(finding.rule)]"))"
        ]
        lines += excerptLines
        let width = style.language == .japanese ? 14 : 9
        func field(_ label: String, _ text: String?) -> [String] { style.field(label, text, indent: 2, labelWidth: width) }
        if finding.state == .excepted, let decision = finding.decision {
            lines += field(style.pick(en: "excused", ja: "例外"), decision + (finding.reason.map { ": " + $0 } ?? ""))
        }
        if let invariant = finding.invariant, let basis = finding.basis {
            lines += field(style.pick(en: "invariant", ja: "インバリアント"), "\(finding.clause ?? invariant)  \(basis.title)")
            if basis.text != basis.title {
                lines += field("", style.pick(en: "“\(basis.text)”", ja: "「\(basis.text)」") + "  (\(basis.place.path):\(basis.place.line))")
            }
        }
        for remark in finding.remarks { lines += field(style.pick(en: "but", ja: "ただし"), remark) }
        lines += hintLines(width)
        for related in finding.related {
            lines += field(style.pick(en: "see", ja: "関連"), "\(related.place.path):\(related.place.line)  \(related.message)")
        }
        return lines
    }

    private var severity: String {
        switch (finding.state, finding.severity) {
        case (.excepted, _): style.dim(style.pick(en: "excepted", ja: "例外"))
        case (.baselined, _): style.dim(style.pick(en: "in the baseline", ja: "ベースライン"))
        case (.open, .error): style.red(style.pick(en: "error", ja: "エラー"))
        case (.open, .warning): style.yellow(style.pick(en: "warning", ja: "警告"))
        case (.open, .note): style.cyan(style.pick(en: "note", ja: "注意"))
        }
    }

    /// The first line of a hint says what to do; further ones are what to write, kept as they are.
    private func hintLines(_ width: Int) -> [String] {
        guard let hint = finding.hint else { return [] }
        let parts = hint.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let lead = String(repeating: " ", count: 2 + width + 1)
        return style.field(style.pick(en: "fix", ja: "対処"), parts.first, indent: 2, labelWidth: width) + parts.dropFirst().map { lead + style.safe($0) }
    }

    /// The line cut around the match, and a caret line that stands under it whatever the width of its characters.
    private var excerptLines: [String] {
        guard !finding.excerpt.isEmpty else { return [] }
        let number = String(finding.place.line)
        let gutter = String(repeating: " ", count: number.count)
        let cut = ExcerptCut(finding.excerpt, from: finding.place.column, to: endColumn, cells: max(30, style.width - number.count - 5))
        return [
            "  \(style.dim("\(number) │")) \(cut.text)",
            "  \(style.dim("\(gutter) │")) \(String(repeating: " ", count: cut.lead))\(style.red(String(repeating: "^", count: cut.caret)))",
        ]
    }

    private var endColumn: Int {
        guard let end = finding.end, end.line == finding.place.line else { return finding.excerpt.unicodeScalars.count + 1 }
        return end.column
    }
}

/// A part of a line that holds the match, measured in terminal cells.
struct ExcerptCut {
    private(set) var text = ""
    /// Cells before the match.
    private(set) var lead = 0
    /// Cells of the match, at least one.
    private(set) var caret = 1

    /// - Parameters:
    ///   - from: the first column of the match, 1-based, in Unicode scalars.
    ///   - to: exclusive.
    init(_ line: String, from: Int, to: Int, cells: Int) {
        let pieces = line.unicodeScalars.map { DisplayText.safe(String($0)) }
        let start = min(max(0, from - 1), pieces.count)
        let end = min(max(start, to - 1), pieces.count)
        var first = start
        // As much of the text before as leaves half of the room for the match.
        var before = 0
        while first > 0, before + DisplayText.width(pieces[first - 1]) <= cells / 2 {
            first -= 1
            before += DisplayText.width(pieces[first])
        }
        if first > 0 { text = "…" }
        lead = (first > 0 ? 1 : 0) + before
        text += pieces[first..<start].joined()
        var used = lead
        var width = 0
        var index = start
        while index < pieces.count, used + DisplayText.width(pieces[index]) < cells {
            text += pieces[index]
            used += DisplayText.width(pieces[index])
            if index < end { width += DisplayText.width(pieces[index]) }
            index += 1
        }
        if index < pieces.count { text += "…" }
        caret = max(1, width)
    }
}
