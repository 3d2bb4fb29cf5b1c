/// One change that a script makes to a schema or to data, in no dialect's words.
package struct SQLAction: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        // Tables: `table`
        case createTable, dropTable, renameTable, detachPartition, attachPartition
        // Columns: `table`, `name`
        case addColumn, dropColumn, renameColumn, changeType, setNotNull, dropNotNull, setDefault, dropDefault, dropExpression
        // Constraints: `table`, `name`
        case addConstraint, validateConstraint, dropConstraint, renameConstraint
        // Indexes: `table` where it is named, `name`
        case createIndex, dropIndex, renameIndex, reindex
        // Everything else that has a name: `object`, `table` (its name, or a trigger's and a policy's table), `name`
        case createObject, dropObject, renameObject, alterObject
        // `ALTER TYPE`: `table` is the type, `name` the value or the attribute
        case addEnumValue, renameEnumValue, addAttribute, dropAttribute, changeAttribute
        // Rows: `table`
        case insert, update, delete, truncate, merge
    }

    /// What kind of thing a `createObject`, `dropObject` or `renameObject` is about.
    package enum Object: String, Hashable, Sendable {
        case view, materializedView, type, domain, schema, database, sequence, function, procedure, aggregate, trigger, policy, `extension`
        case event, role, rule, dictionary, other
    }

    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt16
        package init(rawValue: UInt16) { self.rawValue = rawValue }

        package static let ifExists = Flags(rawValue: 1)
        package static let ifNotExists = Flags(rawValue: 1 << 1)
        package static let cascade = Flags(rawValue: 1 << 2)
        package static let concurrently = Flags(rawValue: 1 << 3)
        /// `CREATE OR REPLACE`.
        package static let orReplace = Flags(rawValue: 1 << 4)
        /// `DROP TEMPORARY TABLE`.
        package static let temporary = Flags(rawValue: 1 << 5)
        /// The column is defined anew as a whole: MySQL's `MODIFY` and `CHANGE`.
        package static let redefinition = Flags(rawValue: 1 << 6)
        /// Part of a framework's reversible block or guarded by a condition.
        package static let conditional = Flags(rawValue: 1 << 7)
    }

    /// What only some kinds have.
    package indirect enum Detail: Hashable, Sendable {
        case none
        case table(SQLTable)
        case column(SQLColumn)
        case constraint(SQLConstraint)
        case index(SQLIndex)
        case data(SQLData)
    }

    /// Whether the script itself carries the action out.
    package enum Context: UInt8, Hashable, Sendable {
        /// A statement of its own.
        case statement
        /// In a `DO` body, an anonymous block, or a routine that the same script calls.
        case block
        /// In the body of a function, procedure or trigger: it happens when somebody calls that.
        case routine
    }

    package var kind: Kind
    package var object: Object?
    package var table: SQLName
    /// The column, constraint, index or object; empty where the table itself is meant.
    package var name: String
    /// What it is called after a rename.
    package var newName: String?
    package var flags: Flags
    package var detail: Detail
    package var context: Context
    /// Between `BEGIN` and `COMMIT` of the script.
    package var inTransaction: Bool
    /// The index in ``SQLScript/statements``.
    package var statement: Int
    private var start: UInt32
    private var length: UInt32

    package init(
        _ kind: Kind, object: Object? = nil, table: SQLName, name: String = "", newName: String? = nil, flags: Flags = [], detail: Detail = .none,
        context: Context = .statement, inTransaction: Bool = false, statement: Int = 0, span: Range<Int>
    ) {
        self.kind = kind
        self.object = object
        self.table = table
        self.name = name
        self.newName = newName
        self.flags = flags
        self.detail = detail
        self.context = context
        self.inTransaction = inTransaction
        self.statement = statement
        start = UInt32(truncatingIfNeeded: span.lowerBound)
        length = UInt32(truncatingIfNeeded: span.count)
    }

    /// From the action's keyword to the end of what it names, in bytes of the file.
    package var span: Range<Int> { Int(start)..<Int(start) + Int(length) }

    /// In a body; what is found there weighs one step less.
    package var inBody: Bool { context != .statement }

    package var createdTable: SQLTable? { if case .table(let table) = detail { table } else { nil } }
    package var column: SQLColumn? { if case .column(let column) = detail { column } else { nil } }
    package var constraint: SQLConstraint? { if case .constraint(let constraint) = detail { constraint } else { nil } }
    package var index: SQLIndex? { if case .index(let index) = detail { index } else { nil } }
    package var data: SQLData? { if case .data(let data) = detail { data } else { nil } }
}

extension SQLAction {
    /// The same action at another place.
    package func moved(to span: Range<Int>) -> SQLAction {
        SQLAction(
            kind, object: object, table: table, name: name, newName: newName, flags: flags, detail: detail, context: context,
            inTransaction: inTransaction, statement: statement, span: span)
    }

    /// Places an action of a text that stands at an offset of a larger one.
    mutating func move(by offset: Int) {
        start = UInt32(truncatingIfNeeded: Int(start) + offset)
    }
}
