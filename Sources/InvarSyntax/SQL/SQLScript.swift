/// What a piece of SQL does: its statements, and every change of schema or data in them, in the order of the text.
package struct SQLScript: Hashable, Sendable {
    package var dialect: SQLDialect
    package var statements: [SQLStatement] = []
    package var actions: [SQLAction] = []
    package var problems: [SQLProblem] = []
    /// Template tags stand in it: what is absent may be in what they include.
    package var hasTemplates = false

    package init(dialect: SQLDialect = .unknown) {
        self.dialect = dialect
    }

    /// The statements that do something at the top of the script or in a `DO` body: not a query, a setting, or a
    /// transaction's frame.
    package var isNoOp: Bool {
        !statements.contains { statement in
            guard statement.context != .routine else { return false }
            return switch statement.kind {
            case .schema, .data, .call, .block, .other: true
            case .query, .setting, .begin, .commit, .rollback, .comment, .grant: false
            }
        }
    }
}
