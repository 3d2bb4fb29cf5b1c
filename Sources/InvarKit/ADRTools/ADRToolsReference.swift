import InvarCore

/// What names a record: a number or a part of its path. adr-tools hands it to grep, so it may be a basic regular
/// expression: `^doc/adr/0012`, `use-.*-queues`.
struct ADRToolsReference {
    private let words: [UInt8]
    /// nil for plain words.
    private let pattern: LinearPattern?

    init(_ text: String) throws(ADRTools.Stop) {
        words = Array(text.utf8)
        guard text.unicodeScalars.contains(where: { ".[*^$\\".unicodeScalars.contains($0) }) else {
            pattern = nil
            return
        }
        do {
            pattern = try LinearPattern(ADRToolsReference.translated(Array(text.unicodeScalars)))
        } catch {
            throw ADRTools.Stop(errors: "ERROR: \(text) cannot be read as a reference: \(error.message)\n")
        }
    }

    func matches(_ path: String) -> Bool {
        let bytes = Array(path.utf8)
        if words.isEmpty { return true }
        return pattern.map { $0.firstMatch(in: bytes[...]) != nil } ?? (ByteSearch.firstIndex(of: words, in: bytes) != nil)
    }

    /// A basic expression in the spelling of an extended one.
    private static func translated(_ text: [Unicode.Scalar]) throws(LinearPattern.Problem) -> String {
        var out = String.UnicodeScalarView()
        var index = 0
        // Where an asterisk stands for itself and a caret is an anchor.
        var isStart = true
        while index < text.count {
            let scalar = text[index]
            let wasStart = isStart
            isStart = false
            switch scalar {
            case "\\":
                guard index + 1 < text.count else { throw LinearPattern.Problem(message: "it ends in a backslash") }
                index += 1
                let next = text[index]
                guard !("1"..."9").contains(next) else { throw LinearPattern.Problem(message: "back references are not understood") }
                isStart = next == "(" || next == "|"
                if "(){}|+?".unicodeScalars.contains(next) {
                    out.append(next)
                } else if next == "<" || next == ">" {
                    out.append(contentsOf: "\\b".unicodeScalars)
                } else if "wWbBsS".unicodeScalars.contains(next) {
                    out.append(contentsOf: ["\\", next])
                } else {
                    append(next, to: &out)
                }
            case "[":
                index = try bracket(text, from: index, to: &out)
            case "*" where !wasStart, ".":
                out.append(scalar)
            case "^" where wasStart:
                out.append(scalar)
                isStart = true
            case "$" where index == text.count - 1:
                out.append(scalar)
            default: append(scalar, to: &out)
            }
            index += 1
        }
        return String(out)
    }

    private static func append(_ scalar: Unicode.Scalar, to out: inout String.UnicodeScalarView) {
        if ".[]*^$\\(){}|+?/-".unicodeScalars.contains(scalar) { out.append("\\") }
        out.append(scalar)
    }

    /// `[0-9]`, `[^a]`, `[]x]`: the index of the closing bracket.
    private static func bracket(
        _ text: [Unicode.Scalar], from start: Int, to out: inout String.UnicodeScalarView
    ) throws(LinearPattern.Problem) -> Int {
        var index = start + 1
        out.append("[")
        if index < text.count, text[index] == "^" {
            out.append("^")
            index += 1
        }
        let first = index
        while index < text.count, text[index] != "]" || index == first {
            if text[index] == "[", index + 1 < text.count, ":.=".unicodeScalars.contains(text[index + 1]) {
                throw LinearPattern.Problem(message: "named classes are not understood")
            }
            if "[]\\".unicodeScalars.contains(text[index]) { out.append("\\") }
            out.append(text[index])
            index += 1
        }
        guard index < text.count else { throw LinearPattern.Problem(message: "a bracket is not closed") }
        out.append("]")
        return index
    }
}
