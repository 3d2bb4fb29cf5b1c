/// Going forth and back again: what the schema is like then, against what it was before.
///
/// It tells more than comparing action by action: a table made anew with other columns, a drop that fails on what
/// depends on it. Only tables whose definition the earlier files show are compared.
package struct SQLRoundTrip: Sendable {
    /// What is different about one table.
    package struct Difference: Hashable, Sendable {
        package var table: SQLName
        /// The whole table is gone.
        package var isGone: Bool
        /// The columns that it had and has no longer, in their order.
        package var missing: [SQLColumn]
        /// The columns that it did not have.
        package var extra: [SQLColumn]
    }

    /// A statement of the way back that the server refuses.
    package struct Refusal: Hashable, Sendable {
        /// The index of its action in the way back.
        package var index: Int
        package var table: SQLName
        /// The table with a foreign key to it, or the index on the column, that is in the way.
        package var dependent: String
    }

    /// By the name of the table.
    package let differences: [Difference]
    package let refusal: Refusal?
    /// Tables that are surely the same as before.
    private let settled: Set<String>

    /// - Parameters:
    ///   - dialect: decides what refuses to be dropped.
    ///   - history: the schema before.
    package init(up: SQLScript, down: SQLScript, dialect: SQLDialect, before history: SchemaHistory) {
        guard !down.hasTemplates, !up.hasTemplates, down.problems.isEmpty, up.problems.isEmpty, !SQLRoundTrip.dropsSchemas(up, down) else {
            (differences, refusal, settled) = ([], nil, [])
            return
        }
        let before = history.restricted(to: up, down)
        var state = before
        let followsTypes = SQLRoundTrip.followsTypes(up, down)
        for action in up.actions where action.context != .routine {
            state.apply(action)
            if followsTypes { state.applyToTypes(action) }
        }
        var run = WayBackRun(state: state, down: down, dialect: dialect)
        run.followsTypes = followsTypes
        run.go()
        refusal = run.refusal
        let unsure = SQLRoundTrip.unsureNames(up, down)
        let optional = SQLRoundTrip.optionalColumns(up, down)
        var found: [Difference] = []
        var same: Set<String> = []
        for name in before.tableNames where !unsure.contains(name) {
            guard let old = before.table(named: name), old.isComplete else { continue }
            guard let new = run.state.table(named: name) else {
                found.append(Difference(table: old.name, isGone: true, missing: [], extra: []))
                continue
            }
            guard new.isComplete else { continue }
            let had = Set(old.columns.map(\.name))
            let has = Set(new.columns.map(\.name))
            let missing = old.columns.filter { !has.contains($0.name) }
            let extra = new.columns.filter { !had.contains($0.name) && !optional.contains(name + "\u{0}" + $0.name) }
            if missing.isEmpty, extra.isEmpty {
                same.insert(name)
            } else {
                found.append(Difference(table: old.name, isGone: false, missing: missing, extra: extra))
            }
        }
        differences = run.refusal == nil ? found : []
        settled = run.refusal == nil ? same : []
    }

    /// Whether the table is surely what it was.
    package func isSettled(_ table: SQLName) -> Bool { settled.contains(table.name) }

    /// Each looks at every table: only few are followed.
    private static func followsTypes(_ scripts: SQLScript...) -> Bool {
        scripts.allSatisfy { script in
            script.actions.lazy.filter { ($0.kind == .renameObject || $0.kind == .dropObject) && ($0.object == .type || $0.object == .domain) }.prefix(33).count
                <= 32
        }
    }

    /// What is in a schema that goes as a whole cannot be told by name.
    private static func dropsSchemas(_ scripts: SQLScript...) -> Bool {
        scripts.contains { $0.actions.contains { $0.kind == .dropObject && ($0.object == .schema || $0.object == .database) } }
    }

    /// Tables that something is done to which may not happen, or whose name something else fills in.
    private static func unsureNames(_ scripts: SQLScript...) -> Set<String> {
        var names: Set<String> = []
        for action in scripts.lazy.flatMap(\.actions) where action.context == .block || action.flags.contains(.conditional) {
            names.insert(action.table.name)
            if let newName = action.newName { names.insert(newName) }
        }
        return names
    }

    /// Columns that may have been there: the way forth drops them, or the way back adds them, in case.
    private static func optionalColumns(_ up: SQLScript, _ down: SQLScript) -> Set<String> {
        let dropped = up.actions.filter { $0.kind == .dropColumn && $0.flags.contains(.ifExists) }
        let added = down.actions.filter { $0.kind == .addColumn && $0.flags.contains(.ifNotExists) }
        return Set((dropped + added).map { $0.table.name + "\u{0}" + $0.name })
    }
}

