extension SQLStatementReader {
    /// `CREATE …`.
    mutating func readCreate() {
        let start = cursor.offset
        cursor.at += 1
        var flags: SQLAction.Flags = cursor.take(.or, .replace) ? .orReplace : []
        var isTemporary = false
        var isUnique = false
        var object: SQLAction.Object?
        let first = cursor.at
        while !cursor.isAtEnd, cursor.at - first < 24, object == nil {
            switch cursor.keyword {
            case .temp, .temporary: isTemporary = true
            case .unique: isUnique = true
            case .table: return readCreateTable(from: start, flags: flags, isTemporary: isTemporary)
            case .index: return readCreateIndex(from: start, isUnique: isUnique)
            case .or where cursor.keyword(ahead: 1) == .replace: flags.insert(.orReplace)
            case .event where cursor.keyword(ahead: 1) == .trigger: break
            case .view, .type, .domain, .schema, .database, .sequence, .function, .procedure, .aggregate, .trigger, .policy, .extension, .event,
                .role, .user, .rule, .dictionary, .group, .package:
                object = takeObject()
                continue
            case .cast, .collation, .conversion, .operator, .publication, .server, .statistics, .subscription, .tablespace, .synonym, .language:
                object = .other
            default: break
            }
            cursor.skip()
        }
        if let object { readCreateObject(object, from: start, flags: flags) }
    }

    private mutating func readCreateObject(_ object: SQLAction.Object, from start: Int, flags: SQLAction.Flags) {
        var flags = flags
        if cursor.takeIfNotExists() { flags.insert(.ifNotExists) }
        if object == .schema, cursor.keyword(ahead: 0) == .none, cursor.kind == nil { return }
        guard let name = cursor.takeName() else {
            add(.createObject, from: start, object: object, table: SQLName(""), flags: flags)
            return
        }
        let end = cursor.previousEnd
        switch object {
        case .trigger, .policy, .rule:
            cursor.skip(to: object == .rule ? .to : .on)
            cursor.at += 1
            let table = cursor.takeName() ?? name
            add(.createObject, from: start, to: end, object: object, table: table, name: name.name, flags: flags)
        default: add(.createObject, from: start, to: end, object: object, table: name, flags: flags)
        }
        if object == .function || object == .procedure { readRoutineBody(name.name) }
    }

    /// Finds `AS 'body'` or `AS $$body$$` of a routine in SQL or PL/pgSQL.
    private mutating func readRoutineBody(_ name: String) {
        var body: SQLToken?
        while let token = cursor.token {
            if token.keyword == .language, !speaksSQL(ahead: 1) { return }
            if token.keyword == .as, body == nil, cursor.kind(ahead: 1) == .dollarString || cursor.kind(ahead: 1) == .string {
                body = cursor.tokens[cursor.at + 1]
            }
            cursor.skip()
        }
        guard let body, let range = quotedRange(body) else { return }
        bodies.append(SQLBody(range: range, context: .routine, routine: name))
    }

    private func speaksSQL(ahead distance: Int) -> Bool {
        let index = cursor.at + distance
        guard index < cursor.end else { return true }
        let language = SQLCursor.text(of: cursor.tokens[index], in: cursor.bytes)
        return language == "sql" || language == "plpgsql" || cursor.tokens[index].kind == .template
    }

    /// `DO [LANGUAGE l] $$…$$`.
    mutating func readDo() {
        cursor.at += 1
        var body: SQLToken?
        while let token = cursor.token {
            if token.keyword == .language {
                if !speaksSQL(ahead: 1) { return }
                cursor.at += 1
            } else if token.kind == .dollarString || token.kind == .string, body == nil {
                body = token
            }
            cursor.skip()
        }
        guard let body, let range = quotedRange(body) else { return }
        bodies.append(SQLBody(range: range, context: context == .routine ? .routine : .block))
    }

