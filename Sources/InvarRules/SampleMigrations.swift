/// Files that examples of migrations stand beside.
enum SampleMigrations {
    /// A way back for version 2, so that the folder is reversible and nothing else is missing.
    static let down: (path: String, text: String) = ("db/migrations/000002_back.down.sql", "ALTER TABLE users ADD COLUMN nickname text;\n")

    /// Two versions with their ways forth, and the way back of the first.
    static let orders: [(path: String, text: String)] = [
        ("db/migrations/000001_orders.up.sql", "CREATE TABLE orders (id bigint, made_at timestamptz);\n"),
        ("db/migrations/000001_orders.down.sql", "DROP TABLE orders;\n"),
        ("db/migrations/000002_index.up.sql", "CREATE INDEX orders_at ON orders (made_at);\n"),
    ]
}
