extension SQLStatementReader {
    // MARK: INSERT

    /// `INSERT [INTO] t …`, `REPLACE [INTO] t …`.
    mutating func readInsert() {
        let start = cursor.offset
        var data = SQLData()
        if cursor.keyword == .replace { data.conflict = .replaces }
        cursor.at += 1
        readInsertWords(&data)
        _ = cursor.take(.into)
        _ = cursor.take(.table)
        guard let table = cursor.takeName() else { return }
        let end = cursor.previousEnd
        if cursor.take(.as) { _ = cursor.takeIdentifier() }
        if cursor.kind == .open, !isQuery(ahead: 1) {
            data.columns = cursor.takeParentheses().map(columnsListed) ?? []
        }
        readSource(&data)
        readConflict(&data, of: table)
        add(.insert, from: start, to: end, table: table, detail: .data(data))
    }

    /// `OR REPLACE`, `IGNORE`, `OVERWRITE`, `LOW_PRIORITY` between INSERT and INTO.
    private mutating func readInsertWords(_ data: inout SQLData) {
        while !cursor.isAtEnd {
            switch cursor.keyword {
            case .or:
                cursor.at += 1
                if cursor.keyword == .replace || cursor.keyword == .update { data.conflict = .replaces }
                if cursor.keyword == .ignore { data.conflict = .skips }
            case .ignore: data.conflict = .skips
            case .overwrite: data.conflict = .replaces
            case .lowPriority, .delayed: break
            default: return
            }
            cursor.at += 1
        }
    }

    private func isQuery(ahead distance: Int) -> Bool {
        let keyword = cursor.keyword(ahead: distance)
        return keyword == .select || keyword == .with || keyword == .values || cursor.kind(ahead: distance) == .open
    }

    private func columnsListed(_ inner: SQLCursor) -> [String] {
        inner.elements().compactMap { element in
            var element = element
            return element.takeIdentifier()
        }
    }

    private mutating func readSource(_ data: inout SQLData) {
        let rest = cursor
        while !cursor.isAtEnd, data.source == .none {
            switch cursor.keyword {
            case .values: data.source = .values
            case .select, .with, .table, .exec, .execute: data.source = .query
            case .from where cursor.keyword(ahead: 1) == .infile: data.source = .file
            case .set:
                data.source = .values
                return
            case .on: return
            default:
                if cursor.kind == .open, isQuery(ahead: 1) {
                    data.source = .query
                } else {
                    cursor.skip()
                }
            }
        }
        guard data.source == .query else { return }
        data.reads = tablesRead(rest)
        if asksFirst(rest), data.conflict == nil { data.conflict = .guarded }
    }

    /// `NOT EXISTS (…)`, `NOT IN (SELECT …)`, `EXCEPT`, `MINUS`, `IS NULL` after a `LEFT JOIN`.
    private func asksFirst(_ rest: SQLCursor) -> Bool {
        var hasLeftJoin = false
        for index in rest.at..<max(rest.at, rest.end) {
            let next = index + 1 < rest.end ? rest.tokens[index + 1].keyword : .none
            switch rest.tokens[index].keyword {
            case .except, .minus: return true
            case .not where next == .exists: return true
            case .not where next == .in && index + 3 < rest.end && rest.tokens[index + 3].keyword == .select: return true
            case .left: hasLeftJoin = true
            case .is where next == .null && hasLeftJoin: return true
            default: break
            }
        }
        return false
    }

    private mutating func readConflict(_ data: inout SQLData, of table: SQLName) {
        while !cursor.isAtEnd {
            guard cursor.keyword == .on else {
                cursor.skip()
                continue
            }
            switch cursor.keyword(ahead: 1) {
            case .conflict:
                cursor.skip(to: .do)
                cursor.at += 1
                data.conflict = cursor.keyword == .nothing ? .skips : .updates
            case .duplicate: data.conflict = .updates
            default:
                cursor.at += 1
                continue
            }
            cursor.skip(to: .update)
            cursor.at = min(cursor.at + 1, cursor.end)
            if data.conflict == .updates { data.assignments = takeAssignments(of: table) }
            return
        }
    }

    // MARK: UPDATE, DELETE, TRUNCATE

