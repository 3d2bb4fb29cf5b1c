import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlChangeColumnType = Rule(
        id: "sql/change-column-type",
        title: Wording(en: "a column that gets another type", ja: "列の型の変更"),
        why: Wording(
            en: """
                The server may rewrite the whole table under a lock, the version that still runs writes and reads values of the old type, and a rollback \
                finds values that no longer fit. Growth that every version takes, such as a longer varchar, is not reported.
                """,
            ja: """
                サーバーがロックを取って表全体を書き直すことがあり、まだ動いている旧バージョンは元の型の値を読み書きします。切り戻すと、入りきらない値が\
                残ります。varchar を長くするような、どのバージョンも困らない拡張は報告しません。
                """),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example("ALTER TABLE orders ↓ALTER COLUMN amount TYPE bigint;\n", at: "db/migrations/000002_amount.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE `items` ↓MODIFY `price` decimal(12, 2) NOT NULL; -- 小数を扱う\n", at: "db/migrations/000002_price.up.sql",
                with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE users ↓ALTER COLUMN name SET DATA TYPE varchar(20);\n", at: "migrations/0002_name.sql",
                with: [("migrations/0001_users.sql", "CREATE TABLE users (id bigint, name varchar(40));\n")]),
            Example(
                """
                ALTER TYPE mood RENAME TO mood_old;
                CREATE TYPE mood AS ENUM ('good', 'bad');
                ALTER TABLE diaries ↓ALTER COLUMN mood TYPE mood USING mood::text::mood; -- 値を減らした列挙型へ

                """, at: "migrations/0002_mood.sql", with: [("migrations/0001_diaries.sql", "CREATE TABLE diaries (mood mood);\n")]),
            Example(
                "ALTER TABLE names ↓ALTER COLUMN kana TYPE text COLLATE \"ja-x-icu\";\n", at: "db/migrations/000002_kana.up.sql",
                with: [
                    ("db/migrations/000001_names.up.sql", "CREATE TABLE names (kana text);\n"), ("db/migrations/000001_names.down.sql", "DROP TABLE names;\n"),
                ]),
        ],
        conforming: [
            Example(
                "ALTER TABLE users ALTER COLUMN name TYPE varchar(80), ALTER COLUMN memo TYPE text; -- 伸ばすだけ\n", at: "migrations/0002_name.sql",
                with: [("migrations/0001_users.sql", "CREATE TABLE users (id bigint, name varchar(40), memo varchar(200));\n")]),
            Example(
                "ALTER TABLE rates ALTER COLUMN rate TYPE numeric(12, 4);\n", at: "migrations/0002_rate.sql",
                with: [("migrations/0001_rates.sql", "CREATE TABLE rates (rate numeric(8, 4));\n")]),
            Example(
                "ALTER TABLE `shops` MODIFY `memo` varchar(300);\n", at: "migrations/0002_shops.sql",
                with: [("migrations/0001_shops.sql", "CREATE TABLE `shops` (`memo` varchar(200)) ENGINE=InnoDB;\n")]),
            Example(
                "CREATE TABLE logs (at text);\nALTER TABLE logs ALTER COLUMN at TYPE timestamptz USING at::timestamptz;\n",
                at: "db/migrations/000002_logs.up.sql", with: [SampleMigrations.down]),
            Example("ALTER TABLE orders ALTER COLUMN amount SET DEFAULT 0;\n", at: "db/migrations/000002_default.up.sql", with: [SampleMigrations.down]),
        ],
        matcher: .migration { step in
            var changes: [EqualChanges.Change] = []
            let objects = ObjectLifespan(step.script)
            _ = step.matchesWithSchema(.changeType) { index, action, schema in
                guard let new = action.column?.type, !step.isOnNewTable(action, at: index), !step.lifespan.isNew(action.name, of: action.table, before: index)
                else { return nil }
                let old = schema.column(action.name, of: action.table)?.type
                let isWider = !objects.makesType(new.name) && old?.isWidened(by: new, dialect: step.dialect) ?? false
                guard !isWider || collates(action, step) else { return nil }
                changes.append(EqualChanges.Change(action: action, old: old, new: new))
                return nil
            }
            return EqualChanges.grouped(changes).map { match($0, step) }
        })

    /// `TYPE text COLLATE "ja-x-icu"`: wide enough, and yet compared and ordered in another way.
    private static func collates(_ action: SQLAction, _ step: MigrationStep) -> Bool {
        guard step.dialect.mayBePostgreSQL, step.script.statements.indices.contains(action.statement) else { return false }
        let end = min(step.script.statements[action.statement].span.upperBound, action.span.upperBound + 128)
        let rest = step.artifact.bytes[min(action.span.upperBound, end)..<end].prefix { $0 != UInt8(ascii: ",") }
        return ByteSearch.firstIndex(of: Array("collate".utf8), in: rest.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }) != nil
    }

    private static func match(_ group: [EqualChanges.Change], _ step: MigrationStep) -> Match {
        let first = group[0]
        var match = step.match(first.action, .warning, message(group, step), hint: hint(first, step))
        guard group.count > 1, let last = group.last else { return match }
        match.related = group.dropFirst().prefix(20).map { change in
            step.related(change.action, Wording(step.table(of: change.action).plain + "." + step.name(of: change.action).plain))
        }
        match.key = "all → \(first.new)"
        match.scope = match.start.line...max(match.start.line, step.artifact.lines.line(at: last.action.span.lowerBound))
        return match
    }

    private static func message(_ group: [EqualChanges.Change], _ step: MigrationStep) -> Wording {
        let first = group[0]
        let new = first.new.description
        if group.count > 1 {
            return Wording(
                en:
                    "changes the type of \(group.count) columns to \(new): the version that still runs writes the old type, and tables may be rewritten under a lock",
                ja: "\(group.count) 個の列の型を \(new) に変更します。稼働中の旧バージョンは元の型で書き込み、表の書き直しでロックが続くこともあります")
        }
        let (table, name) = (step.table(of: first.action).plain, step.name(of: first.action).plain)
        if collates(first.action, step) {
            return Wording(
                en: "gives \(name) of \(table) another collation: every version sorts and compares in another way, and indexes are built anew under a lock",
                ja: "\(table) の列 \(name) の照合順序を変更します。どのバージョンでも並び順や比較の結果が変わり、ロックしたままインデックスを作り直します")
        }
        if first.old == first.new {
            return Wording(
                en: "converts \(name) of \(table) to a new \(new): the version that still runs may write values that it no longer has",
                ja: "\(table) の列 \(name) を新しい \(new) に変換します。稼働中の旧バージョンは、なくなった値を書く可能性があります")
        }
        guard let old = first.old?.description else {
            return Wording(
                en: "changes \(name) of \(table) to \(new): could be compatible, but no earlier migration tells its type",
                ja: "\(table) の列 \(name) の型を \(new) に変更します。互換の可能性もありますが、以前のマイグレーションから元の型がわかりません")
        }
        return Wording(
            en: "changes \(name) of \(table) from \(old) to \(new): the version that still runs writes \(old)",
            ja: "\(table) の列 \(name) の型を \(old) から \(new) に変更します。稼働中の旧バージョンは \(old) の値を書き続けます")
    }

    private static func hint(_ change: EqualChanges.Change, _ step: MigrationStep) -> Wording {
        let (table, name) = (step.table(of: change.action), step.name(of: change.action))
        let new = name.with(suffix: "_new")
        return StagedChange(
            en: "add a column of the new type, write both, and drop the old one when no version reads it",
            ja: "新しい型の列を追加して両方に書き、どのバージョンも読まなくなってから元の列を削除してください"
        ).step(
            en: "release 1 (expand)", ja: "リリース 1（拡張）"
        ).sql("ALTER TABLE \(table.quoted) ADD COLUMN \(new) \(change.new)").step(
            en: "release 2 (migrate): the application writes both; then, in batches", ja: "リリース 2（移行）: アプリは両方に書く。その後、少しずつ"
        ).sql("UPDATE \(table.quoted) SET \(new) = CAST(\(name.quoted) AS \(change.new)) WHERE \(new) IS NULL").step(
            en: "release 3: the application reads only the new one; release 4 (contract)", ja: "リリース 3: アプリは新しい列だけを読む。リリース 4（縮小）"
        ).sql("ALTER TABLE \(table.quoted) DROP COLUMN \(name.quoted)").hintOrException
    }
}
