/// What a script itself creates and takes back: nothing counts on an object that lives in one script only.
package struct SQLLifespan: Sendable {
    private struct Event: Sendable {
        var index: Int
        var schema: SQLName
        var isAlive: Bool
        var isTemporary = false
    }

    private struct ColumnName: Hashable {
        var table: String
        var column: String
    }

    private var tables: [String: [Event]] = [:]
    private var columns: [ColumnName: [Int]] = [:]
    private let script: SQLScript

    package init(_ script: SQLScript) {
        self.script = script
        for (index, action) in script.actions.enumerated() where action.context != .routine { note(action, at: index) }
    }

    /// Whether the table as it stands before the action at `index` was created by the script.
    package func isNew(_ table: SQLName, before index: Int) -> Bool {
        last(table, before: index)?.isAlive ?? false
    }

    package func isTemporary(_ table: SQLName, before index: Int) -> Bool {
        last(table, before: index).map { $0.isAlive && $0.isTemporary } ?? false
    }

    /// Whether the column was added by the script before the action at `index`, or its table was created.
    package func isNew(_ column: String, of table: SQLName, before index: Int) -> Bool {
        if isNew(table, before: index) { return true }
        return columns[ColumnName(table: table.name, column: column)]?.contains { $0 < index } ?? false
    }

    /// Whether the script creates the table (or names another so) after the action at `index`.
    package func isCreated(_ table: SQLName, after index: Int) -> Bool {
        tables[table.name]?.contains { $0.index > index && $0.isAlive && $0.schema.denotes(table) } ?? false
    }

    /// Whether what the action at `index` takes away stands again later: a column added back, a view or a table with the
    /// old name, a constraint with the same name or columns, an object created anew.
    package func isPutBack(_ index: Int) -> Bool {
        let action = script.actions[index]
        return script.actions.indices.contains { later in
            later > index && script.actions[later].context != .routine && SQLLifespan.puts(script.actions[later], back: action)
        }
    }

    /// Whether the later action makes good what the earlier took away.
    private static func puts(_ later: SQLAction, back action: SQLAction) -> Bool {
        switch (action.kind, later.kind) {
        case (.dropColumn, .addColumn), (.renameColumn, .addColumn): later.name == action.name && later.table.denotes(action.table)
        case (.dropColumn, .renameColumn): later.newName == action.name && later.table.denotes(action.table)
        case (.dropTable, .createTable): later.table.denotes(action.table)
        case (.dropTable, .renameTable): later.newName == action.table.name
        case (.renameTable, .createTable), (.renameTable, .createObject), (.dropTable, .createObject):
            later.table.denotes(action.table) && (later.object == nil || later.object == .view || later.object == .materializedView)
        case (.dropObject, .createObject):
            later.object == action.object && later.name == action.name && (later.table.denotes(action.table) || action.table.name.isEmpty)
        case (.dropConstraint, .addConstraint): later.table.denotes(action.table) && sameConstraint(later, action)
        case (.dropIndex, .createIndex), (.dropIndex, .addConstraint), (.dropConstraint, .createIndex): !later.name.isEmpty && later.name == action.name
        default: false
        }
    }

    private static func sameConstraint(_ later: SQLAction, _ action: SQLAction) -> Bool {
        if !later.name.isEmpty, later.name == action.name { return true }
        return action.constraint?.kind == .primaryKey && later.constraint?.kind == .primaryKey
    }

    // MARK: Collecting

    private func last(_ table: SQLName, before index: Int) -> Event? {
        tables[table.name]?.last { $0.index < index && $0.schema.denotes(table) }
    }

    private mutating func note(_ action: SQLAction, at index: Int) {
        switch action.kind {
        case .createTable:
            let isTemporary = action.createdTable?.isTemporary ?? false
            tables[action.table.name, default: []].append(Event(index: index, schema: action.table, isAlive: true, isTemporary: isTemporary))
        case .dropTable:
            tables[action.table.name, default: []].append(Event(index: index, schema: action.table, isAlive: false))
        case .renameTable:
            let old = last(action.table, before: index)
            if let newName = action.newName {
                var event = old ?? Event(index: index, schema: action.table, isAlive: false)
                event.index = index
                event.schema = SQLName(newName, schema: action.table.schema)
                tables[newName, default: []].append(event)
            }
            tables[action.table.name, default: []].append(Event(index: index, schema: action.table, isAlive: false))
        case .addColumn: columns[ColumnName(table: action.table.name, column: action.name), default: []].append(index)
        case .renameColumn:
            if let newName = action.newName, isNew(action.name, of: action.table, before: index) {
                columns[ColumnName(table: action.table.name, column: newName), default: []].append(index)
            }
        default: break
        }
    }
}
