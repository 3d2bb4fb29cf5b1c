package import InvarCore
import InvarStore
import InvarSyntax

extension Workspace {
    /// Fills in what a note lacks; every other byte of the file stays.
    ///
    /// - Throws: ``Failure`` when the note says something else already: that is for a person to edit.
    package func setNote(_ name: String, _ fields: NoteDraft) throws -> (report: ChangeReport, language: Language) {
        try withStore { synced in
            let store = synced.store
            let found = try entry(name, store)
            guard found.kind == .note, let item = try store.notes(sprints: configuration.sprints, entries: [found.row]).first else {
                throw Failure("\(name) is a \(found.kind.rawValue), not a note")
            }
            var fields = fields
            fields.invariants = try fields.invariants.map { name in
                let found = try resolvedInvariant(name, store)
                return Identifier(name)?.part ?? found.id
            }
            fields.decisions = try fields.decisions.map { try resolvedDecision($0, store).id }
            let missing = try Workspace.missing(in: item.note, fields, at: Place(path: item.path, position: item.note.position))
            guard !missing.isEmpty else { return (ChangeReport(changes: [.init(.unchanged, item.path)], entry: item.json), try language(store)) }
            let path = root + "/" + item.path
            let bytes = try FileSystem.read(path)
            let edited = NoteEdit(bytes, path: item.path, firstLine: found.lines.lowerBound, headingLine: found.line).adding(missing)
            try FileSystem.replace(path, expected: bytes, with: edited)
            return (ChangeReport(changes: [.init(.edited, item.path)], entry: item.json), try language(store))
        }
    }

    /// The lines to add, in the order of the format.
    private static func missing(in note: Note, _ fields: NoteDraft, at place: Place) throws(Failure) -> [(key: String, value: String)] {
        var lines: [(key: String, value: String)] = []
        func add(_ key: String, _ known: String?, _ wanted: String?, _ text: String) throws(Failure) {
            guard let wanted else { return }
            guard let known else { return lines.append((key, text)) }
            if known != wanted { throw Failure("\(note.id) says \(key): \(known) already", at: place, hint: "edit the note if that is wrong") }
        }
        func list(_ texts: [String]) -> String? { texts.isEmpty ? nil : YAMLText.list(texts) }
        try add("kind", note.kind == .observation ? nil : note.kind.rawValue, fields.kind?.rawValue, fields.kind?.rawValue ?? "")
        try add("invariants", list(note.invariants), list(fields.invariants), list(fields.invariants) ?? "")
        try add("cause", note.cause?.rawValue, fields.cause?.rawValue, fields.cause?.rawValue ?? "")
        try add("severity", note.severity?.rawValue, fields.severity?.rawValue, fields.severity?.rawValue ?? "")
        try add("paths", list(note.paths), list(fields.paths), list(fields.paths) ?? "")
        try add("incident", note.incident, fields.incident, fields.incident.map(YAMLText.scalar) ?? "")
        try add("decisions", list(note.decisions), list(fields.decisions), list(fields.decisions) ?? "")
        try add("author", note.author, fields.author, fields.author.map(YAMLText.scalar) ?? "")
        return lines
    }
}

/// Splices fields into a note's front matter, makes one, or adds labelled items under a heading.
private struct NoteEdit {
    private let bytes: [UInt8]
    private let path: String
    private let firstLine: Int
    private let headingLine: Int

    init(_ bytes: [UInt8], path: String, firstLine: Int, headingLine: Int) {
        self.bytes = bytes
        self.path = path
        self.firstLine = firstLine
        self.headingLine = headingLine
    }

    func adding(_ fields: [(key: String, value: String)]) -> [UInt8] {
        let lines = LineTable(bytes)
        let front = FrontMatter(bytes, lines: lines)
        let newline = lines.count > 1 && bytes[..<lines.starts[1]].suffix(2).elementsEqual([0x0D, 0x0A]) ? "\r\n" : "\n"
        if firstLine > 1 {
            // One of several notes of a file: front matter would speak for all of them.
            let end = lines.range(ofLine: headingLine).upperBound
            let lead = end > 0 && bytes[end - 1] == 0x0A ? "" : newline
            let text = fields.map { "- \($0.key): \($0.value)" + newline }.joined()
            return splice(lead + newline + text, at: end)
        }
        if let span = front.span {
            let text = fields.map { "\($0.key): \($0.value)" + newline }.joined()
            return splice(text, at: span.upperBound, replacing: emptyLines(of: fields.map(\.key), in: span, lines))
        }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let text = "---" + newline + fields.map { "\($0.key): \($0.value)" + newline }.joined() + "---" + newline + newline
        return splice(text, at: start)
    }

    /// Lines such as `cause:` or `cause: null` that the new ones take the place of.
    private func emptyLines(of keys: [String], in span: Range<Int>, _ lines: LineTable) -> [Range<Int>] {
        (lines.line(at: span.lowerBound)...max(lines.line(at: span.lowerBound), lines.line(at: max(span.lowerBound, span.upperBound - 1)))).map {
            lines.range(ofLine: $0)
        }
        .filter { range in
            let parts = String(decoding: bytes[range], as: UTF8.self).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, keys.contains(String(parts[0])) else { return false }
            let value = parts[1].prefix { $0 != "#" }.filter { !$0.isWhitespace }
            return ["", "null", "~", "[]"].contains(value) || parts[0] == "kind"
        }
    }

    private func splice(_ text: String, at offset: Int, replacing removed: [Range<Int>] = []) -> [UInt8] {
        var out: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if index == offset { out += Array(text.utf8) }
            if !removed.contains(where: { $0.contains(index) }) { out.append(byte) }
        }
        if offset >= bytes.count { out += Array(text.utf8) }
        return out
    }
}
