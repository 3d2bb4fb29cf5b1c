extension SQLStatementReader {
    /// What an item of `ALTER TABLE` that begins with no verb goes on with: SQL Server's `DROP COLUMN a, b`.
    private enum Mode {
        case none, addColumn, dropColumn
    }

    /// `ALTER TABLE t action, action…`; the cursor is on `TABLE`.
    mutating func readAlterTable() {
        cursor.at += 1
        _ = cursor.takeIfExists()
        if cursor.take(.all) { return }
        _ = cursor.take(.only)
        let isParenthesized = cursor.take(.open)
        guard let table = cursor.takeName() else { return }
        if isParenthesized { _ = cursor.take(.close) }
        if cursor.symbol == 0x2A { cursor.at += 1 }
        if cursor.take(.on, .cluster) { _ = cursor.takeName() }
        if cursor.keyword == .with, cursor.keyword(ahead: 1) == .check || cursor.keyword(ahead: 1) == .nocheck { cursor.at += 2 }
        var mode = Mode.none
        while !cursor.isAtEnd {
            let item = cursor.at
            readAlterTableAction(table, &mode)
            cursor.skipToComma()
            cursor.at = max(cursor.at + 1, item + 1)
        }
    }

    private mutating func readAlterTableAction(_ table: SQLName, _ mode: inout Mode) {
        let start = cursor.offset
        switch cursor.keyword {
        case .add:
            cursor.at += 1
            mode = .addColumn
            readAdd(table, from: start)
        case .drop:
            cursor.at += 1
            mode = .dropColumn
            readDropPart(table, from: start)
        case .alter: readAlterColumn(table, from: start)
        case .modify, .change: readRedefinition(table, from: start)
        case .rename: readRename(table, from: start)
        case .validate where cursor.keyword(ahead: 1) == .constraint:
            cursor.at += 2
            if let name = cursor.takeIdentifier() { add(.validateConstraint, from: start, table: table, name: name) }
        case .delete where dialect == .clickhouse || dialect == .unknown:
            cursor.at += 1
            readMutation(.delete, table, from: start)
        case .update where dialect == .clickhouse || dialect == .unknown:
            cursor.at += 1
            readMutation(.update, table, from: start)
        case .attach, .detach: readPartition(table, from: start)
        case .set where cursor.keyword(ahead: 1) == .schema: readSetSchema(table, from: start)
        case .clear where cursor.keyword(ahead: 1) == .column:
            cursor.at += 2
            _ = cursor.takeIfExists()
            if let name = cursor.takeIdentifier() { add(.update, from: start, table: table, detail: .data(SQLData(assignments: [.init(name)]))) }
        case .none where cursor.isAtName && (dialect == .sqlserver || dialect == .oracle || dialect == .unknown): readContinuation(table, mode, from: start)
        default: break
        }
    }

    private mutating func readContinuation(_ table: SQLName, _ mode: Mode, from start: Int) {
        switch mode {
        case .none: return
        case .addColumn where cursor.kind(ahead: 1) == .word || cursor.kind(ahead: 1) == .quotedName: readAddedColumn(table, from: start)
        case .addColumn: return
        case .dropColumn where cursor.kind(ahead: 1) == .comma || cursor.at + 1 == cursor.end:
            if let name = cursor.takeIdentifier() { add(.dropColumn, from: start, table: table, name: name) }
        case .dropColumn: return
        }
    }

    // MARK: ADD

    private mutating func readAdd(_ table: SQLName, from start: Int) {
        if cursor.take(.column) {
            readAddedColumn(table, from: start)
            return
        }
        if isConstraint {
            readAddedConstraint(table, from: start)
            return
        }
        switch cursor.keyword {
        case .index, .key, .fulltext, .spatial:
            if isIndexDefinition { readAddedIndex(table, from: start) } else { readAddedColumn(table, from: start) }
        case .partition, .projection, .statistics, .generated: return
        default: readAddedColumn(table, from: start)
        }
    }

    private mutating func readAddedConstraint(_ table: SQLName, from start: Int) {
        guard let constraint = takeConstraint() else { return }
        add(.addConstraint, from: start, table: table, name: constraint.name, detail: .constraint(constraint))
    }

    /// `ADD c type …`, `ADD (c type, d type)`.
    private mutating func readAddedColumn(_ table: SQLName, from start: Int) {
        var flags: SQLAction.Flags = cursor.takeIfNotExists() ? .ifNotExists : []
        if cursor.keyword == .constraint, isConstraint { return readAddedConstraint(table, from: start) }
        if let inner = cursor.takeParentheses() {
            let after = cursor
            for element in inner.elements() {
                cursor = element
                if isConstraint {
                    readAddedConstraint(table, from: element.offset)
                } else if let (column, end) = takeColumn() {
                    add(.addColumn, from: element.offset, to: end, table: table, name: column.name, flags: flags, detail: .column(column))
                }
            }
            cursor = after
            return
        }
        if cursor.takeIfNotExists() { flags.insert(.ifNotExists) }
        guard let (column, end) = takeColumn() else { return }
        add(.addColumn, from: start, to: end, table: table, name: column.name, flags: flags, detail: .column(column))
    }

    private mutating func readAddedIndex(_ table: SQLName, from start: Int) {
        cursor.skip(to: .index, .key)
        cursor.at += 1
        _ = cursor.takeIfNotExists()
        let name = cursor.kind == .open ? "" : cursor.takeIdentifier() ?? ""
        let end = cursor.previousEnd
        let columns = takeIndexColumns()
        add(.createIndex, from: start, to: end, table: table, name: name, detail: .index(SQLIndex(columns: columns)))
    }

    // MARK: DROP

    private mutating func readDropPart(_ table: SQLName, from start: Int) {
        var kind: SQLConstraint.Kind?
        switch cursor.keyword {
        case .constraint: kind = .unknown
        case .check where isNameAfterWord: kind = .check
        case .foreign where cursor.keyword(ahead: 1) == .key: kind = .foreignKey
        case .primary where cursor.keyword(ahead: 1) == .key: kind = .primaryKey
        case .unique where isNameAfterWord: kind = .unique
        case .index, .key:
            if isNameAfterWord { return readDropIndexPart(table, from: start) }
        case .partition: return
        case .partitions, .projection, .statistics, .system, .default, .period: if isNameAfterWord { return }
        default: break
        }
        guard let kind else { return readDropColumn(table, from: start) }
        cursor.at += kind == .foreignKey || kind == .primaryKey ? 2 : 1
        var flags: SQLAction.Flags = cursor.takeIfExists() ? .ifExists : []
        let name = kind == .primaryKey ? "" : cursor.takeIdentifier() ?? ""
        let end = cursor.previousEnd
        if takeCascade() { flags.insert(.cascade) }
        add(.dropConstraint, from: start, to: end, table: table, name: name, flags: flags, detail: .constraint(SQLConstraint(kind, name: name)))
    }

    private mutating func readDropIndexPart(_ table: SQLName, from start: Int) {
        cursor.at += 1
        let flags: SQLAction.Flags = cursor.takeIfExists() ? .ifExists : []
        if let name = cursor.takeIdentifier() { add(.dropIndex, from: start, table: table, name: name, flags: flags) }
    }

    private mutating func readDropColumn(_ table: SQLName, from start: Int) {
        _ = cursor.take(.column)
        let flags: SQLAction.Flags = cursor.takeIfExists() ? .ifExists : []
        if let inner = cursor.takeParentheses() {
            let after = cursor
            for element in inner.elements() {
                cursor = element
                if let name = cursor.takeIdentifier() { add(.dropColumn, from: element.offset, table: table, name: name, flags: flags) }
            }
            cursor = after
            return
        }
        guard let name = cursor.takeIdentifier() else { return }
        let end = cursor.previousEnd
        let cascades = takeCascade()
        add(.dropColumn, from: start, to: end, table: table, name: name, flags: cascades ? flags.union(.cascade) : flags)
    }

    private var isNameAfterWord: Bool {
        switch cursor.kind(ahead: 1) {
        case .word, .quotedName, .template, .string: ![.cascade, .restrict].contains(cursor.keyword(ahead: 1))
        default: false
        }
    }

    // MARK: The rest

    private mutating func readRename(_ table: SQLName, from start: Int) {
        cursor.at += 1
        switch cursor.keyword {
        case .to, .as:
            cursor.at += 1
            if let new = cursor.takeName() { add(.renameTable, from: start, table: table, newName: new.name) }
        case .constraint where cursor.keyword(ahead: 1) != .to: renamePart(table, .renameConstraint, from: start)
        case .index, .key: renamePart(table, .renameIndex, from: start)
        default:
            if cursor.keyword != .column || cursor.keyword(ahead: 1) == .to { cursor.at -= 1 }
            renamePart(table, .renameColumn, from: start)
        }
    }

    /// `word old TO new`; the cursor is on the word.
    private mutating func renamePart(_ table: SQLName, _ kind: SQLAction.Kind, from start: Int) {
        cursor.at += 1
        _ = cursor.takeIfExists()
        if kind == .renameIndex, cursor.keyword == .to || !cursor.isAtName { return }
        guard let old = cursor.takeIdentifier() else { return }
        guard cursor.take(.to) || cursor.take(.as) else {
            // MySQL and SQL Server: `RENAME new` without a word.
            if kind == .renameColumn, cursor.isAtEnd { add(.renameTable, from: start, table: table, newName: old) }
            return
        }
        guard let new = cursor.takeIdentifier() else { return }
        add(kind, from: start, table: table, name: old, newName: new)
    }

    private mutating func readMutation(_ kind: SQLAction.Kind, _ table: SQLName, from start: Int) {
        let end = cursor.previousEnd
        let assignments = kind == .update ? takeAssignments() : []
        var data = takeCondition()
        data.assignments = assignments
        cursor.at = cursor.end
        add(kind, from: start, to: end, table: table, detail: .data(data))
    }

    private mutating func readPartition(_ table: SQLName, from start: Int) {
        let isAttach = cursor.keyword == .attach
        cursor.at += 1
        guard cursor.take(.partition) else { return }
        guard let partition = cursor.takeName() else { return }
        let flags: SQLAction.Flags = cursor.keyword == .concurrently ? .concurrently : []
        add(isAttach ? .attachPartition : .detachPartition, from: start, table: table, name: partition.name, flags: flags)
    }

    private mutating func readSetSchema(_ table: SQLName, from start: Int) {
        cursor.at += 2
        guard let schema = cursor.takeIdentifier() else { return }
        add(.alterObject, from: start, object: .other, table: table, newName: schema)
    }
}
