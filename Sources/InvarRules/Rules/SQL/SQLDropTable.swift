import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlDropTable = Rule(
        id: "sql/drop-table",
        title: Wording(en: "a table that is dropped", ja: "テーブルの削除"),
        why: Wording(
            en: """
                Every query of the version that still runs fails as soon as the table is gone, and no rollback of the code brings its rows back. Put it \
                aside under another name when nobody reads it, keep a dump, and drop it a release later.
                """,
            ja: """
                テーブルが消えた瞬間に、まだ動いている旧バージョンのクエリはすべて失敗し、コードを切り戻しても行は戻りません。\
                誰も読まなくなってから別名で退避し、ダンプを取り、その次のリリースで削除します。
                """),
        invariant: "INV-OPS-003", severity: .error,
        violating: [
            Example("-- 旧請求テーブルの整理\n↓DROP TABLE IF EXISTS old_invoices;\n", at: "db/migrations/000002_invoices.up.sql", with: [SampleMigrations.down]),
            Example("↓↓DROP TABLE coupons, coupon_uses CASCADE;\n", at: "db/migrations/000002_coupons.up.sql", with: [SampleMigrations.down]),
            Example(
                "↓DROP TABLE rates;\nCREATE TABLE rates (code text primary key, rate numeric);\n", at: "db/migrations/000002_rates.up.sql",
                with: [SampleMigrations.down]),
            Example("DO $$ BEGIN ↓DROP TABLE visits; END $$;\n", at: "db/migrations/000002_visits.up.sql", with: [SampleMigrations.down]),
        ],
        conforming: [
            Example(
                "CREATE TABLE work_copy AS SELECT * FROM users;\nUPDATE users SET team_id = w.id FROM work_copy w;\nDROP TABLE work_copy;\n",
                at: "db/migrations/000002_copy.up.sql", with: [SampleMigrations.down]),
            Example("DROP TEMPORARY TABLE IF EXISTS totals;\n", at: "db/migrations/000002_totals.up.sql", with: [SampleMigrations.down]),
            Example(
                """
                PRAGMA foreign_keys=off;
                CREATE TABLE notes_new (id integer primary key, body text not null, pinned integer default 0);
                INSERT INTO notes_new (id, body) SELECT id, body FROM notes;
                DROP TABLE notes;
                ALTER TABLE notes_new RENAME TO notes;
                PRAGMA foreign_keys=on;

                """, at: "db/migrations/000002_notes.up.sql", with: [SampleMigrations.down]),
            // The same, a statement a file.
            Example(
                files: [
                    ("m/20260101000000000000_notes.up.sql", "CREATE TABLE notes (id integer primary key, body text);\n"),
                    ("m/20260101000000000000_notes.down.sql", "DROP TABLE notes;\n"),
                    ("m/20260102000000000001_pin.up.sql", "CREATE TABLE _notes_tmp (id integer primary key, body text, pinned integer);\n"),
                    ("m/20260102000000000002_pin.up.sql", "INSERT INTO _notes_tmp (id, body) SELECT id, body FROM notes;\n"),
                    ("m/20260102000000000003_pin.up.sql", "DROP TABLE notes;\n"),
                    ("m/20260102000000000004_pin.up.sql", "ALTER TABLE _notes_tmp RENAME TO notes;\n"),
                    (
                        "m/20260103000000000001_tag.up.sql",
                        "ALTER TABLE notes RENAME TO notes_before;\nCREATE TABLE notes (id integer, body text, pinned integer, tag text);\nINSERT INTO notes SELECT id, body, pinned, '' FROM notes_before;\n"
                    ),
                    ("m/20260103000000000002_tag.up.sql", "DROP TABLE notes_before;\n"),
                ]),
            Example("DROP TABLE orders;\n", at: "db/migrations/000002_orders.down.sql"),
            Example("SELECT 1; -- DROP TABLE users は次のリリースで行う\n", at: "db/migrations/000002_later.up.sql", with: [SampleMigrations.down]),
        ],
        matcher: .migration { step in
            step.matches(.dropTable) { index, action in
                guard !action.flags.contains(.temporary), !step.isOnNewTable(action, at: index), !(action.inBody && step.isStaging(action.table)) else {
                    return nil
                }
                let table = step.written(action.table, in: action.span)
                let isAside = PutAside.isName(action.table.name)
                let change = StagedChange(
                    en: "put it aside when no version reads it, and drop it a release later", ja: "どのバージョンも読まなくなってから別名で退避し、次のリリースで削除してください"
                ).step(
                    en: "release 1: the application no longer uses \(table.plain)", ja: "リリース 1: アプリで \(table.plain) を使うのをやめる"
                ).step(
                    en: "release 2: put it aside; renaming it back undoes this", ja: "リリース 2: 別名で退避する。名前を戻せば取り消せる"
                ).sql(PutAside.rename(table, step.dialect)).step(
                    en: "release 3, with a dump at hand", ja: "リリース 3: ダンプを取ってから"
                ).sql("DROP TABLE \(table.with(suffix: PutAside.suffix))")
                return step.match(
                    action, isAside ? .warning : .error,
                    isAside
                        ? Wording(
                            en: "drops \(table.plain), which was put aside: its rows cannot be brought back", ja: "退避済みの \(table.plain) を削除します。行は元に戻せなくなります")
                        : Wording(
                            en: "drops table \(table.plain): the version that still runs fails on it, and its rows are lost",
                            ja: "テーブル \(table.plain) を削除します。稼働中の旧バージョンは失敗し、行も失われます"),
                    hint: isAside
                        ? StagedChange(
                            en: "keep a dump, and make sure that no version that can come back reads it", ja: "ダンプを取り、戻す可能性のあるどのバージョンも読まないことを確かめてください"
                        ).hintOrException : change.hintOrException)
            }
        })
}
