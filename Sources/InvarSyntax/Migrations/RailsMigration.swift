/// The methods of a Rails migration, and what in them cannot be taken back.
package struct RailsMigration: Sendable {
    /// A call in `change` that Rails cannot reverse, or a refusal.
    package struct Irreversible: Hashable, Sendable {
        /// The method that was called: `execute`, `remove_column`; `raise` for a refusal.
        package var call: String
        package var span: Range<Int>
        /// In a `safety_assured` block.
        package var isAssured: Bool
    }

    package var hasUp = false
    package var hasDown = false
    package var hasChange = false
    /// `def up`, for a finding that `def down` is missing.
    package var upSpan: Range<Int>?
    package var irreversible: [Irreversible] = []
    /// The `create_table` calls with `force: true`, which drop a table that is there.
    package var forced: [Range<Int>] = []
    /// `disable_ddl_transaction!`.
    package var isUnwrapped = false
}
