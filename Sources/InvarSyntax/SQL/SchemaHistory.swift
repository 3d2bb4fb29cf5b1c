/// What the tables of a directory look like after the migrations so far, as far as their text tells.
package struct SchemaHistory: Sendable {
    package struct Table: Hashable, Sendable {
        package var name: SQLName
        package var columns: [SQLColumn]
        package var constraints: [SQLConstraint]
        /// Whether its definition was read, so that it has no other columns.
        package var isComplete = false
        /// The tables whose rows were copied into it; the first few.
        package fileprivate(set) var filledFrom: [String] = []
        /// What it was called before it was last renamed.
        package fileprivate(set) var formerName: String?
        /// Indexes that were made on it; some may be gone.
        fileprivate var indexNames: [String] = []

        package func column(_ name: String) -> SQLColumn? { columns.first { $0.name == name } }
    }

    /// More columns or constraints of one table are not remembered; no server holds as many.
    private static let partsAtMost = 2_000

    private struct Index: Sendable {
        var table: SQLName
        var index: SQLIndex
    }

    private var tables: [String: Table] = [:]
    private var indexes: [String: Index] = [:]
    /// Names that a table gave up, by a rename or with what referred to it: who refers to one now means another table.
    private var formerNames: Set<String> = []

    package init() {}

    package func table(_ name: SQLName) -> Table? {
        tables[name.name].flatMap { $0.name.denotes(name) ? $0 : nil }
    }

    package func column(_ name: String, of table: SQLName) -> SQLColumn? {
        self.table(table)?.column(name)
    }

    /// An index and its table, by the index's name.
    package func index(_ name: String) -> (table: SQLName, index: SQLIndex)? {
        indexes[name].map { ($0.table, $0.index) }
    }

    /// The indexes of a table, by name, that a column is part of.
    package func indexes(on column: String, of table: SQLName) -> [String] {
        (self.table(table)?.indexNames ?? []).filter { indexes[$0].map { $0.table.denotes(table) && $0.index.columns.contains(column) } ?? false }
    }

    package var isEmpty: Bool { tables.isEmpty }

    /// Whether a foreign key to that name may point elsewhere by now.
    package func isFormerName(_ name: String) -> Bool { formerNames.contains(name) }

    /// The names of the tables that are known, in order.
    package var tableNames: [String] { tables.keys.sorted() }

    /// The table of that name in whatever schema.
    package func table(named name: String) -> Table? { tables[name] }

    /// What scripts can ask about it: the tables and indexes that they name. It is cheap to change, however much is known.
    ///
    /// - Parameter names: further tables.
    package func restricted(to scripts: SQLScript..., and names: [String] = []) -> SchemaHistory {
        var part = SchemaHistory()
        part.formerNames = formerNames
        for name in names { take(name, into: &part) }
        for action in scripts.lazy.flatMap(\.actions) {
            take(action.table.name, into: &part)
            if let newName = action.newName { take(newName, into: &part) }
            for source in action.createdTable?.sources ?? [] { take(source.name, into: &part) }
            for name in [action.name, action.newName ?? ""] {
                guard let index = indexes[name] else { continue }
                part.indexes[name] = index
                take(index.table.name, into: &part)
            }
        }
        return part
    }

    private func take(_ name: String, into part: inout SchemaHistory) {
        guard part.tables[name] == nil, let table = tables[name] else { return }
        part.tables[name] = table
        for name in table.indexNames { part.indexes[name] = indexes[name] }
    }

    package func constraint(_ name: String, of table: SQLName) -> SQLConstraint? {
        self.table(table)?.constraints.first { $0.name == name }
    }

    /// Whether a validated check already says that the column is not null.
    package func isKnownNotNull(_ column: String, of table: SQLName) -> Bool {
        guard let table = self.table(table) else { return false }
        if table.constraints.contains(where: { $0.requiredColumn == column && !$0.isNotValid }) { return true }
        return table.column(column)?.traits.contains(.notNull) ?? false
    }

    /// Takes in what a script did, in its order.
    package mutating func apply(_ script: SQLScript) {
        for action in script.actions where action.context != .routine { apply(action) }
    }

    package mutating func apply(_ action: SQLAction) {
        switch action.kind {
        case .createTable: create(action)
        case .dropTable:
            if action.flags.contains(.cascade) { formerNames.insert(action.table.name) }
            tables[action.table.name] = nil
        case .renameTable:
            formerNames.insert(action.table.name)
            guard let newName = action.newName, var table = tables.removeValue(forKey: action.table.name) else { return }
            table.name.name = newName
            table.formerName = action.table.name
            for name in table.indexNames where indexes[name]?.table.name == action.table.name { indexes[name]?.table.name = newName }
            tables[newName] = table
        case .createIndex:
            guard let index = action.index, !action.name.isEmpty else { return }
            indexes[action.name] = Index(table: action.table, index: index)
            if (tables[action.table.name]?.indexNames.count ?? SchemaHistory.partsAtMost) < SchemaHistory.partsAtMost {
                tables[action.table.name]?.indexNames.append(action.name)
            }
        case .insert:
            guard let reads = action.data?.reads, !reads.isEmpty, let count = tables[action.table.name]?.filledFrom.count, count < 16 else { return }
            tables[action.table.name]?.filledFrom += reads.prefix(8).map(\.name)
        case .dropIndex: indexes[action.name] = nil
        case .renameIndex:
            if let newName = action.newName, let index = indexes.removeValue(forKey: action.name) { indexes[newName] = index }
        default:
            guard var table = tables.removeValue(forKey: action.table.name) ?? SchemaHistory.glimpse(action) else { return }
            SchemaHistory.apply(action, to: &table)
            tables[action.table.name] = table
        }
    }

    /// What an action tells of a table that was made elsewhere.
    private static func glimpse(_ action: SQLAction) -> Table? {
        action.kind == .addColumn || action.kind == .addConstraint ? Table(name: action.table, columns: [], constraints: []) : nil
    }

    private mutating func create(_ action: SQLAction) {
        guard let created = action.createdTable else { return }
        if action.flags.contains(.ifNotExists), let known = tables[action.table.name], known.isComplete || known.columns.count >= created.columns.count {
            return
        }
        var table = Table(name: action.table, columns: created.columns, constraints: created.constraints)
        if created.isFilled { table.filledFrom = created.sources.prefix(8).map(\.name) }
        table.isComplete = !created.columns.isEmpty && created.sources.isEmpty && !created.isFilled
        if table.columns.isEmpty, let source = created.sources.first.flatMap({ tables[$0.name] }) { table.columns = source.columns }
        tables[action.table.name] = table
    }

    private static func apply(_ action: SQLAction, to table: inout Table) {
        let at = table.columns.firstIndex { $0.name == action.name }
        switch action.kind {
        case .addColumn:
            if let column = action.column, at == nil, table.columns.count < partsAtMost { table.columns.append(column) }
        case .dropColumn:
            if let at { table.columns.remove(at: at) }
        case .renameColumn:
            if let at, let newName = action.newName { table.columns[at].name = newName }
        case .changeType:
            guard let at, let column = action.column else { return }
            if action.flags.contains(.redefinition) { table.columns[at] = column } else { table.columns[at].type = column.type }
        case .setNotNull:
            if let at { table.columns[at].traits.insert(.notNull) }
        case .dropNotNull:
            if let at { table.columns[at].traits.remove(.notNull) }
        case .setDefault:
            if let at { table.columns[at].traits.insert(.hasDefault) }
        case .dropDefault:
            if let at { table.columns[at].traits.remove(.hasDefault) }
        case .addConstraint:
            if let constraint = action.constraint, table.constraints.count < partsAtMost { table.constraints.append(constraint) }
        case .validateConstraint:
            if let index = table.constraints.firstIndex(where: { $0.name == action.name }) { table.constraints[index].isNotValid = false }
        case .dropConstraint: table.constraints.removeAll { $0.name == action.name && !action.name.isEmpty }
        case .renameConstraint:
            guard let newName = action.newName else { return }
            if let index = table.constraints.firstIndex(where: { $0.name == action.name }) { table.constraints[index].name = newName }
        default: break
        }
    }
}

extension SchemaHistory {
    /// Follows a type of the schema's own: columns keep it when it is renamed, and go with it when it is dropped with
    /// CASCADE. Looks at every table.
    package mutating func applyToTypes(_ action: SQLAction) {
        guard action.object == .type || action.object == .domain else { return }
        let renamed = action.kind == .renameObject ? action.newName : nil
        guard renamed != nil || action.kind == .dropObject && action.flags.contains(.cascade) else { return }
        for name in tableNames {
            if let renamed {
                replaceType(action.table.name, by: renamed, in: name)
            } else {
                tables[name]?.columns.removeAll { $0.type?.name == action.table.name }
            }
        }
    }

    private mutating func replaceType(_ type: String, by newType: String, in name: String) {
        for index in tables[name]?.columns.indices ?? 0..<0 where tables[name]?.columns[index].type?.name == type {
            tables[name]?.columns[index].type?.name = newType
        }
    }
}
