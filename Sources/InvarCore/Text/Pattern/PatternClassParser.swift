/// Reads `[a-z]`, `[^…]`.
enum PatternClassParser {
    /// - Parameter index: behind the opening bracket; moves behind the closing one.
    static func parse(_ scalars: [Unicode.Scalar], _ index: inout Int, ignoresCase: Bool) throws(LinearPattern.Problem) -> PatternNode {
        var ranges: [ClosedRange<UInt32>] = []
        var isNegated = false
        if index < scalars.count, scalars[index] == "^" {
            isNegated = true
            index += 1
        }
        var isFirst = true
        while index < scalars.count {
            // A bracket that comes first is one of the characters.
            if scalars[index] == "]", !isFirst {
                index += 1
                return .scalars(ScalarSet(ranges, isNegated: isNegated, ignoresCase: ignoresCase))
            }
            isFirst = false
            let low = try member(scalars, &index)
            guard index + 1 < scalars.count, scalars[index] == "-", scalars[index + 1] != "]" else {
                ranges += low
                continue
            }
            index += 1
            let high = try member(scalars, &index)
            guard let first = low.first, let last = high.first, low.count == 1, high.count == 1, first.count == 1, last.count == 1 else {
                throw LinearPattern.Problem(message: "a range in […] needs a character on either side")
            }
            guard first.lowerBound <= last.lowerBound else { throw LinearPattern.Problem(message: "a range in […] counts down") }
            ranges.append(first.lowerBound...last.lowerBound)
        }
        throw LinearPattern.Problem(message: "a [ without its ]")
    }

    private static func member(_ scalars: [Unicode.Scalar], _ index: inout Int) throws(LinearPattern.Problem) -> [ClosedRange<UInt32>] {
        let scalar = scalars[index]
        index += 1
        if scalar == "[", index < scalars.count, [":", ".", "="].contains(scalars[index]) {
            throw LinearPattern.Problem(message: "[:…:] is not supported: write the characters, or \\d, \\w, \\s")
        }
        guard scalar == "\\" else { return [scalar.value...scalar.value] }
        if index < scalars.count, scalars[index] == "b" {
            index += 1
            return [0x08...0x08]
        }
        return try PatternEscape.ranges(scalars, &index)
    }
}
