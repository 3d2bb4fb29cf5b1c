/// A set of phrases that is searched for in folded bytes in one pass, however many phrases there are.
///
/// A phrase that begins or ends with an ASCII letter or digit matches whole words only; a final `*` lets the word go on.
/// A phrase that begins with katakana does not match inside a longer katakana word: リラン is not in アプリランチャー.
struct PhraseSet: Sendable {
    private struct Node: Sendable {
        var edges: [(byte: UInt8, target: Int)] = []
        /// 0 none, 1 a phrase ends here, 2 one that the word may continue.
        var accepts: UInt8 = 0
    }

    private var nodes: [Node] = [Node()]
    private var starts = [Int](repeating: -1, count: 256)

    init(_ phrases: [String]) {
        for phrase in phrases { insert(phrase) }
    }

    private mutating func insert(_ phrase: String) {
        var bytes = Array(phrase.utf8)
        let isOpen = bytes.last == 0x2A
        if isOpen { bytes.removeLast() }
        guard let first = bytes.first else { return }
        var node = 0
        for byte in bytes {
            if let edge = nodes[node].edges.first(where: { $0.byte == byte }) {
                node = edge.target
            } else {
                nodes.append(Node())
                nodes[node].edges.append((byte, nodes.count - 1))
                node = nodes.count - 1
            }
        }
        nodes[node].accepts = isOpen ? 2 : max(nodes[node].accepts, 1)
        starts[Int(first)] = nodes[0].edges.first { $0.byte == first }?.target ?? -1
    }

    /// The end of the longest phrase that starts right at `index`; nil when none does.
    func match(_ bytes: [UInt8], at index: Int, in range: Range<Int>) -> Int? {
        guard range.contains(index) else { return nil }
        var node = starts[Int(bytes[index])]
        guard node >= 0, startsWord(bytes, index, range) else { return nil }
        var end = index + 1
        var found: Int?
        while true {
            let accepts = nodes[node].accepts
            if accepts == 2 || (accepts == 1 && endsWord(bytes, end, range)) { found = end }
            guard end < range.upperBound, let edge = nodes[node].edges.first(where: { $0.byte == bytes[end] }) else { return found }
            node = edge.target
            end += 1
        }
    }

    /// The first phrase within `range`.
    func first(_ bytes: [UInt8], in range: Range<Int>) -> Range<Int>? {
        var index = range.lowerBound
        while index < range.upperBound {
            if starts[Int(bytes[index])] >= 0, let end = match(bytes, at: index, in: range) { return index..<end }
            index += 1
        }
        return nil
    }

    /// The last phrase within `range` by where it starts.
    func last(_ bytes: [UInt8], in range: Range<Int>) -> Range<Int>? {
        var index = range.upperBound - 1
        while index >= range.lowerBound {
            if starts[Int(bytes[index])] >= 0, let end = match(bytes, at: index, in: range) { return index..<end }
            index -= 1
        }
        return nil
    }

    func isIn(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        first(bytes, in: range) != nil
    }

    func isIn(_ bytes: [UInt8]) -> Bool {
        isIn(bytes, 0..<bytes.count)
    }

    private func startsWord(_ bytes: [UInt8], _ index: Int, _ range: Range<Int>) -> Bool {
        guard index > range.lowerBound else { return true }
        if PhraseSet.isWordByte(bytes[index]) { return !PhraseSet.isWordByte(bytes[index - 1]) }
        if PhraseSet.isKatakana(bytes, at: index), index - 3 >= range.lowerBound { return !PhraseSet.isKatakana(bytes, at: index - 3) }
        return true
    }

    private func endsWord(_ bytes: [UInt8], _ end: Int, _ range: Range<Int>) -> Bool {
        guard end < range.upperBound, PhraseSet.isWordByte(bytes[end - 1]) else { return true }
        return !PhraseSet.isWordByte(bytes[end])
    }

    static func isWordByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
    }

    /// ァ–ヴ and ー.
    static func isKatakana(_ bytes: [UInt8], at index: Int) -> Bool {
        guard index + 2 < bytes.count, bytes[index] == 0xE3 else { return false }
        switch bytes[index + 1] {
        case 0x82: return bytes[index + 2] >= 0xA1
        case 0x83: return bytes[index + 2] != 0xBB && bytes[index + 2] <= 0xBC
        default: return false
        }
    }
}
