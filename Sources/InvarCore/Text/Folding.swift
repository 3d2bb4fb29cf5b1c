import Foundation

/// How text is made comparable: full-width letters, half-width kana, case and decomposed marks make no difference.
package enum Folding {
    /// NFKC, which turns `ＩＮＶ－００１` into `INV-001`, `ﾘﾄﾗｲ` into `リトライ` and NFD into NFC.
    ///
    /// Text in which nothing can change is returned as it is, without the cost of normalising.
    package static func compatible(_ text: String) -> String {
        guard needsNormalising(text) else { return text }
        // On Linux the mapping leaves a half-width voiced mark (`ﾊﾞ`) decomposed, so that it takes a second step.
        return text.precomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping
    }

    /// What search and word lists compare: NFKC, lower case, every kind of hyphen the ASCII one.
    package static func searchable(_ text: String) -> String {
        lowercasedASCII(asciiHyphens(compatible(text)))
    }

    /// An identifier as it is compared: NFKC, upper case, ASCII hyphens.
    package static func identifier(_ text: String) -> String {
        asciiHyphens(compatible(text)).uppercased()
    }

    /// Full-width ASCII forms and every kind of hyphen as ASCII, scalar by scalar, so that columns stay.
    package static func foldingWidth(_ text: String) -> String {
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

    /// Prose with white space folded, and removed between CJK characters, so that re-wrapping changes nothing.
    package static func unwrapped(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        var pendingSpace = false
        for scalar in compatible(text).unicodeScalars {
            if scalar.properties.isWhitespace {
                pendingSpace = true
                continue
            }
            if pendingSpace, let last = out.last, !(last.isCJK && scalar.isCJK) { out.append(" ") }
            pendingSpace = false
            out.append(scalar)
        }
        return String(out)
    }

    private static func needsNormalising(_ text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { bytes in
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                if byte < 0x80 {
                    index += 1
                } else if byte < 0xE0 {
                    // U+0080–U+07FF: Latin-1 signs such as ² and the no-break space, and combining marks (CC, CD).
                    if byte == 0xC2 || byte == 0xCC || byte == 0xCD { return true }
                    index += 2
                } else if byte < 0xF0 {
                    guard index + 2 < bytes.count else { return true }
                    if changesUnderNFKC(byte, bytes[index + 1], bytes[index + 2]) { return true }
                    index += 3
                } else {
                    index += 4
                }
            }
            return false
        }
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
        guard text.utf8.contains(0xE2) else { return text }
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x2010...0x2013, 0x2212: out.append("-")
            default: out.append(scalar)
            }
        }
        return String(out)
    }

    private static func lowercasedASCII(_ text: String) -> String {
        var copy = text
        return copy.withUTF8 { bytes in
            String(unsafeUninitializedCapacity: bytes.count) { target in
                for index in 0..<bytes.count {
                    let byte = bytes[index]
                    target[index] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
                }
                return bytes.count
            }
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
