import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlAddRequiredColumn = Rule(
        id: "sql/add-required-column",
        title: Wording(en: "a new column that is required", ja: "必須の列の追加"),
        why: Wording(
            en: """
                The version that still runs does not know the column: its INSERTs fail, and on a table with rows the ALTER itself does. Give it a default, \
                or add it nullable, let every version write it, fill it, and require it then. A column that numbers itself rewrites the table under a lock.
                """,
            ja: """
                まだ動いている旧バージョンはその列を知らないため INSERT が失敗し、行のある表では ALTER 自体も失敗します。既定値を付けるか、NULL 可で\
                追加して全バージョンが書くようにし、埋めてから必須にします。自動採番の列は、ロックを取ったまま表全体を書き直します。
                """),
        invariant: "INV-OPS-003", severity: .error,
        violating: [
            Example("ALTER TABLE users ↓ADD COLUMN plan text NOT NULL;\n", at: "db/migrations/000002_plan.up.sql", with: [SampleMigrations.down]),
            Example("ALTER TABLE orders ↓ADD seq bigserial; -- 採番用\n", at: "db/migrations/000002_seq.up.sql", with: [SampleMigrations.down]),
            Example("ALTER TABLE users ↓ADD COLUMN rank int NOT NULL DEFAULT NULL;\n", at: "db/migrations/000002_rank.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE `users` ↓ADD COLUMN `locale` varchar(8) NOT NULL AFTER `name`;\n", at: "db/migrations/000002_locale.up.sql",
                with: [SampleMigrations.down]),
        ],
        conforming: [
            Example("ALTER TABLE users ADD COLUMN plan text NOT NULL DEFAULT 'free';\n", at: "db/migrations/000002_plan.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE users ADD COLUMN plan text CHECK (plan IS NOT NULL);\n", at: "db/migrations/000002_plan.up.sql", with: [SampleMigrations.down]),
            Example(
                "CREATE TABLE plans (id int);\nALTER TABLE plans ADD COLUMN name text NOT NULL;\n", at: "db/migrations/000002_plans.up.sql",
                with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE users ADD COLUMN plan text NOT NULL; -- 直後に既定値を付ける\nALTER TABLE users ALTER COLUMN plan SET DEFAULT 'free';\n",
                at: "db/migrations/000002_plan.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE sales ADD COLUMN total int GENERATED ALWAYS AS (price * amount) STORED NOT NULL;\n", at: "db/migrations/000002_total.up.sql",
                with: [SampleMigrations.down]),
        ],
        matcher: .migration { step in
            let settled = DefaultedColumns(step.script)
            return step.matches(.addColumn) { index, action in
                guard let column = action.column, !step.isOnNewTable(action, at: index) else { return nil }
                if !column.traits.isDisjoint(with: [.serial, .identity]) { return numbering(action, column, step) }
                let isRequired = column.isRequired || column.traits.isSuperset(of: [.notNull, .defaultsToNull])
                guard isRequired, !settled.isSettled(index), !step.hasTemplate(behind: action) else { return nil }
                let (table, name) = (step.table(of: action).plain, step.name(of: action).plain)
                guard step.dialect == .mysql else {
                    return step.match(
                        action, .error,
                        Wording(
                            en: "adds column \(name) to \(table), required and without a default: the version that still runs inserts rows without it",
                            ja: "\(table) に既定値のない必須の列 \(name) を追加します。稼働中の旧バージョンはこの列なしで INSERT します"),
                        hint: requiredHint(action, column, step))
                }
                return step.match(
                    action, .warning,
                    Wording(
                        en:
                            "adds column \(name) to \(table), required and without a default: strict mode refuses the inserts of the version that still runs, else MySQL makes up '' or 0",
                        ja: "\(table) に既定値のない必須の列 \(name) を追加します。旧バージョンの INSERT は strict モードでは失敗し、そうでなければ MySQL が '' や 0 を補います"),
                    hint: requiredHint(action, column, step))
            }
        })

    private static func numbering(_ action: SQLAction, _ column: SQLColumn, _ step: MigrationStep) -> Match {
        let (table, name) = (step.table(of: action), step.name(of: action))
        return step.match(
            action, step.dialect == .mysql ? .warning : .error,
            Wording(
                en: "adds column \(name.plain) to \(table.plain), which numbers itself: the table is rewritten under a lock, and every version waits",
                ja: "\(table.plain) に自動採番の列 \(name.plain) を追加します。表全体がロックされたまま書き直され、どのバージョンも待たされます"),
            hint: StagedChange(
                en: "add it plain, number the rows in batches, and only then number new rows", ja: "まず普通の列として追加し、既存行に少しずつ採番してから、新しい行の採番を始めてください"
            ).sql("ALTER TABLE \(table.quoted) ADD COLUMN \(name.quoted) bigint").sql(
                step.dialect.mayBePostgreSQL ? "CREATE SEQUENCE \(table.constraint([name.plain], "seq"))" : nil
            ).sql(
                step.dialect.mayBePostgreSQL
                    ? "ALTER TABLE \(table.quoted) ALTER COLUMN \(name.quoted) SET DEFAULT nextval('\(table.constraint([name.plain], "seq"))')" : nil
            ).step(en: "then number the old rows in batches", ja: "その後、既存の行に少しずつ採番する").hintOrException)
    }

    private static func requiredHint(_ action: SQLAction, _ column: SQLColumn, _ step: MigrationStep) -> Wording {
        let (table, name) = (step.table(of: action).quoted, step.name(of: action).quoted)
        let type = column.type?.description ?? "text"
        let change = StagedChange(
            en: "give it a default, or add it nullable and require it when every version writes it", ja: "既定値を付けるか、NULL 可で追加し、全バージョンが書くようになってから必須にしてください"
        ).sql(
            en: "ALTER TABLE \(table) ADD COLUMN \(name) \(type) NOT NULL DEFAULT <value>",
            ja: "ALTER TABLE \(table) ADD COLUMN \(name) \(type) NOT NULL DEFAULT <値>"
        ).step(
            en: "or, release 1 (expand)", ja: "または、リリース 1（拡張）"
        ).sql("ALTER TABLE \(table) ADD COLUMN \(name) \(type)").step(
            en: "release 2: the application writes it; fill the old rows in batches; release 3 (contract)",
            ja: "リリース 2: アプリが書き、既存行を少しずつ埋める。リリース 3（縮小）")
        return
            (step.dialect == .mysql
            ? change.sql("ALTER TABLE \(table) MODIFY \(name) \(type) NOT NULL") : change.sql("ALTER TABLE \(table) ALTER COLUMN \(name) SET NOT NULL"))
            .hintOrException
    }
}
