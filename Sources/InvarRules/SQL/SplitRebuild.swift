import InvarSyntax

/// Tables that are built anew over several files, statement by statement, as some tools want it: the copy is made in one
/// version, the old table goes in the next, the copy takes its name in a third.
struct SplitRebuild {
    /// Later versions that rename a table.
    struct Renames {
        private var byName: [String: [(ordinal: Int, old: String)]] = [:]

        /// - Parameter ups: the files of a folder in the order of their versions.
        init(_ ups: [MigrationFile]) {
            for (ordinal, file) in ups.enumerated() {
                for action in file.up.actions where action.kind == .renameTable && action.context != .routine {
                    byName[Renames.key(action.newName ?? "", file), default: []].append((ordinal, action.table.name))
                }
            }
        }

        /// What the next version that names a table so renames to it.
        func next(to name: String, after ordinal: Int, in file: MigrationFile) -> String? {
            guard let list = byName[Renames.key(name, file)] else { return nil }
            var low = 0
            var high = list.count
            while low < high {
                let middle = (low + high) / 2
                if list[middle].ordinal <= ordinal { low = middle + 1 } else { high = middle }
            }
            return low < list.count ? list[low].old : nil
        }

        private static func key(_ name: String, _ file: MigrationFile) -> String { (file.name.variant ?? "") + "\u{0}" + name }
    }

    private(set) var found: [SQLRebuild] = []

    /// - Parameters:
    ///   - history: the schema before the script.
    ///   - next: what a later version renames to a name.
    init(_ script: SQLScript, _ history: SchemaHistory, next: (String) -> String?) {
        guard script.actions.contains(where: { $0.kind == .dropTable || $0.kind == .renameTable }) else { return }
        let coming = script.actions.filter { $0.kind == .dropTable && $0.context != .routine }.prefix(64).reduce(into: [String: String]()) {
            $0[$1.table.name] = next($1.table.name)
        }
        // What a table that goes now was called before it was put aside.
        let former = script.actions.filter { $0.kind == .dropTable }.prefix(64)
            .compactMap { history.table(named: $0.table.name)?.formerName }
        var state = history.restricted(to: script, and: Array(coming.values) + former)
        for (index, action) in script.actions.enumerated() where action.context != .routine {
            switch action.kind {
            case .dropTable: drop(action, at: index, state, coming, script)
            case .renameTable:
                guard let newName = action.newName, state.table(named: newName) == nil, let copy = history.table(action.table),
                    copy.filledFrom.contains(newName)
                else { break }
                add(SQLName(newName, schema: action.table.schema), [index], copy)
            default: break
            }
            state.apply(action)
        }
    }

    private mutating func drop(_ action: SQLAction, at index: Int, _ state: SchemaHistory, _ coming: [String: String], _ script: SQLScript) {
        let name = action.table.name
        let later = script.actions[index...].prefix(400).first { $0.kind == .renameTable && $0.newName == name }?.table.name ?? coming[name]
        if let later, let copy = state.table(named: later), copy.filledFrom.contains(name) {
            add(action.table, [index], copy)
        } else if let old = state.table(named: name)?.formerName, let copy = state.table(named: old), copy.filledFrom.contains(name) {
            // Put aside and copied back in an earlier version.
            add(action.table, [index], copy)
        }
    }

    private mutating func add(_ table: SQLName, _ indices: [Int], _ copy: SchemaHistory.Table) {
        found.append(SQLRebuild(table: table, actions: indices, definition: SQLTable(columns: copy.columns), end: indices.max() ?? 0))
    }
}
