import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlRenameTable = Rule(
        id: "sql/rename-table",
        title: Wording(en: "a table that is renamed", ja: "テーブルの改名"),
        why: Wording(
            en: """
                Every query of the version that still runs, and of the version that a rollback brings back, names the old table and fails. A view with \
                the old name, made in the same file, keeps both versions working.
                """,
            ja: """
                まだ動いている旧バージョンも、切り戻した後のバージョンも、元のテーブル名で問い合わせて失敗します。\
                同じファイルで元の名前のビューを作れば、新旧どちらのバージョンも動きます。
                """),
        invariant: "INV-OPS-003", severity: .error,
        violating: [
            Example("ALTER TABLE members ↓RENAME TO users;\n", at: "db/migrations/000002_members.up.sql", with: [SampleMigrations.down]),
            Example(
                "↓RENAME TABLE `orders` TO `orders_2025`; -- 年度の切り替え\n", at: "db/migrations/000002_orders.up.sql", with: [SampleMigrations.down]),
            Example("↓EXEC sp_rename 'dbo.Clients', 'Customers';\n", at: "db/migrations/000002_clients.up.sql", with: [SampleMigrations.down]),
        ],
        conforming: [
            Example(
                "ALTER TABLE members RENAME TO users;\nCREATE VIEW members AS SELECT * FROM users;\n", at: "db/migrations/000002_members.up.sql",
                with: [SampleMigrations.down]),
            Example(
                "CREATE TABLE users_next (id int);\nALTER TABLE users_next RENAME TO user_settings;\n", at: "db/migrations/000002_next.up.sql",
                with: [SampleMigrations.down]),
            Example(
                """
                -- SQLite の作り直し: 退避してから同じ名前で作る
                ALTER TABLE tags RENAME TO tags_tmp;
                CREATE TABLE tags (id integer primary key, name text not null);
                INSERT INTO tags SELECT id, name FROM tags_tmp;
                DROP TABLE tags_tmp;

                """, at: "db/migrations/000002_tags.up.sql", with: [SampleMigrations.down]),
            Example(
                files: [
                    ("m/0001_tags.up.sql", "CREATE TABLE tags (id integer);\n"),
                    ("m/0002_copy.up.sql", "CREATE TABLE tags_new (id integer, name text);\nINSERT INTO tags_new (id) SELECT id FROM tags;\n"),
                    ("m/0003_drop.up.sql", "DROP TABLE tags;\n"), ("m/0004_rename.up.sql", "ALTER TABLE tags_new RENAME TO tags;\n"),
                ]),
            Example("ALTER TABLE users RENAME COLUMN a TO b;\n", at: "db/migrations/000002_column.up.sql", with: [SampleMigrations.down]),
        ],
        matcher: .migration { step in
            step.matches(.renameTable) { index, action in
                // A table made to take another's place is known to no version yet.
                guard !step.isOnNewTable(action, at: index), !step.lifespan.isPutBack(index), !step.isStaging(action.table) else { return nil }
                let (table, new) = (step.table(of: action), step.newName(of: action))
                if PutAside.isName(action.newName ?? "") { return aside(action, table, new, step) }
                let isInPlace = step.dialect == .mysql || step.dialect == .clickhouse
                let rename = isInPlace ? "RENAME TABLE \(table.quoted) TO \(new.quoted)" : "ALTER TABLE \(table.quoted) RENAME TO \(new.quoted)"
                let change = StagedChange(
                    en: "keep the old name as a view until no version asks for it", ja: "どのバージョンも使わなくなるまで、元の名前をビューとして残してください"
                ).step(
                    en: "release 1, in one file", ja: "リリース 1: 1 つのファイルで"
                ).sql(rename).sql("CREATE VIEW \(table.quoted) AS SELECT * FROM \(new.quoted)").step(
                    en: "release 2: the application uses \(new.plain); release 3", ja: "リリース 2: アプリは \(new.plain) を使う。リリース 3"
                ).sql("DROP VIEW \(table.quoted)")
                return step.match(
                    action, .error,
                    Wording(
                        en: "renames table \(table.plain) to \(new.plain): the version that still runs asks for \(table.plain)",
                        ja: "テーブル \(table.plain) を \(new.plain) に改名します。稼働中の旧バージョンは \(table.plain) を参照し続けます"),
                    hint: change.hintOrException)
            }
        })

    /// The stage before a table is dropped: it fails for whoever still reads it, and can be taken back.
    private static func aside(_ action: SQLAction, _ table: WrittenName, _ new: WrittenName, _ step: MigrationStep) -> Match {
        step.match(
            action, .warning,
            Wording(
                en: "puts \(table.plain) aside as \(new.plain): a version that still reads it fails",
                ja: "\(table.plain) を \(new.plain) として退避します。まだ読んでいるバージョンがあれば失敗します"),
            hint: StagedChange(
                en: "do it a release after the last version that reads it", ja: "最後に読むバージョンの次のリリースで行ってください"
            ).hintOrException)
    }
}
