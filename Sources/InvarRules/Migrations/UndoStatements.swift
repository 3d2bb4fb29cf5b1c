import InvarCore
import InvarSyntax

/// Writes the statements that take a way forth back, as far as its text and the schema before it tell.
struct UndoStatements {
    /// What cannot be told is left open in a comment.
    private(set) var lines: [Wording] = []
    private static let linesAtMost = 12

    private let script: SQLScript
    private let bytes: [UInt8]
    private let history: SchemaHistory

    /// - Parameters:
    ///   - chosen: the indices of the actions to take back; nil for all.
    ///   - history: the schema before the script.
    init(of script: SQLScript, in bytes: [UInt8], history: SchemaHistory = SchemaHistory(), only chosen: [Int]? = nil) {
        self.script = script
        self.bytes = bytes
        self.history = history
        var found: [Wording] = []
        // What is chosen is asked for by itself, one action at a time.
        let lifespan = chosen == nil ? SQLLifespan(script) : nil
        for index in (chosen ?? Array(script.actions.indices)).reversed() {
            let action = script.actions[index]
            guard action.context != .routine else { continue }
            if action.kind != .createTable, lifespan?.isNew(action.table, before: index) ?? false { continue }
            guard let line = statement(action), !found.contains(line) else { continue }
            if found.count == UndoStatements.linesAtMost {
                found.append(Wording("-- …"))
                break
            }
            found.append(line)
        }
        if found.isEmpty { found = [Wording(en: "-- the statements that undo it", ja: "-- ここに元へ戻す文を書く")] }
        lines = found
    }

    /// Under one another.
    var text: Wording {
        Wording(en: lines.map(\.en).joined(separator: "\n"), ja: lines.map(\.ja).joined(separator: "\n"))
    }

    // MARK: One action

    private func statement(_ action: SQLAction) -> Wording? {
        let table = spelled(action.table, action)
        switch action.kind {
        case .createTable: return Wording("DROP TABLE \(table);")
        case .dropTable: return Wording("CREATE TABLE \(table) ") + definition(of: action.table) + Wording(";")
        case .renameTable: return Wording("ALTER TABLE \(spelled(action.newName ?? "", action)) RENAME TO \(spelled(action.table.name, action));")
        case .insert:
            return Wording(en: "DELETE FROM \(table) WHERE /* the rows that were inserted */;", ja: "DELETE FROM \(table) WHERE /* 追加した行の条件 */;")
        case .update:
            let column = action.data?.assignments.first?.column ?? ""
            return Wording(en: "UPDATE \(table) SET \(column) = /* its value before */;", ja: "UPDATE \(table) SET \(column) = /* 変更前の値 */;")
        case .delete, .truncate:
            return Wording(en: "-- put the rows of \(table) back from a copy", ja: "-- 退避したコピーから \(table) の行を戻す")
        case .createObject: return action.object.map { Wording("DROP \(UndoStatements.word($0)) \(spelledObject(action));") }
        case .dropObject:
            return action.object.map {
                Wording(
                    en: "CREATE \(UndoStatements.word($0)) \(spelledObject(action)) /* as it was */;",
                    ja: "CREATE \(UndoStatements.word($0)) \(spelledObject(action)) /* 削除前の定義 */;")
            }
        default: return onColumn(action, table) ?? onIndex(action, table)
        }
    }

    private func onColumn(_ action: SQLAction, _ table: String) -> Wording? {
        let name = spelled(action.name, action)
        let known = history.column(action.name, of: action.table)
        switch action.kind {
        case .addColumn: return Wording("ALTER TABLE \(table) DROP COLUMN \(name);")
        case .dropColumn: return Wording("ALTER TABLE \(table) ADD COLUMN \(name) ") + UndoStatements.type(known) + Wording(";")
        case .renameColumn: return Wording("ALTER TABLE \(table) RENAME COLUMN \(spelled(action.newName ?? "", action)) TO \(name);")
        case .setNotNull: return Wording("ALTER TABLE \(table) ALTER COLUMN \(name) DROP NOT NULL;")
        case .dropNotNull: return Wording("ALTER TABLE \(table) ALTER COLUMN \(name) SET NOT NULL;")
        case .setDefault: return Wording("ALTER TABLE \(table) ALTER COLUMN \(name) DROP DEFAULT;")
        case .changeType where script.dialect == .mysql:
            return Wording("ALTER TABLE \(table) MODIFY COLUMN \(name) ") + UndoStatements.type(known) + Wording(";")
        case .changeType: return Wording("ALTER TABLE \(table) ALTER COLUMN \(name) TYPE ") + UndoStatements.type(known) + Wording(";")
        default: return nil
        }
    }

