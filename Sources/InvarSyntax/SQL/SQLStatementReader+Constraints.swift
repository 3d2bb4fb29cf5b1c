extension SQLStatementReader {
    /// Whether a constraint of the table begins at the cursor, not a column.
    var isConstraint: Bool {
        switch cursor.keyword {
        case .constraint: cursor.kind(ahead: 1) != .open
        case .primary, .foreign: cursor.keyword(ahead: 1) == .key
        case .unique:
            cursor.kind(ahead: 1) == .open || cursor.keyword(ahead: 1) == .using || cursor.keyword(ahead: 1) == .nulls || cursor.kind(ahead: 2) == .open
                || cursor.keyword(ahead: 1) == .index || cursor.keyword(ahead: 1) == .key
        case .check: cursor.kind(ahead: 1) == .open
        case .exclude: cursor.keyword(ahead: 1) == .using || cursor.kind(ahead: 1) == .open
        case .not: cursor.keyword(ahead: 1) == .null
        default: false
        }
    }

    /// Whether MySQL's `INDEX|KEY|FULLTEXT|SPATIAL [name] (columns)` begins at the cursor.
    var isIndexDefinition: Bool {
        switch cursor.keyword {
        case .fulltext, .spatial: true
        case .index, .key:
            cursor.kind(ahead: 1) == .open || cursor.keyword(ahead: 1) == .if || cursor.keyword(ahead: 1) == .using || isIndexAfterName
        default: false
        }
    }

    /// `INDEX name (c)`, `INDEX name USING BTREE (c)`, ClickHouse's `INDEX name expression TYPE x`; not the column `key varchar(20)`.
    private var isIndexAfterName: Bool {
        guard cursor.kind(ahead: 1) == .word || cursor.kind(ahead: 1) == .quotedName || cursor.kind(ahead: 1) == .template else { return false }
        if cursor.keyword(ahead: 2) == .using || cursor.keyword(ahead: 2) == .on { return true }
        guard cursor.kind(ahead: 2) == .open else { return cursor.keyword(ahead: 3) == .type }
        let isNumber = cursor.kind(ahead: 3) == .number
        return !isNumber
    }

    /// A constraint with its columns; what follows up to the comma is stepped over.
    mutating func takeConstraint() -> SQLConstraint? {
        var name = ""
        if cursor.take(.constraint) {
            _ = cursor.takeIfNotExists()
            if !startsConstraintKind { name = cursor.takeIdentifier() ?? "" }
        }
        guard var constraint = takeConstraintBody() else { return nil }
        if !name.isEmpty { constraint.name = name }
        let end = cursor
        readConstraintOptions(&constraint)
        cursor.at = max(cursor.at, end.at)
        return constraint
    }

    private var startsConstraintKind: Bool {
        switch cursor.keyword {
        case .primary, .foreign: cursor.keyword(ahead: 1) == .key
        case .unique, .check, .exclude: cursor.kind(ahead: 1) == .open || cursor.keyword(ahead: 1) == .using
        default: false
        }
    }

    private mutating func takeConstraintBody() -> SQLConstraint? {
        switch cursor.keyword {
        case .primary:
            cursor.at += 2
            skipIndexWords()
            return SQLConstraint(.primaryKey, columns: takeIndexColumns())
        case .unique:
            cursor.at += 1
            while cursor.keyword == .key || cursor.keyword == .index || cursor.keyword == .nulls || cursor.keyword == .not || cursor.keyword == .distinct {
                cursor.at += 1
            }
            let name = cursor.kind != .open && cursor.keyword != .using ? cursor.takeIdentifier() ?? "" : ""
            skipIndexWords()
            return SQLConstraint(.unique, name: name, columns: takeIndexColumns())
        case .foreign:
            cursor.at += 2
            _ = cursor.takeIfNotExists()
            let name = cursor.kind != .open ? cursor.takeIdentifier() ?? "" : ""
            let columns = takeIndexColumns()
            let references = cursor.take(.references) ? cursor.takeName() : nil
            return SQLConstraint(.foreignKey, name: name, columns: columns, references: references)
        case .check:
            cursor.at += 1
            let inner = cursor.takeParentheses()
            return SQLConstraint(.check, columns: inner.map(columnsRead) ?? [], requiredColumn: inner.flatMap(requiredColumn))
        case .exclude:
            cursor.at += 1
            cursor.skip(to: .none)
            return SQLConstraint(.exclude)
        case .not where cursor.keyword(ahead: 1) == .null:
            cursor.at += 2
            let column = cursor.takeIdentifier()
            return SQLConstraint(.notNull, columns: column.map { [$0] } ?? [], requiredColumn: column)
        default: return nil
        }
    }

    /// SQL Server's `CLUSTERED`, MySQL's `USING BTREE`, a name before the columns.
    private mutating func skipIndexWords() {
        while cursor.kind == .word || cursor.kind == .quotedName {
            if cursor.keyword == .using, cursor.keyword(ahead: 1) == .index { return }
            if cursor.keyword == .not || cursor.keyword == .deferrable || cursor.keyword == .on { return }
            cursor.at += 1
        }
    }

    private mutating func readConstraintOptions(_ constraint: inout SQLConstraint) {
        while !cursor.isAtEnd, cursor.kind != .comma {
            if cursor.keyword == .not, cursor.keyword(ahead: 1) == .valid { constraint.isNotValid = true }
            if cursor.keyword == .using, cursor.keyword(ahead: 1) == .index, cursor.keyword(ahead: 2) != .tablespace { constraint.usesIndex = true }
            cursor.skip()
        }
    }

    /// The columns in the parentheses of an index or a key: the first name of each element.
    mutating func takeIndexColumns() -> [String] {
        while cursor.kind == .word, cursor.keyword == .using, cursor.keyword(ahead: 1) != .index { cursor.at += 2 }
        guard let inner = cursor.takeParentheses() else { return [] }
        return inner.elements().compactMap { element in
            var element = element
            return element.kind(ahead: 1) == .open && element.kind(ahead: 2) != .number ? nil : element.takeIdentifier()
        }
    }

    /// `c IS NOT NULL`, however often in parentheses.
    private func requiredColumn(_ inner: SQLCursor) -> String? {
        var inner = inner
        while inner.kind == .open, inner.end > inner.at, inner.tokens[inner.end - 1].kind == .close {
            inner.at += 1
            inner.end -= 1
        }
        guard let column = inner.takeIdentifier(), inner.take(.is, .not), inner.take(.null), inner.isAtEnd else { return nil }
        return column
    }

    /// The names in an expression that are no calls and no keywords, each once, at most 64.
    func columnsRead(_ expression: SQLCursor) -> [String] {
        var columns: [String] = []
        for index in expression.at..<max(expression.at, expression.end) where columns.count < 64 {
            guard let column = expression.column(at: index), !columns.contains(column) else { continue }
            columns.append(column)
        }
        return columns
    }
}

extension SQLCursor {
    /// The name at an index if it can be a column: the last segment of its path, no call, no keyword, no parameter.
    func column(at index: Int) -> String? {
        let token = tokens[index]
        let next = index + 1 < end ? tokens[index + 1].kind : nil
        guard next != .open, next != .dot else { return nil }
        switch token.kind {
        case .quotedName: return SQLCursor.text(of: token, in: bytes)
        case .word:
            let follows = index > at && tokens[index - 1].kind == .dot
            guard !token.keyword.isReserved || follows, bytes[token.start] != 0x40 else { return nil }
            return SQLCursor.text(of: token, in: bytes)
        default: return nil
        }
    }
}
