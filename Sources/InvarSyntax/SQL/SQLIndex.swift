/// What a `CREATE INDEX` says.
package struct SQLIndex: Hashable, Sendable {
    package var columns: [String]
    package var isUnique: Bool
    /// MySQL's `ALGORITHM=COPY`, `LOCK=SHARED` or `LOCK=EXCLUSIVE`: writers wait.
    package var blocksByOption: Bool

    package init(columns: [String] = [], isUnique: Bool = false, blocksByOption: Bool = false) {
        self.columns = columns
        self.isUnique = isUnique
        self.blocksByOption = blocksByOption
    }
}