    private func onIndex(_ action: SQLAction, _ table: String) -> Wording? {
        let name = spelled(action.name, action)
        guard !action.name.isEmpty else { return nil }
        switch action.kind {
        case .createIndex: return Wording(script.dialect == .mysql ? "DROP INDEX \(name) ON \(table);" : "DROP INDEX \(name);")
        case .dropIndex:
            guard let known = history.index(action.name) else {
                return Wording(en: "CREATE INDEX \(name) ON /* its table and columns */;", ja: "CREATE INDEX \(name) ON /* 元の表と列 */;")
            }
            return Wording(
                "CREATE \(known.index.isUnique ? "UNIQUE " : "")INDEX \(name) ON \(known.table) (\(known.index.columns.joined(separator: ", ")));")
        case .renameIndex: return Wording("ALTER INDEX \(spelled(action.newName ?? "", action)) RENAME TO \(name);")
        case .addConstraint: return Wording("ALTER TABLE \(table) DROP CONSTRAINT \(name);")
        case .dropConstraint:
            return Wording(en: "ALTER TABLE \(table) ADD CONSTRAINT \(name) /* as it was */;", ja: "ALTER TABLE \(table) ADD CONSTRAINT \(name) /* 削除前の定義 */;")
        case .renameConstraint: return Wording("ALTER TABLE \(table) RENAME CONSTRAINT \(spelled(action.newName ?? "", action)) TO \(name);")
        case .addEnumValue:
            return Wording(
                en: "-- \(table): rename the type, create it without '\(action.name)', convert its columns, drop the old one",
                ja: "-- \(table): 型の名前を変え、'\(action.name)' のない型を作って列を変換し、古い型を削除する")
        case .renameEnumValue: return Wording("ALTER TYPE \(table) RENAME VALUE '\(action.newName ?? "")' TO '\(action.name)';")
        default: return nil
        }
    }

    // MARK: Pieces

    private func definition(of table: SQLName) -> Wording {
        guard let known = history.table(table), !known.columns.isEmpty, known.columns.count <= 40 else {
            return Wording(en: "(/* its columns as they were */)", ja: "(/* 削除前の列 */)")
        }
        let columns = known.columns.map { column -> String in
            var text = "  " + column.name + (column.type.map { " " + $0.description } ?? "")
            if column.traits.contains(.primaryKey) { text += " PRIMARY KEY" } else if column.traits.contains(.notNull) { text += " NOT NULL" }
            return text
        }
        return Wording("(\n" + columns.joined(separator: ",\n") + "\n)")
    }

    private static func type(_ column: SQLColumn?) -> Wording {
        column?.type.map { Wording($0.description) } ?? Wording(en: "/* its type before */", ja: "/* 元の型 */")
    }

    private static func word(_ object: SQLAction.Object) -> String {
        object == .materializedView ? "MATERIALIZED VIEW" : object.rawValue.uppercased()
    }

    private func spelledObject(_ action: SQLAction) -> String {
        let name = action.name.isEmpty ? spelled(action.table, action) : spelled(action.name, action)
        let isOnTable = (action.object == .trigger || action.object == .policy) && !action.name.isEmpty && !action.table.name.isEmpty
        return isOnTable ? name + " ON " + spelled(action.table, action) : name
    }

    private func spelled(_ table: SQLName, _ action: SQLAction) -> String {
        (table.schema.map { spelled($0, action) + "." } ?? "") + spelled(table.name, action)
    }

    /// A name as its statement writes it, with its quotes: names are kept in lower case.
    private func spelled(_ name: String, _ action: SQLAction) -> String {
        guard action.statement < script.statements.count, !name.isEmpty else { return name }
        let span = script.statements[action.statement].span.clamped(to: 0..<bytes.count)
        let text = bytes[span].prefix(4_000)
        let wanted = Array(name.utf8)
        guard text.count >= wanted.count else { return name }
        for start in text.startIndex...(text.endIndex - wanted.count) where UndoStatements.fold(text[start]) == UndoStatements.fold(wanted[0]) {
            let end = start + wanted.count
            guard zip(text[start..<end], wanted).allSatisfy({ UndoStatements.fold($0) == UndoStatements.fold($1) }) else { continue }
            let before = start > text.startIndex ? text[start - 1] : 0x20
            let after = end < text.endIndex ? text[end] : 0x20
            guard !UndoStatements.isWord(before), !UndoStatements.isWord(after) else { continue }
            let isQuoted = before == after && (before == 0x22 || before == 0x60) || before == 0x5B && after == 0x5D
            return String(decoding: text[(isQuoted ? start - 1 : start)..<(isQuoted ? end + 1 : end)], as: UTF8.self)
        }
        return name
    }

    private static func fold(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte == 0x5F || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte >= 0x80
    }
}
