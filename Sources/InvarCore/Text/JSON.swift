/// A JSON value whose text is the same on every machine: keys sorted, two spaces of indentation, `/` not escaped.
package enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    package init(_ text: String?) {
        self = text.map(JSON.string) ?? .null
    }

    package init(_ texts: [String]) {
        self = .array(texts.map(JSON.string))
    }

    /// The text with a final line break.
    package var text: String {
        var out: [UInt8] = []
        write(to: &out, indent: 0)
        out.append(0x0A)
        return String(decoding: out, as: UTF8.self)
    }

    /// On one line, without spaces.
    package var compactText: String {
        switch self {
        case .array(let items):
            return "[" + items.map(\.compactText).joined(separator: ",") + "]"
        case .object(let members):
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            return "{" + sorted.map { JSON.string($0.key).compactText + ":" + $0.value.compactText }.joined(separator: ",") + "}"
        case .null, .bool, .integer, .number, .string:
            var out: [UInt8] = []
            write(to: &out, indent: 0)
            return String(decoding: out, as: UTF8.self)
        }
    }

    /// The strings of an array that ``compactText`` wrote; anything else gives what can be read of it.
    package static func texts(inArray text: String) -> [String] {
        var texts: [String] = []
        var current: String.UnicodeScalarView?
        var scalars = text.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            guard current != nil else {
                if scalar == "\"" { current = String.UnicodeScalarView() }
                continue
            }
            if scalar == "\"" {
                texts.append(current.map { String($0) } ?? "")
                current = nil
            } else if scalar == "\\" {
                if let escaped = unescaped(&scalars) { current?.append(escaped) }
            } else {
                current?.append(scalar)
            }
        }
        return texts
    }

    private static func unescaped(_ scalars: inout String.UnicodeScalarView.Iterator) -> Unicode.Scalar? {
        switch scalars.next() {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "u":
            var hex = ""
            for _ in 0..<4 { if let digit = scalars.next() { hex.unicodeScalars.append(digit) } }
            return UInt32(hex, radix: 16).flatMap(Unicode.Scalar.init)
        case let other: return other
        }
    }

    private func write(to out: inout [UInt8], indent: Int) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let value): out += (value ? "true" : "false").utf8
        case .integer(let value): out += String(value).utf8
        case .number(let value): out += (value.isFinite ? String(value) : "null").utf8
        case .string(let value): JSON.write(value, to: &out)
        case .array(let items):
            JSON.writeList(items, open: UInt8(ascii: "["), close: UInt8(ascii: "]"), indent: indent, to: &out) { item, out in
                item.write(to: &out, indent: indent + 1)
            }
        case .object(let members):
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            JSON.writeList(sorted, open: UInt8(ascii: "{"), close: UInt8(ascii: "}"), indent: indent, to: &out) { member, out in
                JSON.write(member.key, to: &out)
                out += ": ".utf8
                member.value.write(to: &out, indent: indent + 1)
            }
        }
    }

    private static func writeList<T>(
        _ items: [T], open: UInt8, close: UInt8, indent: Int, to out: inout [UInt8], each: (T, inout [UInt8]) -> Void
    ) {
        out.append(open)
        for (index, item) in items.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            breakLine(indent: indent + 1, &out)
            each(item, &out)
        }
        if !items.isEmpty { breakLine(indent: indent, &out) }
        out.append(close)
    }

    private static func breakLine(indent: Int, _ out: inout [UInt8]) {
        out.append(0x0A)
        for _ in 0..<indent {
            out.append(0x20)
            out.append(0x20)
        }
    }

    private static func write(_ text: String, to out: inout [UInt8]) {
        out.append(0x22)
        var text = text
        let mayNeedEscape = mayNeedEscape
        text.withUTF8 { bytes in
            var start = 0
            var index = 0
            while index < bytes.count {
                guard mayNeedEscape[Int(bytes[index])], let escape = escape(bytes, index, after: bytes[start..<index], in: out) else {
                    index += 1
                    continue
                }
                out += bytes[start..<index]
                out += escape.text.utf8
                index += escape.length
                start = index
            }
            out += bytes[start...]
        }
        out.append(0x22)
    }

    /// The bytes that may begin a character that is written otherwise; most texts have none and are copied.
    private static let mayNeedEscape: [Bool] = (0...255).map { $0 < 0x20 || [0x22, 0x5C, 0x5B, 0x7F, 0xC2, 0xE2].contains($0) }

    /// What is written for the character at `index`, and its length in bytes; nil where it stands for itself.
    ///
    /// - Parameter pending: what of the same text is still to be written to `out`.
    private static func escape(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, after pending: Slice<UnsafeBufferPointer<UInt8>>, in out: [UInt8]
    ) -> (text: String, length: Int)? {
        let second = index + 1 < bytes.count ? bytes[index + 1] : 0
        let third = index + 2 < bytes.count ? bytes[index + 2] : 0
        switch bytes[index] {
        case 0x22: return ("\\\"", 1)
        case 0x5C: return ("\\\\", 1)
        case 0x0A: return ("\\n", 1)
        case 0x0D: return ("\\r", 1)
        case 0x09: return ("\\t", 1)
        // `##[command]` is looked for anywhere in a line of a CI log.
        case 0x5B:
            let before = out.suffix(5) + pending.suffix(5)
            return before.suffix(2).elementsEqual("##".utf8) || before.suffix(5).elementsEqual("##vso".utf8) ? ("\\u005b", 1) : nil
        case 0xC2: return (0x80...0x9F).contains(second) ? (escaped(UInt32(second)), 2) : nil
        // U+2028–202E, U+2066–2069.
        case 0xE2:
            let isHidden = second == 0x80 && (0xA8...0xAE).contains(third) || second == 0x81 && (0xA6...0xA9).contains(third)
            return isHidden ? (escaped(0x2000 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F)), 3) : nil
        default: return (escaped(UInt32(bytes[index])), 1)
        }
    }

    private static func escaped(_ scalar: UInt32) -> String {
        let hex = String(scalar, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    }
}
