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

    /// One change, statement by statement over three versions: the last one's way back undoes all but one of them.
    static let split: [(path: String, text: String)] = [
        ("persistence/20260101000000000001_carts.up.sql", "CREATE TABLE carts (id bigint);\n"),
        ("persistence/20260101000000000001_carts.down.sql", "DROP TABLE carts;\n"),
        ("persistence/20260101000000000002_carts.up.sql", "CREATE TABLE cart_items (cart_id bigint);\n"),
        ("persistence/20260101000000000002_carts.down.sql", "-- 次の版の戻し方でまとめて消す\n"),
        ("persistence/20260101000000000003_carts.up.sql", "CREATE INDEX cart_items_cart ON cart_items (cart_id);\n"),
        ("persistence/20260101000000000003_carts.down.sql", "DROP TABLE cart_items;\n"),
    ]

    /// Why an example of something absent, which is reported on the first line, has no variants.
    static let absent: [Example.Variant: String] = [
        .preamble: "the first line is the place, and the preamble becomes it", .comment: "what is missing is missed all the more",
    ]
    /// Why an example that another file gives its meaning has no commented variant.
    static let paired: [Example.Variant: String] = [.comment: "the first file alone is commented, and the others still go with it"]
}
