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
            Example(
                "ALTER TABLE users ↓DROP COLUMN score;\nALTER TABLE users ADD COLUMN score bigint;\n", at: "db/migrations/000002_score.up.sql",
                with: [SampleMigrations.down]),
            Example(
                """
                -- SQLite は列の変更ができないので作り直す
                CREATE TABLE new_books (id integer primary key, title text);
                INSERT INTO new_books SELECT id, title FROM books;
                ↓DROP TABLE books;
                ALTER TABLE new_books RENAME TO books;

                """, at: "migrations/0002_books.sql",
                with: [("migrations/0001_books.sql", "CREATE TABLE books (id integer primary key, title text, isbn text);\n")]),
            // Built anew over several files, and the copy has a column less.
            Example(
                files: [
                    ("m/0001_notes.up.sql", "CREATE TABLE notes (id integer, body text);\n"),
                    ("m/0002_copy.up.sql", "CREATE TABLE notes_new (id integer);\nINSERT INTO notes_new SELECT id FROM notes;\n"),
                    ("m/0003_drop.up.sql", "↓DROP TABLE notes;\n"), ("m/0004_rename.up.sql", "ALTER TABLE notes_new RENAME TO notes;\n"),
                ], skipping: SampleMigrations.paired),
        ],
        conforming: [
            Example(
                """
                ALTER TABLE users ADD COLUMN age_text text;
                UPDATE users SET age_text = age::text;
                ALTER TABLE users DROP COLUMN age; -- 値は移してある
                ALTER TABLE users RENAME COLUMN age_text TO age;

                """, at: "db/migrations/000002_age.up.sql", with: [SampleMigrations.down]),
            Example("ALTER TABLE users DROP CONSTRAINT users_key;\n", at: "db/migrations/000002_key.up.sql", with: [SampleMigrations.down]),
            Example("CREATE TABLE t (a int, b int);\nALTER TABLE t DROP COLUMN b;\n", at: "db/migrations/000002_t.up.sql", with: [SampleMigrations.down]),
            Example("ALTER TABLE users DROP COLUMN nickname;\n", at: "db/migrations/000002_add.down.sql"),
            Example("SELECT 'ALTER TABLE users DROP COLUMN nickname';\n", at: "db/migrations/000002_x.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE sales DROP COLUMN total_with_tax; -- 計算列なのでデータは失われない\n", at: "migrations/0002_sales.sql",
                with: [("migrations/0001_sales.sql", "CREATE TABLE sales (total int, total_with_tax int GENERATED ALWAYS AS (total * 11 / 10) VIRTUAL);\n")]),
        ],
        matcher: .migration { step in
            step.matchesWithSchema(.dropColumn) { index, action, schema in
                guard !step.isOnNewTable(action, at: index), !step.lifespan.isNew(action.name, of: action.table, before: index) else { return nil }
                let again = step.lifespan.isPutBack(index) ? addedAgain(action, after: index, step) : nil
                if step.lifespan.isPutBack(index), again?.column.map({ $0.traits.contains(.generatedStored) }) ?? true { return nil }
                let column = schema.column(action.name, of: action.table)
                guard column?.traits.contains(.generatedVirtual) != true else { return nil }
                let (table, name) = (step.table(of: action), step.name(of: action))
                guard again == nil else {
                    return step.match(
                        action, .error,
                        Wording(
                            en: "drops column \(name.plain) of \(table.plain) and adds it anew: what it held is lost",
                            ja: "\(table.plain) の列 \(name.plain) を削除して追加し直します。入っていた値は失われます"),
                        hint: dropHint(table, name, isRequired: false, step.dialect))
                }
                return step.match(
                    action, .error,
                    Wording(
                        en: "drops column \(name.plain) of \(table.plain): the version that still runs reads and writes it",
                        ja: "\(table.plain) の列 \(name.plain) を削除します。稼働中の旧バージョンはまだこの列を読み書きします"),
                    hint: dropHint(table, name, isRequired: column?.isRequired ?? false, step.dialect))
            } + vanished(step)
        })

    /// A new column of the same name: the name stands again, the values do not, unless they are computed.
    private static func addedAgain(_ action: SQLAction, after index: Int, _ step: MigrationStep) -> SQLAction? {
        step.script.actions[(index + 1)...].prefix(4_000).first {
            $0.table.denotes(action.table)
                && ($0.kind == .addColumn && $0.name == action.name || $0.kind == .renameColumn && $0.newName == action.name)
        }.flatMap { $0.kind == .addColumn ? $0 : nil }
    }

    /// What a rebuild of a table leaves out, told where the old table goes.
    private static func vanished(_ step: MigrationStep) -> [Match] {
        var told: Set<String> = []
        return step.rebuilds.flatMap { rebuild -> [Match] in
            guard let index = rebuild.actions.first(where: { step.script.actions[$0].kind == .dropTable }) ?? rebuild.actions.first else { return [] }
            let action = step.script.actions[index]
            return (rebuild.lostColumns(step.history) ?? []).filter { told.insert(rebuild.table.name + "\u{0}" + $0).inserted }.map { lost in
                let table = step.written(rebuild.table, in: action.span)
                var match = step.match(
                    action, .error,
                    Wording(
                        en: "rebuilds \(table.plain) without column \(lost): the version that still runs reads and writes it",
                        ja: "\(table.plain) を列 \(lost) なしで作り直します。稼働中の旧バージョンはまだこの列を読み書きします"),
                    hint: dropHint(table, WrittenName(plain: lost, quoted: lost), isRequired: false, step.dialect))
                match.key += " " + lost
                return match
            }
        }
    }

    private static func dropHint(_ table: WrittenName, _ column: WrittenName, isRequired: Bool, _ dialect: SQLDialect) -> Wording {
        var change = StagedChange(
            en: "stop reading and writing it first, and drop it a release later",
            ja: "先に読み書きをやめ、次のリリースで削除してください")
        change = change.step(
            en: "release 1: the application neither reads nor writes \(column.plain)", ja: "リリース 1: アプリで \(column.plain) の読み書きをやめる")
        if isRequired, dialect != .sqlite {
            change =
                dialect == .mysql
                ? change.sql(
                    en: "ALTER TABLE \(table.quoted) MODIFY \(column.quoted) <type> NULL", ja: "ALTER TABLE \(table.quoted) MODIFY \(column.quoted) <型> NULL")
                : change.sql("ALTER TABLE \(table.quoted) ALTER COLUMN \(column.quoted) DROP NOT NULL")
        }
        return change.step(
            en: "release 2, when no older version runs or can come back: copy what may be missed, then",
            ja: "リリース 2: 旧バージョンが動いておらず、戻すこともなくなったら、必要なデータを退避してから"
        ).sql("ALTER TABLE \(table.quoted) DROP COLUMN \(column.quoted)").hintOrException
    }
}
