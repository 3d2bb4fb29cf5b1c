import InvarSyntax

/// Columns whose empty rows a script fills before it requires them.
struct FilledColumns {
    private struct Key: Hashable {
        var table: String
        var column: String
    }

    private let actions: [SQLAction]
    private var first: [Key: Int] = [:]

    init(_ script: SQLScript) {
        actions = script.actions
        for (index, action) in actions.enumerated() where action.kind == .update {
            guard let data = action.data else { continue }
            for assignment in data.assignments where !assignment.isNull && (data.touchesAllRows || data.whereNullColumns.contains(assignment.column)) {
                let key = Key(table: action.table.name, column: assignment.column)
                if first[key] == nil { first[key] = index }
            }
        }
    }

    /// Whether the column that the action at `index` is about was filled before it.
    func isFilled(before index: Int) -> Bool {
        first[Key(table: actions[index].table.name, column: actions[index].name)].map { $0 < index } ?? false
    }
}
