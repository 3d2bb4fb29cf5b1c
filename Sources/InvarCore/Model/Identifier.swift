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
        let text = String(text)
        guard Identifier.mayBegin(text) else { return nil }
        let folded = Folding.identifier(text)
        var scanner = IdentifierScanner(Array(folded.utf8))
        scanner.skipSpaces()
        guard let found = scanner.identifier() else { return nil }
        scanner.skipSpaces()
        guard scanner.isAtEnd else { return nil }
        self = found
    }

    /// Splits a heading such as `INV-OPS-002: 更新系処理の冪等性` into id and title; nil when it does not begin with an id.
    package static func heading(_ text: String) -> (id: Identifier, title: String)? {
        guard mayBegin(text) else { return nil }
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

    /// Whether the text may begin with an id: letters, then a hyphen; anything outside ASCII may become these.
    private static func mayBegin(_ text: String) -> Bool {
        var bytes = text.utf8.makeIterator()
        var next = bytes.next()
        while next == 0x20 || next == 0x09 { next = bytes.next() }
        if next == 0x5B { next = bytes.next() }
        var isEmpty = true
        while let byte = next, byte < 0x80 {
            guard IdentifierScanner.isUpper(byte & 0xDF) || (!isEmpty && IdentifierScanner.isDigit(byte)) else { return byte == 0x2D && !isEmpty }
            isEmpty = false
            next = bytes.next()
        }
        return next != nil
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
        guard let (found, end) = bytes.withUnsafeBufferPointer({ IdentifierScanner.identifier(in: $0, at: offset) }) else { return nil }
        offset = end
        return found
    }

    /// The longest id that begins at `offset`, and where it ends.
    package static func identifier(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> (found: Identifier, end: Int)? {
        guard offset < bytes.endIndex, isUpper(bytes[offset]) else { return nil }
        var end = offset
        var idEnd: Int?
        while end < bytes.endIndex {
            let start = end
            var digits = true
            while end < bytes.endIndex, isUpper(bytes[end]) || isDigit(bytes[end]) {
                digits = digits && isDigit(bytes[end])
                end += 1
            }
            if end == start { break }
            if digits, start > offset { idEnd = end }
            guard end < bytes.endIndex, bytes[end] == 0x2D else { break }
            end += 1
        }
        guard let idEnd, !continuesWord(bytes, at: idEnd) else { return nil }
        let id = String(decoding: bytes[offset..<idEnd], as: UTF8.self)
        guard let partEnd = partEnd(bytes, from: idEnd) else { return (Identifier(id: id), idEnd) }
        return (Identifier(id: id, part: id + String(decoding: bytes[idEnd..<partEnd], as: UTF8.self)), partEnd)
    }

    /// The end of `.2` or `.C1` right after an id.
    private static func partEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        guard start < bytes.endIndex, bytes[start] == 0x2E else { return nil }
        var end = start + 1
        if end < bytes.endIndex, bytes[end] == 0x43 { end += 1 }
        let digits = end
        while end < bytes.endIndex, isDigit(bytes[end]) { end += 1 }
        return end > digits && !continuesWord(bytes, at: end) ? end : nil
    }

    /// `INV-OPS-002x`, `INV-OPS-002-draft` and `INV-OPS-002_old` are other names.
    private static func continuesWord(_ bytes: UnsafeBufferPointer<UInt8>, at end: Int) -> Bool {
        guard end < bytes.endIndex else { return false }
        let next = bytes[end]
        if isUpper(next) || isDigit(next) || isLower(next) || next == 0x5F { return true }
        guard next == 0x2D, end + 1 < bytes.endIndex else { return false }
        let following = bytes[end + 1]
        return isUpper(following) || isDigit(following) || isLower(following)
    }

    package static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
    package static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
    package static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
