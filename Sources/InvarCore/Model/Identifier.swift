/// An id in running text: `INV-OPS-002`, one clause of it `INV-OPS-002.2`, one check `INV-OPS-002.C1`.
///
/// The shape is `[A-Z][A-Z0-9]*(-[A-Z0-9]+)*-[0-9]+`; full-width letters, digits and hyphens are read as ASCII ones.
package struct Identifier: Hashable, Sendable {
    /// Without clause.
    package var id: String
    /// `INV-OPS-002.2`, when one clause or check is named.
    package var part: String?

    /// What was named, clause included.
    package var text: String { part ?? id }

    package init(id: String, part: String? = nil) {
        self.id = id
        self.part = part
    }

    /// Reads the whole of a short text as one id, spaces around it ignored.
    package init?(_ text: some StringProtocol) {
        let folded = Folding.identifier(String(text))
        var scanner = IdentifierScanner(Array(folded.utf8))
        scanner.skipSpaces()
        guard let found = scanner.identifier() else { return nil }
        scanner.skipSpaces()
        guard scanner.isAtEnd else { return nil }
        self = found
    }

    /// Splits a heading such as `INV-OPS-002: 更新系処理の冪等性` into id and title; nil when it does not begin with an id.
    package static func heading(_ text: String) -> (id: Identifier, title: String)? {
        let folded = Folding.identifier(text)
        var scanner = IdentifierScanner(Array(folded.utf8))
        scanner.skipSpaces()
        if scanner.peek == 0x5B { scanner.advance() }
        guard let id = scanner.identifier() else { return nil }
        // NFKC keeps the number of scalars for everything an id and its separator are made of, so the title can be
        // cut from the file's own characters.
        let consumed = String(decoding: Array(folded.utf8)[..<scanner.offset], as: UTF8.self).unicodeScalars.count
        var rest = Substring(text).unicodeScalars.dropFirst(consumed)
        if let first = rest.first, first.properties.isAlphabetic || ("0"..."9").contains(first) { return nil }
        let separators: Set<Unicode.Scalar> = [":", "：", "-", "–", "—", "－", "―", ".", "．", "]", "|", "｜", " ", "\u{3000}", "\t", "、"]
        while let first = rest.first, separators.contains(first) { rest.removeFirst() }
        while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
        return (id, String(rest))
    }
}

/// Finds ids in bytes of ASCII-folded text.
package struct IdentifierScanner {
    private let bytes: [UInt8]
    package private(set) var offset: Int

    package init(_ bytes: [UInt8], at offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    package var isAtEnd: Bool { offset >= bytes.count }

    package var peek: UInt8? { isAtEnd ? nil : bytes[offset] }

    package mutating func advance() { offset += 1 }

    package mutating func skipSpaces() {
        while let next = peek, next == 0x20 || next == 0x09 { offset += 1 }
    }

    /// The id that begins here, the longest one; the offset moves past it only when there is one.
    package mutating func identifier() -> Identifier? {
        guard let first = peek, IdentifierScanner.isUpper(first) else { return nil }
        var end = offset
        var idEnd: Int?
        while end < bytes.count {
            let start = end
            var digits = true
            while end < bytes.count, IdentifierScanner.isUpper(bytes[end]) || IdentifierScanner.isDigit(bytes[end]) {
                digits = digits && IdentifierScanner.isDigit(bytes[end])
                end += 1
            }
            if end == start { break }
            if digits, start > offset { idEnd = end }
            guard end < bytes.count, bytes[end] == 0x2D else { break }
            end += 1
        }
        guard let idEnd, !continuesWord(at: idEnd) else { return nil }
        let id = String(decoding: bytes[offset..<idEnd], as: UTF8.self)
        offset = idEnd
        return Identifier(id: id, part: part(of: id))
    }

    /// `.2` or `.C1` right after an id.
    private mutating func part(of id: String) -> String? {
        guard offset < bytes.count, bytes[offset] == 0x2E else { return nil }
        var end = offset + 1
        if end < bytes.count, bytes[end] == 0x43 { end += 1 }
        let digits = end
        while end < bytes.count, IdentifierScanner.isDigit(bytes[end]) { end += 1 }
        guard end > digits, !continuesWord(at: end) else { return nil }
        defer { offset = end }
        return id + String(decoding: bytes[offset..<end], as: UTF8.self)
    }

    /// `INV-OPS-002x`, `INV-OPS-002-draft` and `INV-OPS-002_old` are other names.
    private func continuesWord(at end: Int) -> Bool {
        guard end < bytes.count else { return false }
        let next = bytes[end]
        if IdentifierScanner.isUpper(next) || IdentifierScanner.isDigit(next) || IdentifierScanner.isLower(next) || next == 0x5F {
            return true
        }
        guard next == 0x2D, end + 1 < bytes.count else { return false }
        let following = bytes[end + 1]
        return IdentifierScanner.isUpper(following) || IdentifierScanner.isDigit(following) || IdentifierScanner.isLower(following)
    }

    package static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
    package static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
    package static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
