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
        var out = ""
        write(to: &out, indent: 0)
        return out + "\n"
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
            var out = ""
            write(to: &out, indent: 0)
            return out
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

    private func write(to out: inout String, indent: Int) {
        switch self {
        case .null: out += "null"
        case .bool(let value): out += value ? "true" : "false"
        case .integer(let value): out += String(value)
        case .number(let value): out += value.isFinite ? String(value) : "null"
        case .string(let value): JSON.write(value, to: &out)
        case .array(let items):
            JSON.writeList(items, open: "[", close: "]", indent: indent, to: &out) { item, out in
                item.write(to: &out, indent: indent + 1)
            }
        case .object(let members):
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            JSON.writeList(sorted, open: "{", close: "}", indent: indent, to: &out) { member, out in
                JSON.write(member.key, to: &out)
                out += ": "
                member.value.write(to: &out, indent: indent + 1)
            }
        }
    }

    private static func writeList<T>(
        _ items: [T], open: String, close: String, indent: Int, to out: inout String, each: (T, inout String) -> Void
    ) {
        out += open
        for (index, item) in items.enumerated() {
            out += index == 0 ? "\n" : ",\n"
            out += String(repeating: "  ", count: indent + 1)
            each(item, &out)
        }
        if !items.isEmpty { out += "\n" + String(repeating: "  ", count: indent) }
        out += close
    }

    private static func write(_ text: String, to out: inout String) {
        out += "\""
        guard mayNeedEscapes(text) else {
            out += text
            out += "\""
            return
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            // `##[command]` is looked for anywhere in a line of a CI log.
            case "[" where out.hasSuffix("##") || out.hasSuffix("##vso"): out += "\\u005b"
            case _
            where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x2028...0x202E).contains(scalar.value)
                || (0x2066...0x2069).contains(scalar.value):
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }

    /// Whether some byte begins a character that is written otherwise; most texts have none and are copied.
    private static func mayNeedEscapes(_ text: String) -> Bool {
        text.utf8.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x5B || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 }
    }
}
