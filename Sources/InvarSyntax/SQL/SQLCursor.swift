/// Walks over the tokens of one statement. Never moves past ``end``, never recurses.
struct SQLCursor {
    let bytes: [UInt8]
    let tokens: [SQLToken]
    var at: Int
    var end: Int

    init(bytes: [UInt8], tokens: [SQLToken]) {
        self.bytes = bytes
        self.tokens = tokens
        at = 0
        end = tokens.count
    }

    var isAtEnd: Bool { at >= end }
    var token: SQLToken? { at < end ? tokens[at] : nil }
    var keyword: SQLKeyword { at < end ? tokens[at].keyword : .none }
    var kind: SQLToken.Kind? { at < end ? tokens[at].kind : nil }
    /// Where the token at the cursor begins; the end of the statement past it.
    var offset: Int { at < end ? tokens[at].start : previousEnd }
    /// Where the token before the cursor ends.
    var previousEnd: Int { at > 0 && at <= tokens.count ? tokens[at - 1].end : 0 }

    func keyword(ahead distance: Int) -> SQLKeyword {
        let index = at + distance
        return index < end ? tokens[index].keyword : .none
    }

    func kind(ahead distance: Int) -> SQLToken.Kind? {
        let index = at + distance
        return index < end ? tokens[index].kind : nil
    }

    /// The byte of the symbol at the cursor; 0 for anything else.
    var symbol: UInt8 { kind == .symbol ? bytes[tokens[at].start] : 0 }

    mutating func take(_ keyword: SQLKeyword) -> Bool {
        guard self.keyword == keyword else { return false }
        at += 1
        return true
    }

    /// Takes both words or neither.
    mutating func take(_ first: SQLKeyword, _ second: SQLKeyword) -> Bool {
        guard keyword == first, keyword(ahead: 1) == second else { return false }
        at += 2
        return true
    }

    mutating func take(_ kind: SQLToken.Kind) -> Bool {
        guard self.kind == kind else { return false }
        at += 1
        return true
    }

    /// `IF EXISTS`.
    mutating func takeIfExists() -> Bool { take(.if, .exists) }

    /// `IF NOT EXISTS`.
    mutating func takeIfNotExists() -> Bool {
        guard keyword == .if, keyword(ahead: 1) == .not, keyword(ahead: 2) == .exists else { return false }
        at += 3
        return true
    }

    /// Steps over one token, or over a whole pair of parentheses.
    mutating func skip() {
        if kind == .open { skipParentheses() } else { at = min(at + 1, end) }
    }

    /// From an opening parenthesis past its closing one, or to the end.
    mutating func skipParentheses() {
        guard kind == .open else { return }
        var depth = 0
        while at < end {
            let kind = tokens[at].kind
            at += 1
            if kind == .open { depth += 1 }
            if kind == .close {
                depth -= 1
                if depth == 0 { return }
            }
        }
    }

    /// To the next comma outside parentheses, or to the end; the comma is not taken.
    mutating func skipToComma() {
        while at < end, tokens[at].kind != .comma { skip() }
    }

    /// To the first of these words outside parentheses; at the end if there is none.
    mutating func skip(to keywords: SQLKeyword...) {
        while at < end, !keywords.contains(tokens[at].keyword) { skip() }
    }

    /// A cursor over the inside of the parentheses that begin here, which are stepped over.
    mutating func takeParentheses() -> SQLCursor? {
        guard kind == .open else { return nil }
        var inner = self
        inner.at = at + 1
        skipParentheses()
        let isClosed = at > inner.at && tokens[at - 1].kind == .close
        inner.end = isClosed ? at - 1 : at
        return inner
    }

    /// Cuts what is left at the commas outside parentheses.
    func elements() -> [SQLCursor] {
        var result: [SQLCursor] = []
        var rest = self
        while !rest.isAtEnd {
            var element = rest
            rest.skipToComma()
            element.end = rest.at
            if !element.isAtEnd { result.append(element) }
            rest.at += 1
        }
        return result
    }
}
