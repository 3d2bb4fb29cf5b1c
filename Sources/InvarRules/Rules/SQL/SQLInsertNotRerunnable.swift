import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlInsertNotRerunnable = Rule(
        id: "sql/insert-not-rerunnable",
        title: Wording(en: "an INSERT that a second run repeats or fails on", ja: "再実行できない INSERT"),
        why: Wording(
            en: """
                Jobs, seeds and repeatable migrations run again: after a failure, on a schedule, on every deploy. A plain INSERT then makes the rows \
                twice, or fails on the key and stops what comes behind it. Versioned migrations run once and are not looked at.
                """,
            ja: """
                ジョブ・シード・繰り返し実行のマイグレーションは、失敗後や定期実行、デプロイのたびに再び動きます。素の INSERT では行が二重になるか、\
                キー違反で後続が止まります。一度しか動かないバージョン付きのマイグレーションは対象外です。
                """),
        invariant: "INV-OPS-004", severity: .warning,
        violating: [
            Example("↓INSERT INTO roles (name) VALUES ('admin');\n", at: "db/seed_roles.sql"),
            Example("-- 日次集計\n↓INSERT INTO daily_sales SELECT ordered_on, sum(total) FROM orders GROUP BY ordered_on;\n", at: "jobs/daily_sales.sql"),
            Example("↓INSERT INTO holidays (day) VALUES ('2026-01-01');\n", at: "db/migration/R__holidays.sql"),
        ],
        conforming: [
            Example("INSERT INTO roles (name) VALUES ('admin') ON CONFLICT DO NOTHING;\n", at: "db/seed_roles.sql"),
            Example(
                "INSERT IGNORE INTO roles VALUES (1);\nREPLACE INTO roles VALUES (2);\nINSERT INTO roles SELECT 3 WHERE NOT EXISTS (SELECT 1 FROM roles WHERE id = 3);\n",
                at: "batch/roles.sql"),
            Example(
                "DELETE FROM daily_sales WHERE business_date = '2026-01-31'; -- その日の分だけ入れ直す\nINSERT INTO daily_sales SELECT 1;\n",
                at: "jobs/daily_sales.sql"),
            Example("INSERT INTO roles (name) VALUES ('admin');\n", at: "db/migrations/000002_roles.up.sql", with: [SampleMigrations.down]),
            Example("INSERT INTO roles (name) VALUES ('admin');\n", at: "tests/jobs/roles.sql"),
        ],
        matcher: .statements { step in
            guard step.runsAgain, !step.isExempt else { return [] }
            var cleared: Set<String> = []
            return step.matches(.insert, .delete, .truncate) { index, action in
                guard action.kind == .insert else {
                    cleared.insert(action.table.name)
                    return nil
                }
                guard action.context != .routine, action.data?.conflict == nil, !cleared.contains(action.table.name), !step.isOnNewTable(action, at: index),
                    !step.isStaging(action.table), !step.hasTemplate(behind: action)
                else { return nil }
                let table = step.written(action.table, in: action.span)
                let change = StagedChange(en: "say what happens to a row that is there already", ja: "すでにある行をどう扱うかを書いてください")
                let guarded: StagedChange =
                    switch step.dialect {
                    case .mysql: change.sql("INSERT INTO \(table.quoted) (…) VALUES (…) ON DUPLICATE KEY UPDATE …")
                    case .sqlserver, .oracle: change.sql("MERGE INTO \(table.quoted) USING … ON (…) WHEN NOT MATCHED THEN INSERT …")
                    case .clickhouse: change.sql("INSERT INTO \(table.quoted) SELECT … WHERE key NOT IN (SELECT key FROM \(table.quoted))")
                    default: change.sql("INSERT INTO \(table.quoted) (…) VALUES (…) ON CONFLICT (<key>) DO NOTHING")
                    }
                return step.match(
                    action, .warning,
                    Wording(
                        en: "inserts into \(table.plain) without regard to a run before: a second run repeats the rows or fails",
                        ja: "\(table.plain) への INSERT が、前回の実行を考慮していません。再実行すると行が二重になるか失敗します"),
                    hint: guarded.hintOrException)
            }
        })
}
