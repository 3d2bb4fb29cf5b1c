/// A table built anew to change it, as SQLite makes people do: the rows go to a table of another shape, which takes the name.
package struct SQLRebuild: Hashable, Sendable {
    /// The table that has another shape afterwards.
    package var table: SQLName
    /// The indices of the DROP TABLE and RENAME actions that belong to it, in their order.
    package var actions: [Int]
    /// The new shape.
    package var definition: SQLTable
    /// The index of the action after which the old table is gone.
    package var end: Int

    package init(table: SQLName, actions: [Int], definition: SQLTable, end: Int) {
        self.table = table
        self.actions = actions
        self.definition = definition
        self.end = end
    }

    /// The columns that the table had before and has no longer; nil if what it had is not known.
    package func lostColumns(_ history: SchemaHistory) -> [String]? {
        guard let before = history.table(table), !definition.columns.isEmpty else { return nil }
        let names = Set(definition.columns.map(\.name))
        return before.columns.map(\.name).filter { !names.contains($0) }
    }

    /// Every rebuild in a script, in the order of its end.
    package static func all(in script: SQLScript) -> [SQLRebuild] {
        var finder = Finder(script.actions)
        for (index, action) in script.actions.enumerated() where action.context != .routine { finder.step(action, at: index) }
        return finder.found
    }

    /// Follows each table of the script: where its rows came from, and what became of it.
    private struct Finder {
        let actions: [SQLAction]
        var found: [SQLRebuild] = []
        /// The tables that exist because of the script, by name, and the table whose rows each got.
        var created: [String: Int] = [:]
        var filledFrom: [String: [String]] = [:]
        /// Tables that were dropped, by name.
        var dropped: [String: Int] = [:]
        /// New name of a table that was moved out of the way → old name and index.
        var moved: [String: (old: SQLName, index: Int)] = [:]
        /// Old name of such a table → the index of its rename.
        var movedFrom: [String: Int] = [:]

        init(_ actions: [SQLAction]) { self.actions = actions }

        mutating func step(_ action: SQLAction, at index: Int) {
            let name = action.table.name
            switch action.kind {
            case .createTable:
                created[name] = index
                if let table = action.createdTable, table.isFilled { filledFrom[name] = table.sources.map(\.name) }
            case .insert:
                guard created[name] != nil, let reads = action.data?.reads, !reads.isEmpty else { return }
                filledFrom[name, default: []] += reads.prefix(8).map(\.name)
            case .dropTable: drop(action, at: index)
            case .renameTable: rename(action, at: index)
            default: break
            }
        }

        private mutating func drop(_ action: SQLAction, at index: Int) {
            let name = action.table.name
            dropped[name] = index
            if let move = moved[name], let create = created[move.old.name], create > move.index, filled(move.old.name, from: name) {
                // RENAME old TO tmp; CREATE old; INSERT INTO old SELECT FROM tmp; DROP tmp.
                add(move.old, [move.index, index], create)
            } else if let copy = created[name], let sources = filledFrom[name], let old = sources.first(where: { dropped[$0] != nil }),
                let create = created[old], let drop = dropped[old], copy < drop, drop < create, filled(old, from: name)
            {
                // CREATE tmp AS SELECT FROM old; DROP old; CREATE old; INSERT INTO old SELECT FROM tmp; DROP tmp.
                add(actions[drop].table, [drop, index], create)
            }
        }

        private mutating func rename(_ action: SQLAction, at index: Int) {
            let old = action.table.name
            guard let newName = action.newName else { return }
            if let create = created[old], let drop = dropped[newName], filled(old, from: newName) {
                // CREATE new; INSERT INTO new SELECT FROM old; DROP old; RENAME new TO old.
                add(SQLName(newName, schema: action.table.schema), [drop, index], create)
            } else if let create = created[old], let move = movedFrom[newName], filled(old, from: newName) {
                // … RENAME old TO tmp; RENAME new TO old; DROP tmp.
                add(SQLName(newName, schema: action.table.schema), [move, index], create)
            } else if created[old] == nil {
                moved[newName] = (action.table, index)
                movedFrom[old] = index
            }
            created[newName] = created.removeValue(forKey: old)
            filledFrom[newName] = filledFrom.removeValue(forKey: old)
        }

        private func filled(_ name: String, from source: String) -> Bool {
            filledFrom[name]?.contains(source) ?? false
        }

        private mutating func add(_ table: SQLName, _ indices: [Int], _ create: Int) {
            guard let definition = actions[create].createdTable else { return }
            found.append(SQLRebuild(table: table, actions: indices.sorted(), definition: definition, end: indices.max() ?? 0))
        }
    }
}
