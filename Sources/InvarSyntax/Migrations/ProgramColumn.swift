/// Turns what frameworks say of a column into the model's terms.
enum ProgramColumn {
    /// A column of a Rails migration: `:string, limit: 20, null: false, default: 0`.
    static func rails(_ name: String, type: String?, _ call: SourceCall) -> SQLColumn {
        var column = SQLColumn(name.lowercased(), type.map { railsType($0, call) })
        if call.argument("null")?.text == "false" { column.traits.insert(.notNull) }
        if let value = call.argument("default") {
            column.traits.insert(.hasDefault)
            if value.text == "nil" { column.traits.remove(.hasDefault) }
        }
        return column
    }

    private static func railsType(_ type: String, _ call: SourceCall) -> SQLType {
        var arguments: [Int] = []
        for label in ["limit", "precision", "scale"] { if let number = call.argument(label).flatMap({ Int($0.text) }) { arguments.append(number) } }
        let name = ["string": "varchar", "references": "bigint", "belongs_to": "bigint"][type] ?? type
        return SQLType(name, arguments, isArray: call.argument("array")?.text == "true")
    }

    /// A column of an Alembic migration: the `sa.Column("c", sa.Integer(), nullable=False)` that `call` is.
    static func alembic(_ call: SourceCall, in bytes: [UInt8]) -> SQLColumn {
        var column = SQLColumn((call.argument(0)?.text ?? "").lowercased())
        column.type = call.argument(1, or: "type_").map { alembicType($0, in: bytes) }
        if call.argument("nullable")?.text == "False" { column.traits.insert(.notNull) }
        if call.argument("server_default").map({ $0.text != "None" }) ?? false { column.traits.insert(.hasDefault) }
        if call.argument("primary_key")?.text == "True" { column.traits.insert(.primaryKey) }
        if call.argument("unique")?.text == "True" { column.traits.insert(.unique) }
        if call.argument("autoincrement")?.text == "True" { column.traits.insert(.serial) }
        if call.arguments.contains(where: { text(of: $0, in: bytes).hasPrefix("sa.Identity") }) { column.traits.insert(.identity) }
        if call.arguments.contains(where: { text(of: $0, in: bytes).hasPrefix("sa.Computed") }) { column.traits.insert(.generatedStored) }
        return column
    }

    /// `sa.String(length=20)` → `varchar(20)`.
    static func alembicType(_ argument: SourceArgument, in bytes: [UInt8]) -> SQLType {
        let source = text(of: argument, in: bytes)
        let head = source.prefix { $0 != "(" }
        let name = head.split(separator: ".").last.map { $0.lowercased() } ?? ""
        let numbers = source.dropFirst(head.count).prefix(80).split { !$0.isNumber }.compactMap { Int($0) }
        return SQLType(
            ["string": "varchar", "unicode": "varchar", "unicodetext": "text", "datetime": "timestamp"][name] ?? name, name == "enum" ? [] : numbers)
    }

    /// A field of Django's: the `models.CharField(max_length=20)` that `call` is.
    static func django(_ name: String, _ call: SourceCall) -> SQLColumn {
        var column = SQLColumn(name.lowercased(), SQLType(call.name.lowercased(), call.argument("max_length").flatMap { Int($0.text) }.map { [$0] } ?? []))
        let isMany = call.name == "ManyToManyField"
        if call.argument("null")?.text != "True", !isMany { column.traits.insert(.notNull) }
        let fillers = ["default", "db_default", "auto_now", "auto_now_add"]
        if isMany || call.name.hasSuffix("AutoField") || fillers.contains(where: { call.argument($0) != nil }) { column.traits.insert(.hasDefault) }
        if call.name == "GeneratedField" { column.traits.insert(.generatedStored) }
        if call.argument("unique")?.text == "True" || call.name == "OneToOneField" { column.traits.insert(.unique) }
        return column
    }

    static func text(of argument: SourceArgument, in bytes: [UInt8]) -> String {
        String(decoding: bytes[argument.range.lowerBound..<min(argument.range.upperBound, argument.range.lowerBound + 400)], as: UTF8.self)
    }
}
