import InvarSyntax

/// Tables that wait under another name to be dropped: the stage before the last.
enum PutAside {
    static let suffix = "_deprecated"

    static func isName(_ name: String) -> Bool {
        let words = name.split { $0 == "_" || $0 == "-" }
        return words.contains { ["deprecated", "obsolete", "unused"].contains($0) }
    }

    static func rename(_ table: WrittenName, _ dialect: SQLDialect) -> String {
        let new = table.with(suffix: suffix)
        return switch dialect {
        case .mysql, .clickhouse: "RENAME TABLE \(table.quoted) TO \(new)"
        default: "ALTER TABLE \(table.quoted) RENAME TO \(lastPart(new))"
        }
    }

    /// PostgreSQL wants the new name without a schema.
    static func lastPart(_ quoted: String) -> String {
        guard let last = quoted.last, let dot = quoted.lastIndex(of: ".") else { return quoted }
        let rest = quoted[quoted.index(after: dot)...]
        return last == "\"" && rest.first != "\"" ? quoted : String(rest)
    }
}
