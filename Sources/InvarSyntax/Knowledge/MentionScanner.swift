package import InvarCore

/// Finds the ids that a text mentions: invariants and clauses, decisions (`ADR-7`, `ADR 0007`, `[[ADR-0012]]`), notes.
package enum MentionScanner {
    /// The mentions on some lines of a file, in order; lines of fenced code are to be left out by the caller.
    ///
    /// Every token of an id's shape is reported; whether `UTF-8` or `INC-118` is an entry is not known here.
    package static func mentions(in file: MarkdownFile, lines: some Sequence<Int>) -> [Link] {
        var found: [Link] = []
        for line in lines {
            let range = file.lines.range(ofLine: line)
            let bytes = file.bytes[range]
            guard mayHoldID(bytes) else { continue }
            let hasWide = bytes.contains { $0 == 0xEF || $0 == 0xE2 }
            let text = hasWide ? Array(Folding.foldingWidth(String(decoding: bytes, as: UTF8.self)).utf8) : Array(bytes)
            for (offset, target, key) in tokens(text) {
                // Folding keeps the number of scalars, so a column of the folded line is one of the file's.
                let column = text[..<offset].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
                found.append(Link(.mentions, target: target, key: key, position: Position(line: line, column: column)))
            }
        }
        return found
    }

    /// A digit is in every id; a line without one costs a single pass.
    private static func mayHoldID(_ bytes: ArraySlice<UInt8>) -> Bool {
        var digit = false
        var letter = false
        for byte in bytes {
            if IdentifierScanner.isDigit(byte) || byte == 0xEF { digit = true }
            if IdentifierScanner.isUpper(byte) || byte == 0xEF { letter = true }
            if digit && letter { return true }
        }
        return false
    }

    private static func tokens(_ text: [UInt8]) -> [(offset: Int, target: String, key: String)] {
        var found: [(offset: Int, target: String, key: String)] = []
        var index = 0
        while index < text.count {
            guard IdentifierScanner.isUpper(text[index]), !isInsideWord(text, at: index) else {
                index += 1
                continue
            }
            if let (end, target) = note(text, at: index) {
                found.append((index, target, EntryName.key(id: target)))
                index = end
            } else if let (end, number) = decision(text, at: index) {
                found.append((index, "ADR-" + number, EntryName.key(decision: number)))
                index = end
            } else {
                var scanner = IdentifierScanner(text, at: index)
                if let id = scanner.identifier() {
                    found.append((index, id.text, EntryName.key(id: id.text)))
                    index = scanner.offset
                } else {
                    while index < text.count, isWord(text[index]) { index += 1 }
                }
            }
        }
        return found
    }

    /// `ADR-7`, `ADR 7`, `ADR0007`, `ADR#7`, `ADR-20260215-01`, and `ADR-0007-use-x`, whose slug is not part of the number.
    private static func decision(_ text: [UInt8], at start: Int) -> (end: Int, number: String)? {
        guard start + 3 < text.count, text[start...].starts(with: [0x41, 0x44, 0x52]) else { return nil }
        var index = start + 3
        if [0x2D, 0x20, 0x23, 0x5F].contains(text[index]) { index += 1 }
        if index < text.count, text[index] == 0x23 { index += 1 }
        let first = index
        while index < text.count, IdentifierScanner.isDigit(text[index]) { index += 1 }
        guard index > first, index - first <= 12 else { return nil }
        if index - first == 8, index + 2 < text.count, text[index] == 0x2D, IdentifierScanner.isDigit(text[index + 1]) {
            var end = index + 1
            while end < text.count, IdentifierScanner.isDigit(text[end]) { end += 1 }
            if end - index <= 4 { index = end }
        }
        if index < text.count, IdentifierScanner.isUpper(text[index]) || IdentifierScanner.isLower(text[index]) { return nil }
        return (index, String(decoding: text[first..<index], as: UTF8.self))
    }

    /// `N-20261105-retry-storm`: a date and a slug, which may be Japanese.
    private static func note(_ text: [UInt8], at start: Int) -> (end: Int, id: String)? {
        guard start + 10 < text.count, text[start] == 0x4E, text[start + 1] == 0x2D else { return nil }
        var index = start + 2
        while index < text.count, IdentifierScanner.isDigit(text[index]) { index += 1 }
        guard index - start == 10, index < text.count, text[index] == 0x2D else { return nil }
        while index < text.count, isWord(text[index]) || text[index] == 0x2D { index += 1 }
        while index > start, text[index - 1] == 0x2D { index -= 1 }
        return index - start > 11 ? (index, String(decoding: text[start..<index], as: UTF8.self)) : nil
    }

    /// A path's or URL's last segment, or the rest of a longer name, is not a mention.
    private static func isInsideWord(_ text: [UInt8], at index: Int) -> Bool {
        guard index > 0 else { return false }
        let before = text[index - 1]
        return IdentifierScanner.isUpper(before) || IdentifierScanner.isLower(before) || IdentifierScanner.isDigit(before)
            || [0x2D, 0x5F, 0x2F, 0x2E, 0x25].contains(before)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        IdentifierScanner.isUpper(byte) || IdentifierScanner.isLower(byte) || IdentifierScanner.isDigit(byte) || byte == 0x5F
    }
}
