import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlDropColumn = Rule(
        id: "sql/drop-column",
        title: Wording(en: "a column that is dropped", ja: "列の削除"),
        why: Wording(
            en: """
                The version of the application that still runs during the rollout reads the column and fails, a rollback of the code finds it gone, and \
                its data are lost. Stop reading it, stop writing it, and drop it a release later.
                """,
            ja: """
                リリースの途中でまだ動いている旧バージョンのアプリがその列を読めずに失敗し、コードを切り戻しても列は戻らず、データも失われます。\
                読むのをやめ、書くのをやめ、その次のリリースで削除します。
                """),
        invariant: "INV-OPS-003", severity: .error,
        violating: [
            Example("ALTER TABLE users ↓DROP COLUMN nickname;\n", at: "db/migrations/000002_drop_nickname.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE `users` ↓DROP `nickname`, ↓DROP COLUMN age;\n", at: "db/migrations/000002_drop_nickname.up.sql", with: [SampleMigrations.down]),
        ],
        conforming: [
            Example("ALTER TABLE users DROP CONSTRAINT users_key;\n", at: "db/migrations/000002_key.up.sql", with: [SampleMigrations.down]),
            Example("CREATE TABLE t (a int, b int);\nALTER TABLE t DROP COLUMN b;\n", at: "db/migrations/000002_t.up.sql", with: [SampleMigrations.down]),
            Example("ALTER TABLE users DROP COLUMN nickname;\n", at: "db/migrations/000002_add.down.sql"),
            Example("SELECT 'ALTER TABLE users DROP COLUMN nickname';\n", at: "db/migrations/000002_x.up.sql", with: [SampleMigrations.down]),
        ],
        matcher: .migration { step in
            let rebuilt = Set(step.rebuilds.flatMap(\.actions))
            return step.script.actions.indices.compactMap { index in
                let action = step.script.actions[index]
                guard action.kind == .dropColumn, !rebuilt.contains(index), !step.lifespan.isNew(action.name, of: action.table, before: index),
                    !step.lifespan.isPutBack(index)
                else { return nil }
                var match = step.match(
                    action, Wording(en: "drops column \(action.name) of \(action.table.name)", ja: "\(action.table.name) の列 \(action.name) を削除します"),
                    hint: Wording(
                        en: "stop reading and writing it first, and drop it a release later",
                        ja: "先に読み書きをやめ、次のリリースで削除してください"))
                if action.inBody { match.severity = .warning }
                return match
            }
        })
}
