/// An English sentence as words, codes and marks.
struct EnglishWords {
    struct Word {
        /// Lower case; the inside of code as written, folded.
        var text: String
        var kind: Kind
        /// Byte offset in the sentence.
        var start: Int
    }

    enum Kind { case word, code, mark }

    let words: [Word]

    init(_ sentence: ProseSentence) {
        let bytes = sentence.full
        var found: [Word] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0xEE, index + 2 < bytes.count, bytes[index + 1] == 0x80, bytes[index + 2] == 0x80 {
                var end = index + 3
                while end < bytes.count, bytes[end] != 0xEE { end += 1 }
                found.append(Word(text: String(decoding: bytes[(index + 3)..<max(index + 3, end)], as: UTF8.self), kind: .code, start: index))
                index = min(bytes.count, end + 3)
            } else if EnglishWords.isLetter(byte) {
                var end = index
                while end < bytes.count, EnglishWords.continues(bytes, end) { end += 1 }
                while end > index + 1, bytes[end - 1] == 0x2D || bytes[end - 1] == 0x27 || bytes[end - 1] == 0x2E { end -= 1 }
                found.append(Word(text: String(decoding: bytes[index..<end], as: UTF8.self), kind: .word, start: index))
                index = end
            } else if byte == 0x20 {
                index += 1
            } else {
                let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
                let end = min(bytes.count, index + length)
                found.append(Word(text: String(decoding: bytes[index..<end], as: UTF8.self), kind: .mark, start: index))
                index = end
            }
        }
        words = found
    }

    var count: Int { words.count }

    /// The word at `index`, "" out of range, for a code or for a mark.
    func word(_ index: Int) -> String {
        guard words.indices.contains(index), words[index].kind == .word else { return "" }
        return words[index].text
    }

    func isMark(_ index: Int, _ marks: Set<String>) -> Bool {
        words.indices.contains(index) && words[index].kind == .mark && marks.contains(words[index].text)
    }

    func isCode(_ index: Int) -> Bool {
        words.indices.contains(index) && words[index].kind == .code
    }

    func holds(_ set: Set<String>, in range: Range<Int>) -> Bool {
        range.clamped(to: 0..<count).contains { words[$0].kind == .word && set.contains(words[$0].text) }
    }

    /// Where the clause that holds `index` begins: after a mark or a word that opens a clause of its own.
    func clauseStart(before index: Int) -> Int {
        var at = index - 1
        while at >= 0 {
            if isMark(at, EnglishWords.boundaries) || EnglishWords.conjunctions.contains(word(at)) { return at + 1 }
            at -= 1
        }
        return 0
    }

    /// Where it ends.
    func clauseEnd(after index: Int) -> Int {
        var at = index
        while at < count {
            if isMark(at, EnglishWords.ends) || EnglishWords.conjunctions.contains(word(at)) { return at }
            at += 1
        }
        return count
    }

    static let boundaries: Set<String> = ["-", ",", ";", ":", "(", ")", "—", "–", "|", ".", "→", "\""]
    static let ends: Set<String> = ["-", ",", ";", ":", "(", ")", "—", "–", "|", ".", "!", "?", "→", "\""]
    static let conjunctions: Set<String> = ["because", "since", "but", "so", "although", "though", "while", "whereas", "hence", "therefore", "as"]

    private static func isLetter(_ byte: UInt8) -> Bool {
        PhraseSet.isWordByte(byte) || byte == 0x2F
    }

    private static func continues(_ bytes: [UInt8], _ index: Int) -> Bool {
        let byte = bytes[index]
        if isLetter(byte) { return true }
        guard index + 1 < bytes.count else { return false }
        return (byte == 0x2D || byte == 0x27 || byte == 0x2E) && PhraseSet.isWordByte(bytes[index + 1])
    }
}
