import InvarCore
import InvarSyntax

/// A constraint or a unique index that goes, as far as the earlier files or its name tell what it was.
struct DroppedKey {
    var table: SQLName
    var kind: SQLConstraint.Kind
    /// Empty where nothing tells them.
    var columns: [String]

    /// nil for an index that is not known to be unique.
    init?(_ action: SQLAction, _ schema: SchemaHistory) {
        table = action.table
        if let (owner, index) = schema.index(action.name) {
            guard action.kind == .dropConstraint || index.isUnique else { return nil }
            if table.name.isEmpty { table = owner }
            kind = .unique
            columns = index.columns
            return
        }
        let known = schema.constraint(action.name, of: table)
        guard action.kind == .dropConstraint || known?.kind == .unique else { return nil }
        // A check that only said what NOT NULL says now.
        if let required = known?.requiredColumn, schema.column(required, of: table)?.traits.contains(.notNull) ?? true { return nil }
        let told = action.constraint?.kind ?? .unknown
        kind = known?.kind ?? told
        columns = known?.columns ?? []
        if kind == .unknown || columns.isEmpty { readName(action.name) }
        if let constraint = schema.table(table)?.constraints.first(where: { $0.kind == .primaryKey }), kind == .primaryKey { columns = constraint.columns }
    }

    /// PostgreSQL's own names: `orders_user_id_fkey`, `users_email_key`, `users_pkey`, `users_age_check`.
    private mutating func readName(_ name: String) {
        let suffixes: [(String, SQLConstraint.Kind)] = [("_fkey", .foreignKey), ("_pkey", .primaryKey), ("_key", .unique), ("_check", .check)]
        guard let (suffix, told) = suffixes.first(where: { name.hasSuffix($0.0) }) else { return }
        if kind == .unknown { kind = told }
        let prefix = table.name + "_"
        guard columns.isEmpty, name.hasPrefix(prefix), name.utf8.count > prefix.utf8.count + suffix.utf8.count else { return }
        columns = [String(name.dropFirst(prefix.count).dropLast(suffix.count))]
    }

    /// Whether a column is what a request, a job or a message is known by.
    static func isIdentity(_ column: String) -> Bool {
        column.hasSuffix("_key") || column.hasSuffix("_id") || column.contains("idempotency")
    }
}

/// What a script does later to the tables whose keys it drops.
struct LaterKeys {
    private struct Key: Hashable {
        var table: String
        var columns: [String]
    }

    private var added: [Key: Int] = [:]
    private var droppedColumns: [Key: Int] = [:]
    private var droppedTables: [String: Int] = [:]

    init(_ script: SQLScript) {
        for (index, action) in script.actions.enumerated() where action.context != .routine {
            switch action.kind {
            case .addConstraint: if let columns = action.constraint?.columns { add(action, columns, index) }
            case .createIndex: if let made = action.index, made.isUnique { add(action, made.columns, index) }
            case .dropColumn: droppedColumns[Key(table: action.table.name, columns: [action.name])] = index
            case .dropTable: droppedTables[action.table.name] = index
            default: break
            }
        }
    }

    private mutating func add(_ action: SQLAction, _ columns: [String], _ index: Int) {
        if !columns.isEmpty { added[Key(table: action.table.name, columns: columns.sorted())] = index }
    }

    /// Whether a key on the same columns follows, or the columns or the table go, which is told by itself.
    func replaces(_ dropped: DroppedKey, after index: Int) -> Bool {
        let table = dropped.table.name
        if droppedTables[table] != nil { return true }
        if dropped.columns.contains(where: { droppedColumns[Key(table: table, columns: [$0])] != nil }) { return true }
        return added[Key(table: table, columns: dropped.columns.sorted())].map { $0 > index } ?? false
    }
}
