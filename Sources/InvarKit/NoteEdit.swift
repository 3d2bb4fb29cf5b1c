import InvarCore
import InvarSyntax

/// Splices fields into a note: behind the empty keys of its front matter, as new lines of it, as a front matter of its
/// own, or as labelled items under the heading of one of several notes. Every other byte stays.
struct NoteEdit {
    private let path: String
    private let file: FrontMatterEdit

    init(_ bytes: [UInt8], path: String) {
        self.path = path
        file = FrontMatterEdit(bytes)
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
        guard file.frontMatter.problem == nil || file.frontMatter.span == nil else { throw unsafe }
        var splices: [Splice] = []
        var added: [String] = []
        for field in fields {
            if let member = file.members.first(where: { NoteEdit.names(field.key).contains($0.key.text ?? "") }) {
                splices.append(try fill(member, field))
            } else {
                added.append("\(field.key): \(field.value)")
            }
        }
        if !added.isEmpty { splices.append(file.appending(added)) }
        return file.bytes.splicing(splices)
    }

    /// The file with labelled items for the note that begins at a heading: front matter would speak for all notes of the file.
    func adding(_ fields: [Field], underHeading line: Int) -> [UInt8] {
        let (bytes, lines, newline) = (file.bytes, file.lines, file.newline)
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
        return bytes.splicing([Splice(at: end, text + (isFollowed ? newline : ""))])
    }

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

    /// Puts a value behind a key that has none; its comment stays.
    private func fill(_ member: (key: YAML, value: YAML), _ field: Field) throws(Failure) -> Splice {
        var isEmpty = member.value.isNull || (field.key == "kind" && member.value.text == Note.Kind.observation.rawValue)
        if case .list(let items) = member.value.content, items.isEmpty { isEmpty = true }
        guard isEmpty else {
            let said = member.value.text ?? "a list"
            throw Failure(
                "says \(field.key): \(said) already", at: Place(path: path, position: member.key.position), hint: "edit the note if that is wrong")
        }
        guard let range = file.valueRange(of: member.key) else { throw unsafe }
        return Splice(range, range.isEmpty ? " " + field.value : field.value)
    }
}
