extension CheckReport {
    /// The first line of the Markdown report, by which a bot finds its own comment and replaces it.
    package static let markdownMarker = "<!-- invar:check -->"

    /// Bytes above which details are left out: GitHub refuses comments of more than 65,536 characters.
    private static let longestMarkdown = 60_000

    /// A comment for a pull request: a table by invariant, the open findings by file, what is excused and by which
    /// decision. Nothing that a file says is read as Markdown.
    package var markdown: String {
        var lines = [CheckReport.markdownMarker, heading, ""] + table
        let groups = filesOfOpenFindings
        var length = lines.reduce(0) { $0 + $1.utf8.count + 1 }
        var shown = 0
        for group in groups {
            let block = MarkdownFindings(group, language).lines
            length += block.reduce(0) { $0 + $1.utf8.count + 1 }
            if length > CheckReport.longestMarkdown { break }
            lines += block
            shown += group.count
        }
        if shown < summary.open {
            let left = summary.open - shown
            lines += [
                language.pick(
                    en: "**\(left) more findings are not shown here**; `invar check` lists them all.",
                    ja: "**ほか \(left) 件は長さの都合で省きました。** `invar check` で全件を確認できます。"), "",
            ]
        }
        lines += excused
        lines.append("<sub>\(ReportText.markdown("invar: " + summarySentence))</sub>")
        return lines.joined(separator: "\n") + "\n"
    }

    private var heading: String {
        guard summary.open > 0 else {
            return language.pick(en: "### invar: nothing threatens an invariant", ja: "### invar: インバリアントを脅かす変更は見つかりませんでした")
        }
        let count = summary.open
        return language.pick(
            en: "### invar: \(count) open \(count == 1 ? "finding" : "findings")", ja: "### invar: 未解決の指摘が \(count) 件あります")
    }

    /// A row an invariant, those with most open findings first; findings without one in the last row.
    private var table: [String] {
        guard !findings.isEmpty else { return [] }
        let rows = Dictionary(grouping: findings) { $0.invariant ?? "" }.sorted { a, b in
            let counts = (a.value.count { $0.state == .open }, b.value.count { $0.state == .open })
            return (a.key.isEmpty ? 1 : 0, counts.1, a.key) < (b.key.isEmpty ? 1 : 0, counts.0, b.key)
        }
        let head = language.pick(en: "| Invariant | Open | Excepted | In the baseline |", ja: "| インバリアント | 未解決 | 例外 | ベースライン |")
        return [head, "| :-- | --: | --: | --: |"]
            + rows.map { id, findings in
                let title = findings.lazy.compactMap(\.basis?.title).first.map { " " + ReportText.markdown($0) } ?? ""
                let name = id.isEmpty ? language.pick(en: "(no invariant)", ja: "（インバリアントなし）") : "**\(ReportText.markdown(id))**" + title
                let counts = Finding.State.allCases.map { state in String(findings.count { $0.state == state }) }
                return "| \(name) | \(counts.joined(separator: " | ")) |"
            } + [""]
    }

    private var filesOfOpenFindings: [[Finding]] {
        var groups: [[Finding]] = []
        for finding in findings where finding.state == .open {
            if groups.last?.first?.place.path == finding.place.path {
                groups[groups.count - 1].append(finding)
            } else {
                groups.append([finding])
            }
        }
        return groups
    }

    /// What is excused, folded: a line a decision with the places that it covers.
    private var excused: [String] {
        let excepted = Dictionary(grouping: findings.filter { $0.state == .excepted }) { $0.decision ?? "" }.sorted { $0.key < $1.key }
        var items = excepted.map { decision, findings in
            let invariants = Set(findings.compactMap(\.invariant)).sorted().joined(separator: ", ")
            let reason =
                findings.lazy.compactMap(\.reason).first.map { language.pick(en: ": ", ja: "：") + ReportText.markdown(ReportText.line($0, limit: 300)) } ?? ""
            let places = findings.prefix(10).map { ReportText.markdownCode("\($0.place.path):\($0.place.line)") }.joined(separator: ", ")
            let more = findings.count > 10 ? language.pick(en: " and \(findings.count - 10) more", ja: " ほか \(findings.count - 10) 件") : ""
            return "- **\(ReportText.markdown(decision))** (\(ReportText.markdown(invariants)))\(reason) — \(places)\(more)"
        }
        if summary.baselined > 0 {
            items.append(
                language.pick(
                    en: "- \(summary.baselined) older \(summary.baselined == 1 ? "finding is" : "findings are") in the baseline",
                    ja: "- 以前からの \(summary.baselined) 件はベースラインにあります"))
        }
        guard !items.isEmpty else { return [] }
        let count = summary.excepted + summary.baselined
        let title = language.pick(en: "\(count) excused", ja: "例外・ベースライン \(count) 件")
        return ["<details>", "<summary>\(title)</summary>", ""] + items + ["", "</details>", ""]
    }
}

/// The open findings of one file, folded up under its name.
private struct MarkdownFindings {
    private let findings: [Finding]
    private let language: Language

    init(_ findings: [Finding], _ language: Language) {
        self.findings = findings
        self.language = language
    }

    var lines: [String] {
        guard let path = findings.first?.place.path else { return [] }
        let gravest = findings.map(\.severity).max() ?? .note
        let count = findings.count
        let counted = language.pick(en: "\(count) \(count == 1 ? "finding" : "findings")", ja: "\(count) 件")
        var items = findings.flatMap(item)
        while items.last?.isEmpty ?? false { items.removeLast() }
        return ["<details\(gravest == .error ? " open" : "")>", "<summary>\(ReportText.markdownCode(path)) — \(counted)</summary>", ""]
            + items + ["", "</details>", ""]
    }

    private func item(_ finding: Finding) -> [String] {
        let words = FindingWords(finding, language)
        let line = language.pick(en: "line \(finding.place.line)", ja: "\(finding.place.line) 行目")
        var lines = ["- **\(words.severity)** \(line): \(ReportText.markdown(finding.message)) \(ReportText.markdownCode(finding.rule))"]
        if !finding.excerpt.isEmpty {
            let text = ReportText.withoutCommands(ReportText.line(ReportText.excerpt(finding).text, limit: 300))
            lines += [""] + ReportText.markdownFence(["\(finding.place.line) | \(text)"], indent: "  ") + [""]
        }
        var details: [String] = []
        if let invariant = words.invariant {
            details.append("**\(ReportText.markdown(invariant))**" + (words.quotation.map { " " + ReportText.markdown($0) } ?? ""))
        }
        details += finding.remarks.map { language.pick(en: "but: ", ja: "ただし：") + ReportText.markdown($0) }
        details += finding.related.map { "\(ReportText.markdownCode("\($0.place.path):\($0.place.line)")) \(ReportText.markdown($0.message))" }
        lines += details.map { "  - " + $0 }
        return lines + hint(finding)
    }

    /// The first line says what to do, further ones are what to write.
    private func hint(_ finding: Finding) -> [String] {
        guard let parts = finding.hint.map({ ReportText.block($0) }), let first = parts.first else { return [] }
        let code = parts.dropFirst().map(ReportText.withoutCommands)
        return ["  - \(language.pick(en: "**fix:**", ja: "**対処：**")) \(ReportText.markdown(first))"]
            + (code.isEmpty ? [] : [""] + ReportText.markdownFence(code, indent: "    "))
    }
}
