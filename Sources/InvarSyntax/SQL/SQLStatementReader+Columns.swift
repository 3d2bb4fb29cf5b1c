extension SQLStatementReader {
    /// A column's definition and the end of its name; the cursor is left before the next comma.
    mutating func takeColumn() -> (SQLColumn, end: Int)? {
        guard let name = cursor.takeIdentifier() else { return nil }
        let end = cursor.previousEnd
        var column = SQLColumn(name, takeType())
        if column.type?.isSerial == true { column.traits.insert(.serial) }
        while !cursor.isAtEnd, cursor.kind != .comma { readTrait(&column) }
        return (column, end)
    }

    /// One property of a column, or one token that means nothing here.
    private mutating func readTrait(_ column: inout SQLColumn) {
        let keyword = cursor.keyword
        cursor.skip()
        switch keyword {
        case .not where cursor.take(.null): column.traits.insert(.notNull)
        case .null: column.traits.insert(.null)
        case .default: readDefault(&column)
        case .primary where cursor.take(.key): column.traits.insert(.primaryKey)
        case .unique:
            _ = cursor.take(.key)
            column.traits.insert(.unique)
        case .check: column.traits.insert(.check)
        case .constraint, .collate, .after, .comment: cursor.skip()
        case .references: column.references = cursor.takeName()
        case .on: readReferentialAction()
        case .autoIncrement, .autoincrement: column.traits.insert(.serial)
        case .identity: column.traits.insert(.identity)
        case .generated: readGenerated(&column)
        case .as where cursor.kind == .open: readComputed(&column)
        case .alias, .ephemeral: column.traits.insert(.generatedVirtual)
        case .materialized: column.traits.insert(.hasDefault)
        default: break
        }
    }

    private mutating func readDefault(_ column: inout SQLColumn) {
        column.traits.insert(.hasDefault)
        if cursor.keyword == .null { column.traits.insert(.defaultsToNull) }
        if cursor.kind == .word, cursor.kind(ahead: 1) == .open { column.traits.insert(.defaultsToCall) }
        cursor.skip()
    }

    /// `ON DELETE SET NULL`, `ON UPDATE NO ACTION`, `ON UPDATE CURRENT_TIMESTAMP`.
    private mutating func readReferentialAction() {
        guard cursor.take(.delete) || cursor.take(.update) else { return }
        if cursor.take(.set) || cursor.take(.no) { cursor.at += 1 } else { cursor.skip() }
        if cursor.kind == .open { cursor.skip() }
    }

    private mutating func readGenerated(_ column: inout SQLColumn) {
        while !cursor.isAtEnd, cursor.kind != .comma, cursor.keyword != .as { cursor.at += 1 }
        cursor.at += 1
        if cursor.take(.identity) {
            column.traits.insert(.identity)
        } else {
            readComputed(&column)
        }
    }

    /// `(expression) [STORED | VIRTUAL | PERSISTENT]`; without a word it is virtual, but for PostgreSQL before 18.
    private mutating func readComputed(_ column: inout SQLColumn) {
        cursor.skip()
        let isStored = cursor.take(.stored) || cursor.take(.persistent)
        column.traits.insert(isStored || !cursor.take(.virtual) && dialect == .postgresql ? .generatedStored : .generatedVirtual)
    }

    // MARK: Types

    /// A type with its arguments; nil where a property of the column or nothing follows.
    mutating func takeType() -> SQLType? {
        var type = SQLType("")
        while let token = cursor.token {
            switch token.kind {
            case .word, .quotedName, .template:
                if isTypeEnd(isFirst: type.name.isEmpty) { return type.name.isEmpty ? nil : type }
                if token.keyword == .array { type.isArray = true } else { append(token, to: &type) }
                cursor.at += 1
            case .dot: cursor.at += 1
            case .open where !type.name.isEmpty && type.arguments.isEmpty && type.text.isEmpty: takeArguments(&type)
            case .symbol where cursor.symbol == 0x5B:
                type.isArray = true
                while !cursor.isAtEnd, cursor.symbol != 0x5D { cursor.at += 1 }
                cursor.at += 1
            default: return type.name.isEmpty ? nil : type
            }
            cursor.at = min(cursor.at, cursor.end)
        }
        return type.name.isEmpty ? nil : type
    }

    private func append(_ token: SQLToken, to type: inout SQLType) {
        let text = SQLCursor.text(of: token, in: cursor.bytes)
        let isNextSegment = cursor.at > 0 && cursor.tokens[cursor.at - 1].kind == .dot
        type.name = type.name.isEmpty || isNextSegment ? text : type.name + " " + text
    }

    private mutating func takeArguments(_ type: inout SQLType) {
        let start = cursor.offset
        guard let inner = cursor.takeParentheses() else { return }
        let numbers = inner.elements().compactMap { element -> Int? in
            guard element.end == element.at + 1, let token = element.token, token.kind == .number else { return nil }
            return Int(String(decoding: inner.bytes[token.start..<token.end], as: UTF8.self))
        }
        if !numbers.isEmpty {
            type.arguments = numbers
        } else {
            let range = start + 1..<max(start + 1, min(cursor.previousEnd - 1, start + 256))
            type.text = String(decoding: inner.bytes[range].filter { $0 > 0x20 }, as: UTF8.self)
        }
    }

    private func isTypeEnd(isFirst: Bool) -> Bool {
        switch cursor.keyword {
        case .not, .null, .default, .primary, .unique, .check, .references, .constraint, .collate, .generated, .autoIncrement, .autoincrement,
            .comment, .on, .first, .after, .using, .charset, .as, .codec, .ttl, .materialized, .alias, .ephemeral, .virtual, .stored,
            .invisible, .visible, .key, .storage, .deferrable, .initially, .enable, .exclude, .where, .for, .identity:
            true
        case .with: !isZoneAhead
        case .set: !(isFirst && cursor.kind(ahead: 1) == .open)
        case .character: !isFirst && cursor.keyword(ahead: 1) == .set
        default: false
        }
    }

    private var isZoneAhead: Bool { cursor.keyword(ahead: 2) == .zone || cursor.keyword(ahead: 1) == .local }

    // MARK: ALTER COLUMN, MODIFY, CHANGE

    /// `ALTER [COLUMN] c …`.
    mutating func readAlterColumn(_ table: SQLName, from start: Int) {
        cursor.at += 1
        let hasWord = cursor.take(.column)
        if !hasWord, [.constraint, .index, .check].contains(cursor.keyword), cursor.kind(ahead: 1) == .word || cursor.kind(ahead: 1) == .quotedName {
            return
        }
        _ = cursor.takeIfExists()
        guard let name = cursor.takeIdentifier() else { return }
        let end = cursor.previousEnd
        switch cursor.keyword {
        case .type:
            cursor.at += 1
            changeType(table, name, from: start, to: end)
        case .set: readSet(table, name, from: start)
        case .drop:
            cursor.at += 1
            if cursor.take(.not, .null) { add(.dropNotNull, from: start, table: table, name: name) }
            if cursor.take(.default) { add(.dropDefault, from: start, table: table, name: name) }
            if cursor.take(.expression) { add(.dropExpression, from: start, table: table, name: name) }
        case .rename where cursor.keyword(ahead: 1) == .to:
            cursor.at += 2
            if let new = cursor.takeIdentifier() { add(.renameColumn, from: start, table: table, name: name, newName: new) }
        case .add, .reset, .restart: break
        default:
            if dialect != .postgresql, cursor.isAtName { changeType(table, name, from: start, to: end) }
        }
    }

    private mutating func readSet(_ table: SQLName, _ name: String, from start: Int) {
        let end = cursor.previousEnd
        cursor.at += 1
        switch cursor.keyword {
        case .not where cursor.keyword(ahead: 1) == .null:
            cursor.at += 2
            add(.setNotNull, from: start, table: table, name: name)
        case .null: add(.dropNotNull, from: start, table: table, name: name)
        case .default:
            cursor.at += 1
            add(.setDefault, from: start, table: table, name: name)
        case .data where cursor.keyword(ahead: 1) == .type:
            cursor.at += 2
            changeType(table, name, from: start, to: end)
        case .type:
            cursor.at += 1
            changeType(table, name, from: start, to: end)
        default: break
        }
    }

    private mutating func changeType(_ table: SQLName, _ name: String, from start: Int, to end: Int) {
        var column = SQLColumn(name, takeType())
        while !cursor.isAtEnd, cursor.kind != .comma, cursor.keyword != .using { readTrait(&column) }
        add(.changeType, from: start, to: end, table: table, name: name, detail: .column(column))
    }

    /// `MODIFY [COLUMN] c …`, `CHANGE [COLUMN] a b …`, Oracle's `MODIFY (c …)`.
    mutating func readRedefinition(_ table: SQLName, from start: Int) {
        let isChange = cursor.keyword == .change
        cursor.at += 1
        let hasWord = cursor.take(.column)
        if !hasWord, cursor.keyword == .order || cursor.keyword == .ttl || cursor.keyword == .query || cursor.keyword == .comment { return }
        _ = cursor.takeIfExists()
        if let inner = cursor.takeParentheses() {
            let after = cursor
            for element in inner.elements() {
                cursor = element
                redefine(table, from: start)
            }
            cursor = after
            return
        }
        if isChange {
            guard let old = cursor.takeIdentifier() else { return }
            var rest = cursor
            guard let new = rest.takeIdentifier() else { return }
            if new != old { add(.renameColumn, from: start, to: rest.previousEnd, table: table, name: old, newName: new) }
        }
        redefine(table, from: start)
    }

    private mutating func redefine(_ table: SQLName, from start: Int) {
        guard let (column, end) = takeColumn(), let type = column.type, type.name != "remove" else { return }
        add(.changeType, from: start, to: end, table: table, name: column.name, flags: .redefinition, detail: .column(column))
    }
}
