extension SQLScript {
    /// Whether two texts hold the same tokens: white space, comments and the case of bare words may differ.
    package static func haveSameTokens(_ left: [UInt8], _ right: [UInt8], dialect: SQLDialect = .unknown) -> Bool {
        var a = SQLLexer(bytes: left, range: 0..<left.count, dialect: dialect)
        var b = SQLLexer(bytes: right, range: 0..<right.count, dialect: dialect)
        while true {
            switch (a.next(), b.next()) {
            case (nil, nil): return true
            case (let first?, let second?): guard isSame(first, left, second, right) else { return false }
            default: return false
            }
        }
    }

    private static func isSame(_ a: SQLToken, _ left: [UInt8], _ b: SQLToken, _ right: [UInt8]) -> Bool {
        guard a.kind == b.kind, a.end - a.start == b.end - b.start else { return false }
        let folds = a.kind == .word
        for offset in 0..<a.end - a.start {
            let first = left[a.start + offset]
            let second = right[b.start + offset]
            if first != second, !folds || first | 0x20 != second | 0x20 || !(0x61...0x7A).contains(first | 0x20) { return false }
        }
        return true
    }
}
