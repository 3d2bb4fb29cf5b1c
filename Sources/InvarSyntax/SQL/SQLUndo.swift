/// Whether a way back undoes what its way forth did, action by action.
package struct SQLUndo: Sendable {
    private var createdTables: [String: SQLTable] = [:]
    private var droppedTables: Set<String> = []
    private var droppedSchemas: Set<String> = []
    /// Names that a table takes, and names that a table gives up.
    private var newTableNames: Set<String> = []
    private var oldTableNames: Set<String> = []
    private var addedColumns: Set<String> = []
    private var droppedColumns: Set<String> = []
    private var cascades = false
    private let isUnsure: Bool

    /// - Parameter down: the way back. Where it has templates or cannot be read, everything counts as undone.
    package init(down: SQLScript) {
        isUnsure = down.hasTemplates || !down.problems.isEmpty
        for action in down.actions where action.context != .routine { note(action) }
    }

    /// The indices of the actions of `up` whose inverse is missing: tables and columns that were created, dropped or
    /// renamed, and that the script itself did not take back.
    package func missing(in up: SQLScript) -> [Int] {
        guard !isUnsure else { return [] }
        var names = FinalNames(up)
        return up.actions.indices.filter { index in
            let action = up.actions[index]
            guard action.context != .routine, names.outlives(action, at: index) else { return false }
            return !isUndone(action, under: names.table(action.table.name, from: index), column: names.column(action, from: index))
        }
    }

    /// - Parameters:
    ///   - table: what the action's table is called in the end.
    ///   - column: what the column that it is about is called in the end.
    private func isUndone(_ action: SQLAction, under table: String, column: String) -> Bool {
        switch action.kind {
        case .createTable:
            let parents = action.createdTable?.sources.map(\.name) ?? []
            return isGone(table) || isGone(action.table.name) || cascades && parents.contains(where: droppedTables.contains)
                || parents.contains(where: isGone) || action.table.schema.map(droppedSchemas.contains) ?? false
                || action.createdTable?.isTemporary ?? false
        case .addColumn:
            return isGone(table) || droppedColumns.contains(key(table, column)) || droppedColumns.contains(key(action.table.name, column))
                || remade(table).map { !$0.contains(column) } ?? false
        case .dropTable: return createdTables[action.table.name] != nil || newTableNames.contains(action.table.name)
        case .dropColumn:
            return addedColumns.contains(key(table, action.name)) || addedColumns.contains(key(action.table.name, action.name))
                || remade(table).map { $0.isEmpty || $0.contains(action.name) } ?? isGone(table)
        case .renameTable: return newTableNames.contains(action.table.name) || createdTables[action.table.name] != nil || isGone(table)
        case .renameColumn:
            return addedColumns.contains(key(table, action.name)) || addedColumns.contains(key(action.table.name, action.name))
                || remade(table).map { $0.isEmpty || $0.contains(action.name) } ?? isGone(table)
        default: return true
        }
    }

    private func isGone(_ table: String) -> Bool { droppedTables.contains(table) || oldTableNames.contains(table) }

    /// The columns of a table that the way back creates (or puts another in the place of); empty if they are not known.
    private func remade(_ table: String) -> [String]? {
        if let created = createdTables[table] { return created.columns.map(\.name) }
        return newTableNames.contains(table) ? [] : nil
    }

    private func key(_ table: String, _ column: String) -> String { table + "\u{0}" + column }

    private mutating func note(_ action: SQLAction) {
        let table = action.table.name
        if action.flags.contains(.cascade) { cascades = true }
        switch action.kind {
        case .createTable: createdTables[table] = action.createdTable
        case .dropTable: droppedTables.insert(table)
        case .dropObject:
            if action.object == .schema || action.object == .database { droppedSchemas.insert(table) }
            if action.object == .view { droppedTables.insert(table) }
        case .createObject:
            if action.object == .view { createdTables[table] = SQLTable() }
        case .renameTable:
            oldTableNames.insert(table)
            guard let newName = action.newName else { return }
            newTableNames.insert(newName)
            // A table that is built under another name and takes this one brings its columns along.
            if let created = createdTables[table] { createdTables[newName] = created }
        case .addColumn: addedColumns.insert(key(table, action.name))
        case .dropColumn: droppedColumns.insert(key(table, action.name))
        case .renameColumn:
            droppedColumns.insert(key(table, action.name))
            if let newName = action.newName { addedColumns.insert(key(table, newName)) }
        default: break
        }
    }
}

