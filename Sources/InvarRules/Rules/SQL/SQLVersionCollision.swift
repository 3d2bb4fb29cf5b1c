import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlVersionCollision = Rule(
        id: "sql/version-collision",
        title: Wording(en: "two migrations of one version", ja: "同じバージョンのマイグレーション"),
        why: Wording(
            en: """
                A tool runs one of them, refuses to start, or takes the other for done: which one a database got depends on when it was migrated. Two branches that \
                each took the next number merge without a conflict, so with --base the base branch is asked, too. Files of one version for several dialects are none.
                """,
            ja: """
                ツールは片方だけを実行するか、起動を拒むか、もう片方を適用済みとみなします。どちらが入ったかはデータベースごとに変わります。別々のブランチで同じ番号を取っても \
                git は競合にしないため、--base を付けるとマージ先のブランチも調べます。方言ごとの同じ版は対象外です。
                """),
        invariant: "INV-OPS-003", severity: .error,
        violating: [
            Example(
                files: [
                    ("db/migrations/000001_a.up.sql", "CREATE TABLE a (id bigint);\n"), ("db/migrations/000001_a.down.sql", "DROP TABLE a;\n"),
                    ("db/migrations/000001_b.up.sql", "↓-- 別のブランチで同じ番号を取った\nCREATE TABLE b (id bigint);\n"),
                    ("db/migrations/000001_b.down.sql", "DROP TABLE b;\n"),
                ], skipping: SampleMigrations.absent),
            Example(
                files: [
                    ("db/migration/V2_0__users.sql", "CREATE TABLE users (id bigint);\n"),
                    ("db/migration/V2__orders.sql", "↓CREATE TABLE orders (id bigint);\n"),
                ], skipping: SampleMigrations.absent),
        ],
        conforming: [
            Example(
                files: [
                    ("persistence/20260101000000_a.postgres.up.sql", "CREATE TABLE a (id bigint);\n"),
                    ("persistence/20260101000000_a.cockroach.up.sql", "CREATE TABLE a (id int8);\n"),
                    ("persistence/20260101000000_a.down.sql", "DROP TABLE a;\n"),
                ]),
            Example(
                files: [
                    ("db/postgresql/V1__a.sql", "CREATE TABLE a (id bigint);\n"), ("db/mysql/V1__a.sql", "CREATE TABLE a (id bigint);\n"),
                ]),
            // sql-migrate goes by the whole file name.
            Example(
                files: [
                    ("m/20260105120000-a.sql", "-- +migrate Up\nCREATE TABLE a (id bigint);\n-- +migrate Down\nDROP TABLE a;\n"),
                    ("m/20260105120000-b.sql", "-- +migrate Up\nCREATE TABLE b (id bigint);\n-- +migrate Down\nDROP TABLE b;\n"),
                ]),
            Example(
                files: [
                    ("db/migrations/2026-01-05-users.sql", "-- 日付は番号ではない\nCREATE TABLE users (id bigint);\n"),
                    ("db/migrations/2026-01-05-orders.sql", "CREATE TABLE orders (id bigint);\n"),
                ]),
        ],
        matcher: .group(.migrations) { group, _ in
            let migrations = group.migrations
            return migrations.directories.flatMap { directory -> [Match] in
                if ExemptPath.isTest(directory.path + "/x") { return [] }
                let matches = directory.steps.flatMap { collisions(of: $0, in: migrations) }
                guard matches.count > habitual, let first = matches.first else { return matches }
                return [habit(first, matches.count, directory.path)]
            }
        })

    /// More in one folder than people overlook: they number groups, and some tool goes by the whole name.
    private static let habitual = 5

    private static func habit(_ first: Match, _ count: Int, _ folder: String) -> Match {
        var match = first
        match.message = Wording(
            en: "\(count) migrations of \(folder) share their version with another: a tool that goes by the version runs only one of each",
            ja: "\(folder) では \(count) 件が他とバージョンを共有しています。バージョンで管理するツールは、それぞれ片方しか実行しません")
        match.hint =
            Wording(
                en: "give each a version of its own from now on; where the tool goes by the whole file name, say so as an exception in an ADR\n",
                ja: "今後は 1 件ずつ別のバージョンにしてください。ツールがファイル名全体で管理している場合は、その旨を ADR の例外に書いてください\n") + UndoAdvice.exception(path: folder + "/**")
        match.severity = .warning
        match.key = "folder"
        match.causes = []
        return match
    }

    private static func collisions(of step: MigrationDirectory.Step, in group: MigrationGroup) -> [Match] {
        guard step.version != nil, step.ups.count > 1 else { return [] }
        var seen: [MigrationVariant: Int] = [:]
        var matches: [Match] = []
        for index in step.ups.sorted(by: { group.files[$0].path < group.files[$1].path }) {
            let file = group.files[index]
            guard VersionClaim.isExclusive(file.name) else { continue }
            let variant = MigrationVariant(file)
            guard let first = seen[variant] else {
                seen[variant] = index
                continue
            }
            matches.append(VersionClaim.match(group.artifacts[index], file.name, taken: group.files[first].path))
        }
        return matches
    }
}
