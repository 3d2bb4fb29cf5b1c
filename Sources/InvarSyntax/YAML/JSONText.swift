/// JSON read by the YAML parser, of which it is nearly a part.
package enum JSONText {
    /// JSON allows what YAML does not: tabs between values, and characters beyond U+FFFF as two `\u` escapes. Both are
    /// replaced by something of the same length, so that positions stay; such a character then reads as �.
    package static func stream(_ bytes: [UInt8]) -> YAMLStream {
        YAMLStream(readable(bytes))
    }

    static func readable(_ bytes: [UInt8]) -> [UInt8] {
        var out = bytes
        var index = 0
        while index < out.count {
            if out[index] == 0x09 { out[index] = 0x20 }
            guard out[index] == 0x5C, index + 1 < out.count else {
                index += 1
                continue
            }
            if isSurrogate(out, index) { out.replaceSubrange((index + 2)..<(index + 6), with: [0x66, 0x66, 0x66, 0x64]) }
            index += 2
        }
        return out
    }

    /// Whether `\uD800` to `\uDFFF` begins here.
    private static func isSurrogate(_ bytes: [UInt8], _ index: Int) -> Bool {
        guard index + 5 < bytes.count, bytes[index + 1] == 0x75, bytes[index + 2] | 0x20 == 0x64 else { return false }
        return [0x38, 0x39].contains(bytes[index + 3]) || (0x61...0x66).contains(bytes[index + 3] | 0x20)
    }
}
