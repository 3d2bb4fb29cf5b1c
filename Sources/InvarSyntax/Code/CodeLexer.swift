/// Cuts source code of any supported language into tokens, tolerant of what it does not know, in linear time and
/// without recursion: literals inside interpolations inside literals wait on a stack of bounded depth.
struct CodeLexer {
    let bytes: [UInt8]
    let language: CodeLanguage
    var tokens: [CodeToken] = []
    var index = 0
    var startsLine = true
    /// Opening tokens that wait for their partners.
    private var brackets: [Int32] = []
    /// Literals that are being read; the innermost last. Code of an interpolation stands above its literal.
    var frames: [Frame] = []
    /// Here-documents whose body begins on the next line.
    var pending: [CodeQuote] = []

    enum Frame {
        case literal(CodeQuote)
        /// Code inside a literal; the index of its opening token.
        case insertion(Int32)
    }

    /// Deeper interpolations are read as text.
    static let maximumDepth = 32

    init(bytes: [UInt8], language: CodeLanguage) {
        self.bytes = bytes
        self.language = language
        tokens.reserveCapacity(bytes.count / 5)
    }

    mutating func run() {
        guard bytes.count < Int(Int32.max) else { return }
        if language == .php { skipMarkup() }
        while index < bytes.count {
            if case .literal(let quote)? = frames.last { readLiteral(quote) } else { readCode() }
        }
    }

    func byte(_ offset: Int = 0) -> UInt8 {
        let place = index + offset
        return place >= 0 && place < bytes.count ? bytes[place] : 0
    }

    func at(_ text: StaticString, _ offset: Int = 0) -> Bool {
        let start = index + offset
        guard start >= 0, bytes.count - start >= text.utf8CodeUnitCount else { return false }
        for place in 0..<text.utf8CodeUnitCount where bytes[start + place] != text.utf8Start[place] { return false }
        return true
    }

    // MARK: Tokens

    @discardableResult
    mutating func add(_ kind: CodeToken.Kind, _ start: Int, _ end: Int) -> Int32 {
        let place = Int32(truncatingIfNeeded: tokens.count)
        tokens.append(CodeToken(kind, start, end, startsLine: startsLine, parent: brackets.last ?? -1))
        startsLine = false
        return place
    }

    mutating func open(_ kind: CodeToken.Kind, _ start: Int, _ end: Int) -> Int32 {
        let place = add(kind, start, end)
        brackets.append(place)
        return place
    }

    /// Closes an opening token and what was left open inside it.
    mutating func close(_ opening: Int32, _ kind: CodeToken.Kind, _ start: Int, _ end: Int) {
        while let last = brackets.last, last >= opening { brackets.removeLast() }
        let place = add(kind, start, end)
        guard opening >= 0, Int(opening) < tokens.count else { return }
        tokens[Int(opening)].partner = place
        tokens[Int(place)].partner = opening
    }

    private mutating func closeBracket() {
        let byte = byte()
        defer { index += 1 }
        let wanted: UInt8 = byte == 0x29 ? 0x28 : byte == 0x5D ? 0x5B : 0x7B
        // Only a few levels are looked through, so that odd brackets cost no more than their number.
        for opening in brackets.suffix(4).reversed() {
            let token = tokens[Int(opening)]
            guard token.kind == .open || token.kind == .insertOpen else { break }
            if bytes[token.end - 1] == wanted {
                if token.kind == .insertOpen { frames.removeLast() }
                close(opening, token.kind == .open ? .close : .insertClose, index, index + 1)
                return
            }
            guard token.kind == .open else { break }
        }
        add(.mark, index, index + 1)
    }

    // MARK: Code

    private mutating func readCode() {
        let byte = byte()
        switch byte {
        case 0x0A, 0x0D: newLine()
        case 0x20, 0x09, 0x0B, 0x0C: index += 1
        case 0x28, 0x5B, 0x7B:
            _ = open(.open, index, index + 1)
            index += 1
        case 0x29, 0x5D, 0x7D: closeBracket()
        default:
            if skipComment() || openLiteral() { return }
            if CodeLexer.isWord(byte) || (language == .shell && isShellWord(byte)) {
                readWord()
            } else {
                add(.mark, index, index + 1)
                index += 1
            }
        }
    }

    private mutating func newLine() {
        let isPair = byte() == 0x0D && byte(1) == 0x0A
        index += isPair ? 2 : 1
        startsLine = true
        guard !pending.isEmpty else { return }
        let quotes = pending
        pending = []
        for var quote in quotes.reversed() {
            quote.token = -1
            frames.append(.literal(quote))
        }
    }

    private mutating func readWord() {
        let start = index
        let isNumber = (0x30...0x39).contains(byte())
        while index < bytes.count, CodeLexer.isWord(bytes[index]) || (language == .shell && isShellWord(bytes[index])) { index += 1 }
        if isNumber, language != .shell, byte() == 0x2E, (0x30...0x39).contains(byte(1)) {
            index += 1
            while index < bytes.count, CodeLexer.isWord(bytes[index]) { index += 1 }
        }
        // Ruby's `empty?` and `save!` are words.
        if language == .ruby, byte() == 0x3F || byte() == 0x21, byte(1) != 0x3D, byte(1) != 0x7E { index += 1 }
        add(isNumber ? .number : .word, start, index)
    }

    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...0xFF: true
        default: false
        }
    }

    private func isShellWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x2F, 0x2E, 0x2D, 0x3A, 0x7E, 0x2B, 0x25, 0x40, 0x2C, 0x2A, 0x3F: true
        default: false
        }
    }

    // MARK: Comments

    private mutating func skipComment() -> Bool {
        let byte = byte()
        if byte == 0x23, language.hasHashComments, !isInnerHash {
            skipLine()
            return true
        }
        if byte == 0x2F, language.hasSlashComments {
            if self.byte(1) == 0x2F {
                skipLine()
                return true
            }
            if self.byte(1) == 0x2A {
                skipBlockComment()
                return true
            }
        }
        if language == .ruby, startsLine, at("=begin") {
            while index < bytes.count, !at("=end") || (index > 0 && bytes[index - 1] != 0x0A) { index += 1 }
            skipLine()
            return true
        }
        if language == .php, at("?>") {
            index += 2
            skipMarkup()
            return true
        }
        return false
    }

    /// `$#` and `a#b` in a shell, `#[attribute]` in PHP.
    private var isInnerHash: Bool {
        if language == .php { return byte(1) == 0x5B }
        guard language == .shell, index > 0 else { return false }
        return ![0x20, 0x09, 0x0A, 0x0D, 0x3B, 0x28, 0x29, 0x26, 0x7C].contains(bytes[index - 1])
    }

    private mutating func skipLine() {
        while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    }

    private mutating func skipBlockComment() {
        var depth = 1
        index += 2
        while index < bytes.count {
            if byte() == 0x2A, byte(1) == 0x2F {
                index += 2
                depth -= 1
                if depth == 0 { return }
            } else if language.nestsComments, byte() == 0x2F, byte(1) == 0x2A {
                index += 2
                depth += 1
            } else {
                index += 1
            }
        }
    }

    /// PHP stands in a page: what is outside `<?php … ?>` is no code.
    private mutating func skipMarkup() {
        while index < bytes.count, !at("<?") { index += 1 }
        index = min(bytes.count, index + 2)
        if at("php") { index += 3 }
        startsLine = true
    }
}
