import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlConcurrentlyInTransaction = Rule(
        id: "sql/concurrently-in-transaction",
        title: Wording(en: "CONCURRENTLY inside a transaction", ja: "トランザクション内の CONCURRENTLY"),
        why: Wording(
            en: """
                PostgreSQL refuses CONCURRENTLY in a transaction: the migration fails in the middle of a release, on the first database that it meets. \
                Many tools wrap each file in a transaction by themselves; they have to be told not to.
                """,
            ja: """
                PostgreSQL はトランザクション内の CONCURRENTLY を拒否するため、リリースの途中でマイグレーションが失敗します。\
                ファイルごとに自動でトランザクションを張るツールが多く、張らないよう指定する必要があります。
                """),
        invariant: "INV-OPS-003", severity: .error,
        violating: [
            Example(
                "BEGIN;\n↓CREATE INDEX CONCURRENTLY orders_at ON orders (ordered_at);\nCOMMIT;\n", at: "db/migrations/000002_at.up.sql",
                with: [SampleMigrations.down]),
            Example(
                "-- 検索が遅いので追加\n↓CREATE INDEX CONCURRENTLY orders_at ON orders (ordered_at);\n", at: "migrations/2026-01-02-000000_orders_at/up.sql",
                with: [("migrations/2026-01-02-000000_orders_at/down.sql", "DROP INDEX orders_at;\n")]),
            Example(
                "-- +goose Up\n↓DROP INDEX CONCURRENTLY orders_at;\n-- +goose Down\nCREATE INDEX orders_at ON orders (ordered_at);\n",
                at: "db/migrations/00002_at.sql", skipping: [.comment: "goose's mark begins a section whatever stands before it"]),
            Example(
                "ALTER TABLE orders ADD COLUMN memo text;\n↓CREATE INDEX CONCURRENTLY orders_memo ON orders (memo);\n", at: "db/migrations/000002_memo.up.sql",
                with: [SampleMigrations.down]),
        ],
        conforming: [
            Example("CREATE INDEX CONCURRENTLY orders_at ON orders (ordered_at);\n", at: "db/migrations/000002_at.up.sql", with: [SampleMigrations.down]),
            Example(
                "CREATE INDEX CONCURRENTLY orders_at ON orders (ordered_at);\n", at: "migrations/2026-01-02-000000_orders_at/up.sql",
                with: [
                    ("migrations/2026-01-02-000000_orders_at/down.sql", "DROP INDEX orders_at;\n"),
                    ("migrations/2026-01-02-000000_orders_at/metadata.toml", "run_in_transaction = false # CONCURRENTLY のため\n"),
                ]),
            Example(
                "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY orders_at ON orders (ordered_at);\n-- +goose Down\nDROP INDEX orders_at;\n",
                at: "db/migrations/00002_at.sql"),
            Example(
                "BEGIN;\nALTER TABLE orders ADD COLUMN memo text;\nCOMMIT;\nCREATE INDEX CONCURRENTLY orders_memo ON orders (memo); -- コミットの後\n",
                at: "db/migrations/00002_memo.sql"),
        ],
        matcher: .migration { step in
            guard step.dialect.mayBePostgreSQL else { return [] }
            let frame = TransactionFrame(step)
            return step.matches(.createIndex, .dropIndex, .reindex, .detachPartition) { _, action in
                guard action.flags.contains(.concurrently), let cause = frame.transaction(around: action) else { return nil }
                return step.match(
                    action, .error,
                    Wording(
                        en: "CONCURRENTLY in \(cause.en): PostgreSQL refuses it, and the migration fails",
                        ja: "\(cause.ja)で CONCURRENTLY を使っています。PostgreSQL に拒否され、マイグレーションが失敗します"),
                    hint: frame.cure)
            }
        })
}
