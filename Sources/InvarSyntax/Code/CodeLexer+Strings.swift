/// Inside literals.
extension CodeLexer {
    /// Reads on in the innermost literal, to its end or to the next interpolation.
    mutating func readLiteral(_ quote: CodeQuote) {
        var quote = quote
        if quote.token < 0 {
            // A here-document begins with its body.
            quote.token = open(.quoteOpen, index, index)
            frames[frames.count - 1] = .literal(quote)
        }
        let start = index
        while index < bytes.count {
            let byte = bytes[index]
            if quote.isHereDocument {
                if endsHereDocument(quote, since: start) { return }
            } else if byte == quote.close[0], closes(quote) {
                if quote.doubles, self.byte(1) == byte {
                    index += 2
                    continue
                }
                finish(quote, since: start, length: quote.close.count)
                return
            } else if quote.endsWithLine, byte == 0x0A || byte == 0x0D {
                finish(quote, since: start, length: 0)
                return
            }
            if byte == 0x5C, quote.escapes, quote.insertion != .backslash || self.byte(1) != 0x28 {
                // A here-document's line must not be missed.
                index += self.byte(1) == 0x0A && quote.isHereDocument ? 1 : 2
                continue
            }
            if quote.insertion != .none, frames.count < CodeLexer.maximumDepth, openInsertion(quote, since: start) { return }
            index += 1
        }
        index = bytes.count
        finish(quote, since: start, length: 0)
    }

    private func closes(_ quote: CodeQuote) -> Bool {
        guard bytes.count - index >= quote.close.count else { return false }
        for place in 1..<max(1, quote.close.count) where bytes[index + place] != quote.close[place] { return false }
        return true
    }

    /// Text since `start`, then the closing quote of `length` bytes.
    private mutating func finish(_ quote: CodeQuote, since start: Int, length: Int) {
        let end = min(index, bytes.count)
        if end > start { add(.text, start, end) }
        frames.removeLast()
        close(quote.token, .quoteClose, end, min(bytes.count, end + length))
        index = min(bytes.count, end + length)
    }

    private mutating func endsHereDocument(_ quote: CodeQuote, since start: Int) -> Bool {
        guard index == 0 || bytes[index - 1] == 0x0A else { return false }
        var place = index
        while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
        guard bytes.count - place >= quote.close.count, bytes[place..<(place + quote.close.count)].elementsEqual(quote.close) else { return false }
        let after = place + quote.close.count
        guard after >= bytes.count || !CodeLexer.isWord(bytes[after]) else { return false }
        finish(quote, since: start, length: after - index)
        return true
    }

    /// Goes into an interpolation if one begins here.
    private mutating func openInsertion(_ quote: CodeQuote, since start: Int) -> Bool {
        let byte = byte()
        switch quote.insertion {
        case .none: return false
        case .brace where byte == 0x7B:
            if self.byte(1) == 0x7B {
                index += 1
                return false
            }
            enter(since: start, length: 1)
        case .braceName where byte == 0x7B:
            var length = 1
            while CodeLexer.isWord(self.byte(length)) || self.byte(length) == 0x2E, length < 80 { length += 1 }
            guard length > 1, !(0x30...0x39).contains(self.byte(1)), self.byte(length) == 0x7D || self.byte(length) == 0x3A else { return false }
            enter(since: start, length: 1)
        case .hash where byte == 0x23 && self.byte(1) == 0x7B: enter(since: start, length: 2)
        case .dollarBrace where byte == 0x24 && self.byte(1) == 0x7B: enter(since: start, length: 2)
        case .backslash where byte == 0x5C && self.byte(1) == 0x28: enter(since: start, length: 2)
        case .php where byte == 0x7B && self.byte(1) == 0x24: enter(since: start, length: 2)
        case .php where byte == 0x24: return insertName(since: start, fields: true)
        case .dollar where byte == 0x24:
            if self.byte(1) == 0x7B || (language == .shell && self.byte(1) == 0x28) {
                enter(since: start, length: 2)
            } else {
                return insertName(since: start, fields: false)
            }
        default: return false
        }
        return true
    }

    private mutating func enter(since start: Int, length: Int) {
        if index > start { add(.text, start, index) }
        let opening = open(.insertOpen, index, index + length)
        index += length
        frames.append(.insertion(opening))
    }

    /// `$name` in a literal.
    private mutating func insertName(since start: Int, fields: Bool) -> Bool {
        guard CodeLexer.isWord(byte(1)), !(0x30...0x39).contains(byte(1)) else { return false }
        if index > start { add(.text, start, index) }
        let opening = open(.insertOpen, index, index + 1)
        index += 1
        readInsertedWord()
        if fields, byte() == 0x2D, byte(1) == 0x3E, CodeLexer.isWord(byte(2)) {
            add(.mark, index, index + 1)
            add(.mark, index + 1, index + 2)
            index += 2
            readInsertedWord()
        }
        close(opening, .insertClose, index, index)
        return true
    }

    private mutating func readInsertedWord() {
        let start = index
        while index < bytes.count, CodeLexer.isWord(bytes[index]) { index += 1 }
        add(.word, start, index)
    }
}
