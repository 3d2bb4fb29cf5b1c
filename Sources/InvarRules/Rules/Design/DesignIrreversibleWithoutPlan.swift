import InvarCore
import InvarSyntax

extension Rule {
    package static let designIrreversibleWithoutPlan = Rule(
        id: "design/irreversible-without-plan",
        title: Wording(en: "a step that cannot be taken back, and no plan for it", ja: "後戻りできない手順なのに、計画がない"),
        why: Wording(
            en:
                "A release or a migration that cannot be rolled back needs its way out written down before it starts: expand and contract, a restore that was tried, or a decision that accepts the risk.",
            ja: "切り戻せないリリースやマイグレーションには、始める前に出口を書いておく必要があります。拡張と縮小の段階分け、試し済みの復元手順、またはリスクを受け入れる決定です。"),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example("# 受注データの移行\n\n移行後は↓この移行はロールバックできません。\n".replacing("移行後は↓", with: "↓"), at: "docs/design/migration.md"),
            Example("# Order migration\n\n↓The migration cannot be rolled back.\n", at: "docs/design/migration.md"),
        ],
        conforming: [
            Example(
                "# Order migration\n\nThe migration cannot be rolled back.\n\n## Rollback plan\n\nRestore the snapshot taken before; it was tried on 2026-11-02.\n",
                at: "docs/design/migration.md"),
            Example("# Order migration\n\nEvery migration must be able to be rolled back.\n", at: "docs/design/migration.md"),
        ],
        matcher: .file(.document) { artifact, surroundings in
            guard case .document(let file) = artifact.content else { return [] }
            let statements = DesignStatements.of([.irreversible], in: artifact, surroundings)
            guard !statements.isEmpty, !hasPlan(file) else { return [] }
            return statements.filter { $0.decisions.isEmpty }.map { statement in
                var match = DesignStatements.match(
                    statement, in: artifact,
                    Wording(en: "says that this cannot be taken back, and the document has no plan for it", ja: "後戻りできないと書かれていますが、この文書に出口の計画がありません"),
                    hint: Wording(
                        en: "add a section on the way back (expand and contract, restore), or grant an exception in an ADR",
                        ja: "切り戻しの節（拡張と縮小、復元手順）を書くか、ADR で例外を認めてください"))
                match.severity = statement.strength == .strict ? .warning : .note
                return match
            }
        })

    /// Whether a heading promises the way back.
    private static func hasPlan(_ file: MarkdownFile) -> Bool {
        file.markdown.blocks.contains { block in
            guard block.headingLevel != nil else { return false }
            let heading = Folding.searchable(block.text)
            return planWords.contains { heading.holds($0) }
        }
    }

    private static let planWords = [
        "rollback", "roll back", "roll-back", "way back", "expand", "contract", "restore", "recovery", "fallback", "back-out", "backout", "contingency",
        "ロールバック", "切り戻し", "切戻し", "復元", "復旧", "リストア", "段階的移行", "段階移行", "戻し手順", "巻き戻し",
    ]
}
