/// A replacement of one span of a file's bytes; an empty span inserts. Every edit of somebody's file is a few of these, so
/// that all other bytes stay.
package struct Splice: Hashable, Sendable {
    package var range: Range<Int>
    package var bytes: [UInt8]

    package init(_ range: Range<Int>, _ text: String) {
        self.range = range
        self.bytes = Array(text.utf8)
    }

    /// Inserts before the byte at `offset`.
    package init(at offset: Int, _ text: String) {
        self.init(offset..<offset, text)
    }
}

extension [UInt8] {
    /// The bytes with the splices, which may stand in any order but must not overlap; those at one place keep theirs.
    package func splicing(_ splices: [Splice]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(count + splices.reduce(0) { $0 + $1.bytes.count })
        var position = 0
        let ordered = splices.enumerated().sorted { ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset) }
        for (_, splice) in ordered {
            precondition(splice.range.lowerBound >= position && splice.range.upperBound <= count, "splices overlap")
            out += self[position..<splice.range.lowerBound]
            out += splice.bytes
            position = splice.range.upperBound
        }
        return out + self[position...]
    }
}
