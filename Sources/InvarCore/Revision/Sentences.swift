/// Sentences of notes, as they may be quoted.
enum Sentences {
    /// Scalars beyond which nobody quotes a sentence.
    private static let longest = 200
    private static let shortest = 6
    /// Bytes of a note that are looked at.
    private static let room = 16_000

    /// The sentence that tells what happened: the first of the text that is not its heading, else its title.
    static func telling(_ note: LedgerNote) -> String? {
        all(note).first ?? clean(Substring(note.note.title))
    }

    /// The sentences of a note's running text and list items, headings, code and labelled fields left out.
    static func all(_ note: LedgerNote) -> [String] {
        var found: [String] = []
        var isCode = false
        let text = note.text ?? note.folded
        for line in text.utf8.prefix(room).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            guard let line = String(line) else { continue }
            let body = line.drop { $0 == " " || $0 == "\t" || $0 == "\u{3000}" }
            if body.hasPrefix("```") || body.hasPrefix("~~~") { isCode.toggle() }
            if isCode || body.hasPrefix("#") || body.hasPrefix("```") || body.hasPrefix("~~~") || body.hasPrefix("|") || isField(body) { continue }
            found += split(body).compactMap(clean)
            if found.count >= 200 { break }
        }
        return found
    }

    /// `原因: slip` and `cause: slip` fill in a form; they say nothing.
    private static func isField(_ line: Substring) -> Bool {
        let label = line.prefix { $0 != ":" && $0 != "：" }
        return label.count < line.count && label.count <= 12 && !label.contains(" ") && line.count <= 60
    }

    /// At the full stops: 。！？ anywhere, an English one before a space.
    private static func split(_ line: Substring) -> [Substring] {
        var parts: [Substring] = []
        var start = line.startIndex
        var index = line.startIndex
        while index < line.endIndex {
            let next = line.index(after: index)
            let character = line[index]
            let ends = "。！？!?".contains(character) || (character == "." && (next == line.endIndex || line[next] == " "))
            if ends {
                parts.append(line[start..<next])
                start = next
            }
            index = next
        }
        if start < line.endIndex { parts.append(line[start...]) }
        return parts
    }

    /// One line without list marks and emphasis, cut where it is too long; nil for what is no sentence.
    private static func clean(_ text: Substring) -> String? {
        var text = text
        while let first = text.first, " \t\u{3000}-*+>".contains(first) { text.removeFirst() }
        let folded = Folding.unwrapped(String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F })))
        let plain = folded.replacing("**", with: "").replacing("__", with: "").replacing("`", with: "")
        guard plain.unicodeScalars.count >= shortest, plain.unicodeScalars.contains(where: { $0.properties.isAlphabetic }) else { return nil }
        let safe = DisplayText.safe(plain)
        guard safe.unicodeScalars.count > longest else { return safe }
        return String(String.UnicodeScalarView(safe.unicodeScalars.prefix(longest - 1))) + "…"
    }
}
