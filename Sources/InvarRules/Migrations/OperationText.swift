import InvarCore
import InvarSyntax

/// What a hint quotes from a call in a migration.
enum OperationText {
    /// The name in `RunPython(name, …)` or `RunPython(code=name)`; nil for a lambda or anything longer.
    static func firstArgument(of call: String) -> String? {
        guard let open = call.firstIndex(of: "(") else { return nil }
        var inside = call[call.index(after: open)...].drop { $0.isWhitespace }
        if inside.hasPrefix("code") {
            let rest = inside.dropFirst(4).drop { $0.isWhitespace }
            if rest.first == "=" { inside = rest.dropFirst().drop { $0.isWhitespace } }
        }
        let name = inside.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
        let next = inside.dropFirst(name.count).first { !$0.isWhitespace }
        guard next == "," || next == ")", let last = name.split(separator: ".").last, last != "lambda" else { return nil }
        return String(last)
    }

    /// The indices of the actions of the way forth that stand in a call; none in a file of more than people write, where
    /// looking for them call by call would take too long.
    static func actions(within span: Range<Int>, of file: MigrationFile) -> [Int] {
        guard file.up.actions.count <= 2_000 else { return [] }
        return file.up.actions.indices.filter { span.contains(file.up.actions[$0].span.lowerBound) }
    }

    /// `reverse_sql="…"` with what undoes the statements of the operation.
    static func reverseSQL(of operation: DjangoMigration.Operation, in file: MigrationFile, _ bytes: [UInt8]) -> Wording {
        let own = actions(within: operation.span, of: file)
        let undo = UndoStatements(of: file.up, in: bytes, only: own).lines
        func quoted(_ lines: [String]) -> String {
            lines.count == 1 ? "reverse_sql=\"\(lines[0].replacing("\"", with: "\\\""))\"" : "reverse_sql=\"\"\"\n" + lines.joined(separator: "\n") + "\n\"\"\""
        }
        return Wording(en: quoted(undo.map(\.en)), ja: quoted(undo.map(\.ja)))
    }
}

extension OperationText {
    /// Whether a call says so, spaces aside.
    static func says(_ words: String, in call: String) -> Bool {
        call.filter { !$0.isWhitespace }.contains(words)
    }
}
