/// Source code as tokens with their places: enough to know what is a literal, a comment, a call and its arguments.
package struct CodeText: Sendable {
    package let bytes: [UInt8]
    package let language: CodeLanguage
    package let tokens: [CodeToken]

    package init(_ bytes: [UInt8], language: CodeLanguage) {
        var lexer = CodeLexer(bytes: bytes, language: language)
        lexer.run()
        self.bytes = bytes
        self.language = language
        tokens = lexer.tokens
    }

    /// nil for a file in no language that is read here.
    package init?(_ artifact: Artifact) {
        guard let language = CodeLanguage(path: artifact.path) ?? CodeLanguage(firstLineOf: artifact.bytes) else { return nil }
        self.init(artifact.bytes, language: language)
    }

    /// A token as it is written.
    package func text(_ index: Int) -> String {
        guard tokens.indices.contains(index) else { return "" }
        return text(in: tokens[index].start..<tokens[index].end)
    }

    /// Bytes of the file as text.
    package func text(in span: Range<Int>) -> String {
        String(decoding: bytes[span.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    /// Whether a token is this word, mark or bracket, by its case.
    package func isToken(_ index: Int, _ text: StaticString) -> Bool {
        guard tokens.indices.contains(index) else { return false }
        let token = tokens[index]
        guard token.kind != .text, token.end - token.start == text.utf8CodeUnitCount else { return false }
        for place in 0..<text.utf8CodeUnitCount where bytes[token.start + place] != text.utf8Start[place] { return false }
        return true
    }

    package func isWord(_ index: Int) -> Bool {
        tokens.indices.contains(index) && tokens[index].kind == .word
    }

    package func kind(_ index: Int) -> CodeToken.Kind? {
        tokens.indices.contains(index) ? tokens[index].kind : nil
    }

    /// The index of the token that closes an opening one, or of the last token of all.
    package func closing(of index: Int) -> Int {
        guard tokens.indices.contains(index) else { return tokens.count - 1 }
        let partner = Int(tokens[index].partner)
        return partner > index ? partner : tokens.count - 1
    }

    /// The index of the token that opens a closing one.
    package func opening(of index: Int) -> Int? {
        guard tokens.indices.contains(index) else { return nil }
        let partner = Int(tokens[index].partner)
        return partner >= 0 && partner < index ? partner : nil
    }

    /// The token after this one and all that it opens.
    package func after(_ index: Int) -> Int {
        guard tokens.indices.contains(index) else { return index + 1 }
        switch tokens[index].kind {
        case .open, .quoteOpen, .insertOpen: return closing(of: index) + 1
        default: return index + 1
        }
    }

    /// The byte column of a token, tabs as one.
    package func column(_ index: Int) -> Int {
        var start = tokens[index].start
        while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
        return tokens[index].start - start
    }

    /// What a literal without interpolations says; nil for one with interpolations and for any other token.
    package func literal(_ index: Int) -> String? {
        guard kind(index) == .quoteOpen else { return nil }
        let close = closing(of: index)
        switch close - index {
        case 1: return ""
        case 2 where kind(index + 1) == .text: return text(index + 1)
        default: return nil
        }
    }
}
