/// The two ways of an Alembic migration.
package struct AlembicMigration: Sendable {
    /// What a function's body amounts to.
    package enum Body: String, Hashable, Sendable {
        case missing
        /// Only `pass`, `...`, a docstring or `return`.
        case empty
        case raises
        case acts
    }

    package var upgrade: Body
    package var downgrade: Body
    /// From `def downgrade` to the end of its body; nil where it is missing.
    package var downgradeSpan: Range<Int>?
    /// It joins two branches: `down_revision` is a tuple.
    package var isMerge: Bool
    /// `with op.get_context().autocommit_block()`.
    package var hasAutocommitBlock: Bool
}

/// Reads an Alembic migration.
struct AlembicReader {
    let source: SourceReader
    private(set) var migration = AlembicMigration(upgrade: .missing, downgrade: .missing, isMerge: false, hasAutocommitBlock: false)
    private(set) var up = SQLScript()
    private(set) var down = SQLScript()
    private let bytes: [UInt8]
    /// The table of the last `batch_alter_table`.
    private var batchTable = SQLName("")

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        source = SourceReader(bytes, .python)
        let upgrade = source.functions.last { $0.name == "upgrade" }
        let downgrade = source.functions.last { $0.name == "downgrade" }
        migration.upgrade = upgrade.map(body) ?? .missing
        migration.downgrade = downgrade.map(body) ?? .missing
        migration.downgradeSpan = downgrade.map { $0.start..<max($0.start, $0.body.upperBound) }
        migration.isMerge = isMerge
        migration.hasAutocommitBlock = source.calls.contains { $0.name == "autocommit_block" }
        up = script(of: upgrade)
        down = script(of: downgrade)
    }

    private mutating func script(of function: SourceFunction?) -> SQLScript {
        var script = SQLScript()
        guard let function else { return script }
        for index in source.calls.indices where function.body.contains(source.calls[index].span.lowerBound) { read(index, into: &script) }
        return script
    }

    /// Statements are told by the first words of their lines.
    private func body(_ function: SourceFunction) -> AlembicMigration.Body {
        var result = AlembicMigration.Body.empty
        for token in source.tokens where function.body.contains(token.range.lowerBound) && token.indentation > function.indentation {
            switch (token.kind, source.text(token.range)) {
            case (.string, _), (.word, "pass"), (.word, "return"), (.symbol, "."): continue
            case (.word, "raise"): return .raises
            default: result = .acts
            }
        }
        return result
    }

    private var isMerge: Bool {
        let tokens = source.tokens
        for index in tokens.indices.dropLast(2) where tokens[index].indentation == 0 && source.text(tokens[index].range) == "down_revision" {
            var next = index + 1
            while next < tokens.count, source.text(tokens[next].range) != "=", tokens[next].indentation < 0 { next += 1 }
            return next + 1 < tokens.count && tokens[next + 1].kind == .open
        }
        return false
    }

    // MARK: Operations

    private mutating func read(_ index: Int, into script: inout SQLScript) {
        let call = source.calls[index]
        if call.name == "batch_alter_table" {
            batchTable = SQLName((call.argument(0, or: "table_name")?.text ?? "").lowercased())
            return
        }
        guard call.receiver == "op" || call.receiver == "batch_op" || call.receiver == "batch" else { return }
        let isBatch = call.receiver != "op"
        let table = isBatch ? batchTable : SQLName((call.argument(0, or: "table_name")?.text ?? "").lowercased())
        let first = isBatch ? 0 : 1
        switch call.name {
        case "execute": readExecute(index, into: &script)
        case "bulk_insert": script.note(SQLAction(.insert, table: table, detail: .data(SQLData(source: .values)), span: call.span))
        case "add_column": add(.addColumn, column(of: index), call, table, into: &script)
        case "drop_column": add(.dropColumn, call.argument(first, or: "column_name")?.text, call, table, into: &script)
        case "alter_column": readAlterColumn(call, table, first, into: &script)
        case "create_table":
            script.note(SQLAction(.createTable, table: table, detail: .table(SQLTable(columns: columns(of: index))), span: call.span))
        case "drop_table": script.note(SQLAction(.dropTable, table: table, span: call.span))
        case "rename_table":
            let new = call.argument(1, or: "new_table_name")?.text.lowercased()
            script.note(SQLAction(.renameTable, table: table, newName: new, span: call.span))
        default: readIndex(call, isBatch: isBatch, into: &script)
        }
    }

    /// `op.execute("…")`, `op.execute(sa.text("…"))`.
    private func readExecute(_ index: Int, into script: inout SQLScript) {
        guard let content = source.calls[index].arguments.first?.content else {
            script.statements.append(SQLStatement(kind: .call, span: source.calls[index].span))
            return
        }
        script.append(SQLScript.read(bytes, range: content))
    }

    private func column(of index: Int) -> SQLColumn? {
        source.calls[(index + 1)...].prefix(4).first { $0.parent == index && $0.name == "Column" }.map { ProgramColumn.alembic($0, in: bytes) }
    }

    private func columns(of index: Int) -> [SQLColumn] {
        var result: [SQLColumn] = []
        for child in source.calls[(index + 1)...] {
            guard child.span.lowerBound < source.calls[index].span.upperBound else { break }
            if child.parent == index, child.name == "Column" { result.append(ProgramColumn.alembic(child, in: bytes)) }
        }
        return result
    }

    private func add(_ kind: SQLAction.Kind, _ column: SQLColumn?, _ call: SourceCall, _ table: SQLName, into script: inout SQLScript) {
        guard let column else { return }
        script.note(SQLAction(kind, table: table, name: column.name, detail: .column(column), span: call.span))
    }

    private func add(_ kind: SQLAction.Kind, _ name: String?, _ call: SourceCall, _ table: SQLName, into script: inout SQLScript) {
        guard let name else { return }
        script.note(SQLAction(kind, table: table, name: name.lowercased(), span: call.span))
    }

    private func readAlterColumn(_ call: SourceCall, _ table: SQLName, _ first: Int, into script: inout SQLScript) {
        guard let name = call.argument(first, or: "column_name")?.text.lowercased() else { return }
        if let new = call.argument("new_column_name")?.text.lowercased(), new != name {
            script.note(SQLAction(.renameColumn, table: table, name: name, newName: new, span: call.span))
        }
        if let type = call.argument("type_") {
            let column = SQLColumn(name, ProgramColumn.alembicType(type, in: bytes))
            script.note(SQLAction(.changeType, table: table, name: name, detail: .column(column), span: call.span))
        }
        if let nullable = call.argument("nullable")?.text {
            script.note(SQLAction(nullable == "False" ? .setNotNull : .dropNotNull, table: table, name: name, span: call.span))
        }
        if let value = call.argument("server_default") {
            script.note(SQLAction(value.text == "None" || value.text == "False" ? .dropDefault : .setDefault, table: table, name: name, span: call.span))
        }
    }

    private func readIndex(_ call: SourceCall, isBatch: Bool, into script: inout SQLScript) {
        let name = call.argument(0)?.text.lowercased() ?? ""
        let table =
            isBatch
            ? batchTable
            : SQLName(
                (call.argument(1, or: call.name == "drop_index" || call.name == "drop_constraint" ? "table_name" : "source_table")?.text ?? "").lowercased())
        let flags: SQLAction.Flags = call.argument("postgresql_concurrently")?.text == "True" ? .concurrently : []
        let isNotValid = call.argument("postgresql_not_valid")?.text == "True"
        let columns = call.argument(isBatch ? 1 : 2, or: "columns")?.texts.map { $0.lowercased() } ?? []
        var kind = SQLConstraint.Kind.unknown
        switch call.name {
        case "create_index":
            let index = SQLIndex(columns: columns, isUnique: call.argument("unique")?.text == "True")
            script.note(SQLAction(.createIndex, table: table, name: name, flags: flags, detail: .index(index), span: call.span))
            return
        case "drop_index":
            script.note(SQLAction(.dropIndex, table: table, name: name, flags: flags, span: call.span))
            return
        case "drop_constraint":
            kind = ["foreignkey": .foreignKey, "unique": .unique, "primary": .primaryKey, "check": .check][call.argument("type_")?.text ?? ""] ?? .unknown
            let constraint = SQLConstraint(kind, name: name)
            script.note(SQLAction(.dropConstraint, table: table, name: name, detail: .constraint(constraint), span: call.span))
            return
        case "create_unique_constraint": kind = .unique
        case "create_foreign_key": kind = .foreignKey
        case "create_check_constraint": kind = .check
        case "create_primary_key": kind = .primaryKey
        case "create_exclude_constraint": kind = .exclude
        default: return
        }
        let constraint = SQLConstraint(kind, name: name, columns: columns, isNotValid: isNotValid)
        script.note(SQLAction(.addConstraint, table: table, name: name, detail: .constraint(constraint), span: call.span))
    }
}
