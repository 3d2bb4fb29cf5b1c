import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlMissingDown = Rule(
        id: "sql/missing-down",
        title: Wording(en: "a migration without a way back among others that have one", ja: "他にはあるのに、これだけ戻し方のないマイグレーション"),
        why: Wording(
            en: """
                A rollback goes back version by version and stops where one has no way back: at night, in the middle of an incident. In a folder where most \
                versions can be undone, a missing one is an oversight. Folders that never go back are reported once, by sql/forward-only-directory.
                """,
            ja: """
                切り戻しは 1 版ずつ進み、戻し方のない版で止まります。障害対応の最中に初めて気付くことになります。大半の版に戻し方があるフォルダーでは、\
                欠けている版は書き忘れです。もともと戻さない方針のフォルダーは sql/forward-only-directory が 1 件だけ報告します。
                """),
        invariant: "INV-OPS-003", severity: .error,
        violating: [
            Example(
                "↓ALTER TABLE orders ADD COLUMN note text;\n", at: "db/migrations/000003_note.up.sql",
                with: SampleMigrations.orders + [("db/migrations/000002_index.down.sql", "DROP INDEX orders_at;\n")], skipping: SampleMigrations.absent),
            Example(
                files: [
                    ("db/migrate/20260101000000_carts.sql", "-- +goose Up\nCREATE TABLE carts (id bigint);\n-- +goose Down\nDROP TABLE carts;\n"),
                    ("db/migrate/20260102000000_note.sql", "↓-- +goose Up\n-- 備考欄を足す\nALTER TABLE carts ADD COLUMN note text;\n"),
                ], skipping: SampleMigrations.absent),
            Example(
                files: [
                    ("migrations/2026-01-01-000000_users/up.sql", "CREATE TABLE users (id integer);\n"),
                    ("migrations/2026-01-01-000000_users/down.sql", "DROP TABLE users;\n"),
                    ("migrations/2026-02-01-000000_email/up.sql", "↓ALTER TABLE users ADD COLUMN email text;\n"),
                ], skipping: SampleMigrations.absent),
            Example(
                files: [
                    ("db/V1__users.sql", "CREATE TABLE users (id bigint);\n"), ("db/U1__users.sql", "DROP TABLE users;\n"),
                    ("db/V1_1__email.sql", "↓ALTER TABLE users ADD COLUMN email text;\n"),
                    ("db/R__views.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM users;\n"),
                ], skipping: SampleMigrations.absent),
            Example(
                """
                --liquibase formatted sql
                --changeset ops:1
                CREATE TABLE carts (id bigint);
                --rollback DROP TABLE carts;
                ↓--changeset ops:2
                ALTER TABLE carts ADD COLUMN note text;

                """, at: "db/changelog/carts.sql", skipping: SampleMigrations.absent),
        ],
        conforming: [
            // Authors have blanks in their names, and a way back of several lines stands in a comment.
            Example(
                """
                --liquibase formatted sql
                --changeset Site Reliability:1
                CREATE TABLE carts (id bigint);
                --rollback DROP TABLE carts;
                --changeset "Site Reliability":"second one" dbms:postgresql
                CREATE TABLE notes (id bigint);
                /* liquibase rollback
                DROP TABLE notes;
                */

                """, at: "db/changelog/carts.sql"),
            Example(
                files: [
                    ("db/migrations/000001_orders.up.sql", "CREATE TABLE orders (id bigint);\n"),
                    ("db/migrations/000001_oders.down.sql", "-- 題名の綴りが違っても版が同じなら対になる\nDROP TABLE orders;\n"),
                ]),
            Example(
                files: [
                    ("persistence/20260101000000_a.postgres.up.sql", "CREATE TABLE a (id bigint);\n"),
                    ("persistence/20260101000000_a.sqlite3.up.sql", "CREATE TABLE a (id integer);\n"),
                    ("persistence/20260101000000_a.down.sql", "DROP TABLE a;\n"),
                ]),
            Example(
                files: [
                    ("db/migration/V1__users.sql", "CREATE TABLE users (id bigint);\n"),
                    ("db/migration/V2__email.sql", "ALTER TABLE users ADD COLUMN email text;\n"),
                ]),
            Example(
                files: [
                    ("db/migrations/000001_a.up.sql", "CREATE TABLE a (id bigint);\n"), ("db/migrations/000001_a.down.go", "package migrations\n"),
                    ("db/migrations/000002_gap.up.sql", "-- 欠番。何もしない\n"),
                ]),
            Example(
                files: [
                    ("db/migrations/000003_a.up.sql", "CREATE TABLE a (id bigint);\n"), ("db/migrations/000003_a.down.sql", "DROP TABLE a;\n"),
                    ("db/migrations/000003_b.up.sql", "CREATE TABLE b (id bigint);\n"),
                ]),
        ],
        matcher: .group(.migrations) { group, _ in
            group.waysBack.filter(\.isReversible).flatMap { folder in
                let missing = folder.pairs.indices.filter { index in
                    let pair = folder.pairs[index]
                    return pair.wayBack == .missing && (!pair.isReadable || !pair.up.isNoOp)
                }
                var matches: [Match] = []
                folder.forEach(Set(missing)) { _, pair, history in matches.append(missingDown(pair, history)) }
                return matches
            }
        })

    private static func missingDown(_ pair: MigrationPair, _ history: SchemaHistory) -> Match {
        let candidates = WayBackPath.candidates(for: pair.file)
        let undo = UndoAdvice.snippet(UndoStatements(of: pair.up, in: pair.artifact.bytes, history: history), for: pair)
        let place = candidates.first.map { Wording(en: "write \($0)", ja: "\($0) に戻し方を書くか") } ?? Wording(en: "write its way back below", ja: "同じファイルに戻し方を書くか")
        var match = pair.matchAtStart(
            Wording(
                en: "version \(pair.name) has no way back: a rollback stops here and reaches no version before it",
                ja: "バージョン \(pair.name) に戻し方がありません。切り戻しはここで止まり、これより前の版へ戻れません"),
            hint: place
                + Wording(
                    en: ", or record why it cannot be undone as an exception in an ADR\n", ja: "、戻せない理由を ADR の例外に書いてください\n") + undo)
        match.key = pair.unit?.id ?? "way back"
        match.causes = candidates
        if pair.isFirst { match.severity = .warning }
        return match
    }
}
