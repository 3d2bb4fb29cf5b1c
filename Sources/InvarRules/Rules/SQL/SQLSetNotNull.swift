import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlSetNotNull = Rule(
        id: "sql/set-not-null",
        title: Wording(en: "a column that becomes required", ja: "列の NOT NULL 化"),
        why: Wording(
            en: """
                The version that still runs, or that a rollback brings back, may write NULL and fails; PostgreSQL reads the whole table under a lock. A \
                validated check of the same shape takes the lock away, and a release in which every version writes the column takes the failure away.
                """,
            ja: """
                まだ動いている旧バージョンや切り戻したバージョンが NULL を書くと失敗します。PostgreSQL は表全体をロックしたまま読みます。\
                同じ内容の CHECK 制約を先に検証しておけばロックは短くなり、全バージョンが列を書くようになってから行えば失敗もなくなります。
                """),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example("ALTER TABLE users ↓ALTER COLUMN email SET NOT NULL;\n", at: "db/migrations/000002_email.up.sql", with: [SampleMigrations.down]),
            Example(
                "-- 埋めてから必須にする\nUPDATE users SET email = '' WHERE email IS NULL;\nALTER TABLE users ↓ALTER email SET NOT NULL;\n",
                at: "db/migrations/000002_email.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE users ADD CONSTRAINT email_set CHECK (email IS NOT NULL) NOT VALID;\nALTER TABLE users ↓ALTER COLUMN email SET NOT NULL;\n",
                at: "db/migrations/000002_email.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE `users` ↓MODIFY `email` varchar(255) NOT NULL;\n", at: "migrations/0002_email.sql",
                with: [("migrations/0001_users.sql", "CREATE TABLE `users` (`email` varchar(255)) ENGINE=InnoDB;\n")]),
        ],
        conforming: [
            Example(
                """
                ALTER TABLE users ADD CONSTRAINT email_set CHECK (email IS NOT NULL) NOT VALID;
                ALTER TABLE users VALIDATE CONSTRAINT email_set;
                ALTER TABLE users ALTER COLUMN email SET NOT NULL;
                ALTER TABLE users DROP CONSTRAINT email_set;

                """, at: "db/migrations/000002_email.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE users VALIDATE CONSTRAINT email_set;\nALTER TABLE users ALTER COLUMN email SET NOT NULL; -- 検証済み\n",
                at: "migrations/0003_email.sql",
                with: [
                    ("migrations/0001_users.sql", "CREATE TABLE users (email text);\n"),
                    ("migrations/0002_check.sql", "ALTER TABLE users ADD CONSTRAINT email_set CHECK (email IS NOT NULL) NOT VALID;\n"),
                ]),
            Example(
                "CREATE TABLE teams (name text);\nALTER TABLE teams ALTER COLUMN name SET NOT NULL;\n", at: "db/migrations/000002_teams.up.sql",
                with: [SampleMigrations.down]),
            // The check was added where nobody sees it.
            Example(
                "ALTER TABLE users VALIDATE CONSTRAINT users_email_not_null;\nALTER TABLE users ALTER COLUMN email SET NOT NULL;\n",
                at: "db/migrations/000002_email.up.sql", with: [SampleMigrations.down]),
            Example("ALTER TABLE users ALTER COLUMN email DROP NOT NULL;\n", at: "db/migrations/000002_email.up.sql", with: [SampleMigrations.down]),
        ],
        matcher: .migration { step in
            let filled = FilledColumns(step.script)
            return step.matchesWithSchema(.setNotNull, .changeType) { index, action, schema in
                guard !step.isOnNewTable(action, at: index) else { return nil }
                if action.kind == .changeType {
                    guard action.flags.contains(.redefinition), action.column?.traits.contains(.notNull) == true,
                        let old = schema.column(action.name, of: action.table), !old.traits.contains(.notNull), !old.traits.contains(.primaryKey)
                    else { return nil }
                } else if schema.isKnownNotNull(action.name, of: action.table) || isChecked(action, before: index, step.script, schema) {
                    return nil
                }
                let (table, name) = (step.table(of: action), step.name(of: action))
                let isFilled = filled.isFilled(before: index)
                return step.match(
                    action, isFilled ? .note : .warning,
                    Wording(
                        en: "requires \(name.plain) of \(table.plain): the version that still runs, or a rollback, may write NULL and fails",
                        ja: "\(table.plain) の列 \(name.plain) を必須にします。稼働中の旧バージョンや切り戻したバージョンが NULL を書くと失敗します"),
                    hint: notNullHint(action, table, name, step.dialect))
            }
        })

    /// Whether a check from somewhere else is validated first, which says by its name what it is about.
    private static func isChecked(_ action: SQLAction, before index: Int, _ script: SQLScript, _ schema: SchemaHistory) -> Bool {
        script.actions[..<index].suffix(400).contains { other in
            other.kind == .validateConstraint && other.table.denotes(action.table) && other.name.contains(action.name)
                && schema.constraint(other.name, of: action.table) == nil
        }
    }

    private static func notNullHint(_ action: SQLAction, _ table: WrittenName, _ name: WrittenName, _ dialect: SQLDialect) -> Wording {
        let change = StagedChange(
            en: "let every version write it first, then require it without a long lock", ja: "先に全バージョンが必ず書くようにし、長いロックなしで必須にしてください"
        ).step(
            en: "release 1: the application always writes \(name.plain); fill the old rows in batches",
            ja: "リリース 1: アプリは必ず \(name.plain) を書く。既存行は少しずつ埋める")
        guard dialect.mayBePostgreSQL else {
            return change.step(en: "release 2, when no older version can come back", ja: "リリース 2: 旧バージョンに戻すことがなくなってから")
                .sql(
                    action.column?.type.map { "ALTER TABLE \(table.quoted) MODIFY \(name.quoted) \($0) NOT NULL" }
                        ?? "ALTER TABLE \(table.quoted) ALTER COLUMN \(name.quoted) SET NOT NULL"
                ).hintOrException
        }
        let check = table.constraint([name.plain], "not_null")
        return change.step(
            en: "release 2, each in a migration of its own", ja: "リリース 2: それぞれ別のマイグレーションで"
        ).sql("ALTER TABLE \(table.quoted) ADD CONSTRAINT \(check) CHECK (\(name.quoted) IS NOT NULL) NOT VALID").sql(
            "ALTER TABLE \(table.quoted) VALIDATE CONSTRAINT \(check)"
        ).sql("ALTER TABLE \(table.quoted) ALTER COLUMN \(name.quoted) SET NOT NULL").sql("ALTER TABLE \(table.quoted) DROP CONSTRAINT \(check)")
            .hintOrException
    }
}
