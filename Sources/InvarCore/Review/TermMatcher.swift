/// Finds the phrases of a vocabulary in lines of prose, code and configuration.
///
/// Names are taken apart, English words compared by their stems, Japanese phrases as they stand. Time is linear in the
/// text, whatever the vocabulary's size.
struct TermMatcher: Sendable {
    private var words: [String: Int32] = [:]
    private var byFirstWord: [Int32: [(rest: [Int32], term: Int)]] = [:]
    /// By the first two scalars.
    private var byStart: [UInt64: [(scalars: [UInt32], term: Int)]] = [:]
    private var terms: [String: Int] = [:]
    /// The number of terms.
    private(set) var count = 0

    /// The term of a phrase, the same one for the same words; nil for a phrase that has none.
    mutating func add(_ phrase: String) -> Int? {
        let pieces = Pieces(phrase)
        if let run = pieces.runs.first {
            // A single sign is a part of anything, and what stands between two scripts is not compared.
            guard run.count > 1, pieces.runs.count == 1, pieces.words.isEmpty else { return nil }
            let key = run.map { String($0, radix: 36) }.joined(separator: " ")
            return intern("\u{1}" + key) { matcher, term in matcher.byStart[TermMatcher.start(run[0], run[1]), default: []].append((run, term)) }
        }
        guard !pieces.words.isEmpty, !pieces.words.contains("") else { return nil }
        let stems = pieces.words.map { Stemmer.stem($0) }
        return intern(stems.joined(separator: " ")) { matcher, term in
            let ids = stems.map { matcher.word($0) }
            matcher.byFirstWord[ids[0], default: []].append((Array(ids.dropFirst()), term))
        }
    }

    private mutating func intern(_ key: String, _ insert: (inout TermMatcher, Int) -> Void) -> Int {
        if let known = terms[key] { return known }
        let term = count
        count += 1
        terms[key] = term
        insert(&self, term)
        return term
    }

    private mutating func word(_ stem: String) -> Int32 {
        if let known = words[stem] { return known }
        let id = Int32(words.count)
        words[stem] = id
        return id
    }

    private static func start(_ a: UInt32, _ b: UInt32) -> UInt64 { UInt64(a) << 32 | UInt64(b) }

    /// Remembers the stems of the words that it met.
    struct Memory {
        fileprivate var ids: [String: Int32] = [:]
    }

    /// The terms of a line, each as often as it occurs.
    func terms(in pieces: Pieces, _ memory: inout Memory) -> [Int] {
        var found: [Int] = []
        let ids = pieces.words.map { word -> Int32 in
            if let known = memory.ids[word] { return known }
            let id = words[Stemmer.stem(word)] ?? -1
            memory.ids[word] = id
            return id
        }
        for (index, id) in ids.enumerated() where id >= 0 {
            for phrase in byFirstWord[id] ?? [] {
                let rest = phrase.rest
                guard index + rest.count < ids.count, rest.indices.allSatisfy({ ids[index + 1 + $0] == rest[$0] }) else { continue }
                found.append(phrase.term)
            }
        }
        for run in pieces.runs where run.count > 1 { find(in: run, &found) }
        return found
    }

    private func find(in run: [UInt32], _ found: inout [Int]) {
        for index in 0..<(run.count - 1) {
            for phrase in byStart[TermMatcher.start(run[index], run[index + 1])] ?? [] {
                let end = index + phrase.scalars.count
                guard end <= run.count, run[index..<end].elementsEqual(phrase.scalars), !TermMatcher.isInsideKatakana(run, index, end) else { continue }
                found.append(phrase.term)
            }
        }
    }

