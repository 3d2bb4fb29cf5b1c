/// Cuts Python or Ruby into tokens, far enough to find calls and their literals. Linear, never fails.
struct SourceLexer {
    let bytes: [UInt8]
    let language: SourceLanguage
    var at = 0
    var tokens: [SourceToken] = []
    private var lineStart = 0
    private var isLineStart = true
    /// Here-documents whose text begins on the next line: the token that stands for each, and its terminator.
    private var heredocs: [(token: Int, tag: [UInt8])] = []

    init(_ bytes: [UInt8], _ language: SourceLanguage) {
        self.bytes = bytes
        self.language = language
    }

    static func tokens(_ bytes: [UInt8], _ language: SourceLanguage) -> [SourceToken] {
        var lexer = SourceLexer(bytes, language)
        while lexer.at < bytes.count { lexer.step() }
        return lexer.tokens
    }

    private mutating func step() {
        let byte = bytes[at]
        switch byte {
        case 0x0A: newline()
        case 0x00...0x20: at += 1
        case 0x23: skipLine()
        case 0x27, 0x22: string(from: at, quote: byte)
        case 0x60 where language == .ruby: string(from: at, quote: byte)
        case 0x61...0x7A, 0x41...0x5A, 0x5F, 0x80...0xFF: word()
        case 0x30...0x39: number()
        case 0x28, 0x5B, 0x7B: add(.open, at..<at + 1)
        case 0x29, 0x5D, 0x7D: add(.close, at..<at + 1)
        case 0x2C: add(.comma, at..<at + 1)
        case 0x3A where language == .ruby && isWordStart(at + 1) && peek(-1) != 0x3A && !isWordByte(at - 1): name()
        case 0x3A where language == .ruby && peek(1) == 0x22 && !isWordByte(at - 1): string(from: at, quote: 0x22)
        case 0x3C where language == .ruby && peek(1) == 0x3C: heredoc()
        case 0x25 where language == .ruby: percent()
        case 0x5C where peek(1) == 0x0A:
            at += 2
            lineStart = at
        default: add(.symbol, at..<at + 1)
        }
    }

    private func peek(_ distance: Int) -> UInt8 {
        let index = at + distance
        return index >= 0 && index < bytes.count ? bytes[index] : 0
    }

    private func isWordStart(_ index: Int) -> Bool { isWordByte(index) && !(0x30...0x39).contains(bytes[index]) }

    private func isWordByte(_ index: Int) -> Bool {
        guard index >= 0, index < bytes.count else { return false }
        switch bytes[index] {
        case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x5F, 0x80...0xFF: return true
        default: return false
        }
    }

    private mutating func add(_ kind: SourceToken.Kind, _ range: Range<Int>, content: Range<Int>? = nil) {
        let indentation = isLineStart ? range.lowerBound - lineStart : -1
        tokens.append(SourceToken(kind: kind, range: range, content: content ?? range, indentation: indentation))
        isLineStart = false
        at = max(at + 1, range.upperBound)
    }

    private mutating func skipLine() {
        while at < bytes.count, bytes[at] != 0x0A { at += 1 }
    }

    private mutating func newline() {
        at += 1
        for (index, tag) in heredocs { readHeredoc(index, tag) }
        heredocs.removeAll()
        lineStart = at
        isLineStart = true
        guard language == .ruby else { return }
        if starts(with: "=begin") { skip(past: "\n=end") }
        if starts(with: "__END__") { at = bytes.count }
    }

    private func starts(with text: String) -> Bool {
        let wanted = Array(text.utf8)
        return bytes.count - at >= wanted.count && bytes[at..<at + wanted.count].elementsEqual(wanted)
    }

    private mutating func skip(past text: String) {
        while at < bytes.count {
            if bytes[at] == 0x0A, starts(with: text) { return skipOneLine() }
            at += 1
        }
    }

    private mutating func skipOneLine() {
        at += 1
        skipLine()
    }

    private mutating func word() {
        let start = at
        var index = at
        while isWordByte(index) { index += 1 }
        if language == .python, index - start <= 2, index < bytes.count, bytes[index] == 0x22 || bytes[index] == 0x27 {
            return string(from: start, quote: bytes[index])
        }
        if language == .ruby, index < bytes.count, bytes[index] == 0x21 || bytes[index] == 0x3F, index + 1 >= bytes.count || bytes[index + 1] != 0x3D {
            index += 1
        }
        add(.word, start..<index)
    }