    /// The inside of a quoted token; nil if it is not closed.
    func quotedRange(_ token: SQLToken) -> Range<Int>? {
        let bytes = cursor.bytes
        var start = token.start
        let quote: UInt8 = token.kind == .dollarString ? 0x24 : 0x27
        while start < token.end, bytes[start] != quote { start += 1 }
        guard token.kind == .dollarString else {
            return token.end - start >= 2 && bytes[token.end - 1] == quote ? start + 1..<token.end - 1 : nil
        }
        var tag = start + 1
        while tag < token.end, bytes[tag] != 0x24 { tag += 1 }
        let length = tag - start + 1
        let isClosed = token.end - start >= 2 * length && bytes[token.end - length..<token.end].elementsEqual(bytes[start..<start + length])
        return isClosed ? start + length..<token.end - length : nil
    }

    // MARK: Tables and indexes

    private mutating func readCreateTable(from start: Int, flags: SQLAction.Flags, isTemporary: Bool) {
        cursor.at += 1
        var flags = flags
        if cursor.takeIfNotExists() { flags.insert(.ifNotExists) }
        guard let name = cursor.takeName() else { return }
        let end = cursor.previousEnd
        var table = SQLTable(isTemporary: isTemporary)
        if cursor.take(.on, .cluster) { _ = cursor.takeName() }
        if cursor.take(.partition, .of), let parent = cursor.takeName() { table.sources.append(parent) }
        if cursor.kind == .open, cursor.keyword(ahead: 1) != .select, let inner = cursor.takeParentheses() { readElements(inner, into: &table) }
        readTableOptions(into: &table)
        add(.createTable, from: start, to: end, table: name, flags: flags, detail: .table(table))
    }

    private mutating func readElements(_ inner: SQLCursor, into table: inout SQLTable) {
        let after = cursor
        for element in inner.elements() {
            cursor = element
            if cursor.keyword == .like {
                cursor.at += 1
                if let source = cursor.takeName() { table.sources.append(source) }
            } else if isConstraint {
                if let constraint = takeConstraint() { table.constraints.append(constraint) }
            } else if !isIndexDefinition, !(cursor.keyword == .period && cursor.keyword(ahead: 1) == .for), let (column, _) = takeColumn() {
                table.columns.append(column)
            }
        }
        cursor = after
    }

    private mutating func readTableOptions(into table: inout SQLTable) {
        while !cursor.isAtEnd {
            switch cursor.keyword {
            case .like, .clone:
                cursor.at += 1
                if let source = cursor.takeName() { table.sources.append(source) }
            case .inherits:
                cursor.at += 1
                if var inner = cursor.takeParentheses(), let source = inner.takeName() { table.sources.append(source) }
            case _ where startsQuery:
                table.isFilled = true
                table.sources += tablesRead(cursor)
                cursor.at = cursor.end
            default: cursor.skip()
            }
        }
    }

    /// `SELECT …`, `(SELECT …`, `AS WITH …`.
    private var startsQuery: Bool {
        switch cursor.keyword {
        case .select: true
        case .with: cursor.at > 0 && cursor.tokens[cursor.at - 1].keyword == .as
        default: cursor.kind == .open && cursor.keyword(ahead: 1) == .select
        }
    }

    private mutating func readCreateIndex(from start: Int, isUnique: Bool) {
        cursor.at += 1
        var flags: SQLAction.Flags = cursor.take(.concurrently) ? .concurrently : []
        if cursor.takeIfNotExists() { flags.insert(.ifNotExists) }
        let name = cursor.keyword == .on ? "" : cursor.takeIdentifier() ?? ""
        let end = cursor.previousEnd
        cursor.skip(to: .on)
        cursor.at += 1
        _ = cursor.take(.only)
        guard let table = cursor.takeName() else { return }
        var index = SQLIndex(columns: takeIndexColumns(), isUnique: isUnique)
        index.blocksByOption = takeBlockingOption()
        add(.createIndex, from: start, to: end, table: table, name: name, flags: flags, detail: .index(index))
    }

    /// MySQL's `ALGORITHM=COPY`, `LOCK=SHARED|EXCLUSIVE`, up to the end of the statement.
    private mutating func takeBlockingOption() -> Bool {
        while !cursor.isAtEnd {
            if cursor.keyword == .algorithm || cursor.keyword == .lock {
                let distance = cursor.kind(ahead: 1) == .symbol ? 2 : 1
                if [.copy, .shared, .exclusive].contains(cursor.keyword(ahead: distance)) { return true }
            }
            cursor.skip()
        }
        return false
    }
}
