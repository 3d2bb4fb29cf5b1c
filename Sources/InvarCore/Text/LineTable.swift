/// A place in a file as people count it: both numbers start at 1, columns are Unicode scalars.
package struct Position: Hashable, Sendable, Comparable {
    package var line: Int
    package var column: Int

    package init(line: Int, column: Int = 1) {
        self.line = line
        self.column = column
    }

    package static func < (a: Position, b: Position) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}

/// Where the lines of a text begin, to turn byte offsets (used inside) into positions (shown outside).
///
/// A line ends at LF, CRLF or a lone CR, as in CommonMark.
package struct LineTable: Sendable {
    /// The byte offset at which each line starts; the first is 0.
    package let starts: [Int]
    /// The length of the text in bytes.
    package let end: Int

    package init(_ bytes: [UInt8]) {
        var starts = [0]
        starts.reserveCapacity(bytes.count / 32)
        bytes.withUnsafeBufferPointer { bytes in
            for index in 0..<bytes.count where bytes[index] <= 0x0D {
                let byte = bytes[index]
                let isEnd = byte == 0x0A || (byte == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A))
                if isEnd { starts.append(index + 1) }
            }
        }
        self.starts = starts
        self.end = bytes.count
    }

    /// The number of lines; a text that ends in a line break has one empty line more.
    package var count: Int { starts.count }

    /// The 1-based line that holds the byte at `offset`.
    package func line(at offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The bytes of a 1-based line with its line break; an empty range past the end.
    package func range(ofLine line: Int) -> Range<Int> {
        guard line >= 1, line <= starts.count else { return end..<end }
        return starts[line - 1]..<(line < starts.count ? starts[line] : end)
    }

    /// The position of the byte at `offset`, whose column counts the scalars before it on its line.
    package func position(at offset: Int, in bytes: [UInt8]) -> Position {
        let line = line(at: offset)
        return Position(line: line, column: scalars(in: bytes, from: starts[line - 1], to: offset) + 1)
    }

    /// The position that a 1-based line and a 1-based *byte* column stand for.
    package func position(line: Int, byteColumn: Int, in bytes: [UInt8]) -> Position {
        guard line >= 1, line <= starts.count else { return Position(line: max(1, line)) }
        let start = starts[line - 1]
        return Position(line: line, column: scalars(in: bytes, from: start, to: start + max(0, byteColumn - 1)) + 1)
    }

    /// The byte at which a position stands, at most the end of its line.
    package func offset(of position: Position, in bytes: [UInt8]) -> Int {
        let range = range(ofLine: position.line).clamped(to: 0..<bytes.count)
        return bytes.withUnsafeBufferPointer { bytes in
            var offset = range.lowerBound
            var left = position.column - 1
            while left > 0, offset < range.upperBound {
                // Where it is all ASCII, columns are bytes.
                let run = min(left, range.upperBound - offset, UnsafeBufferPointer(rebasing: bytes[offset..<min(bytes.count, offset + left)]).asciiRun(from: 0))
                guard run == 0 else {
                    offset += run
                    left -= run
                    continue
                }
                offset += UTF8Scalar(bytes, at: offset).width
                left -= 1
            }
            return min(offset, range.upperBound)
        }
    }

    private func scalars(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
        bytes.withUnsafeBufferPointer { UnsafeBufferPointer(rebasing: $0[start..<max(start, min(end, $0.count))]).scalarCount }
    }
}
