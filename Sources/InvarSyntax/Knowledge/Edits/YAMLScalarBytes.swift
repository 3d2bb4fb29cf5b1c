import InvarCore

/// The bytes of a YAML scalar, scalar by scalar, in whichever style it is written.
struct YAMLScalarBytes: Sendable {
    /// The bytes of its text, without quotes, indicators and line breaks at both ends.
    let range: Range<Int>
    /// `"` or `'` around it.
    let quote: UInt8?
    /// Where each scalar of the text begins, and where the last one ends.
    private let offsets: [Int]
    private let ends: [Int]

    /// - Parameter start: where the value begins: at its quote, at the indicator of a block, or at its first byte.
    /// - Returns: nil when the bytes there do not spell the text, as behind an alias.
    init?(_ bytes: [UInt8], at start: Int, text: String, isQuoted: Bool) {
        guard start < bytes.count else { return nil }
        var index = start
        // An anchor or a tag stands in front of the value.
        while index < bytes.count, bytes[index] == 0x26 || bytes[index] == 0x21 {
            while index < bytes.count, bytes[index] > 0x20 { index += 1 }
            while index < bytes.count, bytes[index] == 0x20 { index += 1 }
        }
        guard index < bytes.count else { return nil }
        var quote: UInt8?
        if isQuoted {
            guard bytes[index] == 0x22 || bytes[index] == 0x27 else { return nil }
            quote = bytes[index]
            index += 1
        } else if bytes[index] == 0x7C || bytes[index] == 0x3E {
            // A block begins on the next line.
            while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
        }
        var offsets: [Int] = []
        var ends: [Int] = []
        var (first, last): (Int?, Int) = (nil, index)
        for scalar in text.unicodeScalars {
            if scalar == " " || scalar == "\n" || scalar == "\t" {
                offsets.append(index)
                ends.append(index)
                continue
            }
            while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
            guard index < bytes.count else { return nil }
            offsets.append(index)
            // `''` and `\"` stand for one.
            if (quote == 0x27 && scalar == "'") || (quote == 0x22 && (scalar == "\"" || scalar == "\\")) {
                guard bytes[index] == (quote == 0x27 ? 0x27 : 0x5C) else { return nil }
                index += 1
            }
            let width = UTF8.width(scalar)
            guard index + width <= bytes.count, String(scalar).utf8.elementsEqual(bytes[index..<(index + width)]) else { return nil }
            first = first ?? offsets.last
            index += width
            last = index
            ends.append(index)
        }
        guard let first else { return nil }
        self.range = first..<last
        self.quote = quote
        self.offsets = offsets
        self.ends = ends
    }

    func bytes(of scalars: Range<Int>) -> Range<Int>? {
        guard let first = scalars.first, let last = scalars.last, offsets.indices.contains(last) else { return nil }
        return offsets[first]..<max(offsets[first], ends[last])
    }
}