/// Runs a way back over a schema until something is refused.
private struct WayBackRun {
    var state: SchemaHistory
    let down: SQLScript
    let dialect: SQLDialect
    var followsTypes = false
    private(set) var refusal: SQLRoundTrip.Refusal?
    /// Tables whose foreign keys are not known any more.
    private var loosened: Set<String> = []
    /// By the number of a statement: the tables that it drops together.
    private var together: [Int: Set<String>] = [:]

    /// By the name of a table: those whose foreign keys point to it.
    private var referrers: [String: [String]] = [:]

    /// So many of them are looked at when a table is dropped.
    private static let referrersAtMost = 32

    init(state: SchemaHistory, down: SQLScript, dialect: SQLDialect) {
        self.state = state
        self.down = down
        self.dialect = dialect
        for action in down.actions where action.kind == .dropTable { together[action.statement, default: []].insert(action.table.name) }
        guard checksForeignKeys else { return }
        for name in state.tableNames {
            guard let table = state.table(named: name), table.isComplete else { continue }
            for target in Set(WayBackRun.targets(of: table).map(\.name)).sorted() where target != name && !state.isFormerName(target) {
                referrers[target, default: []].append(name)
            }
        }
    }

    mutating func go() {
        for (index, action) in down.actions.enumerated() where action.context != .routine {
            if action.context == .statement { refusal = refused(action, at: index) }
            if refusal != nil { return }
            if action.kind == .dropConstraint, state.constraint(action.name, of: action.table) == nil { loosened.insert(action.table.name) }
            if action.context == .block { loosened.insert(action.table.name) }
            state.apply(action)
            if followsTypes { state.applyToTypes(action) }
        }
    }

    /// SQLite does not by itself, and MySQL not where the script switches it off.
    private var checksForeignKeys: Bool {
        switch dialect {
        case .postgresql, .unknown: true
        case .mysql: !down.statements.contains { $0.kind == .setting }
        default: false
        }
    }

    private func refused(_ action: SQLAction, at index: Int) -> SQLRoundTrip.Refusal? {
        switch action.kind {
        case .dropTable:
            guard !action.flags.contains(.cascade), state.table(action.table) != nil else { return nil }
            let dropped = together[action.statement] ?? []
            let dependent = (referrers[action.table.name] ?? []).prefix(WayBackRun.referrersAtMost).first { name in
                guard !dropped.contains(name), !loosened.contains(name), let table = state.table(named: name), table.isComplete else { return false }
                return WayBackRun.targets(of: table).contains(where: action.table.denotes)
            }
            return dependent.map { SQLRoundTrip.Refusal(index: index, table: action.table, dependent: $0) }
        case .dropColumn where dialect == .sqlite:
            return state.indexes(on: action.name, of: action.table).first.map {
                SQLRoundTrip.Refusal(index: index, table: action.table, dependent: $0)
            }
        default: return nil
        }
    }

    /// What the foreign keys of a table point to, as far as their columns are still there.
    private static func targets(of table: SchemaHistory.Table) -> [SQLName] {
        let names = Set(table.columns.map(\.name))
        return table.columns.compactMap(\.references)
            + table.constraints.compactMap { constraint in
                constraint.kind == .foreignKey && !constraint.columns.isEmpty && constraint.columns.allSatisfy(names.contains) ? constraint.references : nil
            }
    }
}