/// What the tables and columns of a script are called when it is done, and which of its changes it takes back itself.
private struct FinalNames {
    private var renames: [String: [(index: Int, newName: String)]] = [:]
    private var columnRenames: [String: [(index: Int, newName: String)]] = [:]
    private var lastDrop: [String: Int] = [:]
    private var lastColumnDrop: [String: Int] = [:]
    /// The names that columns and tables got by a rename.
    private var columnsRenamed: Set<String> = []
    private var tablesRenamed: Set<String> = []
    private let lifespan: SQLLifespan
    private let rebuilt: Set<Int>

    init(_ script: SQLScript) {
        lifespan = SQLLifespan(script)
        rebuilt = Set(SQLRebuild.all(in: script).flatMap(\.actions))
        for (index, action) in script.actions.enumerated() where action.context != .routine {
            switch action.kind {
            case .renameTable:
                tablesRenamed.insert(action.newName ?? "")
                renames[action.table.name, default: []].append((index, action.newName ?? ""))
            case .renameColumn:
                columnsRenamed.insert(action.table.name + "\u{0}" + (action.newName ?? ""))
                columnRenames[action.table.name + "\u{0}" + action.name, default: []].append((index, action.newName ?? ""))
            case .dropTable: lastDrop[action.table.name] = index
            case .dropColumn: lastColumnDrop[action.table.name + "\u{0}" + action.name] = index
            default: break
            }
        }
    }

    /// The name of a table after the renames that follow the action at `index`; eight at most.
    func table(_ name: String, from index: Int) -> String {
        follow(renames, name, from: index) { $0 }
    }

    func column(_ action: SQLAction, from index: Int) -> String {
        let start = action.kind == .renameColumn ? action.newName ?? action.name : action.name
        return follow(columnRenames, start, from: index) { action.table.name + "\u{0}" + $0 }
    }

    private func follow(
        _ renames: [String: [(index: Int, newName: String)]], _ name: String, from index: Int, key: (String) -> String
    ) -> String {
        var name = name
        var index = index
        for _ in 0..<8 {
            guard let list = renames[key(name)] else { break }
            var low = 0
            var high = list.count
            while low < high {
                let middle = (low + high) / 2
                if list[middle].index < index { low = middle + 1 } else { high = middle }
            }
            guard low < list.count else { break }
            let next = list[low]
            name = next.newName
            index = next.index + 1
        }
        return name
    }

    /// Whether the change still shows when the script is done, and was made to something that was there before.
    mutating func outlives(_ action: SQLAction, at index: Int) -> Bool {
        guard !rebuilt.contains(index), !FinalNames.isUnknown(action.table.name), !FinalNames.isUnknown(action.name) else { return false }
        let final = table(action.table.name, from: index)
        switch action.kind {
        case .createTable: return (lastDrop[final] ?? -1) < index
        case .addColumn:
            guard !lifespan.isNew(action.table, before: index), (lastDrop[final] ?? -1) < index else { return false }
            return (lastColumnDrop[final + "\u{0}" + column(action, from: index)] ?? -1) < index
        case .dropColumn:
            // A column that was renamed first: what is gone is the old name, and the rename is asked about.
            guard !columnsRenamed.contains(action.table.name + "\u{0}" + action.name) else { return false }
            return !lifespan.isNew(action.name, of: action.table, before: index) && !lifespan.isPutBack(index)
        case .dropTable:
            // Renamed first, and then dropped: the rename is asked about.
            guard !tablesRenamed.contains(action.table.name) else { return false }
            return !lifespan.isNew(action.table, before: index) && !lifespan.isPutBack(index)
        case .renameTable: return !lifespan.isNew(action.table, before: index)
        case .renameColumn: return !lifespan.isNew(action.name, of: action.table, before: index) && !lifespan.isPutBack(index)
        default: return false
        }
    }

    /// A name that a template or a format string fills in.
    private static func isUnknown(_ name: String) -> Bool {
        name.utf8.contains { $0 == 0x25 || $0 == 0x7B }
    }
}
