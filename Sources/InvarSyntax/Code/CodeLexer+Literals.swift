/// Where literals begin in each language.
extension CodeLexer {
    /// Opens the literal that begins here; false if none does.
    mutating func openLiteral() -> Bool {
        switch byte() {
        case 0x22, 0x27: return openQuoted(prefix: 0)
        case 0x60: return openBacktick()
        case 0x2F: return readPattern()
        case 0x3C where byte(1) == 0x3C: return openHereDocument()
        case 0x24 where language == .csharp: return openSharp()
        case 0x40 where language == .csharp: return openSharp()
        case 0x24 where language == .shell: return openShellInsertion()
        case 0x25 where language == .ruby: return openPercent()
        case 0x23 where language == .swift && byte(1) == 0x22: return openHashed()
        case 0x61...0x7A, 0x41...0x5A: return openPrefixed()
        default: return false
        }
    }

    private mutating func begin(_ quote: CodeQuote, length: Int) {
        var quote = quote
        quote.token = open(.quoteOpen, index, index + length)
        index += length
        frames.append(.literal(quote))
    }

    private mutating func openQuoted(prefix: Int) -> Bool {
        let mark = byte(prefix)
        let isTriple = byte(prefix + 1) == mark && byte(prefix + 2) == mark
        switch language {
        case .python:
            begin(CodeQuote(close: isTriple ? [mark, mark, mark] : [mark], endsWithLine: !isTriple), length: prefix + (isTriple ? 3 : 1))
        case .java, .kotlin, .scala, .csharp, .swift:
            if mark == 0x27 { return openCharacter() }
            let insertion: CodeQuote.Insertion = language == .kotlin ? .dollar : language == .swift ? .backslash : .none
            begin(
                CodeQuote(
                    close: isTriple ? [mark, mark, mark] : [mark], insertion: insertion, escapes: !isTriple || language == .java || language == .swift,
                    endsWithLine: !isTriple), length: isTriple ? 3 : 1)
        case .go, .rust:
            if mark == 0x27 { return openCharacter() }
            begin(CodeQuote(close: [mark], insertion: language == .rust ? .braceName : .none, endsWithLine: language == .go), length: 1)
        case .javascript: begin(CodeQuote(close: [mark]), length: 1)
        case .ruby: begin(CodeQuote(close: [mark], insertion: mark == 0x22 ? .hash : .none, endsWithLine: false), length: 1)
        case .php: begin(CodeQuote(close: [mark], insertion: mark == 0x22 ? .php : .none, endsWithLine: false), length: 1)
        case .shell: begin(CodeQuote(close: [mark], insertion: mark == 0x22 ? .dollar : .none, escapes: mark == 0x22, endsWithLine: false), length: 1)
        }
        return true
    }

    /// `'x'`, `'\n'`, `'\u0041'`; a lifetime or a lone quote is none.
    private mutating func openCharacter() -> Bool {
        var length = 1
        if byte(1) == 0x5C {
            length = 3
            while length < 12, byte(length) != 0x27, byte(length) != 0 { length += 1 }
        } else {
            length = 2
            while length < 5, byte(length) & 0xC0 == 0x80 { length += 1 }
        }
        guard byte(length) == 0x27 else {
            add(.mark, index, index + 1)
            index += 1
            return true
        }
        let opening = open(.quoteOpen, index, index + 1)
        add(.text, index + 1, index + length)
        close(opening, .quoteClose, index + length, index + length + 1)
        index += length + 1
        return true
    }

    private mutating func openBacktick() -> Bool {
        switch language {
        case .javascript: begin(CodeQuote(close: [0x60], insertion: .dollarBrace, endsWithLine: false), length: 1)
        case .go: begin(CodeQuote(close: [0x60], escapes: false, endsWithLine: false), length: 1)
        case .kotlin, .swift, .scala:
            // A quoted name.
            index += 1
        default:
            add(.mark, index, index + 1)
            index += 1
        }
        return true
    }

    /// `f"…"`, `rb'…'`, `s"…"`, `r#"…"#`.
    private mutating func openPrefixed() -> Bool {
        guard language == .python || language == .rust || language == .scala else { return false }
        if index > 0, CodeLexer.isWord(bytes[index - 1]) { return false }
        var length = 0
        while length < 4, CodeLexer.isWord(byte(length)), byte(length) < 0x80 { length += 1 }
        switch language {
        case .python:
            guard length <= 2, byte(length) == 0x22 || byte(length) == 0x27 else { return false }
            var isFormatted = false
            for place in 0..<length {
                switch byte(place) | 0x20 {
                case 0x66, 0x74: isFormatted = true
                case 0x72, 0x62, 0x75: break
                default: return false
                }
            }
            let mark = byte(length)
            let isTriple = byte(length + 1) == mark && byte(length + 2) == mark
            begin(
                CodeQuote(close: isTriple ? [mark, mark, mark] : [mark], insertion: isFormatted ? .brace : .none, endsWithLine: !isTriple),
                length: length + (isTriple ? 3 : 1))
        case .rust:
            guard byte() == 0x72 || (byte() == 0x62 && byte(1) == 0x72) else { return false }
            return openHashed(after: byte() == 0x72 ? 1 : 2)
        default:
            guard length >= 1, byte(length) == 0x22 else { return false }
            let isTriple = byte(length + 1) == 0x22 && byte(length + 2) == 0x22
            begin(
                CodeQuote(close: isTriple ? [0x22, 0x22, 0x22] : [0x22], insertion: .dollar, escapes: !isTriple, endsWithLine: !isTriple),
                length: length + (isTriple ? 3 : 1))
        }
        return true
    }

