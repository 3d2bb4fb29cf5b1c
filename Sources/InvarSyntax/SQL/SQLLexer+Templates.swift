extension SQLLexer {
    /// `{{ … }}`, `{% … %}`, `{# … #}` or ClickHouse's `{name:Type}`; control tags give no token.
    mutating func brace() -> SQLToken? {
        switch peek(1) {
        case 0x7B:
            let start = at
            let tag = template(closedBy: 0x7D, 0x7D)
            return isControlTag(start + 2) ? nil : tag
        case 0x25 where !isDynamic:
            _ = template(closedBy: 0x25, 0x7D)
            return nil
        case 0x23 where dialect != .postgresql || hasTemplates:
            _ = template(closedBy: 0x23, 0x7D)
            return nil
        case let byte where SQLLexer.isWordByte(byte):
            return parameterInBraces()
        default:
            return single(.symbol)
        }
    }

    /// From here up to and including the closing mark.
    mutating func template(closedBy first: UInt8, _ second: UInt8? = nil) -> SQLToken? {
        let start = at
        hasTemplates = true
        at += 2
        while at < end {
            if bytes[at] == first, second == nil || peek(1) == second {
                at += second == nil ? 1 : 2
                return SQLToken(kind: .template, start: start, end: at)
            }
            at += 1
        }
        problems.append(SQLProblem(kind: .unterminatedTemplate, offset: start))
        return SQLToken(kind: .template, start: start, end: at)
    }

    /// Whether a `{{` tag steers the template instead of standing for text.
    private func isControlTag(_ start: Int) -> Bool {
        var index = start
        while index < end, bytes[index] == 0x2D || bytes[index] == 0x7E || bytes[index] <= 0x20 { index += 1 }
        guard index < end else { return false }
        if bytes[index] == 0x2F || bytes[index] == 0x21 || bytes[index] == 0x23 { return true }
        var word: [UInt8] = []
        while index < end, SQLLexer.isWordByte(bytes[index]), word.count < 10 {
            word.append(bytes[index])
            index += 1
        }
        return SQLLexer.controlWords.contains(word)
    }

    private static let controlWords = Set(
        ["if", "else", "end", "range", "with", "define", "block", "break", "continue", "config"].map { Array($0.utf8) }
    )

    private mutating func parameterInBraces() -> SQLToken {
        var index = at + 1
        while index < end, index - at < 200, SQLLexer.isWordByte(bytes[index]) { index += 1 }
        let isParameter = index < end && (bytes[index] == 0x3A || bytes[index] == 0x7D)
        guard isParameter, let tag = template(closedBy: 0x7D) else { return single(.symbol) }
        isLineStart = false
        return tag
    }

    /// `:name`, `:'name'`, `:"name"`, but neither `::type` nor the colon of `a[1:n]`.
    var isNamedParameter: Bool {
        let next = peek(1)
        let previous = peek(-1)
        guard previous != 0x3A, previous != 0x5D, previous != 0x29, !SQLLexer.isWordByte(previous) else { return false }
        return SQLLexer.isWordByte(next) && !(0x30...0x39).contains(next) || next == 0x22 && !isDynamic
    }

    mutating func parameter() -> SQLToken {
        let start = at
        at += 1
        if bytes[at] == 0x22 {
            at += 1
            while at < end, bytes[at] != 0x22, bytes[at] != 0x0A { at += 1 }
            at = min(at + 1, end)
        } else {
            while at < end, SQLLexer.isWordByte(bytes[at]) { at += 1 }
        }
        return token(.template, from: start)
    }

    /// `%I`, `%L`, `%s`, `%1$I` of a format string.
    var isPlaceholder: Bool {
        var distance = 1
        while (0x30...0x39).contains(peek(distance)) || peek(distance) == 0x24 { distance += 1 }
        return peek(distance) == 0x49 || peek(distance) == 0x4C || peek(distance) == 0x73
    }

    mutating func placeholder() -> SQLToken {
        let start = at
        at += 1
        while (0x30...0x39).contains(peek(0)) || peek(0) == 0x24 { at += 1 }
        at = min(at + 1, end)
        return token(.template, from: start)
    }
}
