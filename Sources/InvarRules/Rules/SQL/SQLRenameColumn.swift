import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlRenameColumn = Rule(
        id: "sql/rename-column",
        title: Wording(en: "a column that is renamed", ja: "列の改名"),
        why: Wording(
            en: """
                The version that still runs asks for the old name and fails; after a rollback of the code, so does the version before. Add the new column \
                beside the old one, write both, and drop the old one when no version reads it.
                """,
            ja: """
                まだ動いている旧バージョンは元の名前で問い合わせて失敗し、コードを切り戻した場合も同じです。新しい列を並べて追加し、両方に書き、\
                どのバージョンも読まなくなってから元の列を削除します。
                """),
        invariant: "INV-OPS-003", severity: .error,
        violating: [
            Example("ALTER TABLE users ↓RENAME COLUMN name TO display_name;\n", at: "db/migrations/000002_name.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE orders ↓RENAME amount TO amount_with_tax; -- 税込みに統一\n", at: "db/migrations/000002_amount.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE `shops` ↓CHANGE `tel` `phone` varchar(20) NOT NULL;\n", at: "db/migrations/000002_phone.up.sql", with: [SampleMigrations.down]),
        ],
        conforming: [
            Example("ALTER TABLE users RENAME CONSTRAINT users_key TO users_name_key;\n", at: "db/migrations/000002_key.up.sql", with: [SampleMigrations.down]),
            Example("ALTER TABLE `shops` CHANGE `tel` `tel` varchar(30);\n", at: "db/migrations/000002_tel.up.sql", with: [SampleMigrations.down]),
            Example(
                """
                ALTER TABLE users RENAME COLUMN score TO score_raw;
                ALTER TABLE users ADD COLUMN score integer; -- 元の名前の列も残す

                """, at: "db/migrations/000002_score.up.sql", with: [SampleMigrations.down]),
            Example(
                "CREATE TABLE carts (no int);\nALTER TABLE carts RENAME COLUMN no TO cart_no;\n", at: "db/migrations/000002_carts.up.sql",
                with: [SampleMigrations.down]),
        ],
        matcher: .migration { step in
            step.matchesWithSchema(.renameColumn) { index, action, schema in
                guard !step.isOnNewTable(action, at: index), !step.lifespan.isNew(action.name, of: action.table, before: index),
                    !step.lifespan.isPutBack(index)
                else { return nil }
                let (table, old, new) = (step.table(of: action), step.name(of: action), step.newName(of: action))
                let type = schema.column(action.name, of: action.table)?.type?.description
                let change = StagedChange(
                    en: "add the new column, write both, and drop the old one when no version reads it",
                    ja: "新しい列を追加して両方に書き、どのバージョンも読まなくなってから元の列を削除してください"
                ).step(
                    en: "release 1 (expand)", ja: "リリース 1（拡張）"
                ).sql(
                    en: "ALTER TABLE \(table.quoted) ADD COLUMN \(new.quoted) \(type ?? "<type of \(old.plain)>")",
                    ja: "ALTER TABLE \(table.quoted) ADD COLUMN \(new.quoted) \(type ?? "<\(old.plain) の型>")"
                ).step(
                    en: "release 2 (migrate): the application writes both; then, in batches", ja: "リリース 2（移行）: アプリは両方に書く。その後、少しずつ"
                ).sql("UPDATE \(table.quoted) SET \(new.quoted) = \(old.quoted) WHERE \(new.quoted) IS NULL").step(
                    en: "release 3: the application uses only \(new.plain); release 4 (contract)", ja: "リリース 3: アプリは \(new.plain) だけを使う。リリース 4（縮小）"
                ).sql("ALTER TABLE \(table.quoted) DROP COLUMN \(old.quoted)")
                return step.match(
                    action, .error,
                    Wording(
                        en: "renames column \(old.plain) of \(table.plain) to \(new.plain): the version that still runs asks for \(old.plain)",
                        ja: "\(table.plain) の列 \(old.plain) を \(new.plain) に改名します。稼働中の旧バージョンは \(old.plain) を参照し続けます"),
                    hint: change.hintOrException)
            }
        })
}
