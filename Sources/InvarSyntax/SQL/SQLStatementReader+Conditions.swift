extension SQLStatementReader {
    /// What narrows an UPDATE or DELETE, from the cursor to the end of the statement.
    mutating func takeCondition() -> SQLData {
        var data = SQLData()
        while !cursor.isAtEnd {
            switch cursor.keyword {
            case .using, .join, .limit, .from: data.isNarrowed = true
            case .where:
                cursor.at += 1
                readWhere(&data)
                continue
            default: break
            }
            cursor.skip()
        }
        return data
    }

    private mutating func readWhere(_ data: inout SQLData) {
        var condition = cursor
        while !cursor.isAtEnd, ![.returning, .order, .limit].contains(cursor.keyword) { cursor.skip() }
        condition.end = cursor.at
        data.whereColumns = columnsRead(condition)
        data.constantCondition = constant(condition)
        for index in condition.at..<max(condition.at, condition.end - 1) where data.whereNullColumns.count < 64 {
            guard condition.tokens[index].keyword == .is, condition.tokens[index + 1].keyword == .null, index > condition.at,
                let column = condition.column(at: index - 1)
            else { continue }
            data.whereNullColumns.append(column)
        }
    }

    /// The value of `true`, `false`, `1 = 1`, `1 = 0`, `0`.
    private func constant(_ condition: SQLCursor) -> Bool? {
        func number(_ index: Int) -> String? {
            guard index < condition.end, condition.tokens[index].kind == .number else { return nil }
            return SQLCursor.text(of: condition.tokens[index], in: condition.bytes)
        }
        switch condition.end - condition.at {
        case 1:
            if condition.keyword == .true { return true }
            if condition.keyword == .false { return false }
            return number(condition.at).map { $0 != "0" }
        case 3:
            guard let left = number(condition.at), let right = number(condition.at + 2) else { return nil }
            let mark = condition.tokens[condition.at + 1]
            guard mark.kind == .symbol, condition.bytes[mark.start] == 0x3D else { return nil }
            return left == right
        default: return nil
        }
    }

    /// `SET a = …, b = …`, from `SET` on, or from the first column; up to `WHERE`, `FROM`, `RETURNING`…
    mutating func takeAssignments(of table: SQLName = SQLName(""), alias: String? = nil) -> [SQLData.Assignment] {
        _ = cursor.take(.set)
        var result: [SQLData.Assignment] = []
        while !cursor.isAtEnd, !endsAssignments, result.count < 1_000 {
            let item = cursor.at
            var columns: [String] = []
            if let inner = cursor.takeParentheses() {
                columns = columnsRead(inner)
            } else if let column = cursor.takeIdentifier() {
                columns = [column]
            }
            while cursor.symbol == 0x3A || cursor.symbol == 0x3D { cursor.at += 1 }
            var expression = cursor
            while !cursor.isAtEnd, cursor.kind != .comma, !endsAssignments { cursor.skip() }
            expression.end = cursor.at
            result += columns.map { assignment($0, expression, table: table.name, alias: alias) }
            if cursor.at == item || cursor.kind == .comma { cursor.at += 1 }
        }
        return result
    }

    private var endsAssignments: Bool {
        switch cursor.keyword {
        case .where, .from, .returning, .order, .limit: true
        default: false
        }
    }

    private func assignment(_ column: String, _ expression: SQLCursor, table: String, alias: String?) -> SQLData.Assignment {
        var result = SQLData.Assignment(column)
        result.isNull = expression.end == expression.at + 1 && expression.keyword == .null
        for index in expression.at..<max(expression.at, expression.end) {
            let token = expression.tokens[index]
            guard token.kind == .word || token.kind == .quotedName else {
                if token.kind == .template { result.isConstant = false }
                continue
            }
            let isCall = index + 1 < expression.end && expression.tokens[index + 1].kind == .open
            if isCall || expression.column(at: index) != nil { result.isConstant = false }
            guard !isCall, SQLCursor.text(of: token, in: expression.bytes) == column, isOwn(expression, index, table: table, alias: alias) else { continue }
            result.readsItself = true
            if isOperand(expression, index) { result.isRelative = true }
        }
        return result
    }

    /// Whether the column at an index is the changed row's own: no path, or one that begins with the table or its alias.
    private func isOwn(_ expression: SQLCursor, _ index: Int, table: String, alias: String?) -> Bool {
        if index + 1 < expression.end, expression.tokens[index + 1].kind == .dot { return false }
        guard index > expression.at, expression.tokens[index - 1].kind == .dot else { return true }
        guard index > expression.at + 1 else { return false }
        let qualifier = SQLCursor.text(of: expression.tokens[index - 2], in: expression.bytes)
        return qualifier == table || qualifier == alias
    }

    private func isOperand(_ expression: SQLCursor, _ index: Int) -> Bool {
        func isOperator(_ index: Int) -> Bool {
            guard index >= expression.at, index < expression.end else { return false }
            let token = expression.tokens[index]
            if token.keyword == .not { return true }
            guard token.kind == .symbol else { return false }
            return [0x2B, 0x2D, 0x2A, 0x2F, 0x25, 0x7C, 0x5E, 0x26, 0x23].contains(expression.bytes[token.start])
        }
        var before = index - 1
        while before > expression.at, expression.tokens[before].kind == .dot { before -= 2 }
        return isOperator(before) || isOperator(index + 1) && expression.tokens[index + 1].keyword != .not
    }

    /// The tables after `FROM` and `JOIN`, at any depth, each once, at most 32.
    func tablesRead(_ query: SQLCursor) -> [SQLName] {
        var names: [SQLName] = []
        var rest = query
        while !rest.isAtEnd, names.count < 32 {
            let keyword = rest.keyword
            rest.at += 1
            guard keyword == .from || keyword == .join else { continue }
            repeat {
                while [.only, .lateral].contains(rest.keyword) { rest.at += 1 }
                guard let name = rest.takeName() else { break }
                if rest.kind != .open, !names.contains(name) { names.append(name) }
                if rest.take(.as) || rest.keyword == .none && rest.kind == .word { _ = rest.takeIdentifier() }
            } while keyword == .from && names.count < 32 && rest.take(.comma)
        }
        return names
    }

    // MARK: SELECT, CALL, EXECUTE

    mutating func readSelect() {
        let start = cursor.offset
        cursor.at += 1
        noteCall()
        guard context == .statement, dialect != .mysql, dialect != .sqlite, dialect != .clickhouse else { return }
        cursor.skip(to: .into, .from)
        guard cursor.take(.into), cursor.keyword != .outfile else { return noteCallAfterFrom() }
        while [.temp, .temporary, .unlogged, .table].contains(cursor.keyword) { cursor.at += 1 }
        let isTemporary = cursor.at > 0 && [.temp, .temporary].contains(cursor.tokens[cursor.at - 1].keyword)
        guard cursor.kind == .word || cursor.kind == .quotedName, let token = cursor.token, cursor.bytes[token.start] != 0x40 else { return }
        guard let name = cursor.takeName() else { return }
        settle(.schema)
        let table = SQLTable(isTemporary: isTemporary, sources: tablesRead(cursor), isFilled: true)
        add(.createTable, from: start, table: name, detail: .table(table))
    }

    private mutating func noteCallAfterFrom() {
        if cursor.take(.from) { noteCall() }
    }

    private mutating func noteCall() {
        guard cursor.kind == .word || cursor.kind == .quotedName else { return }
        var rest = cursor
        if let name = rest.takeIdentifier(), rest.kind == .open { called.insert(name) }
    }

    /// `CALL p()`, `EXEC p`, and the literals of `EXECUTE '…'`, `PREPARE s FROM '…'`, `SET @s = '…'`.
    mutating func readCall() {
        let start = cursor.offset
        let verb = cursor.keyword
        cursor.at += 1
        var rest = cursor
        if verb == .call || verb == .exec || verb == .execute || verb == .perform, let name = rest.takeName() {
            called.insert(name.name)
            if name.name == "sp_rename" { return readSpRename(rest, from: start) }
        }
        if verb == .set, !(cursor.kind == .word && cursor.bytes[cursor.offset] == 0x40) { return }
        if verb == .execute || verb == .set || verb == .prepare || verb == .exec || verb == .call { enterLiterals() }
    }

    /// Literals that begin with a verb of SQL are read as SQL.
    mutating func enterLiterals() {
        for index in cursor.at..<max(cursor.at, cursor.end) where bodies.count < 64 {
            let token = cursor.tokens[index]
            guard token.kind == .string || token.kind == .dollarString, let range = quotedRange(token), beginsWithVerb(range) else { continue }
            bodies.append(SQLBody(range: range, context: context == .routine ? .routine : .block, isDynamic: true))
        }
    }

    private func beginsWithVerb(_ range: Range<Int>) -> Bool {
        var lexer = SQLLexer(bytes: cursor.bytes, range: range.lowerBound..<min(range.upperBound, range.lowerBound + 64), dialect: dialect, isDynamic: true)
        switch lexer.next()?.keyword {
        case .alter, .create, .drop, .rename, .delete, .truncate, .update, .insert, .replace: return lexer.next() != nil
        default: return false
        }
    }

    /// `sp_rename 't.c', 'd', 'COLUMN'` and `sp_rename 't', 'u'`.
    private mutating func readSpRename(_ rest: SQLCursor, from start: Int) {
        var literals: [String] = []
        for index in rest.at..<max(rest.at, rest.end) where rest.tokens[index].kind == .string || rest.tokens[index].kind == .quotedName {
            literals.append(SQLCursor.text(of: rest.tokens[index], in: rest.bytes))
        }
        guard literals.count >= 2 else { return }
        cursor.at = cursor.end
        settle(.schema)
        let path = literals[0].split(separator: ".").map { $0.filter { $0 != "[" && $0 != "]" && $0 != "\"" } }
        guard let last = path.last else { return }
        if literals.count > 2, literals[2] == "column", path.count >= 2 {
            add(.renameColumn, from: start, table: SQLName(path[path.count - 2]), name: last, newName: literals[1])
        } else if literals.count == 2 || literals[2] == "object" {
            add(.renameTable, from: start, table: SQLName(last), newName: literals[1])
        } else if literals[2] == "index", path.count >= 2 {
            add(.renameIndex, from: start, table: SQLName(path[path.count - 2]), name: last, newName: literals[1])
        }
    }
}
