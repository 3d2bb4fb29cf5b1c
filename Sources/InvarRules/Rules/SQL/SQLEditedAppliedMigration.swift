import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlEditedAppliedMigration = Rule(
        id: "sql/edited-applied-migration",
        title: Wording(en: "a migration that was applied, and is changed afterwards", ja: "適用済みのマイグレーションの書き換え"),
        why: Wording(
            en: """
                A version runs once. Databases that have it keep what it did, new ones get what it says now, and the two differ from then on; tools that keep a checksum \
                refuse to start. What the base branch has counts as applied. Ways back, repeatable scripts and new changesets behind the old ones may change; \
                a change of comments alone weighs little, and only where a checksum is kept.
                """,
            ja: """
                マイグレーションは 1 度しか実行されません。適用済みのデータベースは古い内容のまま、新しいデータベースは書き換え後の内容になり、以後ずっと食い違います。チェックサムを持つツールは\
                起動を拒みます。ベースブランチにあるものを適用済みとみなします。戻し方、繰り返し実行するスクリプト、末尾に足した changeset は変更してかまいません。\
                コメントだけの変更は、チェックサムを持つツールに限り note とします。
                """),
        invariant: "INV-OPS-003", severity: .error,
        violating: [
            Example(
                files: [
                    ("db/migrations/000001_a.up.sql", "CREATE TABLE a (id bigint);\n↓CREATE INDEX a_id ON a (id);\n"),
                    ("db/migrations/000001_a.down.sql", "DROP TABLE a;\n"),
                ],
                before: [("db/migrations/000001_a.up.sql", "CREATE TABLE a (id bigint);\n"), ("db/migrations/000001_a.down.sql", "DROP TABLE a;\n")]),
            Example(
                files: [("db/migration/V1__a.sql", "↓CREATE TABLE a (id bigint, 名前 text);\n"), ("db/migration/V2__b.sql", "CREATE TABLE b (id bigint);\n")],
                before: [("db/migration/V1__a.sql", "CREATE TABLE a (id bigint);\n"), ("db/migration/V2__b.sql", "CREATE TABLE b (id bigint);\n")]),
            Example(
                files: [("db/migration/V1__a.sql", "↓-- 注文の表\nCREATE TABLE a (id bigint);\n")],
                before: [("db/migration/V1__a.sql", "CREATE TABLE a (id bigint);\n")], skipping: [.preamble: "the first line is the place"]),
            Example(
                files: [("db/migrations/000003_a.up.sql", "↓CREATE TABLE a (id bigint);\n"), ("db/migrations/000003_a.down.sql", "DROP TABLE a;\n")],
                before: [("db/migrations/000002_a.up.sql", "CREATE TABLE a (id bigint);\n"), ("db/migrations/000002_a.down.sql", "DROP TABLE a;\n")],
                skipping: [.preamble: "the first line is the place"]),
        ],
        conforming: [
            Example(
                files: [
                    ("db/migrations/000001_a.up.sql", "-- 注文の表\ncreate table a (\n  id bigint\n);\n"),
                    ("db/migrations/000001_a.down.sql", "DROP TABLE IF EXISTS a;\n"), ("db/migrations/000002_b.up.sql", "CREATE TABLE b (id bigint);\n"),
                ],
                before: [("db/migrations/000001_a.up.sql", "CREATE TABLE a (id bigint);\n"), ("db/migrations/000001_a.down.sql", "SELECT 1;\n")]),
            Example(
                files: [("db/migration/R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 2;\n")],
                before: [("db/migration/R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1;\n")]),
            Example(
                files: [
                    (
                        "db/changelog/a.sql",
                        "--liquibase formatted sql\n--changeset ops:1\nCREATE TABLE a (id bigint);\n--rollback DROP TABLE a;\n--changeset ops:2\nCREATE TABLE b (id bigint);\n"
                    )
                ],
                before: [("db/changelog/a.sql", "--liquibase formatted sql\n--changeset ops:1\nCREATE TABLE a (id bigint);\n")],
                skipping: [.preamble: "the first line names the format"]),
            Example(
                files: [("service/db/migrations/000001_a.up.sql", "CREATE TABLE a (id bigint);\n")],
                before: [("db/migrations/000001_a.up.sql", "CREATE TABLE a (id bigint);\n")]),
        ],
        matcher: .change { view in
            AppliedMigration.all(in: view).compactMap { $0.match(in: view) } + AppliedMigration.deletions(in: view)
        })
}
