import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlUpdateAll = Rule(
        id: "sql/update-all",
        title: Wording(en: "all rows of a table updated", ja: "全行の更新"),
        why: Wording(
            en: """
                Every row is locked and written until the statement ends, and a run at another time changes rows that were not meant. A constant can be \
                set twice; what is computed from the row's own value may not come out the same. In versioned migrations it is looked at only when \
                asked for.
                """,
            ja: """
                文が終わるまで全行をロックして書き換え、実行時期がずれると対象でない行まで変わります。定数の代入は繰り返しても同じですが、\
                行自身の値から計算する更新は同じ結果になるとは限りません。バージョン付きのマイグレーションは、指定したときだけ検査します。
                """),
        invariant: "INV-OPS-004", severity: .warning,
        violating: [
            Example("↓UPDATE users SET name = upper(name);\n", at: "jobs/normalize.sql"),
            Example("-- 月初に全員の枠を戻す\n↓UPDATE accounts SET quota = 100;\n", at: "batch/monthly_reset.sql"),
            Example(
                "↓UPDATE users SET active = true;\n", at: "db/migrations/000002_active.up.sql",
                with: [SampleMigrations.down, ("invar.yml", "rules: { sql/update-all: { enabled: true } }\n")]),
        ],
        conforming: [
            Example("UPDATE users SET active = true;\n", at: "db/migrations/000002_active.up.sql", with: [SampleMigrations.down]),
            Example("UPDATE users SET quota = 100 WHERE plan = 'free';\nUPDATE users u SET team = t.name FROM teams t;\n", at: "jobs/quota.sql"),
            Example("ALTER TABLE users ADD COLUMN rank int;\nUPDATE users SET rank = 0; -- 追加した列を埋める\n", at: "jobs/rank.sql"),
            Example("CREATE TEMP TABLE sums (n int);\nUPDATE sums SET n = 0;\n", at: "jobs/sums.sql"),
        ],
        matcher: .statements { step in
            guard !step.isExempt else { return [] }
            return step.matches(.update) { index, action in
                guard action.context != .routine, let data = action.data, data.touchesAllRows, !data.assignments.isEmpty, !step.hasTemplate(behind: action),
                    !step.isOnNewTable(action, at: index), !step.isStaging(action.table), RelativeUpdate.column(in: data) == nil,
                    !data.assignments.allSatisfy({ step.lifespan.isNew($0.column, of: action.table, before: index) })
                else { return nil }
                let table = step.written(action.table, in: action.span)
                let readsItself = data.assignments.contains(where: \.readsItself)
                var match = step.match(
                    action, readsItself ? .warning : .note,
                    readsItself
                        ? Wording(
                            en: "updates all rows of \(table.plain) from their own values: once more may not give the same",
                            ja: "\(table.plain) の全行を自身の値から更新します。もう一度実行すると結果が変わる可能性があります")
                        : Wording(
                            en: "updates all rows of \(table.plain): all are locked until it ends", ja: "\(table.plain) の全行を更新します。終わるまで全行がロックされます"),
                    hint: StagedChange(
                        en: "say which rows still need it, so that it can run again and in batches", ja: "まだ更新が必要な行だけを条件に書き、再実行と分割実行ができるようにしてください"
                    ).sql(
                        en: "UPDATE \(table.quoted) SET … WHERE <not yet done>", ja: "UPDATE \(table.quoted) SET … WHERE <まだ更新していない行>"
                    ).hintOrException)
                match.isOptIn = step.runsOnce
                return match
            }
        })
}
