import InvarCore

/// Finds where the scalars of a block's text stand in the file.
///
/// A block's text is what a reader sees: markup is gone, wrapped lines are joined. Its scalars are found again in order
/// in the raw lines, passing over what the text does not hold; where that fails, the nearest found one stands in.
struct SentencePlacer {
    /// For each scalar of the text the byte offset of the file; nil where it was not found.
    private let offsets: [Int?]
    private let file: MarkdownFile
    private let block: Markdown.Block

    /// How many bytes of markup may stand between two scalars of the text, such as a link's destination.
    private static let longestGap = 600

    init(_ scalars: [Unicode.Scalar], block: Markdown.Block, file: MarkdownFile) {
        self.file = file
        self.block = block
        let first = file.lines.range(ofLine: block.line)
        let last = file.lines.range(ofLine: max(block.line, block.endLine))
        offsets = SentencePlacer.align(scalars, file.bytes, first.lowerBound..<max(first.lowerBound, last.upperBound))
    }

    /// Both ends of a range of the text's scalars; the end is exclusive.
    func place(_ range: Range<Int>) -> (start: Position, end: Position) {
        let found = range.clamped(to: 0..<offsets.count).compactMap { offsets[$0] }
        guard let low = found.min(), let high = found.max() else {
            let position = Position(line: block.line, column: block.column)
            return (position, position)
        }
        let line = file.lines.range(ofLine: file.lines.line(at: low))
        var start = low
        while start > line.lowerBound, SentencePlacer.opening.contains(file.bytes[start - 1]) { start -= 1 }
        var end = min(file.bytes.count, high + SentencePlacer.length(file.bytes[high]))
        while end < file.bytes.count, SentencePlacer.closing.contains(file.bytes[end]) { end += 1 }
        return (file.lines.position(at: start, in: file.bytes), file.lines.position(at: end, in: file.bytes))
    }

    private static let opening: Set<UInt8> = [0x2A, 0x60, 0x5F, 0x7E, 0x5B]
    private static let closing: Set<UInt8> = [0x2A, 0x60, 0x5F, 0x7E]

    private static func align(_ scalars: [Unicode.Scalar], _ bytes: [UInt8], _ range: Range<Int>) -> [Int?] {
        var found: [Int?] = []
        found.reserveCapacity(scalars.count)
        var at = range.lowerBound
        for scalar in scalars {
            if let hit = next(scalar, bytes, at..<range.upperBound) {
                found.append(scalar == " " ? nil : hit)
                at = hit + length(bytes[hit])
            } else {
                found.append(nil)
            }
        }
        return found
    }

    private static func next(_ scalar: Unicode.Scalar, _ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        let wanted = Array(String(Character(scalar)).utf8)
        guard let first = wanted.first else { return nil }
        var at = range.lowerBound
        let limit = min(range.upperBound, range.lowerBound + longestGap)
        while at < limit {
            let byte = bytes[at]
            // The destination of a link is not text: `](…)`.
            if byte == 0x5D, first != 0x5D, at + 1 < limit, bytes[at + 1] == 0x28 {
                at = closingParenthesis(bytes, at + 2, limit) ?? at + 2
                continue
            }
            // So is an entity: `&lt;` stands for the scalar itself.
            if byte == 0x26, first != 0x26, isEntity(scalar), isReference(bytes, at, limit) { return at }
            if scalar == " " ? isSpace(byte) : byte == first && matches(wanted, bytes, at, range.upperBound) { return at }
            at += 1
        }
        return nil
    }

    private static func isEntity(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "<" || scalar == ">" || scalar == "\"" || scalar == "'" || scalar == "\u{A0}"
    }

    private static func isReference(_ bytes: [UInt8], _ at: Int, _ limit: Int) -> Bool {
        bytes[at..<min(limit, at + 10)].contains(0x3B)
    }

    private static func closingParenthesis(_ bytes: [UInt8], _ start: Int, _ limit: Int) -> Int? {
        var depth = 1
        var at = start
        while at < limit, bytes[at] != 0x0A {
            if bytes[at] == 0x28 { depth += 1 }
            if bytes[at] == 0x29 {
                depth -= 1
                if depth == 0 { return at + 1 }
            }
            at += 1
        }
        return nil
    }

    private static func matches(_ wanted: [UInt8], _ bytes: [UInt8], _ at: Int, _ end: Int) -> Bool {
        guard at + wanted.count <= end else { return false }
        for offset in 1..<max(1, wanted.count) where bytes[at + offset] != wanted[offset] { return false }
        return true
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func length(_ byte: UInt8) -> Int {
        byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    }
}
