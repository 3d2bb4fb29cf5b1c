/// What bringing the index up to date did and what it holds now.
package struct IndexReport: Sendable {
    package var added: [String]
    package var modified: [String]
    package var removed: [String]
    package var unchanged: Int
    package var total: Int
    package var entries: Entries
    package var links: Int
    package var danglingLinks: Int
    package var findings: [Finding]
    /// Whether no file could be written, as in a read-only checkout.
    package var isInMemory: Bool

    package struct Entries: Hashable, Sendable {
        package var invariants, clauses, checks, decisions, notes: Int

        package init(invariants: Int, clauses: Int, checks: Int, decisions: Int, notes: Int) {
            self.invariants = invariants
            self.clauses = clauses
            self.checks = checks
            self.decisions = decisions
            self.notes = notes
        }
    }

    package init(
        added: [String], modified: [String], removed: [String], unchanged: Int, total: Int, entries: Entries, links: Int, danglingLinks: Int,
        findings: [Finding], isInMemory: Bool
    ) {
        self.added = added
        self.modified = modified
        self.removed = removed
        self.unchanged = unchanged
        self.total = total
        self.entries = entries
        self.links = links
        self.danglingLinks = danglingLinks
        self.findings = findings
        self.isInMemory = isInMemory
    }

    package var json: JSON {
        .object([
            "schema": .string("invar.index/1"),
            "documents": .object([
                "total": .integer(total), "added": .integer(added.count), "modified": .integer(modified.count), "removed": .integer(removed.count),
                "unchanged": .integer(unchanged),
            ]),
            "entries": .object([
                "invariants": .integer(entries.invariants), "clauses": .integer(entries.clauses), "checks": .integer(entries.checks),
                "decisions": .integer(entries.decisions), "notes": .integer(entries.notes),
            ]),
            "links": .object(["total": .integer(links), "dangling": .integer(danglingLinks)]),
            "findings": .array(findings.map(\.json)),
        ])
    }

    /// The summary; single files are named when they are few, as after an edit.
    package func terminal(_ style: TerminalStyle) -> String {
        var lines = changes(style)
        lines.append(
            style.pick(
                en: "\(count(total, "document")): \(added.count) added, \(modified.count) modified, \(removed.count) removed, \(unchanged) unchanged",
                ja: "文書 \(total) 件（追加 \(added.count)・変更 \(modified.count)・削除 \(removed.count)・変更なし \(unchanged)）"))
        lines.append(
            style.pick(
                en:
                    "\(count(entries.invariants, "invariant")) (\(count(entries.clauses, "clause")), \(count(entries.checks, "check"))), \(count(entries.decisions, "decision")), \(count(entries.notes, "note"))",
                ja: "インバリアント \(entries.invariants) 件（条項 \(entries.clauses)・チェック \(entries.checks)）、ADR \(entries.decisions) 件、ノート \(entries.notes) 件"))
        lines.append(
            style.pick(
                en: "\(count(links, "link")), \(danglingLinks) dangling" + (danglingLinks > 0 ? " (see `invar list links --dangling`)" : ""),
                ja: "リンク \(links) 件、うち行き先なし \(danglingLinks) 件" + (danglingLinks > 0 ? "（`invar list links --dangling` で一覧）" : "")))
        if isInMemory {
            lines.append(style.yellow(style.pick(en: "the index is kept in memory only: .invar cannot be written here", ja: "索引はメモリ上だけにあります（.invar に書き込めません）")))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `+ added`, `~ modified`, `- removed`, at most twenty of them.
    package func changes(_ style: TerminalStyle) -> [String] {
        let all =
            added.map { style.green("+ ") + style.safe($0) } + modified.map { style.yellow("~ ") + style.safe($0) }
            + removed.map { style.red("- ") + style.safe($0) }
        guard all.count > 20 else { return all }
        return []
    }

    private func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)" + (number == 1 ? "" : "s")
    }
}
