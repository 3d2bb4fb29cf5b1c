import InvarCore

/// PromQL, as far as rules need it.
enum AlertExpression {
    /// Whether the expression, without white space, is one call of `absent` or `absent_over_time`.
    static func isOnlyAbsent(_ plain: String) -> Bool {
        guard plain.hasPrefix("absent(") || plain.hasPrefix("absent_over_time(") else { return false }
        var depth = 0
        var index = plain.utf8.startIndex
        while index < plain.utf8.endIndex {
            let byte = plain.utf8[index]
            if byte == 0x28 { depth += 1 }
            if byte == 0x29 {
                depth -= 1
                if depth == 0 { break }
            }
            index = plain.utf8.index(after: index)
        }
        guard index < plain.utf8.endIndex else { return false }
        let rest = String(plain.utf8.suffix(from: plain.utf8.index(after: index))) ?? ""
        return rest.isEmpty || rest == "==1" || rest == ">0"
    }

    /// The names that may be metrics: no functions, no labels.
    static func names(in expression: String) -> [String] {
        var names: [String] = []
        var tokens = Array(expression.utf8)[...]
        var depth = 0
        /// Parentheses after `by`, `on` hold labels.
        var listsLabels = false
        func isName(_ byte: UInt8) -> Bool {
            byte == 0x5F || byte == 0x3A || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        while let byte = tokens.first {
            if byte == 0x23 {
                // A comment goes to the end of its line.
                tokens = tokens.drop { $0 != 0x0A }
            } else if byte == 0x22 || byte == 0x27 || byte == 0x60 {
                tokens.removeFirst()
                while let next = tokens.popFirst(), next != byte { if next == 0x5C { tokens = tokens.dropFirst() } }
            } else if isName(byte) {
                let word = tokens.prefix(while: isName)
                tokens = tokens.dropFirst(word.count)
                let name = String(decoding: word, as: UTF8.self)
                let next = tokens.first { $0 != 0x20 && $0 != 0x0A }
                if labelLists.contains(name) {
                    listsLabels = next == 0x28
                } else if depth == 0, next != 0x28, !(0x30...0x39).contains(byte) {
                    names.append(name)
                }
            } else {
                tokens.removeFirst()
                switch byte {
                case 0x28 where listsLabels, 0x7B, 0x5B: depth += 1
                case 0x29 where listsLabels && depth > 0:
                    depth -= 1
                    listsLabels = false
                case 0x7D, 0x5D: depth = max(0, depth - 1)
                default: break
                }
            }
        }
        return names
    }

    /// `job_name=~"import-.*"`: what an expression asks of a label.
    struct LabelMatcher: Hashable {
        var label: String
        /// `=`, `!=`, `=~` or `!~`.
        var test: String
        var value: String

        /// Whether a value of the label passes; a pattern that cannot be read passes nothing.
        func accepts(_ text: String) -> Bool {
            switch test {
            case "=": return text == value
            case "!=": return text != value
            default:
                guard let pattern = try? LinearPattern("^(?:\(value))$") else { return false }
                return (pattern.firstMatch(in: Array(text.utf8)[...]) != nil) == (test == "=~")
            }
        }
    }

    static func labelMatchers(in expression: String) -> [LabelMatcher] {
        var found: [LabelMatcher] = []
        let bytes = Array(expression.utf8)
        var index = 0
        while let quote = bytes[index...].firstIndex(where: { $0 == 0x22 || $0 == 0x27 }) {
            var end = quote + 1
            while end < bytes.count, bytes[end] != bytes[quote] { end += bytes[end] == 0x5C ? 2 : 1 }
            guard end < bytes.count else { break }
            // Backwards from the quote: the test, and the label before it.
            let head = bytes[index..<quote].filter { $0 != 0x20 && $0 != 0x0A }
            let test = head.reversed().prefix { $0 == 0x3D || $0 == 0x7E || $0 == 0x21 }
            let label = head.dropLast(test.count).reversed().prefix { $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) }
            if !test.isEmpty, !label.isEmpty {
                let value = String(decoding: bytes[(quote + 1)..<end], as: UTF8.self).replacing("\\\\", with: "\\")
                found.append(LabelMatcher(label: text(label), test: text(test), value: value))
            }
            index = end + 1
        }
        return found
    }

    private static func text(_ reversed: some Sequence<UInt8>) -> String { String(decoding: reversed.reversed(), as: UTF8.self) }

    private static let labelLists: Set<String> = ["by", "without", "on", "ignoring", "group_left", "group_right"]
}
