/// JSON as somebody else wrote it: members in their order, repeated ones too, numbers as their digits, each value with
/// its line.
package struct JSONTree: Sendable {
    package var value: Value
    /// 1-based.
    package var line: Int

    package indirect enum Value: Sendable {
        case null
        case bool(Bool)
        case number(String)
        case string(String)
        case array([JSONTree])
        case object([(key: String, value: JSONTree)])
    }

    /// Why a text is no JSON, and where.
    package struct Problem: Error, Hashable, Sendable {
        package var message: String
        package var line: Int
    }

    /// Reads a whole text. Nothing nests deeper than 64.
    package static func read(_ bytes: [UInt8]) throws(Problem) -> JSONTree {
        guard UTF8Text.isValid(bytes) else { throw Problem(message: "is not valid UTF-8", line: 1) }
        var reader = JSONTreeReader(bytes)
        return try reader.document()
    }

    /// The member of a name, the last one where it stands twice; nil when it is no object or has none.
    package subscript(_ key: String) -> JSONTree? {
        guard case .object(let members) = value else { return nil }
        return members.last { $0.key == key }?.value
    }

    package var text: String? {
        if case .string(let text) = value { return text }
        return nil
    }

    package var isNull: Bool {
        if case .null = value { return true }
        return false
    }

    /// A whole number that an Int holds.
    package var integer: Int? {
        if case .number(let digits) = value { return Int(digits) }
        return nil
    }

    /// A finite number.
    package var double: Double? {
        guard case .number(let digits) = value, let number = Double(digits), number.isFinite else { return nil }
        return number
    }

    /// A member's name that stands twice in it.
    package var repeatedKey: String? {
        guard case .object(let members) = value else { return nil }
        var seen = Set<String>()
        return members.first { !seen.insert($0.key).inserted }?.key
    }

    /// The same as a value that is written again; of repeated members the last.
    package var json: JSON {
        switch value {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .number(let digits): Int(digits).map { .integer($0) } ?? double.map { .number($0) } ?? .string(digits)
        case .string(let text): .string(text)
        case .array(let items): .array(items.map(\.json))
        case .object(let members): .object(Dictionary(members.map { ($0.key, $0.value.json) }) { _, last in last })
        }
    }
}

private enum UTF8Text {
    static func isValid(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }
}

/// After RFC 8259.
private struct JSONTreeReader {
    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    private static let deepest = 64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    mutating func document() throws(JSONTree.Problem) -> JSONTree {
        let tree = try value(depth: 0)
        skipSpace()
        guard offset == bytes.count else { throw problem("something follows the value") }
        return tree
    }

    private func problem(_ message: String) -> JSONTree.Problem { JSONTree.Problem(message: message, line: line) }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            if byte == 0x0A { line += 1 }
            offset += 1
        }
    }

    private mutating func value(depth: Int) throws(JSONTree.Problem) -> JSONTree {
        skipSpace()
        guard depth < JSONTreeReader.deepest else { throw problem("nests deeper than \(JSONTreeReader.deepest)") }
        let start = line
        switch next {
        case UInt8(ascii: "{"): return JSONTree(value: .object(try members(depth)), line: start)
        case UInt8(ascii: "["): return JSONTree(value: .array(try items(depth)), line: start)
        case UInt8(ascii: "\""): return JSONTree(value: .string(try string()), line: start)
        case let byte? where byte == UInt8(ascii: "-") || IdentifierScanner.isDigit(byte): return JSONTree(value: .number(try number()), line: start)
        case nil: throw problem("ends too early")
        default:
            for (word, value) in [("null", JSONTree.Value.null), ("true", .bool(true)), ("false", .bool(false))] where bytes[offset...].starts(with: word.utf8)
            {
                offset += word.utf8.count
                return JSONTree(value: value, line: start)
            }
            throw problem("is not JSON")
        }
    }

    private mutating func members(_ depth: Int) throws(JSONTree.Problem) -> [(key: String, value: JSONTree)] {
        var members: [(key: String, value: JSONTree)] = []
        offset += 1
        skipSpace()
        if next == UInt8(ascii: "}") {
            offset += 1
            return members
        }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw problem("a member has no name") }
            let key = try string()
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw problem("a colon is missing") }
            offset += 1
            members.append((key, try value(depth: depth + 1)))
            skipSpace()
            if next == UInt8(ascii: ",") {
                offset += 1
                continue
            }
            guard next == UInt8(ascii: "}") else { throw problem("an object does not end") }
            offset += 1
            return members
        }
    }

    private mutating func items(_ depth: Int) throws(JSONTree.Problem) -> [JSONTree] {
        var items: [JSONTree] = []
        offset += 1
        skipSpace()
        if next == UInt8(ascii: "]") {
            offset += 1
            return items
        }
        while true {
            items.append(try value(depth: depth + 1))
            skipSpace()
            if next == UInt8(ascii: ",") {
                offset += 1
                continue
            }
            guard next == UInt8(ascii: "]") else { throw problem("an array does not end") }
            offset += 1
            return items
        }
    }

    private mutating func number() throws(JSONTree.Problem) -> String {
        let start = offset
        while let byte = next, (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte) { offset += 1 }
        guard offset - start <= 400, let text = String(validating: bytes[start..<offset], as: UTF8.self), Double(text) != nil else {
            throw problem("a number cannot be read")
        }
        return text
    }

    private mutating func string() throws(JSONTree.Problem) -> String {
        offset += 1
        var out: [UInt8] = []
        while let byte = next {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(&out)
            case 0..<0x20: throw problem("a string holds a control character")
            default: out.append(byte)
            }
        }
        throw problem("a string does not end")
    }

    private mutating func escape(_ out: inout [UInt8]) throws(JSONTree.Problem) {
        guard let byte = next else { throw problem("a string does not end") }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "u"): try unicode(&out)
        default: throw problem("a string holds an unknown escape")
        }
    }

    /// `\u00e9`, or two of them for what lies beyond U+FFFF; half of such a pair alone reads as U+FFFD.
    private mutating func unicode(_ out: inout [UInt8]) throws(JSONTree.Problem) {
        var code = try hex()
        if (0xD800..<0xDC00).contains(code), bytes[offset...].starts(with: [0x5C, 0x75]) {
            offset += 2
            let low = try hex()
            code = (0xDC00..<0xE000).contains(low) ? 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) : 0xFFFD
        }
        out += Array(String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
    }

    private mutating func hex() throws(JSONTree.Problem) -> UInt32 {
        guard offset + 4 <= bytes.count, let text = String(validating: bytes[offset..<(offset + 4)], as: UTF8.self),
            text.utf8.allSatisfy({ IdentifierScanner.isDigit($0) || (0x61...0x66).contains($0 | 0x20) }), let code = UInt32(text, radix: 16)
        else { throw problem("a string holds a broken escape") }
        offset += 4
        return code
    }
}
