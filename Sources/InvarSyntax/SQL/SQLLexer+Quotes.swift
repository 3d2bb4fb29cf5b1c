extension SQLLexer {
    /// A string from its prefix on; `at` is on the prefix or on the quote.
    mutating func string(from start: Int, escapes: Bool) -> SQLToken {
        var index = start
        while index < end, bytes[index] != 0x27 { index += 1 }
        if let close = closing(0x27, after: index, escapes: escapes) {
            at = close + 1
        } else {
            problems.append(SQLProblem(kind: .unterminatedString, offset: start))
            at = end
        }
        return token(.string, from: start)
    }

    mutating func quotedName(closedBy quote: UInt8) -> SQLToken {
        let start = at
        let escapes = dialect.escapesByBackslash && quote == 0x22
        if let close = closing(quote, after: at, escapes: escapes) {
            at = close + 1
        } else {
            problems.append(SQLProblem(kind: quote == 0x22 ? .unterminatedString : .unterminatedName, offset: start))
            at = end
        }
        return token(.quotedName, from: start)
    }

    /// The offset of the closing quote; a doubled quote is part of the text.
    private func closing(_ quote: UInt8, after open: Int, escapes: Bool) -> Int? {
        var index = open + 1
        while index < end {
            let byte = bytes[index]
            if byte == quote {
                guard index + 1 < end, bytes[index + 1] == quote else { return index }
                index += 1
            } else if escapes, byte == 0x5C {
                index += 1
            }
            index += 1
        }
        return nil
    }

    /// `[name]` if it looks like one, else the bracket of an array.
    mutating func bracket() -> SQLToken {
        let start = at
        let isSubscript = start > 0 && (SQLLexer.isWordByte(peek(-1)) || peek(-1) == 0x5D || peek(-1) == 0x29 || peek(-1) == 0x22)
        guard dialect != .postgresql, dialect != .clickhouse, !isSubscript else { return single(.symbol) }
        var index = start + 1
        while index < end, index - start <= 130 {
            switch bytes[index] {
            case 0x5D where index > start + 1:
                at = index + 1
                return token(.quotedName, from: start)
            case 0x30...0x39 where index == start + 1: return single(.symbol)
            case 0x20, 0x2D, 0x2E, 0x23: index += 1
            case let byte where SQLLexer.isWordByte(byte): index += 1
            default: return single(.symbol)
            }
        }
        return single(.symbol)
    }

    /// A dollar quote, a `$1` parameter, a `${placeholder}` or a name that begins with a dollar.
    mutating func dollar() -> SQLToken {
        let start = at
        if peek(1) == 0x7B { return template(closedBy: 0x7D) ?? single(.symbol) }
        if peek(1) == 0x28, dialect == .sqlserver { return template(closedBy: 0x29) ?? single(.symbol) }
        if dialect.knowsDollarQuotes, let tag = dollarTag(at: start) {
            at = start + tag.count
            while at < end {
                if bytes[at] == 0x24, matches(tag, at: at) {
                    at += tag.count
                    return token(.dollarString, from: start)
                }
                at += 1
            }
            problems.append(SQLProblem(kind: .unterminatedDollarQuote, offset: start))
            return token(.dollarString, from: start)
        }
        at += 1
        while at < end, SQLLexer.isWordByte(bytes[at]), bytes[at] != 0x24 { at += 1 }
        return token(at - start == 1 ? .symbol : .number, from: start)
    }

    /// The opening `$tag$`, of at most 64 bytes so that looking for its end stays linear.
    private func dollarTag(at start: Int) -> [UInt8]? {
        var index = start + 1
        while index < end, index - start <= 64 {
            let byte = bytes[index]
            if byte == 0x24 { return Array(bytes[start...index]) }
            guard SQLLexer.isWordByte(byte), index > start + 1 || !(0x30...0x39).contains(byte) else { return nil }
            index += 1
        }
        return nil
    }
}
