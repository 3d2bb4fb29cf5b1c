import InvarCore
import InvarSyntax

/// Writes that add to what is there, whatever is there.
struct AppendWrite {
    /// In bytes of the file.
    var span: Range<Int>
    /// `WRITE_APPEND`, `INSERT INTO sales`.
    var what: String
    /// The token it begins with.
    var token: Int

    static let cues = CueSet(["WRITE_APPEND", "append", "insert into", "copy ", "insertInto"])

    static func isThere(in code: CodeText) -> Bool { !all(in: code).isEmpty }

    static func all(in code: CodeText) -> [AppendWrite] {
        guard cues.occur(in: code.bytes) else { return [] }
        var found: [AppendWrite] = []
        for index in code.tokens.indices {
            switch code.tokens[index].kind {
            case .word where code.isToken(index, "WRITE_APPEND"):
                found.append(AppendWrite(span: code.tokens[index].start..<code.tokens[index].end, what: "WRITE_APPEND", token: index))
            case .quoteOpen: if let write = literal(code, index) { found.append(write) }
            case .word where code.isToken(index, "mode") || code.isToken(index, "Append"): if let write = sparkMode(code, index) { found.append(write) }
            default: break
            }
        }
        return found + statements(in: code)
    }

    /// `"WRITE_APPEND"`, `if_exists="append"`, `write_disposition="append"`.
    private static func literal(_ code: CodeText, _ index: Int) -> AppendWrite? {
        guard let literal = code.literal(index) else { return nil }
        let span = code.tokens[index].start..<code.tokens[code.closing(of: index)].end
        if literal == "WRITE_APPEND" { return AppendWrite(span: span, what: literal, token: index) }
        guard literal == "append", code.isToken(index - 1, "=") || code.isToken(index - 1, ":") else { return nil }
        var name = code.text(index - 2)
        if code.kind(index - 2) == .quoteClose { name = code.text(index - 3) }
        guard name == "if_exists" || name == "write_disposition" else { return nil }
        return AppendWrite(span: span, what: "\(name)=\"append\"", token: index)
    }

    /// `.mode("append")`, `SaveMode.Append`.
    private static func sparkMode(_ code: CodeText, _ index: Int) -> AppendWrite? {
        if code.isToken(index, "Append") {
            guard code.isToken(index - 2, "SaveMode") else { return nil }
            return AppendWrite(span: code.tokens[index - 2].start..<code.tokens[index].end, what: "SaveMode.Append", token: index)
        }
        guard code.isToken(index - 1, "."), code.isToken(index + 1, "("), let literal = code.literal(index + 2), literal.lowercased() == "append" else {
            return nil
        }
        let close = code.closing(of: index + 1)
        return AppendWrite(span: code.tokens[index].start..<code.tokens[close].end, what: "mode(\"append\")", token: index)
    }

    /// `INSERT INTO … SELECT`, `INSERT INTO … VALUES`, `COPY … FROM`, without anything that tells what is there already,
    /// in files that neither delete the run's rows first nor merge.
    private static func statements(in code: CodeText) -> [AppendWrite] {
        let pieces = EmbeddedSQL(code).pieces
        let actions = pieces.flatMap { piece in piece.script.actions.map { (action: $0, token: piece.token) } }
        // Rows are taken out by a key, or merged: what is inserted replaces them.
        let replacing: Set<SQLAction.Kind> = [.delete, .truncate, .merge, .createTable, .dropTable, .detachPartition]
        let replaced = Set(actions.filter { replacing.contains($0.action.kind) }.map(\.action.table.name))
        var found: [AppendWrite] = []
        for (action, token) in actions where action.kind == .insert {
            guard let data = action.data, data.conflict == nil, data.source != .none, !replaced.contains(action.table.name),
                !isJournal(action.table.name), !isTemporary(action.table.name)
            else { continue }
            found.append(AppendWrite(span: action.span, what: "INSERT INTO \(action.table)", token: token))
        }
        return found
    }

    /// Tables that grow with every run by their nature.
    private static func isJournal(_ table: String) -> Bool {
        let words = CodeWords.of(table)
        return words.contains {
            [
                "log", "logs", "history", "histories", "audit", "audits", "journal", "run", "runs", "execution", "executions", "migration", "migrations",
                "datamigration",
            ].contains($0)
        }
    }

    private static func isTemporary(_ table: String) -> Bool {
        StagingName.isStaging(table) || table.hasPrefix("#")
    }
}
