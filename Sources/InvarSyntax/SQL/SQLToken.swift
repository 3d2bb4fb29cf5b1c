/// One token: a range of the file's bytes and what it is. Twelve bytes, no text of its own.
struct SQLToken: Sendable {
    enum Kind: UInt8, Sendable {
        /// A bare word: a name or a keyword.
        case word
        /// `"a"`, `` `a` ``, `[a]`.
        case quotedName
        /// `'a'`, `E'a'`.
        case string
        /// `$tag$…$tag$`.
        case dollarString
        case number
        /// `{{ … }}`, `${…}`, `%I`: stands for a name or a value that is not known here.
        case template
        case open, close, comma, dot, semicolon
        /// Any other single byte.
        case symbol
        /// The end of a statement by `DELIMITER`, by `GO` or `/` alone on a line.
        case terminator
    }

    private let low: UInt32
    private let high: UInt32
    let kind: Kind
    let keyword: SQLKeyword

    init(kind: Kind, start: Int, end: Int, keyword: SQLKeyword = .none) {
        self.kind = kind
        self.keyword = keyword
        low = UInt32(truncatingIfNeeded: start)
        high = UInt32(truncatingIfNeeded: end)
    }

    var start: Int { Int(low) }
    var end: Int { Int(high) }
}
