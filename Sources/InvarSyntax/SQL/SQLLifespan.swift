/// What a script itself creates and takes back: nothing counts on an object that lives in one script only.
package struct SQLLifespan: Sendable {
    /// A table begins or ends to be the script's own.
    private struct Event: Sendable {
        var index: Int
        var table: SQLName
        var isAlive: Bool
        var isTemporary = false
    }

    private struct ColumnName: Hashable {
        var table: String
        var column: String
    }

    private var tables: [String: [Event]] = [:]
    private var columns: [ColumnName: [Int]] = [:]
    /// The actions that make something, by the name that it bears afterwards.
    private var makers: [String: [Int]] = [:]
    private let actions: [SQLAction]

    package init(_ script: SQLScript) {
        actions = script.actions
        for (index, action) in actions.enumerated() where action.context != .routine { note(action, at: index) }
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
        return (columns[ColumnName(table: table.name, column: column)]?.first).map { $0 < index } ?? false
    }

    /// Whether what the action at `index` takes away stands again later: a column added back, a view or a table with the
    /// old name, a constraint of the same name, an object created anew.
    package func isPutBack(_ index: Int) -> Bool {
        let action = actions[index]
        let name = action.name.isEmpty ? action.table.name : action.name
        guard let candidates = makers[name] else { return false }
        var low = 0
        var high = candidates.count
        while low < high {
            let middle = (low + high) / 2
            if candidates[middle] <= index { low = middle + 1 } else { high = middle }
        }
        return candidates[low...].prefix(SQLLifespan.candidatesAtMost).contains { SQLLifespan.puts(actions[$0], back: action) }
    }

    /// So many makers of one name are looked at, that asking stays linear over a script that drops and creates it forever.
    private static let candidatesAtMost = 64

    /// Whether the later action makes good what the earlier took away; that names agree is known.
    private static func puts(_ later: SQLAction, back action: SQLAction) -> Bool {
        switch (action.kind, later.kind) {
        case (.dropColumn, .addColumn), (.renameColumn, .addColumn), (.dropColumn, .renameColumn), (.renameColumn, .renameColumn),
            (.dropConstraint, .addConstraint):
            later.table.denotes(action.table)
        case (.dropTable, .createTable), (.renameTable, .createTable): later.table.denotes(action.table)
        case (.dropTable, .renameTable), (.renameTable, .renameTable): true
        case (.renameTable, .createObject), (.dropTable, .createObject): later.object == .view || later.object == .materializedView
        case (.dropObject, .createObject):
            later.object == action.object && (later.table.denotes(action.table) || action.table.name.isEmpty)
        case (.dropIndex, .createIndex), (.dropIndex, .addConstraint), (.dropConstraint, .createIndex): true
        default: false
        }
    }

    private func last(_ table: SQLName, before index: Int) -> Event? {
        guard let events = tables[table.name] else { return nil }
        var low = 0
        var high = events.count
        while low < high {
            let middle = (low + high) / 2
            if events[middle].index < index { low = middle + 1 } else { high = middle }
        }
        return events[..<low].suffix(SQLLifespan.candidatesAtMost).last { $0.table.denotes(table) }
    }

    // MARK: Collecting

    private mutating func note(_ action: SQLAction, at index: Int) {
        switch action.kind {
        case .createTable:
            begin(Event(index: index, table: action.table, isAlive: true, isTemporary: action.createdTable?.isTemporary ?? false))
        case .dropTable: end(action.table, at: index)
        case .renameTable: rename(action, at: index)
        case .addColumn:
            columns[ColumnName(table: action.table.name, column: action.name), default: []].append(index)
            makers[action.name, default: []].append(index)
        case .renameColumn:
            guard let newName = action.newName else { return }
            makers[newName, default: []].append(index)
            if isNew(action.name, of: action.table, before: index) {
                columns[ColumnName(table: action.table.name, column: newName), default: []].append(index)
            }
        case .createObject, .addConstraint, .createIndex:
            makers[action.name.isEmpty ? action.table.name : action.name, default: []].append(index)
        default: break
        }
    }

    private mutating func begin(_ event: Event) {
        tables[event.table.name, default: []].append(event)
        makers[event.table.name, default: []].append(event.index)
    }

    private mutating func end(_ table: SQLName, at index: Int) {
        tables[table.name, default: []].append(Event(index: index, table: table, isAlive: false))
    }

    private mutating func rename(_ action: SQLAction, at index: Int) {
        let old = last(action.table, before: index)
        end(action.table, at: index)
        guard let newName = action.newName else { return }
        let isOwn = old?.isAlive ?? false
        let event = Event(
            index: index, table: SQLName(newName, schema: action.table.schema), isAlive: isOwn, isTemporary: isOwn && old?.isTemporary ?? false)
        begin(event)
    }
}
