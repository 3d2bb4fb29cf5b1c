/// The terms by which texts are compared: concepts of the glossary, bigrams of CJK runs, stems and trigrams of Latin ones.
struct GroupingTerms: Sendable {
    /// Forms with characters beyond ASCII, by their first scalar, longest first.
    private var rawForms: [UInt32: [(form: [UInt8], concept: Int)]] = [:]
    /// Forms of English words, every word stemmed.
    private var phrases: [String: Int] = [:]
    private var longestPhrase = 1
    /// The terms of each concept's name, where it has several words.
    private var nameParts: [[String]] = []

    /// Bytes of one text that are looked at; more does not tell more about its subject.
    static let room = 20_000
    /// How much a term weighs by its nature: a concept tells the subject, a trigram only helps where spellings differ.
    static func weight(of term: String) -> Double {
        switch term.utf8.first {
        case 0x67, 0x73: 2
        case 0x74: 0.1
        case 0x6B, 0x77: 1
        default: 0.7
        }
    }

    init(_ glossary: Glossary) {
        var glossary = glossary
        let known = glossary.concepts.count
        let topics = GroupingTopics.all.map { forms in
            forms.map { form in
                if glossary.concept(of: Folding.searchable(form)) == nil { glossary.add(form) }
                return Folding.searchable(form)
            }
        }
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
        var subjects: [String: [String]] = [:]
        for (number, forms) in topics.enumerated() {
            for form in forms { subjects[glossary.concept(of: form)?.name ?? form, default: []].append("s\(number)") }
        }
        nameParts = glossary.concepts.enumerated().map { number, concept in
            let words = concept.name.split { !GroupingTerms.isWord($0) }.map(String.init)
            guard words.count > 1, number < known else { return subjects[concept.name] ?? [] }
            return (subjects[concept.name] ?? [])
                + words.filter { $0.utf8.count > 1 && !GroupingTerms.stopWords.contains($0) }.map { word in
                    let stem = Stemmer.stem(word)
                    return phrases[stem].map { "g\($0)" } ?? "w" + stem
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
                meet(concept, &counts)
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

    /// Counts a concept, and the words of its name: "certificate expiry" is about certificates, too.
    private func meet(_ concept: Int, _ counts: inout [String: Double]) {
        counts["g\(concept)", default: 0] += 1
        for part in nameParts[concept] { counts[part, default: 0] += 1 }
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

    /// The parts of a CJK run: katakana words whole, bigrams of the rest. What begins with hiragana, or ends with a particle,
    /// is grammar.
    private func endRun(_ run: inout [Unicode.Scalar], _ counts: inout [String: Double]) {
        defer { run.removeAll(keepingCapacity: true) }
        if run.count == 1, !run[0].isKana { counts[String(Character(run[0])), default: 0] += 1 }
        guard run.count > 1 else { return }
        var place = 0
        while place < run.count {
            var end = place
            while end < run.count, GroupingTerms.isKatakana(run[end]) { end += 1 }
            if end - place >= 2 { counts["k" + GroupingTerms.text(run[place..<end]), default: 0] += 1 }
            place = max(end, place + 1)
        }
        for place in 0..<(run.count - 1) {
            let (first, second) = (run[place], run[place + 1])
            if GroupingTerms.isHiragana(first) || GroupingTerms.particles.contains(second) { continue }
            // Bigrams within a katakana word only help where its spelling differs.
            let isInside = GroupingTerms.isKatakana(first) && GroupingTerms.isKatakana(second)
            counts[(isInside ? "t" : "") + GroupingTerms.text(run[place...(place + 1)]), default: 0] += 1
        }
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    private static let particles: Set<Unicode.Scalar> = ["の", "が", "を", "に", "は", "で", "と", "も", "へ", "や"]

    private func endWords(_ words: inout [String], _ counts: inout [String: Double]) {
        defer { words.removeAll(keepingCapacity: true) }
        let stems = words.map { Stemmer.stem($0) }
        var place = 0
        while place < words.count {
            if let (length, concept) = phrase(stems, place) {
                meet(concept, &counts)
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
                counts["t" + String(decoding: letters[start..<(start + 3)], as: UTF8.self), default: 0] += 1
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

    private static func isKatakana(_ scalar: Unicode.Scalar) -> Bool { (0x30A1...0x30FC).contains(scalar.value) && scalar.value != 0x30FB }

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
