/// What follows a backslash, within a class or outside.
enum PatternEscape {
    /// The characters of the escape whose letter stands at `index`, which moves past it.
    static func ranges(_ scalars: [Unicode.Scalar], _ index: inout Int) throws(LinearPattern.Problem) -> [ClosedRange<UInt32>] {
        guard index < scalars.count else { throw LinearPattern.Problem(message: "ends in a backslash") }
        let scalar = scalars[index]
        index += 1
        switch scalar {
        case "d": return ScalarSet.digits
        case "D": return ScalarSet.others(ScalarSet.digits)
        case "w": return ScalarSet.word
        case "W": return ScalarSet.others(ScalarSet.word)
        case "s": return ScalarSet.space
        case "S": return ScalarSet.others(ScalarSet.space)
        case "n": return [0x0A...0x0A]
        case "r": return [0x0D...0x0D]
        case "t": return [0x09...0x09]
        case "f": return [0x0C...0x0C]
        case "v": return [0x0B...0x0B]
        case "0": return [0...0]
        case "x", "u": return try hexadecimal(scalar, scalars, &index)
        case "p", "P": throw LinearPattern.Problem(message: "\\\(scalar){…} is not supported: write the characters as a class, such as [ぁ-ん]")
        case "k": throw LinearPattern.Problem(message: "back-references such as \\k are not supported: they cannot be matched in linear time")
        default:
            guard !scalar.isASCII || !(scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) else {
                throw LinearPattern.Problem(message: "\\\(scalar) is not understood")
            }
            return [scalar.value...scalar.value]
        }
    }

    /// `\x41`, `\x{3042}`, `\u3042`, `\u{3042}`.
    private static func hexadecimal(
        _ letter: Unicode.Scalar, _ scalars: [Unicode.Scalar], _ index: inout Int
    ) throws(LinearPattern.Problem) -> [ClosedRange<UInt32>] {
        var digits: ArraySlice<Unicode.Scalar>
        if index < scalars.count, scalars[index] == "{" {
            guard let close = scalars[index...].prefix(10).firstIndex(of: "}") else { throw LinearPattern.Problem(message: "\\\(letter){ without its }") }
            digits = scalars[(index + 1)..<close]
            index = close + 1
        } else {
            digits = scalars[index...].prefix(letter == "x" ? 2 : 4)
            guard digits.count == (letter == "x" ? 2 : 4) else { throw LinearPattern.Problem(message: "\\\(letter) needs its hexadecimal digits") }
            index += digits.count
        }
        guard digits.allSatisfy({ $0.properties.isASCIIHexDigit }), let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16),
            Unicode.Scalar(value) != nil
        else {
            throw LinearPattern.Problem(message: "\\\(letter)\(String(String.UnicodeScalarView(digits))) is no character")
        }
        return [value...value]
    }
}