    mutating func readUpdate() {
        let start = cursor.offset
        cursor.at += 1
        skipModifiers()
        guard var table = cursor.takeName() else { return }
        let end = cursor.previousEnd
        if cursor.symbol == 0x2A { cursor.at += 1 }
        var alias: String?
        _ = cursor.take(.as)
        if cursor.keyword == .none, cursor.isAtName { alias = cursor.takeIdentifier() }
        let head = cursor
        cursor.skip(to: .set)
        var isJoined = cursor.at > head.at
        guard !cursor.isAtEnd else { return }
        let assignments = takeAssignments(of: table, alias: alias)
        if cursor.keyword == .from, let real = tablesRead(cursor).first, dialect == .sqlserver { table = real }
        isJoined = isJoined || cursor.keyword == .from
        var data = takeCondition()
        data.isNarrowed = data.isNarrowed || isJoined
        data.assignments = assignments
        add(.update, from: start, to: end, table: table, detail: .data(data))
    }

    private mutating func skipModifiers() {
        while true {
            switch cursor.keyword {
            case .only, .ignore, .lowPriority, .quick: cursor.at += 1
            case .or: cursor.at += 2
            case .top:
                cursor.at += 1
                cursor.skip()
            default: return
            }
        }
    }

    mutating func readDelete() {
        let start = cursor.offset
        cursor.at += 1
        let isTop = cursor.keyword == .top
        skipModifiers()
        let hadTables = cursor.keyword != .from
        var table = hadTables ? cursor.takeName() : nil
        if hadTables { while cursor.take(.comma) { _ = cursor.takeName() } }
        if cursor.take(.from) {
            _ = cursor.take(.only)
            if let named = cursor.takeName(), table == nil { table = named }
        }
        guard let table else { return }
        let end = cursor.previousEnd
        var data = takeCondition()
        if isTop { data.isNarrowed = true }
        add(.delete, from: start, to: end, table: table, detail: .data(data))
    }

    /// `TRUNCATE [TABLE] [ONLY] a, b [RESTART IDENTITY] [CASCADE]`, one action a name.
    mutating func readTruncate() {
        let start = cursor.offset
        cursor.at += 1
        _ = cursor.take(.table)
        _ = cursor.takeIfExists()
        var flags: SQLAction.Flags = []
        let rest = cursor
        for index in rest.at..<max(rest.at, rest.end) where rest.tokens[index].keyword == .cascade { flags.insert(.cascade) }
        repeat {
            _ = cursor.take(.only)
            guard let table = cursor.takeName() else { return }
            add(.truncate, from: start, table: table, flags: flags)
            if cursor.symbol == 0x2A { cursor.at += 1 }
        } while cursor.take(.comma)
    }

    // MARK: MERGE, COPY, LOAD, WITH

    mutating func readMerge() {
        let start = cursor.offset
        cursor.at += 1
        _ = cursor.take(.into)
        guard let table = cursor.takeName() else { return }
        let end = cursor.previousEnd
        add(.merge, from: start, to: end, table: table, detail: .data(SQLData(conflict: .updates, source: .query, reads: tablesRead(cursor))))
    }

    mutating func readCopy() {
        let start = cursor.offset
        cursor.at += 1
        _ = cursor.take(.into)
        guard let table = cursor.takeName() else { return settle(.query) }
        let end = cursor.previousEnd
        if cursor.kind == .open { cursor.skipParentheses() }
        guard cursor.take(.from) else { return settle(.query) }
        readsCopyData = cursor.keyword == .stdin
        add(.insert, from: start, to: end, table: table, detail: .data(SQLData(source: .file)))
    }

    mutating func readLoad() {
        let start = cursor.offset
        guard cursor.keyword(ahead: 1) == .data else { return settle(.setting) }
        var data = SQLData(source: .file)
        while !cursor.isAtEnd, cursor.keyword != .into {
            if cursor.keyword == .replace { data.conflict = .replaces }
            if cursor.keyword == .ignore { data.conflict = .skips }
            cursor.at += 1
        }
        cursor.at += 1
        _ = cursor.take(.table)
        if let table = cursor.takeName() { add(.insert, from: start, table: table, detail: .data(data)) }
    }

    /// `WITH a AS (DELETE …) INSERT …`: what stands in the parentheses happens too.
    mutating func readWith() {
        cursor.at += 1
        _ = cursor.take(.recursive)
        while cursor.isAtName {
            _ = cursor.takeIdentifier()
            if cursor.kind == .open { cursor.skipParentheses() }
            guard cursor.take(.as) else { break }
            while cursor.keyword == .not || cursor.keyword == .materialized { cursor.at += 1 }
            guard let inner = cursor.takeParentheses() else { break }
            let after = cursor
            cursor = inner
            readDataVerb()
            cursor = after
            guard cursor.take(.comma) else { break }
        }
        readDataVerb()
        if !actions.isEmpty { settle(.data) }
    }

    private mutating func readDataVerb() {
        switch cursor.keyword {
        case .insert, .replace: readInsert()
        case .update: readUpdate()
        case .delete: readDelete()
        case .merge: readMerge()
        default: break
        }
    }
}
