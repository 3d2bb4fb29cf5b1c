/// Reads a Rails migration.
struct RailsReader {
    let source: SourceReader
    private(set) var migration = RailsMigration()
    private(set) var up = SQLScript()
    private(set) var down = SQLScript()
    private let bytes: [UInt8]

    private enum Way { case up, down, change }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        source = SourceReader(bytes, .ruby)
        let methods = source.functions.filter { ["up", "down", "change"].contains($0.name) }
        for method in methods {
            switch method.name {
            case "up":
                migration.hasUp = true
                migration.upSpan = method.start..<max(method.start, method.body.lowerBound)
            case "down": migration.hasDown = true
            default: migration.hasChange = true
            }
        }
        migration.isUnwrapped = source.calls.contains { $0.name == "disable_ddl_transaction!" }
        var next = 0
        for index in source.calls.indices {
            let offset = source.calls[index].span.lowerBound
            while next + 1 < methods.count, methods[next].body.upperBound <= offset { next += 1 }
            guard next < methods.count, methods[next].body.contains(offset) else { continue }
            read(index, in: methods[next].name == "up" ? .up : methods[next].name == "down" ? .down : .change)
        }
        noteRefusals(methods)
    }

    private mutating func read(_ index: Int, in method: Way) {
        let call = source.calls[index]
        let around = surroundings(of: call)
        if call.name == "create_table", call.argument("force").map({ $0.text != "false" && $0.text != "nil" }) ?? false, method != .down {
            migration.forced.append(call.span)
        }
        let script = actions(of: index)
        let isDown = method == .down || around.contains("down")
        if isDown { down.append(script) } else { up.append(script) }
        guard method == .change, !around.contains("up"), !around.contains("down"), !around.contains("reversible"), !around.contains("up_only") else { return }
        guard isIrreversible(call) else { return }
        migration.irreversible.append(RailsMigration.Irreversible(call: call.name, span: call.span, isAssured: around.contains("safety_assured")))
    }

    /// The names of the calls in whose blocks this one stands.
    private func surroundings(of call: SourceCall) -> [String] {
        var names: [String] = []
        var call = call
        for _ in 0..<12 {
            guard let parent = call.parent else { break }
            call = source.calls[parent]
            names.append(call.name)
        }
        return names
    }

    private func isIrreversible(_ call: SourceCall) -> Bool {
        let isBare = call.receiver.isEmpty || call.receiver == "self"
        guard isBare else { return false }
        switch call.name {
        case "execute", "change_column": return true
        case "remove_columns": return call.argument("type") == nil
        case "remove_column": return call.argument(2) == nil && call.argument("type") == nil
        case "drop_table": return !call.hasBlock
        case "change_column_default": return call.argument("from") == nil || call.argument("to") == nil
        case "remove_index": return call.argument(1) == nil && call.argument("column") == nil
        default: return false
        }
    }

    /// `raise ActiveRecord::IrreversibleMigration` in any of the methods.
    private mutating func noteRefusals(_ methods: [SourceFunction]) {
        let tokens = source.tokens
        var next = 0
        for index in tokens.indices where tokens[index].kind == .word && source.text(tokens[index].range) == "IrreversibleMigration" {
            while next + 1 < methods.count, methods[next].body.upperBound <= tokens[index].range.lowerBound { next += 1 }
            guard next < methods.count, methods[next].body.contains(tokens[index].range.lowerBound) else { continue }
            var start = index
            while start > 0, index - start < 8, source.text(tokens[start].range) != "raise" { start -= 1 }
            guard source.text(tokens[start].range) == "raise" else { continue }
            let span = tokens[start].range.lowerBound..<tokens[index].range.upperBound
            migration.irreversible.append(RailsMigration.Irreversible(call: "raise", span: span, isAssured: false))
        }
    }

    // MARK: The model's terms

    private func actions(of index: Int) -> SQLScript {
        let call = source.calls[index]
        var script = SQLScript()
        if call.name == "execute" {
            if let content = call.arguments.first?.content { return SQLScript.read(bytes, range: content) }
            script.statements.append(SQLStatement(kind: .call, span: call.span))
            return script
        }
        if let parent = call.parent, ["create_table", "change_table", "create_join_table"].contains(source.calls[parent].name), !call.receiver.isEmpty {
            if source.calls[parent].name == "change_table" { readChangeTable(call, of: source.calls[parent], into: &script) }
            return script
        }
        guard call.receiver.isEmpty || call.receiver == "self" else { return script }
        let table = SQLName((call.argument(0)?.text ?? "").lowercased())
        let name = (call.argument(1)?.text ?? "").lowercased()
        switch call.name {
        case "create_table":
            script.note(SQLAction(.createTable, table: table, detail: .table(SQLTable(columns: columns(of: index))), span: call.span))
        case "drop_table": script.note(SQLAction(.dropTable, table: table, span: call.span))
        case "rename_table": script.note(SQLAction(.renameTable, table: table, newName: name, span: call.span))
        case "change_column_null":
            script.note(SQLAction(call.argument(2)?.text == "false" ? .setNotNull : .dropNotNull, table: table, name: name, span: call.span))
        case "rename_column":
            script.note(SQLAction(.renameColumn, table: table, name: name, newName: call.argument(2)?.text.lowercased(), span: call.span))
        case "add_reference", "add_belongs_to":
            add(.addColumn, call, table, ProgramColumn.rails(name + "_id", type: "references", call), into: &script)
        case "remove_reference", "remove_belongs_to": script.note(SQLAction(.dropColumn, table: table, name: name + "_id", span: call.span))
        default: readColumn(call, table, name, into: &script)
        }
        return script
    }

    private func add(_ kind: SQLAction.Kind, _ call: SourceCall, _ table: SQLName, _ column: SQLColumn, into script: inout SQLScript) {
        script.note(SQLAction(kind, table: table, name: column.name, detail: .column(column), span: call.span))
    }

    private func readColumn(_ call: SourceCall, _ table: SQLName, _ name: String, into script: inout SQLScript) {
        switch call.name {
        case "add_column": add(.addColumn, call, table, ProgramColumn.rails(name, type: call.argument(2)?.text, call), into: &script)
        case "remove_column": script.note(SQLAction(.dropColumn, table: table, name: name, span: call.span))
        case "remove_columns", "remove_timestamps":
            let names = call.name == "remove_timestamps" ? ["created_at", "updated_at"] : call.arguments.dropFirst().filter { $0.label == nil }.map(\.text)
            for name in names { script.note(SQLAction(.dropColumn, table: table, name: name.lowercased(), span: call.span)) }
        case "change_column": add(.changeType, call, table, ProgramColumn.rails(name, type: call.argument(2)?.text, call), into: &script)
        case "change_column_default": script.note(SQLAction(.setDefault, table: table, name: name, span: call.span))
        default: readIndex(call, table, into: &script)
        }
    }

    private func readIndex(_ call: SourceCall, _ table: SQLName, into script: inout SQLScript) {
        let flags: SQLAction.Flags = call.argument("algorithm")?.text == "concurrently" ? .concurrently : []
        let named = (call.argument("name")?.text ?? "").lowercased()
        let second = call.argument(1)
        let columns = (second.map { $0.texts.isEmpty ? [$0.text] : $0.texts } ?? []).map { $0.lowercased() }
        let isNotValid = call.argument("validate")?.text == "false"
        switch call.name {
        case "add_index":
            let index = SQLIndex(columns: columns, isUnique: call.argument("unique")?.text == "true")
            script.note(SQLAction(.createIndex, table: table, name: named, flags: flags, detail: .index(index), span: call.span))
        case "remove_index": script.note(SQLAction(.dropIndex, table: table, name: named, flags: flags, span: call.span))
        case "add_foreign_key":
            let constraint = SQLConstraint(.foreignKey, name: named, references: second.map { SQLName($0.text.lowercased()) }, isNotValid: isNotValid)
            script.note(SQLAction(.addConstraint, table: table, name: named, detail: .constraint(constraint), span: call.span))
        case "add_check_constraint":
            let constraint = SQLConstraint(.check, name: named, isNotValid: isNotValid)
            script.note(SQLAction(.addConstraint, table: table, name: named, detail: .constraint(constraint), span: call.span))
        case "remove_foreign_key", "remove_check_constraint":
            let kind: SQLConstraint.Kind = call.name == "remove_foreign_key" ? .foreignKey : .check
            script.note(SQLAction(.dropConstraint, table: table, name: named, detail: .constraint(SQLConstraint(kind, name: named)), span: call.span))
        default: break
        }
    }

    /// `t.remove :a, :b`, `t.rename :a, :b`, `t.change :a, :text`, `t.string :a` in a `change_table` block.
    private func readChangeTable(_ call: SourceCall, of parent: SourceCall, into script: inout SQLScript) {
        let table = SQLName((parent.argument(0)?.text ?? "").lowercased())
        let names = call.arguments.filter { $0.label == nil && $0.kind == .text }.map { $0.text.lowercased() }
        switch call.name {
        case "remove": for name in names { script.note(SQLAction(.dropColumn, table: table, name: name, span: call.span)) }
        case "rename" where names.count == 2: script.note(SQLAction(.renameColumn, table: table, name: names[0], newName: names[1], span: call.span))
        case "change" where names.count == 2: add(.changeType, call, table, ProgramColumn.rails(names[0], type: names[1], call), into: &script)
        case "index", "timestamps", "change_default", "remove_index", "foreign_key", "check_constraint", "remove_references", "remove_timestamps": break
        case "column":
            if let name = names.first { add(.addColumn, call, table, ProgramColumn.rails(name, type: names.dropFirst().first, call), into: &script) }
        case "references", "belongs_to":
            for name in names { add(.addColumn, call, table, ProgramColumn.rails(name + "_id", type: "references", call), into: &script) }
        default: for name in names { add(.addColumn, call, table, ProgramColumn.rails(name, type: call.name, call), into: &script) }
        }
    }

    private func columns(of index: Int) -> [SQLColumn] {
        var result: [SQLColumn] = []
        for child in source.calls[(index + 1)...].prefix(2_000) {
            guard child.parent == index else {
                if child.parent == nil { break }
                continue
            }
            guard !child.receiver.isEmpty, !["index", "timestamps", "check_constraint", "foreign_key"].contains(child.name) else { continue }
            let isReference = child.name == "references" || child.name == "belongs_to"
            let isTyped = child.name == "column"
            for argument in child.arguments where argument.label == nil && argument.kind == .text {
                let type = isTyped ? child.argument(1)?.text : child.name
                result.append(ProgramColumn.rails(isReference ? argument.text + "_id" : argument.text, type: type, child))
                if isTyped { break }
            }
        }
        return result
    }
}
