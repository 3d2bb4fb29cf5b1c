/// What somebody searches for: each term with the forms that satisfy it.
package struct SearchQuery: Sendable {
    /// A word, a quoted phrase or a concept.
    package struct Term: Hashable, Sendable {
        /// Folded, as typed first, then the concept's other forms.
        package var forms: [Form]
    }

    /// One spelling to look for.
    package struct Form: Hashable, Sendable {
        /// What is looked for byte by byte: a stem for an English word.
        package var needle: [UInt8]
        /// An English word matches whole words of its stem; other forms match anywhere.
        package var stem: String?
        /// Whether it was typed rather than found in the glossary.
        package var isTyped: Bool
    }

    package let terms: [Term]

    /// Words are divided by white space; in quotes they belong together. A run of words that the glossary knows is
    /// one concept.
    package init(_ text: String, glossary: Glossary) {
        var terms: [Term] = []
        for part in SearchQuery.parts(Folding.searchable(text)) {
            if part.isQuoted {
                terms.append(Term(forms: [SearchQuery.form(part.words.joined(separator: " "), isTyped: true, isExact: true)]))
            } else {
                terms += SearchQuery.terms(part.words, glossary)
            }
        }
        var seen: Set<Term> = []
        self.terms = terms.filter { seen.insert($0).inserted }
    }

    private static func terms(_ words: [String], _ glossary: Glossary) -> [Term] {
        var terms: [Term] = []
        var index = 0
        while index < words.count {
            let longest = min(glossary.longestForm, words.count - index)
            let found = stride(from: longest, through: 1, by: -1).lazy.compactMap { count -> (Int, Glossary.Concept, String)? in
                let phrase = words[index..<(index + count)].joined(separator: " ")
                return glossary.concept(of: phrase).map { (count, $0, phrase) }
            }.first
            if let (count, concept, phrase) = found {
                let others = concept.forms.filter { $0 != phrase }.map { form($0, isTyped: false) }
                terms.append(Term(forms: [form(phrase, isTyped: true)] + others))
                index += count
            } else {
                terms.append(Term(forms: [form(words[index], isTyped: true)]))
                index += 1
            }
        }
        return terms
    }

    private static func form(_ text: String, isTyped: Bool, isExact: Bool = false) -> Form {
        let isWord = !isExact && text.utf8.count > 2 && text.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A }
        guard isWord else { return Form(needle: Array(text.utf8), stem: nil, isTyped: isTyped) }
        let stem = Stemmer.stem(text)
        // Stems end in `i` where words end in `y`: the part before is common to both.
        let common = stem.hasSuffix("i") ? String(stem.dropLast()) : stem
        return Form(needle: Array((text.hasPrefix(common) ? common : text).utf8), stem: stem, isTyped: isTyped)
    }

    private static func parts(_ text: String) -> [(words: [String], isQuoted: Bool)] {
        text.split(separator: "\"", omittingEmptySubsequences: false).enumerated().map { index, part in
            (part.split(whereSeparator: \.isWhitespace).map(String.init), index % 2 == 1)
        }.filter { !$0.words.isEmpty }
    }
}

extension SearchQuery.Form {
    /// Whether the occurrence of the needle at `offset` counts, and how much: a whole English word of the stem, a form
    /// within a longer katakana word (ログ in プログラム) hardly.
    package func weight(in text: UnsafeRawBufferPointer, at offset: Int) -> Double {
        let typed = isTyped ? 1.0 : 0.7
        if let stem {
            if offset > 0, SearchQuery.Form.isLetter(text[offset - 1]) { return 0 }
            var end = offset
            while end < text.count, SearchQuery.Form.isLetter(text[end]), end - offset < 40 { end += 1 }
            let word = String(decoding: text[offset..<end], as: UTF8.self)
            return Stemmer.stem(word) == stem ? typed : 0
        }
        let first = needle.first ?? 0
        if first < 0x80 {
            let inside = offset > 0 && SearchQuery.Form.isWord(text[offset - 1]) && SearchQuery.Form.isWord(first)
            return inside ? typed * 0.3 : typed
        }
        return SearchQuery.Form.isInsideKatakana(text, offset, needle.count) ? typed * 0.2 : typed
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }

    private static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || (byte >= 0x30 && byte <= 0x39) }

    private static func isInsideKatakana(_ text: UnsafeRawBufferPointer, _ offset: Int, _ count: Int) -> Bool {
        isKatakana(text, offset) && (isKatakana(text, offset - 3) || isKatakana(text, offset + count))
    }

    /// ァ–ヺ and ー: E3 82 A1 – E3 83 BA, E3 83 BC.
    private static func isKatakana(_ text: UnsafeRawBufferPointer, _ offset: Int) -> Bool {
        guard offset >= 0, offset + 2 < text.count, text[offset] == 0xE3 else { return false }
        return (text[offset + 1] == 0x82 && text[offset + 2] >= 0xA1) || (text[offset + 1] == 0x83 && text[offset + 2] <= 0xBC && text[offset + 2] != 0xBB)
    }
}
