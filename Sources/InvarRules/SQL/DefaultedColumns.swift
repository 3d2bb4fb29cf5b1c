import InvarSyntax

/// Columns that a script gives a default, or lets be empty, after it added them.
struct DefaultedColumns {
    private struct Key: Hashable {
        var table: String
        var column: String
    }

    private let actions: [SQLAction]
    private var last: [Key: Int] = [:]

    init(_ script: SQLScript) {
        actions = script.actions
        for (index, action) in actions.enumerated() where action.kind == .setDefault || action.kind == .dropNotNull {
            last[Key(table: action.table.name, column: action.name)] = index
        }
    }

    func isSettled(_ index: Int) -> Bool {
        let action = actions[index]
        return last[Key(table: action.table.name, column: action.name)].map { $0 > index } ?? false
    }
}