    /// Whether a katakana word is only a part of another one: ログ in カタログ, ログイン or プログラム, not in アクセスログ or ログレベル.
    private static func isInsideKatakana(_ run: [UInt32], _ start: Int, _ end: Int) -> Bool {
        func isKatakana(_ scalar: UInt32) -> Bool { (0x30A1...0x30FC).contains(scalar) }
        guard isKatakana(run[start]), isKatakana(run[end - 1]) else { return false }
        var first = start
        while first > 0, isKatakana(run[first - 1]) { first -= 1 }
        var last = end
        while last < run.count, isKatakana(run[last]) { last += 1 }
        let (before, after) = (start - first, last - end)
        if before == 0, after == 0 { return false }
        // Compounds join words of three characters and more; at both sides it is most likely chance.
        if before > 0, after > 0 { return true }
        if after > 0 { return after < 3 }
        return before < 3 || TermMatcher.endings.contains { ending in run[first..<end].suffix(ending.count).elementsEqual(ending) }
    }

    /// Words that end as another one does.
    private static let endings: [[UInt32]] = ["ダイアログ", "バックログ", "アナログ", "モノローグ"].map { $0.unicodeScalars.map(\.value) }
}

/// The words of a line: names taken apart in lower case, and runs of Japanese.
struct Pieces {
    /// An empty one where a sign divides.
    var words: [String] = []
    /// Scalars of kanji, kana and the marks that words hold (・, ー).
    var runs: [[UInt32]] = []

    init(_ text: some StringProtocol) {
        var text = String(text)
        let isASCII = text.withUTF8 { bytes in
            for byte in bytes where byte >= 0x80 { return false }
            readASCII(bytes)
            return true
        }
        if !isASCII {
            var folded = Folding.compatible(text)
            folded.withUTF8 { read($0) }
        }
    }

    private mutating func readASCII(_ bytes: UnsafeBufferPointer<UInt8>) {
        var start = -1
        for index in 0..<bytes.count {
            let byte = bytes[index]
            guard Pieces.isWord(byte) else {
                if start >= 0 { add(bytes, start, index) }
                start = -1
                if Pieces.isDivision(byte), !(words.last?.isEmpty ?? true) { words.append("") }
                continue
            }
            if start < 0 {
                start = index
            } else if Pieces.isBreak(bytes, index) {
                add(bytes, start, index)
                start = index
            }
        }
        if start >= 0 { add(bytes, start, bytes.count) }
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        var run: [UInt32] = []
        func isRun(_ scalar: Unicode.Scalar) -> Bool { scalar.isCJK || scalar == "・" || scalar == "ー" || scalar == "々" }
        while index < bytes.count {
            let next = UTF8Scalar(bytes, at: index)
            if next.value >= 0x80 {
                if isRun(next.scalar) {
                    run.append(next.value)
                } else if !run.isEmpty {
                    runs.append(run)
                    run = []
                }
                index += next.width
                continue
            }
            if !run.isEmpty, next.value != 0x20 {
                runs.append(run)
                run = []
            }
            var end = index
            while end < bytes.count, bytes[end] < 0x80 { end += 1 }
            readASCII(UnsafeBufferPointer(rebasing: bytes[index..<end]))
            index = end
        }
        if !run.isEmpty { runs.append(run) }
    }

    private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
        // Hashes and encoded pictures are no words.
        guard end - start <= 40 else { return }
        words.append(
            String(unsafeUninitializedCapacity: end - start) { buffer in
                for index in start..<end { buffer[index - start] = IdentifierScanner.isUpper(bytes[index]) ? bytes[index] | 0x20 : bytes[index] }
                return end - start
            })
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        IdentifierScanner.isUpper(byte) || IdentifierScanner.isLower(byte) || IdentifierScanner.isDigit(byte)
    }

    /// Signs between which words belong together no more: `client), secret` is no `client secret`.
    private static func isDivision(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
        default: false
        }
    }

    /// Before a capital that follows a small letter, and before the last capital of several when a small letter follows.
    private static func isBreak(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        guard IdentifierScanner.isUpper(bytes[index]) else { return false }
        if !IdentifierScanner.isUpper(bytes[index - 1]) { return true }
        return index + 1 < bytes.count && IdentifierScanner.isLower(bytes[index + 1])
    }
}