    /// `#"…"#` and `r##"…"##`, raw.
    private mutating func openHashed(after prefix: Int = 0) -> Bool {
        var hashes = 0
        while hashes < 16, byte(prefix + hashes) == 0x23 { hashes += 1 }
        guard byte(prefix + hashes) == 0x22 else { return false }
        let insertion: CodeQuote.Insertion = language == .rust ? .braceName : .none
        begin(
            CodeQuote(close: [0x22] + [UInt8](repeating: 0x23, count: hashes), insertion: insertion, escapes: false, endsWithLine: false),
            length: prefix + hashes + 1)
        return true
    }

    /// `$"…"`, `@"…"`, `$@"…"`, `$"""…"""`.
    private mutating func openSharp() -> Bool {
        var length = 0
        var isFormatted = false
        var isVerbatim = false
        while length < 3, byte(length) == 0x24 || byte(length) == 0x40 {
            if byte(length) == 0x24 { isFormatted = true } else { isVerbatim = true }
            length += 1
        }
        guard byte(length) == 0x22 else { return false }
        let isTriple = byte(length + 1) == 0x22 && byte(length + 2) == 0x22 && !isVerbatim
        begin(
            CodeQuote(
                close: isTriple ? [0x22, 0x22, 0x22] : [0x22], insertion: isFormatted ? .brace : .none, escapes: !isVerbatim && !isTriple, doubles: isVerbatim,
                endsWithLine: !isVerbatim && !isTriple), length: length + (isTriple ? 3 : 1))
        return true
    }

    /// `%w[…]`, `%q(…)`, `%Q{…}`, `%(…)`.
    private mutating func openPercent() -> Bool {
        var length = 1
        if [0x77, 0x57, 0x71, 0x51, 0x69, 0x49, 0x78].contains(byte(1)) { length = 2 }
        let closing: UInt8
        switch byte(length) {
        case 0x28: closing = 0x29
        case 0x5B: closing = 0x5D
        case 0x7B: closing = 0x7D
        case 0x7C where length == 2: closing = 0x7C
        case 0x21 where length == 2: closing = 0x21
        default: return false
        }
        if length == 1, let last = tokens.last, [.word, .number, .close, .quoteClose].contains(last.kind) { return false }
        let isPlain = byte(1) == 0x77 || byte(1) == 0x71 || byte(1) == 0x69
        begin(CodeQuote(close: [closing], insertion: isPlain ? .none : .hash, endsWithLine: false), length: length + 1)
        return true
    }

    /// `$(…)` and `${…}` outside quotes are brackets; `$name` is a word after a mark.
    private mutating func openShellInsertion() -> Bool {
        if byte(1) == 0x27 {
            begin(CodeQuote(close: [0x27], endsWithLine: false), length: 2)
            return true
        }
        return false
    }

    /// `<<~SQL`, `<<'EOF'`, `<<<EOT`.
    private mutating func openHereDocument() -> Bool {
        guard language == .ruby || language == .shell || language == .php else { return false }
        var length = 2
        if language == .php {
            guard byte(2) == 0x3C else { return false }
            length = 3
            while byte(length) == 0x20 { length += 1 }
        } else if byte(2) == 0x3C {
            // A here-string: what follows is a word of its own.
            index += 3
            return true
        }
        if byte(length) == 0x2D || (language == .ruby && byte(length) == 0x7E) {
            length += 1
        } else if language == .ruby, !(0x41...0x5A).contains(byte(length)) {
            return false
        }
        if language == .shell { while byte(length) == 0x20 || byte(length) == 0x5C { length += 1 } }
        var quote: UInt8 = 0
        if byte(length) == 0x22 || byte(length) == 0x27 {
            quote = byte(length)
            length += 1
        }
        let start = index + length
        while CodeLexer.isWord(byte(length)), length < 64 { length += 1 }
        let name = Array(bytes[start..<min(bytes.count, index + length)])
        guard !name.isEmpty else { return false }
        if quote != 0, byte(length) == quote { length += 1 }
        let isRaw = quote == 0x27
        let insertion: CodeQuote.Insertion = isRaw ? .none : language == .ruby ? .hash : language == .php ? .php : .dollar
        if pending.count < 8 { pending.append(CodeQuote(close: name, insertion: insertion, escapes: !isRaw, endsWithLine: false, isHereDocument: true)) }
        index += length
        startsLine = false
        return true
    }

    /// A regular expression where a value may begin; false where `/` divides.
    private mutating func readPattern() -> Bool {
        guard language == .javascript || language == .ruby else { return false }
        if let last = tokens.last {
            switch last.kind {
            case .close, .quoteClose, .number, .pattern, .insertClose: return false
            case .word:
                let word = String(decoding: bytes[last.start..<last.end], as: UTF8.self)
                guard ["return", "typeof", "case", "in", "of", "if", "unless", "when", "and", "or", "not", "while"].contains(word) else { return false }
            default: break
            }
        }
        var length = 1
        var isClass = false
        while byte(length) != 0x0A, byte(length) != 0, index + length < bytes.count {
            switch byte(length) {
            case 0x5C: length += 1
            case 0x5B: isClass = true
            case 0x5D: isClass = false
            case 0x2F where !isClass:
                add(.pattern, index, index + length + 1)
                index += length + 1
                return true
            default: break
            }
            length += 1
        }
        return false
    }
}
