/// The operations of a Django migration, in their order.
package struct DjangoMigration: Sendable {
    /// How an operation can be taken back.
    package enum Reverse: String, Hashable, Sendable {
        case given
        /// `RunPython.noop`, `RunSQL.noop`: taking it back is declared to do nothing.
        case noop
        case missing
        /// Django derives it.
        case derived
    }

    package struct Operation: Hashable, Sendable {
        /// `RunPython`, `RemoveField`, …
        package var name: String
        /// From the name to the closing parenthesis.
        package var span: Range<Int>
        package var reverse: Reverse
        /// In `SeparateDatabaseAndState(state_operations=…)`: it does not touch the database.
        package var isStateOnly: Bool
    }

    package var operations: [Operation] = []
    /// `atomic = False`.
    package var isAtomic = true
}

/// Reads a Django migration.
struct DjangoReader {
    let source: SourceReader
    private(set) var migration = DjangoMigration()
    private(set) var up = SQLScript()
    private(set) var down = SQLScript()
    private let bytes: [UInt8]

    static let names: Set<String> = [
        "CreateModel", "DeleteModel", "RenameModel", "AlterModelTable", "AddField", "RemoveField", "RenameField", "AlterField", "AddIndex",
        "RemoveIndex", "RenameIndex", "AddConstraint", "RemoveConstraint", "AlterConstraint", "AlterUniqueTogether", "AlterIndexTogether",
        "AlterModelOptions", "AlterModelManagers", "AlterOrderWithRespectTo", "AlterModelTableComment", "RunPython", "RunSQL",
        "SeparateDatabaseAndState", "AddIndexConcurrently", "RemoveIndexConcurrently", "AddConstraintNotValid", "ValidateConstraint",
        "CreateExtension",
    ]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        source = SourceReader(bytes, .python)
        for index in source.calls.indices where DjangoReader.names.contains(source.calls[index].name) { read(index) }
    }

    private mutating func read(_ index: Int) {
        let call = source.calls[index]
        guard call.receiver == "migrations" || call.receiver.isEmpty || call.name.hasSuffix("Concurrently") || call.receiver == "operations" else { return }
        let isStateOnly = standsInState(call)
        var reverse = DjangoMigration.Reverse.derived
        switch call.name {
        case "RunPython": reverse = self.reverse(call.argument(1, or: "reverse_code"))
        case "RunSQL":
            reverse = self.reverse(call.argument(1, or: "reverse_sql"))
            if !isStateOnly { readSQL(call) }
        case "SeparateDatabaseAndState": return
        default: if !isStateOnly { act(call, at: index) }
        }
        migration.operations.append(DjangoMigration.Operation(name: call.name, span: call.span, reverse: reverse, isStateOnly: isStateOnly))
    }

    private func standsInState(_ call: SourceCall) -> Bool {
        var call = call
        for _ in 0..<8 {
            if call.parentLabel == "state_operations" { return true }
            guard let parent = call.parent else { return false }
            if source.calls[parent].name == "SeparateDatabaseAndState", call.parentLabel == nil,
                let second = source.calls[parent].argument(1), second.range.contains(call.span.lowerBound)
            {
                return true
            }
            call = source.calls[parent]
        }
        return false
    }

    private func reverse(_ argument: SourceArgument?) -> DjangoMigration.Reverse {
        guard let argument else { return .missing }
        if argument.kind == .word, argument.text == "None" { return .missing }
        if argument.text.hasSuffix("noop") || argument.kind == .text && argument.text.isEmpty { return .noop }
        return .given
    }

    private mutating func readSQL(_ call: SourceCall) {
        if let content = call.argument(0, or: "sql")?.content { up.append(SQLScript.read(bytes, range: content)) }
        if let content = call.argument(1, or: "reverse_sql")?.content { down.append(SQLScript.read(bytes, range: content)) }
    }

    // MARK: The model's terms

    private mutating func act(_ call: SourceCall, at index: Int) {
        let model = SQLName(
            (call.argument(0, or: call.name.hasSuffix("Model") || call.name == "AlterModelTable" ? "name" : "model_name")?.text ?? "").lowercased())
        let second = call.argument(1, or: "name")
        let name = second?.text.lowercased() ?? ""
        switch call.name {
        case "CreateModel": add(.createTable, call, model, detail: .table(SQLTable(columns: columns(of: index))))
        case "DeleteModel": add(.dropTable, call, model)
        case "RenameModel":
            let old = SQLName((call.argument(0, or: "old_name")?.text ?? "").lowercased())
            add(.renameTable, call, old, newName: call.argument(1, or: "new_name")?.text.lowercased())
        case "AddField": add(.addColumn, call, model, name, detail: field(of: index, name))
        case "RemoveField": add(.dropColumn, call, model, name)
        case "RenameField":
            let old = call.argument(1, or: "old_name")?.text.lowercased() ?? ""
            add(.renameColumn, call, model, old, newName: call.argument(2, or: "new_name")?.text.lowercased())
        case "AlterField": add(.changeType, call, model, name, detail: field(of: index, name))
        case "AddIndex", "AddIndexConcurrently":
            add(.createIndex, call, model, detail: .index(SQLIndex()), flags: call.name == "AddIndex" ? [] : .concurrently)
        case "RemoveIndex", "RemoveIndexConcurrently": add(.dropIndex, call, model, name, flags: call.name == "RemoveIndex" ? [] : .concurrently)
        case "AddConstraint": add(.addConstraint, call, model, detail: .constraint(SQLConstraint(.unknown)))
        case "AddConstraintNotValid": add(.addConstraint, call, model, detail: .constraint(SQLConstraint(.check, isNotValid: true)))
        case "RemoveConstraint": add(.dropConstraint, call, model, name, detail: .constraint(SQLConstraint(.unknown, name: name)))
        default: break
        }
    }

    private mutating func add(
        _ kind: SQLAction.Kind, _ call: SourceCall, _ table: SQLName, _ name: String = "", newName: String? = nil, detail: SQLAction.Detail = .none,
        flags: SQLAction.Flags = []
    ) {
        up.note(SQLAction(kind, table: table, name: name, newName: newName, flags: flags, detail: detail, span: call.span))
    }

    /// The field in the arguments of the operation at an index.
    private func field(of index: Int, _ name: String) -> SQLAction.Detail {
        for child in source.calls[(index + 1)...].prefix(8) where child.parent == index { return .column(ProgramColumn.django(name, child)) }
        return .column(SQLColumn(name, nil, .hasDefault))
    }

    private func columns(of index: Int) -> [SQLColumn] {
        var result: [SQLColumn] = []
        for child in source.calls[(index + 1)...] {
            guard child.span.lowerBound < source.calls[index].span.upperBound else { break }
            if child.parent == index, let name = child.before { result.append(ProgramColumn.django(name, child)) }
        }
        return result
    }
}

extension SQLScript {
    /// Adds an action as a statement of its own.
    mutating func note(_ action: SQLAction) {
        var action = action
        action.statement = statements.count
        let isData = [.insert, .update, .delete, .truncate, .merge].contains(action.kind)
        statements.append(SQLStatement(kind: isData ? .data : .schema, span: action.span))
        actions.append(action)
    }
}
