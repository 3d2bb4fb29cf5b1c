import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlUncommittedTransaction = Rule(
        id: "sql/uncommitted-transaction",
        title: Wording(en: "a transaction that is never committed", ja: "コミットされないトランザクション"),
        why: Wording(
            en: """
                When the connection closes, everything since BEGIN is undone without a word: the tool notes the migration as done, and the new version \
                finds the old schema.
                """,
            ja: """
                接続が閉じると、BEGIN 以降の変更は何の警告もなく取り消されます。ツールは適用済みと記録し、新しいバージョンは古いスキーマのまま動くことになります。
                """),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example("↓BEGIN;\nALTER TABLE users ADD COLUMN memo text;\n", at: "db/migrations/000002_memo.up.sql", with: [SampleMigrations.down]),
            Example(
                "-- 月次の締め\nBEGIN;\nUPDATE a SET b = 1 WHERE id = 1;\nCOMMIT;\n↓START TRANSACTION;\nUPDATE a SET b = 2 WHERE id = 2;\n", at: "jobs/close.sql"),
        ],
        conforming: [
            Example("BEGIN;\nALTER TABLE users ADD COLUMN memo text;\nCOMMIT;\n", at: "db/migrations/000002_memo.up.sql", with: [SampleMigrations.down]),
            Example("BEGIN;\nDELETE FROM a WHERE id = 1; -- 試すだけ\nROLLBACK;\n", at: "db/try.sql"),
            Example("ALTER TABLE users ADD COLUMN memo text;COMMIT;BEGIN;\n", at: "db/migrations/000002_memo.up.sql", with: [SampleMigrations.down]),
            Example("DO $$ BEGIN PERFORM 1; END $$;\n", at: "db/block.sql"),
            Example(
                "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET n = 1 WHERE id = 1; END;\n", at: "db/trigger.sql"),
        ],
        matcher: .statements { step in
            guard !step.script.hasTemplates else { return [] }
            var open: SQLStatement?
            // Nothing is lost where nothing follows.
            var hasMore = false
            for statement in step.script.statements where statement.context == .statement {
                switch statement.kind {
                case .begin:
                    open = statement
                    hasMore = false
                case .commit, .rollback: open = nil
                case .schema, .data, .call, .block, .grant, .comment, .other: hasMore = true
                case .query, .setting: break
                }
            }
            guard let open, hasMore else { return [] }
            var match = step.artifact.match(
                over: open.span,
                Wording(
                    en: "opens a transaction that is never committed: all that follows is undone when the connection closes",
                    ja: "コミットされないトランザクションを開いています。接続が閉じると、以降の変更はすべて取り消されます"),
                hint: StagedChange(en: "end it", ja: "最後に閉じてください").sql("COMMIT").hint)
            match.key = "begin"
            match.scope = match.start.line...max(match.start.line, step.artifact.lines.line(at: step.artifact.bytes.count))
            return [match]
        })
}
