extension ReportText {
    /// The text without lines that a CI system would take for a command: `::` first on a line, indented or not, and
    /// `##[` or `##vso[` anywhere. What is changed is shown as an escape, as control characters are.
    package static func withoutCommands(_ text: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            guard CommandScanner.mayHoldCommand(bytes) else { return nil }
            return String(decoding: CommandScanner.disarmed(bytes), as: UTF8.self)
        } ?? text
    }
}

/// Looks through bytes, since every output passes here.
private enum CommandScanner {
    private static let colon = UInt8(ascii: ":")
    private static let hash = UInt8(ascii: "#")

    /// Whether two colons may be first on a line, or two hashes stand side by side. Colons behind something visible, as
    /// in `'x'::text`, are no command.
    static func mayHoldCommand(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for (index, byte) in bytes.enumerated() {
            if byte == previous {
                if byte == hash { return true }
                if byte == colon, mayLead(bytes, before: index - 1) { return true }
            }
            previous = byte
        }
        return false
    }

    /// Whether nothing visible stands right before `index`: a blank, the beginning, what may end a colour code or a wide
    /// blank.
    private static func mayLead(_ bytes: UnsafeBufferPointer<UInt8>, before index: Int) -> Bool {
        guard index > 0 else { return true }
        let byte = bytes[index - 1]
        return byte <= 0x20 || byte >= 0x7F || byte == UInt8(ascii: "m")
    }

    static func disarmed(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + 64)
        var isLead = true
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x0A || byte == 0x0D {
                isLead = true
            } else if isLead {
                let blank = blankLength(bytes, index)
                if blank > 0 {
                    out += bytes[index..<(index + blank)]
                    index += blank
                    continue
                }
                isLead = false
                if byte == colon, index + 1 < bytes.count, bytes[index + 1] == colon {
                    out += Array("\\u{3a}".utf8)
                    index += 1
                    continue
                }
            }
            if byte == UInt8(ascii: "["), out.suffix(2).elementsEqual("##".utf8) || out.suffix(5).elementsEqual("##vso".utf8) {
                out += Array("\\u{5b}".utf8)
            } else {
                out.append(byte)
            }
            index += 1
        }
        return out
    }

    /// Bytes of a blank or a colour code at `index`; 0 when something visible stands there.
    private static func blankLength(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        func byte(_ offset: Int) -> UInt8 { index + offset < bytes.count ? bytes[index + offset] : 0 }
        switch byte(0) {
        case 0x1B:
            var length = 1
            while length < 12, byte(length) != 0, byte(length) != 0x0A {
                length += 1
                if byte(length - 1) == UInt8(ascii: "m") { return length }
            }
            return 1
        case 0...0x20, 0x7F: return 1
        // U+0085, U+00A0.
        case 0xC2: return byte(1) == 0x85 || byte(1) == 0xA0 ? 2 : 0
        // U+1680.
        case 0xE1: return byte(1) == 0x9A && byte(2) == 0x80 ? 3 : 0
        // U+2000–200F, U+2028–202F, U+205F–206F.
        case 0xE2:
            if byte(1) == 0x80, (0x80...0x8F).contains(byte(2)) || (0xA8...0xAF).contains(byte(2)) { return 3 }
            return byte(1) == 0x81 && (0x9F...0xAF).contains(byte(2)) ? 3 : 0
        // U+3000.
        case 0xE3: return byte(1) == 0x80 && byte(2) == 0x80 ? 3 : 0
        // U+FEFF.
        case 0xEF: return byte(1) == 0xBB && byte(2) == 0xBF ? 3 : 0
        default: return 0
        }
    }
}