    private mutating func number() {
        let start = at
        var index = at
        while isWordByte(index) || index < bytes.count && bytes[index] == 0x2E && isWordByte(index + 1) { index += 1 }
        add(.number, start..<index)
    }

    private mutating func name() {
        let start = at
        var index = at + 1
        while isWordByte(index) { index += 1 }
        if index < bytes.count, bytes[index] == 0x21 || bytes[index] == 0x3F { index += 1 }
        add(.name, start..<index, content: start + 1..<index)
    }

    // MARK: Strings

    /// A string with its prefix; a triple one in Python; one without an end runs to the end of its line.
    private mutating func string(from start: Int, quote: UInt8) {
        var open = start
        while bytes[open] != quote { open += 1 }
        let isTriple = language == .python && open + 2 < bytes.count && bytes[open + 1] == quote && bytes[open + 2] == quote
        let width = isTriple ? 3 : 1
        var index = open + width
        var braces = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x5C {
                index += 2
                continue
            }
            if language == .ruby, quote == 0x22, byte == 0x23, index + 1 < bytes.count, bytes[index + 1] == 0x7B { braces += 1 }
            if braces > 0, byte == 0x7D { braces -= 1 }
            if byte == quote, braces == 0, !isTriple || index + 2 < bytes.count && bytes[index + 1] == quote && bytes[index + 2] == quote {
                return add(.string, start..<index + width, content: open + width..<index)
            }
            if byte == 0x0A, language == .python, !isTriple { break }
            index += 1
        }
        let end = min(index, bytes.count)
        add(.string, start..<max(start + 1, end), content: min(open + width, end)..<end)
    }

    /// `<<~SQL`, `<<-'SQL'`, `<<SQL`; a plain shift otherwise.
    private mutating func heredoc() {
        let start = at
        var index = at + 2
        let isIndented = index < bytes.count && (bytes[index] == 0x7E || bytes[index] == 0x2D)
        if isIndented { index += 1 }
        let isQuoted = index < bytes.count && (bytes[index] == 0x27 || bytes[index] == 0x22)
        if isQuoted { index += 1 }
        let tag = index
        while isWordByte(index) { index += 1 }
        guard index > tag, index - tag <= 64, isIndented || isQuoted || (0x41...0x5A).contains(bytes[tag]) else { return add(.symbol, start..<start + 1) }
        let text = Array(bytes[tag..<index])
        if isQuoted { index += 1 }
        heredocs.append((tokens.count, text))
        add(.string, start..<min(index, bytes.count))
    }

    private mutating func readHeredoc(_ token: Int, _ tag: [UInt8]) {
        let start = at
        while at < bytes.count {
            let line = at
            skipLine()
            var first = line
            while first < at, bytes[first] == 0x20 || bytes[first] == 0x09 { first += 1 }
            var last = at
            if last > first, bytes[last - 1] == 0x0D { last -= 1 }
            let isEnd = last - first == tag.count && bytes[first..<last].elementsEqual(tag)
            if isEnd || at >= bytes.count {
                tokens[token].content = start..<(isEnd ? line : at)
                at = min(at + 1, bytes.count)
                return
            }
            at += 1
        }
        tokens[token].content = min(start, bytes.count)..<bytes.count
    }

    /// `%w[a b]`, `%i(a b)`, `%q{…}`, `%(…)`; the remainder otherwise.
    private mutating func percent() {
        let start = at
        let hasLetter = [0x77, 0x57, 0x69, 0x49, 0x71, 0x51].contains(peek(1))
        let open = at + (hasLetter ? 2 : 1)
        let closers: [UInt8: UInt8] = [0x28: 0x29, 0x5B: 0x5D, 0x7B: 0x7D, 0x3C: 0x3E, 0x7C: 0x7C, 0x21: 0x21]
        guard open < bytes.count, let close = closers[bytes[open]], hasLetter || !isWordByte(at - 1) && tokens.last?.kind != .number else {
            return add(.symbol, start..<start + 1)
        }
        var index = open + 1
        while index < bytes.count, bytes[index] != close { index += 1 }
        let isList = hasLetter && [0x77, 0x57, 0x69, 0x49].contains(peek(1))
        add(isList ? .name : .string, start..<min(index + 1, bytes.count), content: open + 1..<max(open + 1, index))
    }
}
