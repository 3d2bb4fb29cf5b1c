/// The lines by which two texts differ, for a small edit: one run of lines that became another.
package struct LineChange: Hashable, Sendable {
    /// Where the run begins in the new text, 1-based.
    package var line: Int
    package var removed: [String]
    package var added: [String]

    /// The runs between two texts whose edits stand apart; lines that both share keep their order.
    package static func all(from before: [UInt8], to after: [UInt8]) -> [LineChange] {
        let (old, new) = (lines(before), lines(after))
        var start = 0
        while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
        var (oldEnd, newEnd) = (old.count, new.count)
        while oldEnd > start, newEnd > start, old[oldEnd - 1] == new[newEnd - 1] {
            oldEnd -= 1
            newEnd -= 1
        }
        guard start < oldEnd || start < newEnd else { return [] }
        let whole = LineChange(line: start + 1, removed: texts(old[start..<oldEnd]), added: texts(new[start..<newEnd]))
        // Two edits far apart, such as front matter and text: the longest stretch of equal lines divides them.
        guard let (a, b, length) = shared(old[start..<oldEnd], new[start..<newEnd]), length >= 1 else { return [whole] }
        func part(_ oldRange: Range<Int>, _ newRange: Range<Int>) -> [LineChange] {
            if oldRange.isEmpty, newRange.isEmpty { return [] }
            return [LineChange(line: newRange.lowerBound + 1, removed: texts(old[oldRange]), added: texts(new[newRange]))]
        }
        return part(start..<a, start..<b) + part((a + length)..<oldEnd, (b + length)..<newEnd)
    }

    /// The longest run that both have; edits are small, so a plain search does.
    private static func shared(_ old: ArraySlice<ArraySlice<UInt8>>, _ new: ArraySlice<ArraySlice<UInt8>>) -> (Int, Int, Int)? {
        guard old.count * new.count < 4_000_000 else { return nil }
        var best: (Int, Int, Int)?
        var previous = [Int](repeating: 0, count: new.count + 1)
        for a in old.indices {
            var row = [Int](repeating: 0, count: new.count + 1)
            for b in new.indices where old[a] == new[b] {
                let column = b - new.startIndex
                row[column + 1] = previous[column] + 1
                if row[column + 1] > best?.2 ?? 0 { best = (a - row[column + 1] + 1, b - row[column + 1] + 1, row[column + 1]) }
            }
            previous = row
        }
        return best
    }

    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        let table = LineTable(bytes)
        return (1...max(1, table.count)).map { bytes[table.range(ofLine: $0)] }
    }

    private static func texts(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [String] {
        lines.map { line in
            String(decoding: line.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
        }
    }
}
