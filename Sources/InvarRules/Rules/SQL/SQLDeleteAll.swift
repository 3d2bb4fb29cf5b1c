import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlDeleteAll = Rule(
        id: "sql/delete-all",
        title: Wording(en: "all rows of a table deleted", ja: "全行の削除"),
        why: Wording(
            en: """
                Nothing says which rows were meant: a run at the wrong time, or once more after a failure, takes rows that came in between, and no \
                rollback brings them back. A condition that names the run or the period can be repeated.
                """,
            ja: """
                どの行を消すつもりだったかが書かれていません。時機を誤った実行や失敗後の再実行で、その間に入った行まで消え、元には戻りません。\
                実行や期間を条件に書けば、何度でも安全に実行できます。
                """),
        invariant: "INV-OPS-004", severity: .error,
        violating: [
            Example("↓DELETE FROM sessions;\n", at: "db/migrations/000002_sessions.up.sql", with: [SampleMigrations.down]),
            Example("-- 夜間バッチ: 前日分を消す\n↓TRUNCATE TABLE daily_totals;\n", at: "jobs/nightly_cleanup.sql"),
            Example("↓DELETE FROM events WHERE true;\n", at: "db/cleanup.sql"),
        ],
        conforming: [
            Example("DELETE FROM daily_totals WHERE business_date = '2026-01-31';\n", at: "jobs/nightly_totals.sql"),
            Example("DELETE FROM stg_orders;\nTRUNCATE import_work; -- 作業テーブル\n", at: "jobs/import.sql"),
            Example("CREATE TEMP TABLE ids (id int);\nDELETE FROM ids;\nDELETE FROM users WHERE 1 = 0;\n", at: "db/cleanup.sql"),
            Example("DELETE FROM users;\nTRUNCATE orders;\n", at: "app/testdata/setup.sql"),
            Example("DELETE FROM a USING b WHERE a.id = b.id;\nDELETE FROM logs LIMIT 1000;\n", at: "jobs/purge.sql"),
        ],
        matcher: .statements { step in
            guard !step.isExempt else { return [] }
            let dropped = Set(step.script.actions.filter { $0.kind == .dropTable }.map(\.table.name))
            return step.matches(.delete, .truncate) { index, action in
                guard step.wipes(action, at: index), !step.isStaging(action.table), !dropped.contains(action.table.name), step.refill(after: index) == nil
                else { return nil }
                let table = step.written(action.table, in: action.span)
                return step.match(
                    action, .error,
                    Wording(
                        en: "deletes all rows of \(table.plain): once more, or at another time, it takes rows that were not meant",
                        ja: "\(table.plain) の全行を削除します。再実行や時機のずれで、消すつもりのない行まで失われます"),
                    hint: StagedChange(
                        en: "say which rows: the run, the day or the batch that they belong to", ja: "どの行かを、実行・日付・バッチなどの条件で書いてください"
                    ).sql(
                        en: "DELETE FROM \(table.quoted) WHERE <run_id or business_date> = <value>",
                        ja: "DELETE FROM \(table.quoted) WHERE <run_id や business_date> = <値>"
                    ).hintOrException)
            }
        })
}
