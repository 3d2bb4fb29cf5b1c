import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlMixedSchemaAndData = Rule(
        id: "sql/mixed-schema-and-data",
        title: Wording(en: "a table's schema and its rows changed in one file", ja: "スキーマ変更とデータ変更の混在"),
        why: Wording(
            en: """
                The lock that the ALTER takes is held while the rows are rewritten, and where DDL commits by itself a failure leaves the file half done \
                and not to be run again. Backfill in a migration of its own, in batches.
                """,
            ja: """
                ALTER のロックが、行を書き換える間ずっと保持されます。DDL が自動コミットされるデータベースでは、途中で失敗すると半端な状態が残り、再実行もできません。\
                埋め戻しは別のマイグレーションに分け、少しずつ行います。
                """),
        invariant: "INV-OPS-003", severity: .note,
        violating: [
            Example(
                "ALTER TABLE users ADD COLUMN plan text;\n↓UPDATE users SET plan = 'free';\n", at: "db/migrations/000002_plan.up.sql",
                with: [SampleMigrations.down]),
            Example(
                "↓DELETE FROM orders WHERE user_id IS NULL; -- 孤児を消す\nALTER TABLE orders ALTER COLUMN user_id SET NOT NULL;\n",
                at: "db/migrations/000002_orders.up.sql", with: [SampleMigrations.down]),
        ],
        conforming: [
            Example(
                "CREATE TABLE plans (id int);\nALTER TABLE plans ADD COLUMN name text;\nUPDATE plans SET name = 'free';\n",
                at: "db/migrations/000002_plans.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE users ADD COLUMN plan text;\nINSERT INTO plans (name) VALUES ('free'); -- 別の表の初期データ\n",
                at: "db/migrations/000002_plan.up.sql", with: [SampleMigrations.down]),
            Example("UPDATE users SET plan = 'free' WHERE plan IS NULL;\n", at: "db/migrations/000002_fill.up.sql", with: [SampleMigrations.down]),
        ],
        matcher: .migration { step in
            var altered: [String: SQLAction] = [:]
            _ = step.matches(
                .addColumn, .dropColumn, .renameColumn, .changeType, .setNotNull, .dropNotNull, .setDefault, .dropDefault, .addConstraint, .validateConstraint
            ) { index, action in
                if action.context != .routine, !step.isOnNewTable(action, at: index), altered[action.table.name] == nil { altered[action.table.name] = action }
                return nil
            }
            var told: Set<String> = []
            return step.matches(.update, .delete, .insert) { index, action in
                guard action.context != .routine, let change = altered[action.table.name], change.table.denotes(action.table),
                    action.kind != .insert || action.data?.source == .query, !step.isOnNewTable(action, at: index),
                    told.insert(action.table.name).inserted
                else { return nil }
                let table = step.written(action.table, in: action.span).plain
                var match = step.match(
                    action, .note,
                    Wording(
                        en: "changes rows of \(table) in the file that alters it: the lock is held meanwhile, and half of it may remain",
                        ja: "\(table) のスキーマを変更するファイルで、行も書き換えています。その間ロックが続き、失敗すると半端な状態が残ります"),
                    hint: StagedChange(
                        en: "alter in one migration, change the rows in the next, in batches and such that it can run again",
                        ja: "スキーマ変更と行の変更を別のマイグレーションに分け、行の変更は少しずつ、再実行できるように書いてください"
                    ).hint)
                match.related = [step.related(change, Wording(en: "\(table) is altered here", ja: "\(table) の変更箇所"))]
                return match
            }
        })
}
