/// SQL in the string literals of source code.
package struct EmbeddedSQL: Sendable {
    /// One piece: a literal, or several that are joined.
    package struct Piece: Sendable {
        /// Its actions stand at the bytes of the file.
        package var script: SQLScript
        /// The index of its first token.
        package var token: Int
    }

    package let pieces: [Piece]

    /// Reads every literal that begins as a statement does.
    ///
    /// Interpolations and joined variables stand as names made of their letters, so that `{table}` is the same table twice.
    package init(_ code: CodeText) {
        var reader = EmbeddedSQLReader(code)
        reader.run()
        pieces = reader.pieces
    }
}

private struct EmbeddedSQLReader {
    let code: CodeText
    var pieces: [EmbeddedSQL.Piece] = []

    init(_ code: CodeText) {
        self.code = code
    }

    mutating func run() {
        var index = 0
        while index < code.tokens.count {
            guard code.kind(index) == .quoteOpen else {
                index += 1
                continue
            }
            let end = endOfJoined(index)
            if isStatement(index) { read(index..<end) }
            // Literals inside interpolations are looked at too.
            index = end > code.after(index) ? end : index + 1
        }
    }

    private func isStatement(_ index: Int) -> Bool {
        guard code.kind(index + 1) == .text else { return false }
        var start = code.tokens[index + 1].start
        let end = code.tokens[index + 1].end
        while start < end {
            let byte = code.bytes[start]
            if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == 0x28 {
                start += 1
            } else if byte == 0x5C, start + 1 < end {
                start += 2
            } else if byte == 0x2D, start + 1 < end, code.bytes[start + 1] == 0x2D {
                while start < end, code.bytes[start] != 0x0A { start += 1 }
            } else {
                break
            }
        }
        var stop = start
        while stop < end, stop - start < 10, CodeLexer.isWord(code.bytes[stop]) { stop += 1 }
        let word = code.text(in: start..<stop)
        guard EmbeddedSQLReader.beginnings.contains(word.lowercased()), stop >= end || !CodeLexer.isWord(code.bytes[stop]) else { return false }
        // `Delete it` is English, `delete from it` is not.
        guard let second = EmbeddedSQLReader.seconds[word.lowercased()], word != word.uppercased() else { return true }
        var next = stop
        while next < end, code.bytes[next] <= 0x20 { next += 1 }
        var last = next
        while last < end, last - next < 12, CodeLexer.isWord(code.bytes[last]) { last += 1 }
        return second.contains(code.text(in: next..<last).lowercased())
    }

    private static let seconds: [String: Set<String>] = [
        "delete": ["from"], "insert": ["into", "ignore", "overwrite", "or"], "truncate": ["table"], "copy": [],
    ]
    private static let beginnings: Set<String> = [
        "delete", "truncate", "insert", "copy", "merge", "replace", "load", "with", "begin", "create", "drop", "alter", "update", "set", "start", "use",
        "select", "lock",
    ]

    /// The token after a literal and all that is joined to it.
    private func endOfJoined(_ index: Int) -> Int {
        var end = code.after(index)
        while end < code.tokens.count {
            if code.kind(end) == .quoteOpen, code.language == .python || code.language == .ruby {
                end = code.after(end)
            } else {
                var next = end
                guard code.isToken(next, "+") || (code.isToken(next, ".") && code.language == .php) || (code.isToken(next, "\\")) else { break }
                next += 1
                if code.isToken(next, "\\") { next += 1 }
                let operand = next
                while next < code.tokens.count {
                    switch code.tokens[next].kind {
                    case .quoteOpen where next == operand, .open where next > operand: next = code.after(next)
                    case .word, .number: next += 1
                    case .mark where code.isToken(next, ".") && code.language != .php || code.isToken(next, "$"): next += 1
                    default: break
                    }
                    if code.kind(next) == .word || (code.isToken(next, ".") && code.language != .php) { continue }
                    if code.kind(next) == .open, code.isToken(next, "("), code.kind(next - 1) == .word { continue }
                    break
                }
                guard next > operand else { break }
                end = next
            }
        }
        return min(end, code.tokens.count)
    }

    /// Reads the literals of a span of tokens, everything else masked, at the same bytes.
    private mutating func read(_ range: Range<Int>) {
        guard let first = range.first, let last = range.last else { return }
        let start = code.tokens[first].start
        let end = max(start, code.tokens[last].end)
        var masked = [UInt8](repeating: 0x20, count: end - start)
        for index in range {
            let token = code.tokens[index]
            switch token.kind {
            case .text where !isInside(index, of: range): copy(token, into: &masked, start)
            case .insertOpen where !isInside(index, of: range): maskInsertion(index, into: &masked, start)
            case .word where code.kind(Int(token.parent)) != .insertOpen && !isInside(index, of: range):
                for place in token.start..<token.end { masked[place - start] = code.bytes[place] }
            case .mark where code.isToken(index, ".") && code.language != .php && !isInside(index, of: range): masked[token.start - start] = 0x2E
            default: break
            }
        }
        var script = SQLScript.read(masked)
        guard !script.actions.isEmpty else { return }
        script.actions = script.actions.map { action in
            var action = action
            action.move(by: start)
            return action
        }
        pieces.append(EmbeddedSQL.Piece(script: script, token: first))
    }

    /// Whether a token stands in an interpolation or in a call's parentheses of the joined literals.
    private func isInside(_ index: Int, of range: Range<Int>) -> Bool {
        var parent = Int(code.tokens[index].parent)
        var steps = 0
        while parent >= range.lowerBound, steps < 40 {
            if code.tokens[parent].kind != .quoteOpen { return true }
            parent = Int(code.tokens[parent].parent)
            steps += 1
        }
        return false
    }

    private func copy(_ token: CodeToken, into masked: inout [UInt8], _ start: Int) {
        var place = token.start
        while place < token.end {
            let byte = code.bytes[place]
            if byte == 0x5C, place + 1 < token.end, code.language != .shell {
                // An escape is white space to SQL, but for an escaped quote.
                let next = code.bytes[place + 1]
                if next == 0x22 || next == 0x27 || next == 0x60 { masked[place + 1 - start] = next }
                place += 2
                continue
            }
            masked[place - start] = byte
            place += 1
        }
    }

    /// `{table}` → `_table_`.
    private func maskInsertion(_ index: Int, into masked: inout [UInt8], _ start: Int) {
        let close = code.closing(of: index)
        let span = code.tokens[index].start..<max(code.tokens[index].start, code.tokens[close].end)
        for place in span.clamped(to: start..<(start + masked.count)) {
            let byte = code.bytes[place]
            masked[place - start] = CodeLexer.isWord(byte) && byte < 0x80 ? byte : 0x5F
        }
    }
}
