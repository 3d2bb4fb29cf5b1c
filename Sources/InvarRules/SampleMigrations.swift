/// Files that examples of migrations stand beside.
enum SampleMigrations {
    /// A way back for version 2, so that the folder is reversible and nothing else is missing.
    static let down: (path: String, text: String) = ("db/migrations/000002_back.down.sql", "ALTER TABLE users ADD COLUMN nickname text;\n")
}
