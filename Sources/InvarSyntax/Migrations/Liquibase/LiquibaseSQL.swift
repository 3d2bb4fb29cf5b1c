/// A change log in SQL: `--liquibase formatted sql`, `--changeset author:id`, `--rollback …`.
struct LiquibaseSQL {
    private(set) var changeSets: [MigrationFile.ChangeSet] = []
    private let bytes: [UInt8]
    private let dialect: SQLDialect
    /// Blank but for the text of the rollbacks, at its own place.
    private var rollbacks: [UInt8]
    private var open: Open?

    private struct Open {
        var id: String
        var span: Range<Int>
        var start: Int
        var words: [String]
        var wayBack = MigrationFile.WayBack.missing
    }

    /// Whether the first line says so.
    static func isFormatted(_ bytes: [UInt8]) -> Bool {
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
        let line = String(decoding: bytes[index..<min(bytes.count, index + 60)], as: UTF8.self).lowercased()
        return line.hasPrefix("--liquibase formatted sql") || line.hasPrefix("-- liquibase formatted sql")
    }

    init(_ bytes: [UInt8], _ dialect: SQLDialect) {
        self.bytes = bytes
        self.dialect = dialect
        rollbacks = bytes.map { $0 == 0x0A ? 0x0A : 0x20 }
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            if opensRollback(start, end) {
                start = readRollbackBlock(from: end)
            } else {
                readLine(start, end)
                start = end + 1
            }
        }
        close(at: bytes.count)
    }

    private mutating func readLine(_ start: Int, _ end: Int) {
        var index = start
        while index < end, bytes[index] <= 0x20 { index += 1 }
        guard index + 1 < end, bytes[index] == 0x2D, bytes[index + 1] == 0x2D else { return }
        index += 2
        while index < end, bytes[index] == 0x20 { index += 1 }
        let word = index
        while index < end, bytes[index] > 0x20, index - word < 20 { index += 1 }
        switch String(decoding: bytes[word..<index], as: UTF8.self).lowercased() {
        case "changeset":
            close(at: start)
            let (id, words) = LiquibaseSQL.head(String(decoding: bytes[index..<end], as: UTF8.self))
            open = Open(id: id, span: start..<end, start: end, words: words)
        case "rollback": readRollback(index, end)
        default: break
        }
    }

    /// `author:id` and the attributes behind it. An author may have blanks, both may stand in quotes.
    private static func head(_ line: String) -> (id: String, words: [String]) {
        func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" || character == "\r" || character == "\r\n" }
        func bare(_ text: Substring) -> String { String(text.drop { isBlank($0) || $0 == "\"" }.reversed().drop { isBlank($0) || $0 == "\"" }.reversed()) }
        var rest = line[...]
        guard let colon = rest.firstIndex(of: ":") else {
            let words = rest.split(whereSeparator: isBlank).map(String.init)
            return (words.first ?? "", words.map { $0.lowercased() })
        }
        let author = bare(rest[..<colon])
        rest = rest[rest.index(after: colon)...].drop(while: isBlank)
        var id = rest.prefix { !isBlank($0) }
        if rest.first == "\"", let close = rest.dropFirst().firstIndex(of: "\"") { id = rest[...close] }
        return (author + ":" + bare(id), rest[id.endIndex...].split(whereSeparator: isBlank).map { $0.lowercased() })
    }

    /// Whether `/* liquibase rollback` begins a way back of several lines.
    private func opensRollback(_ start: Int, _ end: Int) -> Bool {
        let line = String(decoding: bytes[start..<min(end, start + 80)], as: UTF8.self).lowercased()
        return line.split { $0 == " " || $0 == "\t" || $0 == "\r" }.joined(separator: " ").replacing("/*", with: "/* ").split(separator: " ").prefix(3)
            == ["/*", "liquibase", "rollback"]
    }

    /// The lines of such a block, up to the one that closes it; where the next line begins.
    private mutating func readRollbackBlock(from lineEnd: Int) -> Int {
        var start = lineEnd + 1
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            let close = (start..<end).first { bytes[$0] == 0x2A && $0 + 1 < end && bytes[$0 + 1] == 0x2F }
            if open != nil {
                if bytes[start..<(close ?? end)].contains(where: { $0 > 0x20 }) { open?.wayBack = .given }
                for index in start..<(close ?? end) { rollbacks[index] = bytes[index] }
            }
            start = end + 1
            if close != nil { break }
        }
        return start
    }

    private mutating func readRollback(_ start: Int, _ end: Int) {
        guard open != nil else { return }
        let text = String(decoding: bytes[start..<end], as: UTF8.self).lowercased().split { $0 == " " || $0 == "\r" || $0 == "\t" || $0 == ";" }
        if text.isEmpty || text == ["not", "required"] || text == ["empty"] {
            if open?.wayBack != .given { open?.wayBack = .declaredEmpty }
            return
        }
        open?.wayBack = .given
        for index in start..<end { rollbacks[index] = bytes[index] }
    }

    private mutating func close(at end: Int) {
        guard let open else { return }
        let dialect = open.words.first { $0.hasPrefix("dbms:") }.flatMap { SQLDialect(word: String($0.dropFirst(5))) } ?? dialect
        changeSets.append(
            MigrationFile.ChangeSet(
                id: open.id, span: open.span, up: SQLScript.read(bytes, range: open.start..<end, dialect: dialect),
                down: SQLScript.read(rollbacks, range: open.start..<end, dialect: dialect), wayBack: open.wayBack,
                isRepeatable: open.words.contains("runonchange:true") || open.words.contains("runalways:true"),
                isUnwrapped: open.words.contains("runintransaction:false")))
        self.open = nil
    }
}
