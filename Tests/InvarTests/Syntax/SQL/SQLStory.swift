@testable import InvarSyntax

/// The actions of a script in a short form, each with the text of its span: `dropColumn users.email «DROP COLUMN email»`.
func story(_ sql: String, _ dialect: SQLDialect = .unknown) -> [String] {
    let bytes = Array(sql.utf8)
    return SQLScript.read(bytes, dialect: dialect).actions.map { "\(brief($0)) «\(String(decoding: bytes[$0.span], as: UTF8.self))»" }
}

/// The actions without their spans.
func outline(_ script: SQLScript) -> [String] { script.actions.map(brief) }

func outline(_ sql: String, _ dialect: SQLDialect = .unknown) -> [String] { outline(SQLScript.read(Array(sql.utf8), dialect: dialect)) }

func brief(_ action: SQLAction) -> String {
    var text = action.kind.rawValue
    if let object = action.object { text += " \(object.rawValue)" }
    if !action.table.name.isEmpty { text += " \(action.table)" }
    if !action.name.isEmpty { text += ".\(action.name)" }
    if let newName = action.newName { text += " → \(newName)" }
    if action.context != .statement { text += " [\(action.context)]" }
    return text
}

func problems(_ sql: String, _ dialect: SQLDialect = .unknown) -> [SQLProblem] {
    SQLScript.read(Array(sql.utf8), dialect: dialect).problems
}
