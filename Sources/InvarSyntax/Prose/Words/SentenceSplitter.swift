/// Cuts a block's text into sentences at `。．！？` and at `.!?` before a space, not inside brackets, quotes or code.
struct SentenceSplitter {
    private let scalars: [Unicode.Scalar]
    private var ranges: [Range<Int>] = []

    static func ranges(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var splitter = SentenceSplitter(scalars)
        splitter.split()
        return splitter.ranges
    }

    private init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    /// An opening bracket that is not closed within so many scalars does not hold the rest of the block together.
    private static let longestBracket = 300

    /// No sentence of a design is longer; what is gets cut, so that judging it stays linear in its bytes.
    private static let longestSentence = 1_200

    private mutating func split() {
        var start = 0
        var depth = 0
        var opened = 0
        var inCode = false
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar == ProseSentence.codeStart { inCode = true }
            if scalar == ProseSentence.codeEnd { inCode = false }
            if !inCode {
                if SentenceSplitter.isOpening(scalar) {
                    if depth == 0 { opened = index }
                    depth += 1
                } else if SentenceSplitter.isClosing(scalar) {
                    depth = max(0, depth - 1)
                } else if depth == 0 || index - opened > SentenceSplitter.longestBracket, ends(at: index) {
                    var end = index + 1
                    while end < scalars.count, SentenceSplitter.trails(scalars[end]) { end += 1 }
                    close(start..<end)
                    start = end
                    index = end
                    depth = 0
                    continue
                }
            }
            index += 1
            if index - start >= SentenceSplitter.longestSentence {
                close(start..<index)
                start = index
            }
        }
        close(start..<scalars.count)
    }

    private mutating func close(_ range: Range<Int>) {
        var low = range.lowerBound
        var high = range.upperBound
        while low < high, scalars[low].properties.isWhitespace { low += 1 }
        while high > low, scalars[high - 1].properties.isWhitespace { high -= 1 }
        if low < high { ranges.append(low..<high) }
    }

    private func ends(at index: Int) -> Bool {
        switch scalars[index] {
        case "。", "．", "！", "？", "｡":
            return true
        case ".", "!", "?":
            guard index + 1 < scalars.count else { return true }
            let next = scalars[index + 1]
            guard next == " " || SentenceSplitter.trails(next) else { return false }
            guard scalars[index] == "." else { return true }
            return !isAbbreviation(before: index) && !continuesInLowerCase(after: index)
        default:
            return false
        }
    }

    private func continuesInLowerCase(after index: Int) -> Bool {
        var next = index + 1
        while next < scalars.count, scalars[next] == " " { next += 1 }
        return next < scalars.count && (0x61...0x7A).contains(scalars[next].value)
    }

    private func isAbbreviation(before index: Int) -> Bool {
        var word = ""
        var at = index - 1
        while at >= 0, word.unicodeScalars.count < 5, scalars[at].value < 0x80, scalars[at] != " ", scalars[at] != "(" {
            word.unicodeScalars.insert(scalars[at], at: word.unicodeScalars.startIndex)
            at -= 1
        }
        return ["e.g", "i.e", "vs", "etc", "cf", "no", "fig", "approx", "sec"].contains(word.lowercased()) && scalars[index] == "."
    }

    private static func isOpening(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "(", "（", "「", "『", "【", "［", "“": true
        default: false
        }
    }

    private static func isClosing(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ")", "）", "」", "』", "】", "］", "”": true
        default: false
        }
    }

    /// What may follow the full stop and still belongs to the sentence.
    private static func trails(_ scalar: Unicode.Scalar) -> Bool {
        isClosing(scalar) || scalar == "\"" || scalar == "'" || scalar == "！" || scalar == "？" || scalar == "!" || scalar == "?" || scalar == "。"
    }
}
