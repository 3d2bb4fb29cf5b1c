import InvarCore
import InvarSyntax

/// Splices fields into a note: behind the empty keys of its front matter, as new lines of it, as a front matter of its
/// own, or as labelled items under the heading of one of several notes. Every other byte stays.
struct NoteEdit {
    private let bytes: [UInt8]
    private let path: String
    private let lines: LineTable
    private let frontMatter: FrontMatter
    private let newline: String

    init(_ bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
        lines = LineTable(bytes)
        frontMatter = FrontMatter(bytes, lines: lines)
        let first = bytes[lines.range(ofLine: 1)]
        newline = first.suffix(2).elementsEqual([0x0D, 0x0A]) ? "\r\n" : first.last == 0x0D ? "\r" : "\n"
    }

    /// A field to write: its key, its value as YAML, and as it stands in a labelled item.
    struct Field {
        var key: String
        var value: String
        var words: String
    }

    /// The file with the fields of its only note.
    ///
    /// - Throws: ``Failure`` for front matter that cannot be edited, and for a key that says something already.
    func adding(_ fields: [Field]) throws(Failure) -> [UInt8] {
        guard let span = frontMatter.span else {
            let text = "---" + newline + block(fields, indent: 0) + "---" + newline + newline
            return spliced([Splice(range: bodyStart..<bodyStart, text: text)])
        }
        guard frontMatter.problem == nil else { throw unsafe }
        var splices: [Splice] = []
        var added: [Field] = []
        let members = frontMatter.yaml?.members ?? []
        for field in fields {
            if let member = members.first(where: { NoteEdit.names(field.key).contains($0.key.text ?? "") }) {
                splices.append(try fill(member, field))
            } else {
                added.append(field)
            }
        }
        if !added.isEmpty {
            let indent = members.first.map { $0.key.position.column - 1 } ?? 0
            splices.append(Splice(range: span.upperBound..<span.upperBound, text: block(added, indent: indent)))
        }
        return spliced(splices)
    }

    /// The file with labelled items for the note that begins at a heading: front matter would speak for all notes of the file.
    func adding(_ fields: [Field], underHeading line: Int) -> [UInt8] {
        var line = line
        let next = lines.range(ofLine: line + 1)
        let underline = bytes[next].filter { ![0x0A, 0x0D, 0x20].contains($0) }
        if !underline.isEmpty, underline.allSatisfy({ $0 == 0x2D }) || underline.allSatisfy({ $0 == 0x3D }) { line += 1 }
        let end = lines.range(ofLine: line).upperBound
        let isEnded = end > 0 && (bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D)
        let text = (isEnded ? "" : newline) + newline + fields.map { "- \($0.key): \($0.words)" + newline }.joined()
        // What follows at once, such as a paragraph, would go on with the last item.
        let follower = bytes[lines.range(ofLine: line + 1)].first
        let isFollowed = follower.map { $0 != 0x0A && $0 != 0x0D } ?? false
        return spliced([Splice(range: end..<end, text: text + (isFollowed ? newline : ""))])
    }

    private struct Splice {
        var range: Range<Int>
        var text: String
    }

    private var bodyStart: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

    private var unsafe: Failure {
        Failure("the front matter cannot be edited safely", at: Place(path: path), hint: "edit the note yourself; nothing was written")
    }

    /// The spellings of a key that readers take for the same.
    private static func names(_ key: String) -> [String] {
        switch key {
        case "invariants": ["invariants", "invariant", "violates"]
        case "paths": ["paths", "path"]
        case "decisions": ["decisions", "decision", "adr"]
        default: [key]
        }
    }

    private func block(_ fields: [Field], indent: Int) -> String {
        fields.map { String(repeating: " ", count: max(0, indent)) + "\($0.key): \($0.value)" + newline }.joined()
    }

    /// Puts a value behind a key that has none; its comment stays.
    private func fill(_ member: (key: YAML, value: YAML), _ field: Field) throws(Failure) -> Splice {
        var isEmpty = member.value.isNull || (field.key == "kind" && member.value.text == Note.Kind.observation.rawValue)
        if case .list(let items) = member.value.content, items.isEmpty { isEmpty = true }
        guard isEmpty else {
            let said = member.value.text ?? "a list"
            throw Failure(
                "says \(field.key): \(said) already", at: Place(path: path, position: member.key.position), hint: "edit the note if that is wrong")
        }
        guard let range = valueRange(of: member.key) else { throw unsafe }
        return Splice(range: range, text: range.isEmpty ? " " + field.value : field.value)
    }

    /// The bytes of the value on a key's own line, empty right after the colon without one.
    private func valueRange(of key: YAML) -> Range<Int>? {
        let line = lines.range(ofLine: key.position.line)
        var end = line.upperBound
        while end > line.lowerBound, [0x0A, 0x0D, 0x20, 0x09].contains(bytes[end - 1]) { end -= 1 }
        var index = line.lowerBound + key.position.column - 1
        guard index < end, let name = key.text else { return nil }
        let quote: UInt8? = bytes[index] == 0x22 || bytes[index] == 0x27 ? bytes[index] : nil
        if quote != nil { index += 1 }
        guard bytes[index..<end].starts(with: Array(name.utf8)) else { return nil }
        index += name.utf8.count
        if let quote {
            guard index < end, bytes[index] == quote else { return nil }
            index += 1
        }
        while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        guard index < end, bytes[index] == 0x3A else { return nil }
        let colon = index + 1
        index = colon
        while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        guard index < end, bytes[index] != 0x23 else { return colon..<colon }
        let start = index
        while index < end, !(bytes[index] == 0x23 && (bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09)) { index += 1 }
        while index > start, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
        return start..<index
    }

    private func spliced(_ splices: [Splice]) -> [UInt8] {
        var out: [UInt8] = []
        var position = 0
        for splice in splices.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            out += bytes[position..<max(position, splice.range.lowerBound)]
            out += Array(splice.text.utf8)
            position = max(position, splice.range.upperBound)
        }
        return out + bytes[min(position, bytes.count)...]
    }
}
