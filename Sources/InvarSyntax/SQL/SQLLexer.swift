/// Cuts bytes into tokens. Comments, white space, client commands and template control tags are stepped over.
///
/// Every step moves forward and nothing is looked at twice without bound, so that time is linear in bytes for any input.
struct SQLLexer: Sendable {
    let bytes: [UInt8]
    /// Where to stop; bytes after it are never looked at.
    let end: Int
    let dialect: SQLDialect
    /// The text of a literal that is itself SQL: `%I` stands for a name, client commands do not occur.
    let isDynamic: Bool
    var at: Int
    /// What `DELIMITER` set; empty for the semicolon.
    var delimiter: [UInt8] = []
    /// Only white space and comments since the line began.
    var isLineStart = true
    var problems: [SQLProblem] = []
    var hasTemplates = false
    /// No `\\.` line follows: it was looked for in vain.
    var lacksCopyEnd = false

    init(bytes: [UInt8], range: Range<Int>, dialect: SQLDialect, isDynamic: Bool = false) {
        self.bytes = bytes
        self.dialect = dialect
        self.isDynamic = isDynamic
        end = min(range.upperBound, bytes.count)
        at = min(range.lowerBound, end)
    }

    /// The next token; nil at the end.
    mutating func next() -> SQLToken? {
        while at < end {
            if !delimiter.isEmpty, matches(delimiter, at: at) {
                let start = at
                at += delimiter.count
                return token(.terminator, from: start)
            }
            let byte = bytes[at]
            switch byte {
            case 0x0A, 0x0D:
                at += 1
                isLineStart = true
            case 0x00...0x20, 0x7F:
                at += 1
            case 0x61...0x7A, 0x41...0x5A, 0x5F, 0x80...0xFF:
                if let token = word() { return token }
            case 0x30...0x39: return number()
            case 0x28: return single(.open)
            case 0x29: return single(.close)
            case 0x2C: return single(.comma)
            case 0x2E: return single(.dot)
            case 0x3B: return single(.semicolon)
            case 0x27: return string(from: at, escapes: dialect.escapesByBackslash)
            case 0x60 where dialect == .postgresql: return single(.symbol)
            case 0x22, 0x60: return quotedName(closedBy: byte)
            case 0x5B: return bracket()
            default:
                if let token = mark(byte) { return token }
            }
        }
        return nil
    }

    /// What remains: the marks that begin comments, templates, dollar quotes and client commands.
    private mutating func mark(_ byte: UInt8) -> SQLToken? {
        switch byte {
        case 0x2D where isLineComment: skipComment()
        case 0x23 where isHashComment: skipComment()
        case 0x2F where peek(1) == 0x2A: skipBlockComment()
        case 0x2A where peek(1) == 0x2F && dialect != .postgresql: at += 2  // the end of a `/*!40101 … */` that was read as code
        case 0x2F where isAloneOnLine(length: 1): return single(.terminator)
        case 0x5C: return backslash()
        case 0x7B: return brace()
        case 0x3C where peek(1) == 0x25 && peek(2) == 0x3D: return template(closedBy: 0x25, 0x3E)
        case 0x24: return dollar()
        case 0x3A where isNamedParameter: return parameter()
        case 0x25 where isDynamic && isPlaceholder: return placeholder()
        case 0x40: return word()
        default: return single(.symbol)
        }
        return nil
    }

    func peek(_ distance: Int) -> UInt8 {
        let index = at + distance
        return index >= 0 && index < end ? bytes[index] : 0
    }

    func matches(_ text: [UInt8], at index: Int) -> Bool {
        guard end - index >= text.count else { return false }
        for offset in 0..<text.count where bytes[index + offset] != text[offset] { return false }
        return true
    }

    mutating func token(_ kind: SQLToken.Kind, from start: Int) -> SQLToken {
        isLineStart = false
        return SQLToken(kind: kind, start: start, end: at)
    }

    mutating func single(_ kind: SQLToken.Kind) -> SQLToken {
        at += 1
        return token(kind, from: at - 1)
    }

    mutating func skipLine() {
        while at < end, bytes[at] != 0x0A { at += 1 }
    }

    /// Whether the token of this length that begins here is the only text of its line, as `GO` and `/` are.
    func isAloneOnLine(length: Int) -> Bool {
        guard isLineStart, delimiter.isEmpty else { return false }
        var index = at + length
        while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == 0x0D { index += 1 }
        return index >= end || bytes[index] == 0x0A
    }

    // MARK: Words and numbers

    static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x5F, 0x24, 0x80...0xFF: true
        default: false
        }
    }

    private mutating func word() -> SQLToken? {
        let blank = blankLength(at)
        if blank > 0 {
            at += blank
            return nil
        }
        let start = at
        at += 1
        while at < end {
            let byte = bytes[at]
            if !SQLLexer.isWordByte(byte) || byte >= 0x80 && blankLength(at) > 0 { break }
            if byte == 0x24, !delimiter.isEmpty, matches(delimiter, at: at) { break }
            at += 1
        }
        if at - start == 1, bytes[start] | 0x20 == 0x65, peek(0) == 0x27 { return string(from: start, escapes: true) }
        let keyword = SQLKeyword.find(bytes, start, at)
        if keyword == .go || keyword == .delimiter, isLineStart, let token = clientWord(keyword, from: start) { return token }
        if keyword == .delimiter, at > start + 9 { return nil }
        isLineStart = false
        return SQLToken(kind: .word, start: start, end: at, keyword: keyword)
    }

    /// `GO` alone on its line, or `DELIMITER x`, which leaves ``at`` after its line and gives no token.
    private mutating func clientWord(_ keyword: SQLKeyword, from start: Int) -> SQLToken? {
        let afterWord = at
        if keyword == .go {
            at = start
            let isAlone = isAloneOnLine(length: 2)
            at = afterWord
            return isAlone ? token(.terminator, from: start) : nil
        }
        guard !isDynamic, dialect != .postgresql, peek(0) == 0x20 || peek(0) == 0x09 else { return nil }
        skipLine()
        let line = bytes[afterWord..<min(at, afterWord + 64)].filter { $0 > 0x20 }
        guard !line.isEmpty, line.count <= 16, !line.contains(0x27), !line.contains(0x22) else {
            at = afterWord
            return nil
        }
        delimiter = line == [0x3B] ? [] : line
        return nil
    }

    /// The length of a white-space character beyond ASCII: no-break and ideographic space, byte order mark, zero width.
    private func blankLength(_ index: Int) -> Int {
        guard index + 1 < end else { return 0 }
        switch bytes[index] {
        case 0xC2: return bytes[index + 1] == 0xA0 ? 2 : 0
        case 0xE3: return index + 2 < end && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x80 ? 3 : 0
        case 0xEF: return index + 2 < end && bytes[index + 1] == 0xBB && bytes[index + 2] == 0xBF ? 3 : 0
        case 0xE2: return index + 2 < end && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x8B ? 3 : 0
        default: return 0
        }
    }

    private mutating func number() -> SQLToken {
        let start = at
        while at < end, SQLLexer.isWordByte(bytes[at]) || bytes[at] == 0x2E && SQLLexer.isWordByte(peek(1)) { at += 1 }
        return token(.number, from: start)
    }
}
