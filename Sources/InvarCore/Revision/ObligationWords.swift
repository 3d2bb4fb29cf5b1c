/// Words that say how strongly a clause demands, each with its neighbours in strength.
enum ObligationWords {
    /// Written, stronger, weaker; "" is none. Longer ones first, since they contain shorter ones.
    private static let japanese: [(String, String, String)] = [
        ("しなければならない", "", "することを原則とする"), ("することが望ましい", "すること", ""), ("ことを原則とする", "ことを必須とする", "ことが望ましい"),
        ("ことを必須とする", "", "ことを原則とする"), ("ことが望ましい", "ことを原則とする", ""), ("するべきである", "しなければならない", "することが望ましい"),
        ("すべきである", "しなければならない", "することが望ましい"), ("するべき", "しなければならない", "することが望ましい"), ("すべき", "しなければならない", "することが望ましい"),
        ("してはならない", "", "しないことを原則とする"), ("してはいけない", "", "しないことを原則とする"), ("原則禁止", "禁止", ""), ("原則として", "必ず", ""), ("原則、", "必ず、", ""),
        ("できるだけ", "必ず", ""), ("可能な限り", "必ず", "できるだけ"), ("なるべく", "必ず", ""), ("を推奨する", "を必須とする", ""), ("を必須とする", "", "を推奨する"),
        ("を前提とする", "を必須とする", "を推奨する"), ("を優先する", "を必須とする", ""), ("禁止", "", "原則禁止"), ("必ず", "", "原則として"), ("こと", "ことを必須とする", "ことを原則とする"),
    ]

    private static let english: [(String, String, String)] = [
        ("is required to", "", "should"), ("are required to", "", "should"), ("is recommended", "is required", ""), ("are recommended", "are required", ""),
        ("must not", "", "should not"), ("should not", "must not", ""), ("must never", "", "should not"), ("where possible", "always", ""),
        ("if possible", "always", ""), ("must", "", "should"), ("shall", "", "should"), ("should", "must", "may"), ("may", "should", ""),
        ("preferably", "always", ""), ("usually", "always", ""), ("normally", "always", ""), ("avoid", "never allow", ""), ("always", "", "as a rule"),
        ("never", "", "as a rule never"), ("is required", "", "is recommended"), ("are required", "", "are recommended"),
    ]

    /// The obligation of a clause: of the words that occur, the one that ends last, of those the longest.
    static func of(_ clause: String) -> Proposal.Obligation? {
        let language = Language.of(clause)
        let bytes = Array(clause.utf8)
        var best: (end: Int, length: Int, words: (String, String, String))?
        for words in language == .japanese ? japanese : english {
            guard let start = last(Array(words.0.utf8), in: bytes, isWord: language == .english) else { continue }
            let found = (start + words.0.utf8.count, words.0.utf8.count)
            if best.map({ found > ($0.end, $0.length) && !isInside(start, $0) }) ?? true { best = (found.0, found.1, words) }
        }
        guard let words = best?.words else { return nil }
        return Proposal.Obligation(
            written: words.0, stronger: words.1.isEmpty ? nil : words.1, weaker: words.2.isEmpty ? nil : words.2, language: language)
    }

    /// Whether a place lies within a longer word that was found: the `こと` of `ことが望ましい`.
    private static func isInside(_ start: Int, _ best: (end: Int, length: Int, words: (String, String, String))) -> Bool {
        start > best.end - best.length && start < best.end
    }

    private static func last(_ word: [UInt8], in bytes: [UInt8], isWord: Bool) -> Int? {
        var from = 0
        var found: Int?
        while let next = ByteSearch.firstIndex(of: word, in: bytes, from: from) {
            let end = next + word.count
            let isWhole = !isWord || ((next == 0 || !isLetter(bytes[next - 1])) && (end >= bytes.count || !isLetter(bytes[end])))
            if isWhole { found = next }
            from = next + 1
        }
        return found
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
