/// The decisions as a page that people put beside them: one row each, in the order of their paths.
package struct ContentsReport: Sendable {
    package var items: [DecisionItem]
    /// Where the page will stand, relative to the root: its links start there.
    package var page: String
    package var language: Language

    package init(items: [DecisionItem], page: String, language: Language) {
        self.items = items
        self.page = page
        self.language = language
    }

    /// Markdown: a table a folder.
    package var markdown: String {
        let folders = Dictionary(grouping: items) { RelativePath.folder($0.path) }
        // Records that keep a folder each are one table.
        let isOneEach = folders.values.allSatisfy { $0.count == 1 }
        let groups = isOneEach ? [("", items)] : folders.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        var lines = ["# " + language.pick(en: "Architecture decisions", ja: "アーキテクチャ決定の一覧")]
        for (folder, items) in groups {
            if groups.count > 1 { lines += ["", "## " + ReportText.markdown(folder)] }
            lines += ["", language.pick(en: "| | Decision | Status | Date |", ja: "| | 決定 | ステータス | 日付 |"), "| --- | --- | --- | --- |"]
            lines += items.map(row)
        }
        if items.isEmpty { lines += ["", language.pick(en: "No decisions yet.", ja: "まだありません。")] }
        return lines.joined(separator: "\n") + "\n"
    }

    private func row(_ item: DecisionItem) -> String {
        var status = word(item.status)
        if item.status == .superseded, !item.supersededBy.isEmpty {
            let names = item.supersededBy.map(link).joined(separator: ", ")
            status = language.pick(en: "superseded by " + names, ja: names + " により置換")
        }
        let title = link(ReportText.markdown(item.decision.title), item.path)
        return "| \(ReportText.markdown(item.decision.number ?? "")) | \(title) | \(status) | \(item.decision.date?.description ?? "") |"
    }

    private func link(_ id: String) -> String {
        items.first { $0.decision.id == id }.map { link(ReportText.markdown(id), $0.path) } ?? ReportText.markdown(id)
    }

    private func link(_ text: String, _ path: String) -> String {
        "[\(text)](\(ReportText.uri(RelativePath.way(from: page, to: path))))"
    }

    private func word(_ status: Decision.Status) -> String {
        switch status {
        case .proposed: language.pick(en: "proposed", ja: "提案")
        case .accepted: language.pick(en: "accepted", ja: "承認")
        case .rejected: language.pick(en: "rejected", ja: "却下")
        case .deprecated: language.pick(en: "deprecated", ja: "廃止")
        case .superseded: language.pick(en: "superseded", ja: "置換済み")
        case .unknown: language.pick(en: "unknown", ja: "不明")
        }
    }

    package var json: JSON {
        .object(["schema": .string("invar.toc/1"), "page": .string(page), "items": .array(items.map(\.json))])
    }
}
