import InvarSyntax

/// What a way forth drops and its way back makes anew without its rows.
struct LostRows {
    /// The drops, in the order of the way forth.
    let actions: [SQLAction]

    init(up: SQLScript, down: SQLScript) {
        let lifespan = SQLLifespan(up)
        let rebuilt = Set(SQLRebuild.all(in: up).flatMap(\.actions))
        let kept = LostRows.copied(in: up, keptBy: down)
        let filled = LostRows.filled(in: down)
        let unmade = Set(SQLUndo(down: down).missing(in: up))
        let made = Set(down.actions.filter { $0.kind == .createTable }.map(\.table.name))
        let added = Set(down.actions.filter { $0.kind == .addColumn }.map { LostRows.key($0.table.name, $0.name) })
        let virtual = LostRows.virtualColumns(in: down)
        actions = up.actions.indices.compactMap { index in
            let action = up.actions[index]
            guard action.context != .routine, !rebuilt.contains(index), !unmade.contains(index), !lifespan.isPutBack(index) else { return nil }
            guard !kept.contains(action.table.name) else { return nil }
            switch action.kind {
            case .dropTable:
                guard made.contains(action.table.name), !filled.contains(action.table.name), !lifespan.isNew(action.table, before: index) else { return nil }
                return action.flags.contains(.temporary) ? nil : action
            case .dropColumn:
                let key = LostRows.key(action.table.name, action.name)
                guard !lifespan.isNew(action.name, of: action.table, before: index), added.contains(key) else { return nil }
                return virtual.contains(key) || filled.contains(key) ? nil : action
            default: return nil
            }
        }
    }

    private static func key(_ table: String, _ column: String) -> String { table + "\u{0}" + column }

    /// The tables whose rows are kept: `CREATE TABLE … AS SELECT`, `INSERT … SELECT` into one that the way back leaves
    /// alone.
    private static func copied(in up: SQLScript, keptBy down: SQLScript) -> Set<String> {
        let dropped = Set(down.actions.filter { $0.kind == .dropTable }.map(\.table.name))
        var names: Set<String> = []
        for action in up.actions where action.context != .routine && !dropped.contains(action.table.name) {
            switch action.kind {
            case .createTable: if let table = action.createdTable, table.isFilled { names.formUnion(table.sources.map(\.name)) }
            case .insert: if let data = action.data, data.source == .query { names.formUnion(data.reads.map(\.name)) }
            default: break
            }
        }
        return names
    }

    /// The tables that the way back puts rows into, and the columns that it sets.
    private static func filled(in down: SQLScript) -> Set<String> {
        var names: Set<String> = []
        for action in down.actions where action.context != .routine {
            switch action.kind {
            case .insert, .merge:
                names.insert(action.table.name)
                for column in action.data?.columns ?? [] { names.insert(key(action.table.name, column)) }
            case .update: for assignment in action.data?.assignments ?? [] { names.insert(key(action.table.name, assignment.column)) }
            case .addColumn where action.column?.traits.contains(.generatedStored) ?? false: names.insert(key(action.table.name, action.name))
            default: break
            }
        }
        return names
    }

    private static func virtualColumns(in down: SQLScript) -> Set<String> {
        Set(
            down.actions.filter { action in
                guard action.kind == .addColumn, let traits = action.column?.traits else { return false }
                return traits.contains(.generatedVirtual) || traits.contains(.generatedStored)
            }.map { $0.table.name + "\u{0}" + $0.name })
    }
}
