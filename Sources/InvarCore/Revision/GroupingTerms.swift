/// The terms by which texts are compared: concepts of the glossary, bigrams of CJK runs, stems and trigrams of Latin ones.
struct GroupingTerms: Sendable {
    /// Forms with characters beyond ASCII, by their first scalar, longest first.
    private var rawForms: [UInt32: [(form: [UInt8], concept: Int)]] = [:]
    /// Forms of English words, every word stemmed.
    private var phrases: [String: Int] = [:]
    private var longestPhrase = 1

    /// Bytes of one text that are looked at; more does not tell more about its subject.
    static let room = 20_000
    /// How much a concept weighs against a bigram or a stem, and a trigram likewise.
    private static let conceptWeight = 2.0
    private static let trigramWeight = 0.2

    init(_ glossary: Glossary) {
        for (index, concept) in glossary.concepts.enumerated() {
            for form in concept.forms {
                if form.utf8.contains(where: { $0 >= 0x80 }) {
                    guard let first = form.unicodeScalars.first else { continue }
                    rawForms[first.value, default: []].append((Array(form.utf8), index))
                } else {
                    let words = form.split { !GroupingTerms.isWord($0) }.map { Stemmer.stem(String($0)) }
                    guard !words.isEmpty else { continue }
                    let key = words.joined(separator: " ")
                    if phrases[key] == nil { phrases[key] = index }
                    longestPhrase = max(longestPhrase, words.count)
                }
            }
        }
        for key in rawForms.keys {
            rawForms[key]?.sort { ($1.form.count, $0.concept) < ($0.form.count, $1.concept) }
        }
    }

    /// How often each term occurs in some folded texts, weighted.
    func count(_ texts: [String]) -> [String: Double] {
        var counts: [String: Double] = [:]
        for text in texts {
            var text = text
            text.withUTF8 { count(UnsafeBufferPointer(rebasing: $0.prefix(GroupingTerms.room)), &counts) }
        }
        return counts
    }

    private func count(_ bytes: UnsafeBufferPointer<UInt8>, _ counts: inout [String: Double]) {
        var run: [Unicode.Scalar] = []
        var words: [String] = []
        var index = 0
        while index < bytes.count {
            let next = UTF8Scalar(bytes, at: index)
            if let (length, concept) = rawForm(bytes, index, next.value) {
                endRun(&run, &counts)
                endWords(&words, &counts)
                counts["g\(concept)", default: 0] += GroupingTerms.conceptWeight
                index += length
                continue
            }
            if next.value < 0x80 {
                endRun(&run, &counts)
                guard GroupingTerms.isWord(bytes[index]) else {
                    // Words of a phrase are divided by a space or a hyphen.
                    if bytes[index] != 0x20 && bytes[index] != 0x2D { endWords(&words, &counts) }
                    index += 1
                    continue
                }
                var end = index
                while end < bytes.count, GroupingTerms.isWord(bytes[end]) { end += 1 }
                words.append(String(decoding: bytes[index..<end], as: UTF8.self))
                index = end
                continue
            }
            endWords(&words, &counts)
            if next.scalar.isCJK, next.value > 0x303F { run.append(next.scalar) } else { endRun(&run, &counts) }
            index += next.width
        }
        endRun(&run, &counts)
        endWords(&words, &counts)
    }

    /// The longest form of the glossary that begins here; a katakana form only as a whole word.
    private func rawForm(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ scalar: UInt32) -> (length: Int, concept: Int)? {
        guard let forms = rawForms[scalar] else { return nil }
        for (form, concept) in forms {
            let end = index + form.count
            guard end <= bytes.count, form.indices.allSatisfy({ bytes[index + $0] == form[$0] }) else { continue }
            if GroupingTerms.isKatakana(bytes, index), GroupingTerms.isKatakana(bytes, index - 3) { continue }
            if GroupingTerms.isKatakana(bytes, end - 3), GroupingTerms.isKatakana(bytes, end) { continue }
            return (form.count, concept)
        }
        return nil
    }

    /// Bigrams of a CJK run; those of hiragana alone are grammar.
    private func endRun(_ run: inout [Unicode.Scalar], _ counts: inout [String: Double]) {
        defer { run.removeAll(keepingCapacity: true) }
        if run.count == 1, !run[0].isKana { counts[String(Character(run[0])), default: 0] += 1 }
        guard run.count > 1 else { return }
        for place in 0..<(run.count - 1) {
            if GroupingTerms.isHiragana(run[place]), GroupingTerms.isHiragana(run[place + 1]) { continue }
            var bigram = String.UnicodeScalarView()
            bigram.append(run[place])
            bigram.append(run[place + 1])
            counts[String(bigram), default: 0] += 1
        }
    }

    private func endWords(_ words: inout [String], _ counts: inout [String: Double]) {
        defer { words.removeAll(keepingCapacity: true) }
        let stems = words.map { Stemmer.stem($0) }
        var place = 0
        while place < words.count {
            if let (length, concept) = phrase(stems, place) {
                counts["g\(concept)", default: 0] += GroupingTerms.conceptWeight
                place += length
                continue
            }
            let word = words[place]
            place += 1
            guard word.utf8.count > 1, word.utf8.count < 40, !GroupingTerms.stopWords.contains(word) else { continue }
            counts["w" + stems[place - 1], default: 0] += 1
            let letters = Array(stems[place - 1].utf8)
            guard letters.count > 3 else { continue }
            for start in 0...(letters.count - 3) {
                counts["t" + String(decoding: letters[start..<(start + 3)], as: UTF8.self), default: 0] += GroupingTerms.trigramWeight
            }
        }
    }

    private func phrase(_ stems: [String], _ place: Int) -> (length: Int, concept: Int)? {
        for length in stride(from: min(longestPhrase, stems.count - place), through: 1, by: -1) {
            let key = length == 1 ? stems[place] : stems[place..<(place + length)].joined(separator: " ")
            if let concept = phrases[key] { return (length, concept) }
        }
        return nil
    }

    private static func isWord(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) }

    private static func isWord(_ character: Character) -> Bool { character.utf8.count == 1 && character.utf8.allSatisfy(isWord) }

    private static func isHiragana(_ scalar: Unicode.Scalar) -> Bool { (0x3041...0x309F).contains(scalar.value) }

    private static func isKatakana(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        guard index >= 0, index + 2 < bytes.count, bytes[index] == 0xE3 else { return false }
        return (bytes[index + 1] == 0x82 && bytes[index + 2] >= 0xA1) || (bytes[index + 1] == 0x83 && bytes[index + 2] <= 0xBC && bytes[index + 2] != 0xBB)
    }

    private static let stopWords: Set<String> = [
        "the", "an", "and", "or", "but", "of", "to", "in", "on", "at", "by", "for", "from", "with", "without", "as", "is", "are", "was", "were", "be",
        "been", "being", "it", "its", "this", "that", "these", "those", "there", "then", "than", "so", "if", "when", "while", "because", "after",
        "before", "into", "out", "up", "down", "over", "again", "we", "our", "us", "they", "their", "them", "he", "she", "you", "your", "had", "has",
        "have", "do", "did", "does", "not", "no", "nobody", "nothing", "never", "only", "also", "just", "very", "more", "most", "some", "any", "all",
        "each", "every", "one", "two", "three", "which", "who", "what", "where", "how", "why", "can", "could", "would", "should", "must", "may",
        "might", "will", "shall", "about", "during", "once", "twice", "still", "because", "until", "since", "too", "own", "other", "same", "such",
        "got", "get", "went", "made", "make", "today", "yesterday", "morning", "night", "week", "day", "time",
    ]
}
