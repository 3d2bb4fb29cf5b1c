/// One statement of a script.
package struct SQLStatement: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// `CREATE`, `ALTER`, `DROP`, `RENAME`, `REINDEX`…
        case schema
        /// `INSERT`, `UPDATE`, `DELETE`, `TRUNCATE`, `MERGE`, `COPY`, `LOAD`.
        case data
        /// `SELECT`, `VALUES`, `EXPLAIN`, `SHOW`.
        case query
        /// `SET`, `PRAGMA`, `USE`, `LOCK`.
        case setting
        case begin, commit, rollback
        case comment, grant
        /// `CALL`, `EXEC`, `EXECUTE`.
        case call
        /// `DO`, an anonymous block.
        case block
        case other
    }

    package var kind: Kind
    /// From the first token to the last, without the semicolon, in bytes of the file.
    package var span: Range<Int>
    package var inTransaction: Bool
    package var context: SQLAction.Context

    package init(kind: Kind, span: Range<Int>, inTransaction: Bool = false, context: SQLAction.Context = .statement) {
        self.kind = kind
        self.span = span
        self.inTransaction = inTransaction
        self.context = context
    }
}
