/// A part of a pattern, as it is written.
indirect enum PatternNode: Equatable {
    case empty
    case scalars(ScalarSet)
    case sequence([PatternNode])
    case choice([PatternNode])
    /// `most` is nil where there is no limit.
    case repetition(PatternNode, least: Int, most: Int?)
    case assertion(Assertion)

    enum Assertion: Equatable {
        case lineStart, lineEnd, wordBoundary, noWordBoundary
    }
}

/// Some characters.
struct ScalarSet: Equatable, Sendable {
    /// Sorted and disjoint.
    private(set) var ranges: [ClosedRange<UInt32>]
    private var asciiLow: UInt64 = 0
    private var asciiHigh: UInt64 = 0
    /// Whether a character is taken as its other case too.
    let ignoresCase: Bool
    private let isNegated: Bool

    init(_ ranges: [ClosedRange<UInt32>], isNegated: Bool = false, ignoresCase: Bool = false) {
        self.ranges = ScalarSet.merged(ranges)
        self.ignoresCase = ignoresCase
        self.isNegated = isNegated
        for value in UInt32(0)..<128 where isMember(value) {
            if value < 64 { asciiLow |= 1 << UInt64(value) } else { asciiHigh |= 1 << UInt64(value - 64) }
        }
    }

    func contains(_ value: UInt32) -> Bool {
        if value < 64 { return asciiLow >> UInt64(value) & 1 == 1 }
        if value < 128 { return asciiHigh >> UInt64(value - 64) & 1 == 1 }
        return isMember(value)
    }

    /// The one character it stands for, if it is one and nothing else.
    var single: UInt32? {
        guard !isNegated, ranges.count == 1, let range = ranges.first, range.count == 1 else { return nil }
        return ignoresCase && ScalarSet.otherCases(range.lowerBound) != [] ? nil : range.lowerBound
    }

    private func isMember(_ value: UInt32) -> Bool {
        var isIn = holds(value)
        if !isIn, ignoresCase { isIn = ScalarSet.otherCases(value).contains { holds($0) } }
        return isIn != isNegated
    }

    private func holds(_ value: UInt32) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(value)
    }

    private static func otherCases(_ value: UInt32) -> [UInt32] {
        if value < 128 {
            let folded = value | 0x20
            return (0x61...0x7A).contains(folded) ? [value ^ 0x20] : []
        }
        guard let scalar = Unicode.Scalar(value) else { return [] }
        return [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping].compactMap { mapping in
            let scalars = mapping.unicodeScalars
            guard scalars.count == 1, let other = scalars.first, other != scalar else { return nil }
            return other.value
        }
    }

    private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if let last = merged.last, range.lowerBound <= last.upperBound || range.lowerBound == last.upperBound + 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    static let greatest: UInt32 = 0x10FFFF
    static let digits: [ClosedRange<UInt32>] = [0x30...0x39]
    static let word: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    /// White_Space of Unicode, U+3000 among it.
    static let space: [ClosedRange<UInt32>] = [
        0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F, 0x205F...0x205F,
        0x3000...0x3000,
    ]

    /// All characters but these.
    static func others(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var others: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in merged(ranges) {
            if range.lowerBound > next { others.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= greatest { others.append(next...greatest) }
        return others
    }
}
