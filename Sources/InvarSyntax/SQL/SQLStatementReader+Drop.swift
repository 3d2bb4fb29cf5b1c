extension SQLStatementReader {
    /// `DROP …`, one action a name.
    mutating func readDrop() {
        let start = cursor.offset
        cursor.at += 1
        var flags: SQLAction.Flags = []
        while true {
            switch cursor.keyword {
            case .temporary, .temp: flags.insert(.temporary)
            case .foreign where cursor.keyword(ahead: 1) == .table: break
            case .materialized, .external, .or, .replace: break
            default:
                readDropped(from: start, flags: flags)
                return
            }
            cursor.at += 1
        }
    }

    private mutating func readDropped(from start: Int, flags: SQLAction.Flags) {
        switch cursor.keyword {
        case .table, .tables:
            cursor.at += 1
            for (name, end, flags) in takeNames(flags) { add(.dropTable, from: start, to: end, table: name, flags: flags) }
        case .index: readDropIndex(from: start, flags: flags)
        case .owned, .operator, .cast, .transform, .text, .access, .foreign: add(.dropObject, from: start, object: .other, table: SQLName(""), flags: flags)
        case .prepare, .none: settle(.other)
        default:
            let object = takeObject()
            if object == .trigger || object == .policy || object == .rule {
                readDropAttached(object, from: start, flags: flags)
            } else {
                for (name, end, flags) in takeNames(flags) { add(.dropObject, from: start, to: end, object: object, table: name, flags: flags) }
            }
        }
    }

    /// `[IF EXISTS] a, b [CASCADE]`; arguments of functions are stepped over.
    private mutating func takeNames(_ flags: SQLAction.Flags) -> [(SQLName, end: Int, SQLAction.Flags)] {
        var flags = flags
        if cursor.takeIfExists() { flags.insert(.ifExists) }
        var names: [(SQLName, end: Int, SQLAction.Flags)] = []
        while let name = cursor.takeName() {
            names.append((name, cursor.previousEnd, flags))
            if cursor.kind == .open { cursor.skipParentheses() }
            guard cursor.take(.comma) else { break }
        }
        if !names.isEmpty, hasCascade { names = names.map { ($0.0, $0.end, $0.2.union(.cascade)) } }
        return names
    }

    private var hasCascade: Bool {
        for index in cursor.at..<max(cursor.at, cursor.end) where cursor.tokens[index].keyword == .cascade { return true }
        return false
    }

    /// `DROP TRIGGER n ON t`; MySQL names no table.
    private mutating func readDropAttached(_ object: SQLAction.Object, from start: Int, flags: SQLAction.Flags) {
        var flags = flags
        if cursor.takeIfExists() { flags.insert(.ifExists) }
        guard let name = cursor.takeName() else { return }
        let end = cursor.previousEnd
        let table = cursor.take(.on) ? cursor.takeName() ?? SQLName("") : SQLName("")
        if hasCascade { flags.insert(.cascade) }
        add(.dropObject, from: start, to: end, object: object, table: table, name: name.name, flags: flags)
    }

    private mutating func readDropIndex(from start: Int, flags: SQLAction.Flags) {
        cursor.at += 1
        var flags = flags
        if cursor.take(.concurrently) { flags.insert(.concurrently) }
        let names = takeNames(flags)
        let table = cursor.take(.on) ? cursor.takeName() ?? SQLName("") : SQLName("")
        for (name, end, flags) in names { add(.dropIndex, from: start, to: end, table: table, name: name.name, flags: flags) }
    }

    /// MySQL's and ClickHouse's `RENAME TABLE a TO b, c TO d`.
    mutating func readRenameTables() {
        let start = cursor.offset
        cursor.at += 1
        guard cursor.take(.table) || cursor.take(.tables) || cursor.take(.dictionary) else { return }
        _ = cursor.takeIfExists()
        while let old = cursor.takeName(), cursor.take(.to), let new = cursor.takeName() {
            add(.renameTable, from: start, table: old, newName: new.name)
            guard cursor.take(.comma) else { return }
        }
    }

    /// ClickHouse's `EXCHANGE TABLES a AND b`: both are renamed.
    mutating func readExchange() {
        let start = cursor.offset
        cursor.at += 1
        guard cursor.take(.tables) || cursor.take(.dictionary), let first = cursor.takeName(), cursor.take(.and), let second = cursor.takeName()
        else { return }
        add(.renameTable, from: start, table: first, newName: second.name)
        add(.renameTable, from: start, table: second, newName: first.name)
    }

    /// `REINDEX [(options)] INDEX|TABLE|SCHEMA|DATABASE [CONCURRENTLY] x`.
    mutating func readReindex() {
        let start = cursor.offset
        cursor.at += 1
        var isConcurrent = false
        if cursor.kind == .open, let options = cursor.takeParentheses() {
            isConcurrent = (options.at..<max(options.at, options.end)).contains { options.tokens[$0].keyword == .concurrently }
        }
        // There is no other way to do this one.
        if cursor.keyword == .system { return }
        let isTable = cursor.keyword == .table
        let isIndex = cursor.keyword == .index
        if isTable || isIndex || [.schema, .database].contains(cursor.keyword) { cursor.at += 1 }
        let flags: SQLAction.Flags = cursor.take(.concurrently) || isConcurrent ? .concurrently : []
        let name = cursor.takeName() ?? SQLName("")
        add(.reindex, from: start, table: isTable ? name : SQLName(""), name: isTable ? "" : name.name, flags: flags)
    }
}
