import InvarSyntax

/// What a way forth drops and its way back makes anew without its rows.
struct LostRows {
    /// The drops, in the order of the way forth.
    let actions: [SQLAction]

    init(up: SQLScript, down: SQLScript) {
        let lifespan = SQLLifespan(up)
        let rebuilt = Set(SQLRebuild.all(in: up).flatMap(\.actions))
        let kept = LostRows.copied(in: up)
        let filled = LostRows.filled(in: down)
        let unmade = Set(SQLUndo(down: down).missing(in: up))
        let made = Set(down.actions.filter { $0.kind == .createTable }.map(\.table.name))
        let virtual = LostRows.virtualColumns(in: down)
        actions = up.actions.indices.compactMap { index in
            let action = up.actions[index]
            guard action.context != .routine, !rebuilt.contains(index), !unmade.contains(index), !lifespan.isPutBack(index) else { return nil }
            guard !kept.contains(action.table.name), !filled.contains(action.table.name) else { return nil }
            switch action.kind {
            case .dropTable:
                guard made.contains(action.table.name), !lifespan.isNew(action.table, before: index) else { return nil }
                return action.flags.contains(.temporary) ? nil : action
            case .dropColumn:
                guard !lifespan.isNew(action.name, of: action.table, before: index), !virtual.contains(action.table.name + "\u{0}" + action.name) else {
                    return nil
                }
                // Renamed back: its rows were never gone.
                let isAdded = down.actions.contains { $0.kind == .addColumn && $0.table.name == action.table.name && $0.name == action.name }
                return isAdded ? action : nil
            default: return nil
            }
        }
    }

    /// The tables whose rows go somewhere else: `CREATE TABLE … AS SELECT`, `INSERT … SELECT`, `UPDATE t SET a = b`.
    private static func copied(in up: SQLScript) -> Set<String> {
        var names: Set<String> = []
        for action in up.actions where action.context != .routine {
            switch action.kind {
            case .createTable: if let table = action.createdTable, table.isFilled { names.formUnion(table.sources.map(\.name)) }
            case .insert: if let data = action.data, data.source == .query { names.formUnion(data.reads.map(\.name)) }
            case .update:
                guard let data = action.data else { continue }
                names.formUnion(data.reads.map(\.name))
                if data.assignments.contains(where: { !$0.isConstant }) { names.insert(action.table.name) }
            default: break
            }
        }
        return names
    }

    private static func filled(in down: SQLScript) -> Set<String> {
        Set(down.actions.filter { [.insert, .update, .merge].contains($0.kind) && $0.context != .routine }.map(\.table.name))
    }

    private static func virtualColumns(in down: SQLScript) -> Set<String> {
        Set(
            down.actions.filter { action in
                guard action.kind == .addColumn, let traits = action.column?.traits else { return false }
                return traits.contains(.generatedVirtual) || traits.contains(.generatedStored)
            }.map { $0.table.name + "\u{0}" + $0.name })
    }
}
