/// What a statement does to rows.
package struct SQLData: Hashable, Sendable {
    /// What an INSERT does with a row that is there already.
    package enum Conflict: String, Hashable, Sendable {
        /// `ON CONFLICT DO NOTHING`, `INSERT IGNORE`, `INSERT OR IGNORE`.
        case skips
        /// `ON CONFLICT DO UPDATE`, `ON DUPLICATE KEY UPDATE`.
        case updates
        /// `REPLACE`, `INSERT OR REPLACE`, `INSERT OVERWRITE`.
        case replaces
        /// `WHERE NOT EXISTS (…)`, `EXCEPT`, `LEFT JOIN … IS NULL`: asks first.
        case guarded
    }

    /// Where the rows of an INSERT come from.
    package enum Source: String, Hashable, Sendable {
        case none, values, query, file
    }

    /// One `column = expression`.
    package struct Assignment: Hashable, Sendable {
        package var column: String
        /// The expression reads the column that it sets.
        package var readsItself: Bool
        /// The expression computes the new value from the old: `c + 1`, `c || 'x'`, `NOT c`.
        package var isRelative: Bool
        /// The expression reads neither a column nor calls anything.
        package var isConstant: Bool
        /// It is the word `NULL`.
        package var isNull: Bool

        package init(_ column: String, readsItself: Bool = false, isRelative: Bool = false, isConstant: Bool = true, isNull: Bool = false) {
            self.column = column
            self.readsItself = readsItself
            self.isRelative = isRelative
            self.isConstant = isConstant
            self.isNull = isNull
        }
    }

    /// The columns that the condition names; nil without a condition.
    package var whereColumns: [String]?
    /// The columns that the condition requires to be NULL.
    package var whereNullColumns: [String]
    /// The condition is always false (`WHERE 1 = 0`) or always true (`WHERE true`).
    package var constantCondition: Bool?
    /// `USING`, `FROM`, `JOIN` or `LIMIT` narrow it.
    package var isNarrowed: Bool
    package var assignments: [Assignment]
    package var conflict: Conflict?
    package var source: Source
    /// The tables that a query reads from, in their order.
    package var reads: [SQLName]
    /// The columns that an INSERT names.
    package var columns: [String]

    package init(
        whereColumns: [String]? = nil, whereNullColumns: [String] = [], constantCondition: Bool? = nil, isNarrowed: Bool = false,
        assignments: [Assignment] = [], conflict: Conflict? = nil, source: Source = .none, reads: [SQLName] = [], columns: [String] = []
    ) {
        self.whereColumns = whereColumns
        self.whereNullColumns = whereNullColumns
        self.constantCondition = constantCondition
        self.isNarrowed = isNarrowed
        self.assignments = assignments
        self.conflict = conflict
        self.source = source
        self.reads = reads
        self.columns = columns
    }

    /// Every row of the table: no condition, or one that is always true.
    package var touchesAllRows: Bool {
        (whereColumns == nil || constantCondition == true) && !isNarrowed
    }
}
