package import InvarCore

/// Finds the ids that a text mentions: invariants and clauses, decisions (`ADR-7`, `ADR 0007`, `[[ADR-0012]]`), notes.
package enum MentionScanner {
    /// The mentions on stretches of lines of a file, in order; those of fenced code are to be left out by the caller.
    ///
    /// Every token of an id's shape is reported; whether `UTF-8` or `INC-118` is an entry is not known here.
    package static func mentions(in file: MarkdownFile, lines stretches: [ClosedRange<Int>]) -> [Link] {
        var found: [Link] = []
        file.bytes.withUnsafeBufferPointer { bytes in
            for stretch in stretches {
                for line in stretch {
                    let text = UnsafeBufferPointer(rebasing: bytes[file.lines.range(ofLine: line)])
                    switch content(of: text) {
                    case .noID: continue
                    case .narrow: read(text, line, &found)
                    case .wide:
                        var folded = Folding.foldingWidth(String(decoding: text, as: UTF8.self))
                        folded.withUTF8 { read($0, line, &found) }
                    }
                }
            }
        }
        return found
    }

    private static func read(_ text: UnsafeBufferPointer<UInt8>, _ line: Int, _ found: inout [Link]) {
        var (column, counted) = (1, 0)
        for (offset, target, key) in tokens(text) {
            // Folding keeps the number of scalars, so a column of the folded line is one of the file's.
            column += UnsafeBufferPointer(rebasing: text[counted..<offset]).scalarCount
            counted = offset
            found.append(Link(.mentions, target: target, key: key, position: Position(line: line, column: column)))
        }
    }

    /// What a line may hold.
    private enum Content {
        case noID
        /// An id in ASCII.
        case narrow
        /// An id in full-width letters or with another hyphen.
        case wide
    }

    /// One pass tells nearly every line without an id: all have a digit and a capital, and a digit after a hyphen
    /// unless they begin with ADR.
    private static func content(of line: UnsafeBufferPointer<UInt8>) -> Content {
        var (digit, letter, wide, number) = (false, false, false, false)
        var previous: UInt8 = 0
        for index in 0..<line.count {
            let byte = line[index]
            if byte < 0x3A {
                if byte >= 0x30 {
                    digit = true
                    if previous == 0x2D { number = true }
                }
            } else if byte <= 0x5A {
                if byte >= 0x41 {
                    letter = true
                    if byte == 0x52, previous == 0x44, index > 1, line[index - 2] == 0x41 { number = true }
                }
            } else if byte == 0xEF {
                (digit, letter, wide) = (true, true, true)
            } else if byte == 0xE2 {
                wide = true
            }
            previous = byte
        }
        guard digit, letter, number || wide else { return .noID }
        return wide ? .wide : .narrow
    }

    private static func tokens(_ text: UnsafeBufferPointer<UInt8>) -> [(offset: Int, target: String, key: String)] {
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
            } else if let (id, end) = IdentifierScanner.identifier(in: text, at: index) {
                found.append((index, id.text, EntryName.key(id: id.text)))
                index = end
            } else {
                while index < text.count, isWord(text[index]) { index += 1 }
            }
        }
        return found
    }

    /// `ADR-7`, `ADR 7`, `ADR0007`, `ADR#7`, `ADR-20260215-01`, and `ADR-0007-use-x`, whose slug is not part of the number.
    private static func decision(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> (end: Int, number: String)? {
        guard start + 3 < text.count, text[start] == 0x41, text[start + 1] == 0x44, text[start + 2] == 0x52 else { return nil }
        var index = start + 3
        if text[index] == 0x2D || text[index] == 0x20 || text[index] == 0x23 || text[index] == 0x5F { index += 1 }
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
    private static func note(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> (end: Int, id: String)? {
        guard start + 10 < text.count, text[start] == 0x4E, text[start + 1] == 0x2D else { return nil }
        var index = start + 2
        while index < text.count, IdentifierScanner.isDigit(text[index]) { index += 1 }
        guard index - start == 10, index < text.count, text[index] == 0x2D else { return nil }
        while index < text.count, isWord(text[index]) || text[index] == 0x2D { index += 1 }
        while index > start, text[index - 1] == 0x2D { index -= 1 }
        return index - start > 11 ? (index, String(decoding: text[start..<index], as: UTF8.self)) : nil
    }

    /// A path's or URL's last segment, or the rest of a longer name, is not a mention.
    private static func isInsideWord(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index > 0 else { return false }
        let before = text[index - 1]
        return IdentifierScanner.isUpper(before) || IdentifierScanner.isLower(before) || IdentifierScanner.isDigit(before)
            || before == 0x2D || before == 0x5F || before == 0x2F || before == 0x2E || before == 0x25
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        IdentifierScanner.isUpper(byte) || IdentifierScanner.isLower(byte) || IdentifierScanner.isDigit(byte) || byte == 0x5F
    }
}
