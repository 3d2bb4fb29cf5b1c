import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlForwardOnlyDirectory = Rule(
        id: "sql/forward-only-directory",
        title: Wording(en: "a folder of migrations that only go forth", ja: "進めるだけで戻せないマイグレーションのフォルダー"),
        why: Wording(
            en: """
                Flyway, Prisma and plain scripts keep no way back. That is a decision, not an oversight, as long as somebody has written down how a release is \
                rolled back: expand and contract so that the older application runs on the newer schema, a restore, a compensating version. One finding a folder.
                """,
            ja: """
                Flyway、Prisma、素の SQL スクリプトには戻し方がありません。リリースをどう切り戻すか（旧バージョンのアプリが新しいスキーマでも動くように拡張してから縮小する、\
                バックアップから戻す、打ち消す版を足す、など）が決まっていれば問題ありません。フォルダーごとに 1 件だけ報告します。
                """),
        invariant: "INV-OPS-003", severity: .note,
        violating: [
            Example(
                "↓CREATE TABLE users (id bigint);\n", at: "db/migration/V1__users.sql",
                with: [("db/migration/V2__email.sql", "ALTER TABLE users ADD COLUMN email text;\n")], skipping: SampleMigrations.absent),
            Example(
                files: [
                    ("prisma/migrations/20260101000000_init/migration.sql", "↓-- 最初の版\nCREATE TABLE \"User\" (id integer);\n"),
                    ("prisma/migrations/20260201000000_mail/migration.sql", "ALTER TABLE \"User\" ADD COLUMN mail text;\n"),
                ], skipping: SampleMigrations.absent),
            Example(
                files: [
                    ("db/migrations/1_a.up.sql", "↓CREATE TABLE a (id integer);\n"), ("db/migrations/2_b.up.sql", "CREATE TABLE b (id integer);\n"),
                    ("db/migrations/3_c.up.sql", "CREATE TABLE c (id integer);\n"), ("db/migrations/3_c.down.sql", "DROP TABLE c;\n"),
                ], skipping: SampleMigrations.absent),
        ],
        conforming: [
            Example(
                files: [
                    ("db/migrations/1_a.up.sql", "CREATE TABLE a (id integer);\n"), ("db/migrations/1_a.down.sql", "DROP TABLE a;\n"),
                    ("db/migrations/2_b.up.sql", "CREATE TABLE b (id integer);\n"),
                ]),
            Example("-- 繰り返し実行するビュー\nCREATE OR REPLACE VIEW v AS SELECT 1;\n", at: "db/migration/R__views.sql"),
            Example(
                "databaseChangeLog:\n  - changeSet:\n      id: \"1\"\n      author: ops\n      changes:\n        - createTable: { tableName: carts }\n",
                at: "db/changelog/carts.yaml"),
        ],
        matcher: .group(.migrations) { group, _ in
            group.waysBack.compactMap(forwardOnly)
        })

    private static func forwardOnly(_ folder: MigrationPairs) -> Match? {
        guard !folder.isReversible else { return nil }
        let missing = folder.pairs.filter { $0.wayBack == .missing }
        guard let pair = missing.first else { return nil }
        let forth = folder.pairs.count
        let back = forth - missing.count
        let causes = missing.prefix(200).flatMap { WayBackPath.candidates(for: $0.file).prefix(2) }
        let folderPath = folder.directory.path
        let called = folderPath.isEmpty ? "." : folderPath
        var match = pair.matchAtStart(
            pair.unit == nil ? forwardOnly(folder.forthCount, folder.backCount, called) : forwardOnly(changeSets: forth, back, called),
            hint: Wording(
                en:
                    "record the rollback procedure (expand and contract, restore, a compensating version) and the reason in an ADR as one exception for the folder\n",
                ja: "切り戻しの手順（拡張してから縮小、リストア、打ち消す版など）と理由を ADR に書き、フォルダー単位の例外にしてください\n")
                + UndoAdvice.exception(path: folderPath.isEmpty ? "**" : folderPath + "/**"))
        match.key = "folder " + called
        match.scope = nil
        match.causes = causes
        return match
    }

    private static func forwardOnly(changeSets: Int, _ back: Int, _ folder: String) -> Wording {
        Wording(
            en: "\(changeSets - back) of the \(changeSets) changesets in \(folder) have no rollback: how a release is rolled back is written nowhere",
            ja: "\(folder) の changeset \(changeSets) 件のうち \(changeSets - back) 件に rollback がありません。リリースをどう切り戻すのか、どこにも書かれていません")
    }

    private static func forwardOnly(_ forth: Int, _ back: Int, _ folder: String) -> Wording {
        if back > 0 {
            return Wording(
                en: "only \(back) of the \(forth) versions in \(folder) can be undone: how a release is rolled back is written nowhere",
                ja: "\(folder) の \(forth) 版のうち、戻し方があるのは \(back) 版だけです。リリースをどう切り戻すのか、どこにも書かれていません")
        }
        return Wording(
            en: "the migrations in \(folder) have no way back (versions: \(forth)): how a release is rolled back is written nowhere",
            ja: "\(folder) のマイグレーション（\(forth) 版）には戻し方がありません。リリースをどう切り戻すのか、どこにも書かれていません")
    }
}
