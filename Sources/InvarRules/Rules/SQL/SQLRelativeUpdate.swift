import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlRelativeUpdate = Rule(
        id: "sql/relative-update",
        title: Wording(en: "a value added to each time the statement runs", ja: "実行するたびに値が積み上がる更新"),
        why: Wording(
            en: """
                `SET c = c + x` is done twice when the statement is retried, and nothing tells afterwards. Set the absolute value, or let the condition \
                ask for a flag, a version or a run that the same statement moves on.
                """,
            ja: """
                `SET c = c + x` は再試行されると 2 回加算され、後から見分けられません。絶対値を代入するか、同じ文が進めるフラグ・バージョン・実行 ID を\
                条件に入れます。
                """),
        invariant: "INV-OPS-004", severity: .warning,
        violating: [
            Example("-- 全員にポイントを付与\n↓UPDATE users SET point = point + 100;\n", at: "jobs/grant_points.sql"),
            Example("↓UPDATE wallets SET balance = balance - 500 WHERE user_id = 7;\n", at: "db/migrations/000002_fee.up.sql", with: [SampleMigrations.down]),
            Example("↓UPDATE posts SET title = title || ' (archived)';\n↓UPDATE flags SET is_on = NOT is_on;\n", at: "batch/archive.sql"),
        ],
        conforming: [
            Example("UPDATE docs SET body = 'x', version = version + 1 WHERE id = 1 AND version = 3;\n", at: "jobs/docs.sql"),
            Example(
                "UPDATE users SET point = point + 100, granted = true WHERE granted = false; -- 付与済みは対象外\n", at: "jobs/grant_points.sql"),
            Example(
                "INSERT INTO hits (page, hit_count) VALUES ('a', 1) ON CONFLICT (page) DO UPDATE SET hit_count = hits.hit_count + 1;\n", at: "jobs/hits.sql"),
            Example("UPDATE users SET point = 100;\nUPDATE users SET name = trim(name);\n", at: "jobs/points.sql"),
            Example("UPDATE prices SET total = price * amount WHERE total IS NULL;\n", at: "jobs/total.sql"),
        ],
        matcher: .statements { step in
            guard !step.isExempt else { return [] }
            return step.matches(.update, .insert) { index, action in
                guard action.context != .routine, let data = action.data, let column = RelativeUpdate.column(in: data), !step.isOnNewTable(action, at: index),
                    !step.lifespan.isNew(column, of: action.table, before: index), !step.hasTemplate(behind: action)
                else { return nil }
                let table = step.written(action.table, in: action.span)
                return step.match(
                    action, .warning,
                    Wording(
                        en: "changes \(column) of \(table.plain) relative to itself: run twice, it counts twice",
                        ja: "\(table.plain) の \(column) を自身の値に対して増減します。2 回実行されると 2 回分変わります"),
                    hint: StagedChange(
                        en: "set the absolute value, or let a flag or a version guard it", ja: "絶対値を代入するか、フラグやバージョンを条件にしてください"
                    ).sql("UPDATE \(table.quoted) SET \(column) = …, applied = true WHERE applied = false").hintOrException)
            }
        })
}
