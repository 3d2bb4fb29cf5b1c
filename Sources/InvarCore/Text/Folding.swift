import Foundation

/// How text is made comparable: full-width letters, half-width kana, case and decomposed marks make no difference.
package enum Folding {
    /// NFKC, which turns `ＩＮＶ－００１` into `INV-001`, `ﾘﾄﾗｲ` into `リトライ` and NFD into NFC.
    ///
    /// Text in which nothing can change is returned as it is, without the cost of normalising.
    package static func compatible(_ text: String) -> String {
        var copy = text
        return copy.withUTF8 { bytes in
            switch change(in: bytes) {
            case .none, .hyphens: text
            case .widths: narrowed(bytes, isSearchable: false)
            case .normalising: normalised(text)
            }
        }
    }

    /// On Linux the compatibility mapping leaves a half-width voiced mark (`ﾊﾞ`) decomposed, so that it takes a second step.
    private static func normalised(_ text: String) -> String {
        text.precomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping
    }

    /// What search and word lists compare: NFKC, lower case, every kind of hyphen the ASCII one.
    package static func searchable(_ text: String) -> String {
        var copy = text
        return copy.withUTF8 { searchable(utf8: $0) }
    }

    /// The same of bytes that are valid UTF-8.
    package static func searchable(utf8 bytes: UnsafeBufferPointer<UInt8>) -> String {
        switch change(in: bytes) {
        case .none: return lowercasedASCII(bytes)
        case .hyphens, .widths: return narrowed(bytes, isSearchable: true)
        case .normalising:
            var folded = asciiHyphens(normalised(String(decoding: bytes, as: UTF8.self)))
            return folded.withUTF8 { lowercasedASCII($0) }
        }
    }

    /// An identifier as it is compared: NFKC, upper case, ASCII hyphens.
    package static func identifier(_ text: String) -> String {
        asciiHyphens(compatible(text)).uppercased()
    }

    /// Full-width ASCII forms and every kind of hyphen as ASCII, scalar by scalar, so that columns stay.
    package static func foldingWidth(_ text: String) -> String {
        var copy = text
        guard copy.withUTF8({ holdsWideForm($0) }) else { return text }
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: out.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case 0x3000: out.append(" ")
            case 0x2010...0x2013, 0x2212: out.append("-")
            default: out.append(scalar)
            }
        }
        return String(out)
    }

    /// Whether any scalar may be one that ``foldingWidth(_:)`` changes.
    private static func holdsWideForm(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case 0xEF: return true
            case 0xE2: if isHyphen(bytes, at: index) { return true }
            case 0xE3: if index + 2 < bytes.count, bytes[index + 1] == 0x80, bytes[index + 2] == 0x80 { return true }
            default: break
            }
            index += 1
        }
        return false
    }

    /// Prose with white space folded, and removed between CJK characters, so that re-wrapping changes nothing.
    package static func unwrapped(_ text: String) -> String {
        var copy = compatible(text)
        var out: [UInt8] = []
        copy.withUTF8 { bytes in
            out.reserveCapacity(bytes.count)
            var isPending = false
            var isAfterCJK = false
            var index = 0
            while index < bytes.count {
                let next = UTF8Scalar(bytes, at: index)
                defer { index += next.width }
                if isWhiteSpace(next) {
                    isPending = true
                    continue
                }
                let isCJK = next.value >= 0x80 && next.scalar.isCJK
                if isPending, !out.isEmpty, !(isAfterCJK && isCJK) { out.append(0x20) }
                isPending = false
                isAfterCJK = isCJK
                out.append(contentsOf: bytes[index..<(index + next.width)])
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func isWhiteSpace(_ next: UTF8Scalar) -> Bool {
        if next.value < 0x80 { return next.value == 0x20 || (0x09...0x0D).contains(next.value) }
        // Letters of the languages that are read need no look into the Unicode tables.
        if next.value >= 0x3001 { return false }
        return next.scalar.properties.isWhitespace
    }

    /// What folding has to do to a text, beside lower case; each includes those before it.
    private enum Change {
        case none
        /// Some hyphens are not the ASCII one.
        case hyphens
        /// Full-width ASCII forms or spaces, of which each stands for one byte whatever is beside it.
        case widths
        case normalising
    }

    private static func change(in bytes: UnsafeBufferPointer<UInt8>) -> Change {
        var found = Change.none
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x80 {
                index += max(1, bytes.asciiRun(from: index))
            } else if byte < 0xE0 {
                // U+0080–U+07FF: Latin-1 signs such as ² and the no-break space, and combining marks (CC, CD).
                if byte == 0xC2 || byte == 0xCC || byte == 0xCD { return .normalising }
                index += 2
            } else if byte < 0xF0 {
                guard index + 2 < bytes.count else { return .normalising }
                if wideForm(bytes, at: index) != nil {
                    found = .widths
                } else if changesUnderNFKC(byte, bytes[index + 1], bytes[index + 2]) {
                    return .normalising
                } else if byte == 0xE2, found == .none, isHyphen(bytes, at: index) {
                    found = .hyphens
                }
                index += 3
            } else {
                index += 4
            }
        }
        return found
    }

    /// The ASCII byte that a full-width form (U+FF01–U+FF5E) or an ideographic space stands for.
    @inline(__always)
    private static func wideForm(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt8? {
        guard index + 2 < bytes.count else { return nil }
        switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
        case (0xE3, 0x80, 0x80): return 0x20
        case (0xEF, 0xBC, 0x81...0xBF): return bytes[index + 2] - 0x60
        case (0xEF, 0xBD, 0x80...0x9E): return bytes[index + 2] - 0x20
        default: return nil
        }
    }

    /// The text with wide forms as ASCII; as it is searched, hyphens and case are folded too.
    private static func narrowed(_ bytes: UnsafeBufferPointer<UInt8>, isSearchable: Bool) -> String {
        String(unsafeUninitializedCapacity: bytes.count) { target in
            var index = 0
            var end = 0
            while index < bytes.count {
                var byte = bytes[index]
                if byte >= 0xE2, let narrow = wideForm(bytes, at: index) {
                    byte = narrow
                    index += 2
                } else if isSearchable, byte == 0xE2, isHyphen(bytes, at: index) {
                    byte = 0x2D
                    index += 2
                }
                target[end] = isSearchable && byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
                index += 1
                end += 1
            }
            return end
        }
    }

    /// U+2010–U+2013 and U+2212.
    private static func isHyphen(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index + 2 < bytes.count, bytes[index] == 0xE2 else { return false }
        let (second, third) = (bytes[index + 1], bytes[index + 2])
        return (second == 0x80 && third >= 0x90 && third <= 0x93) || (second == 0x88 && third == 0x92)
    }

    /// Whether a three-byte scalar may change; true too often costs time, false too often would miss a match.
    private static func changesUnderNFKC(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Bool {
        switch a {
        case 0xE3:
            // Of U+3000–U+3FFF the plain kana, kanji and punctuation are stable; U+3000, the kana marks
            // U+3099–U+309C, the ditto forms and U+3130–U+33FF are not.
            if b == 0x80 { return c == 0x80 }
            if b == 0x82 { return c >= 0x99 && c <= 0x9F }
            if b == 0x83 { return c == 0xBF }
            if b == 0x81 { return false }
            return b < 0x90
        case 0xE2:
            // Punctuation such as — and “ is stable; superscripts, letter-like signs and enclosed forms are not.
            return !(b == 0x80 || b == 0x86 || (b >= 0x94 && b <= 0x9E)) || (b == 0x80 && (c == 0xA6 || c == 0x91 || c <= 0x8A || c == 0xAF))
        case 0xE4...0xE9, 0xEB...0xED:
            return false
        default:
            return true
        }
    }

    private static func asciiHyphens(_ text: String) -> String {
        var copy = text
        guard copy.withUTF8({ bytes in bytes.indices.contains { isHyphen(bytes, at: $0) } }) else { return text }
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x2010...0x2013, 0x2212: out.append("-")
            default: out.append(scalar)
            }
        }
        return String(out)
    }

    private static func lowercasedASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count) { target in
            for index in 0..<bytes.count {
                let byte = bytes[index]
                target[index] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            }
            return bytes.count
        }
    }
}

extension Unicode.Scalar {
    /// Kanji, kana and the marks written among them: text that is not divided by spaces.
    package var isCJK: Bool {
        switch value {
        case 0x3000...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF00...0xFF60, 0x20000...0x3FFFF: true
        default: false
        }
    }

    /// Hiragana or katakana.
    package var isKana: Bool {
        (0x3041...0x30FF).contains(value)
    }
}
