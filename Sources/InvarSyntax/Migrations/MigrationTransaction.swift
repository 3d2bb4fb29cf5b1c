/// Whether a tool runs a migration in a transaction of its own.
package enum MigrationTransaction: String, Hashable, Sendable {
    case wrapped
    /// Several statements are sent as one, which PostgreSQL runs in one transaction.
    case wrappedIfSeveral
    case unwrapped
    case unknown
}
