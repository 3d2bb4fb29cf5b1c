import InvarCore

/// `Check例（CI/AI）`, `**理由**: …`, `Until: 2027-03-31`: a word that says what stands beside or below it.
package struct Label: Hashable, Sendable {
    /// The word, folded as for search, without colon, bold or number.
    package var name: String
    /// What stands in parentheses right after the word.
    package var qualifier: String?
    /// What follows the colon, in the file's own characters; nil when the label stands alone.
    package var value: String?

    /// Reads a text as a label. Without a colon the whole text must be short enough to be one.
    package init?(_ text: String) {
        guard Label.mayHold(text) else { return nil }
        let folded = Folding.foldingWidth(text)
        let colon = folded.unicodeScalars.firstIndex(of: ":")
        let head: Substring.UnicodeScalarView
        if let colon {
            let offset = folded.unicodeScalars.distance(from: folded.unicodeScalars.startIndex, to: colon)
            let rest = text.unicodeScalars.dropFirst(offset + 1)
            let value = Label.trimmed(Substring(rest))
            self.value = value.isEmpty ? nil : value
            head = folded.unicodeScalars[..<colon]
        } else {
            self.value = nil
            head = folded.unicodeScalars[...]
        }
        guard head.count <= Label.longest else { return nil }
        var name = Label.trimmed(Substring(head))
        if name.hasSuffix(")"), let open = name.lastIndex(of: "(") {
            self.qualifier = String(name[name.index(after: open)...].dropLast())
            name = Label.trimmed(name[..<open])
        } else {
            self.qualifier = nil
        }
        let folding = Folding.searchable(name)
        self.name = Label.withoutNumber(folding)
        if self.name.isEmpty { return nil }
    }

    /// The most scalars that a label may have.
    private static let longest = 40

    /// Whether the text ends or has a colon soon enough for what stands before to be a label.
    private static func mayHold(_ text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { bytes in
            var index = 0
            var scalars = 0
            while index < bytes.count {
                let next = UTF8Scalar(bytes, at: index)
                if next.value == 0x3A || next.value == 0xFF1A { return true }
                scalars += 1
                if scalars > longest { return false }
                index += next.width
            }
            return true
        }
    }

    private static let ends: Set<Character> = [" ", "\u{3000}", "\t", "*", "_", "【", "】", "■", "●", "◆", "・"]

    private static func trimmed(_ text: Substring) -> String {
        if let trimmed = String(text).trimmingASCII({ $0 == 0x20 || $0 == 0x09 || $0 == 0x2A || $0 == 0x5F }) { return trimmed }
        var slice = text
        while let first = slice.first, ends.contains(first) { slice.removeFirst() }
        while let last = slice.last, ends.contains(last) { slice.removeLast() }
        return String(slice)
    }

    /// `3.1 Scope` → `scope`.
    package static func withoutNumber(_ text: String) -> String {
        guard let first = text.utf8.first, first >= 0x30, first <= 0x39 else { return text }
        var rest = text[...]
        let digits = rest.prefix { ($0.isASCII && $0.isNumber) || $0 == "." }
        guard !digits.isEmpty else { return text }
        rest = rest.dropFirst(digits.count)
        guard digits.last == "." || rest.first == " " || rest.first == "\u{3000}" || rest.first == ")" else { return text }
        let title = rest.drop { $0 == " " || $0 == "\u{3000}" || $0 == ")" || $0 == "." }
        return title.isEmpty ? text : String(title)
    }
}
