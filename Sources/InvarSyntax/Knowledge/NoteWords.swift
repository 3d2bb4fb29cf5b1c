import InvarCore

/// Tells what kind of note a free text is from its words.
enum NoteWords {
    /// The gravest kind that a sentence speaks of; a sentence that denies it does not count.
    static func kind(of text: String) -> Note.Kind {
        let folded = Folding.searchable(text)
        // Most notes hold none of the words, and need not be cut into sentences.
        let said = vocabulary.map { kind, words in (kind, words.filter { folded.holds($0) }) }.filter { !$0.1.isEmpty }
        guard !said.isEmpty else { return .observation }
        let sentences = sentences(folded)
        for (kind, words) in said {
            for sentence in sentences where words.contains(where: { says(sentence, $0) }) { return kind }
        }
        return .observation
    }

    private static let vocabulary: [(Note.Kind, [String])] = [
        // Near misses first: 「もう少しで破るところだった」 holds a word of breaking too.
        (.nearMiss, ["ヒヤリ", "未遂", "寸前", "もう少しで", "あやうく", "危うく", "あわや", "すんでのところ", "near miss", "near-miss", "nearly", "almost", "close call"]),
        (
            .hardToKeep,
            [
                "守りづら", "守りにく", "守り難", "守るのが難し", "守るのは難し", "守るのがつら", "守るのが大変", "守るのに苦労", "維持しづら", "hard to keep",
                "difficult to keep", "hard to follow", "hard to meet", "difficult to meet", "hard to satisfy", "struggled to keep", "painful to keep",
            ]
        ),
        (
            .violated,
            [
                "守れなかった", "守れてい", "守れず", "守れません", "守られてい", "守られなかった", "守られず", "破った", "破って", "破られ", "破れた", "違反", "逸脱した",
                "満たせなかった", "満たせず", "満たしてい", "violat", "broke ", "broken", "breach", "could not keep", "could not be kept", "was not kept", "failed to keep",
                "did not hold",
            ]
        ),
    ]

    private static let denials = [
        "違反なし", "違反はな", "違反はあり", "違反は無", "違反がな", "違反していな", "違反しな", "違反ではな", "違反とまでは", "違反を防", "違反しそう", "守れている", "守れています", "守られている", "守られています", "満たしている",
        "満たしています", "no violation", "not violat", "without violat", "never violat",
        "not broken", "not almost",
    ]

    private static func says(_ sentence: String, _ word: String) -> Bool {
        sentence.holds(word) && !denials.contains { sentence.holds($0) }
    }

    /// The parts between full stops, marks and line breaks; English sentences end at a full stop before a space.
    private static func sentences(_ text: String) -> [String] {
        var text = text
        return text.withUTF8 { bytes in
            var sentences: [String] = []
            var start = 0
            var index = 0
            while index < bytes.count {
                let width: Int
                switch bytes[index] {
                case 0x21, 0x3F, 0x0A, 0x3B: width = 1
                case 0x2E where index + 1 < bytes.count && bytes[index + 1] == 0x20: width = 2
                case 0xE3 where index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x82: width = 3
                default:
                    index += 1
                    continue
                }
                if index > start { sentences.append(String(decoding: bytes[start..<index], as: UTF8.self)) }
                index += width
                start = index
            }
            if start < bytes.count { sentences.append(String(decoding: bytes[start...], as: UTF8.self)) }
            return sentences
        }
    }
}
