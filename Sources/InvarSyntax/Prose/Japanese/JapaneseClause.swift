/// The parts of a Japanese sentence between 、 and the like: a condition in one says nothing about another.
struct JapaneseClause {
    /// Where the clause that holds `index` begins.
    static func start(_ sentence: ProseSentence, before index: Int) -> Int {
        var at = index - 1
        while at >= 0 {
            if isBoundary(sentence.bytes, at) { return at + length(sentence.bytes, at) }
            at -= 1
        }
        return 0
    }

    /// Where the clause that holds `index` ends.
    static func end(_ sentence: ProseSentence, after index: Int) -> Int {
        var at = index
        while at < sentence.bytes.count {
            if isBoundary(sentence.bytes, at) { return at }
            at += 1
        }
        return sentence.bytes.count
    }

    /// 、 。 , ; : ( ) → — | and the dashes.
    private static func isBoundary(_ bytes: [UInt8], _ at: Int) -> Bool {
        switch bytes[at] {
        case 0x2C, 0x3B, 0x3A, 0x28, 0x29, 0x7C: return true
        case 0xE3: return at + 2 < bytes.count && bytes[at + 1] == 0x80 && (bytes[at + 2] == 0x81 || bytes[at + 2] == 0x82)
        case 0xE2:
            guard at + 2 < bytes.count else { return false }
            return (bytes[at + 1] == 0x86 && bytes[at + 2] == 0x92) || (bytes[at + 1] == 0x80 && (bytes[at + 2] == 0x94 || bytes[at + 2] == 0x95))
        default: return false
        }
    }

    private static func length(_ bytes: [UInt8], _ at: Int) -> Int {
        bytes[at] < 0x80 ? 1 : 3
    }
}
