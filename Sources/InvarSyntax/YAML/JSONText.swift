/// JSON read by the YAML parser, of which it is nearly a part.
package enum JSONText {
    /// JSON allows what YAML does not: tabs between values, and characters beyond U+FFFF as two `\u` escapes. Both are
    /// replaced by something of the same length, so that positions stay; such a character then reads as �.
    ///
    /// Values one after the other are documents, as `kubectl` takes them.
    package static func stream(_ bytes: [UInt8]) -> YAMLStream {
        let readable = readable(bytes)
        let starts = starts(readable)
        guard starts.count > 1 else { return YAMLStream(readable) }
        var whole = YAMLStream([])
        var line = 1
        for (index, start) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1] : readable.count
            let piece = YAMLStream(Array(readable[start..<end]), firstLine: line)
            whole.documents += piece.documents
            whole.problems += piece.problems
            whole.unread += piece.unread
            whole.repeatedKeys += piece.repeatedKeys
            line += readable[start..<end].count { $0 == 0x0A }
        }
        return whole
    }

    /// Where the values at the top begin, the first at 0; that alone when there are more than ``maximumValues``.
    private static func starts(_ bytes: [UInt8]) -> [Int] {
        var starts = [0]
        var depth = 0
        var isInString = false
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case 0x5C where isInString: index += 1
            case 0x22: isInString.toggle()
            case _ where isInString: break
            case 0x7B, 0x5B: depth += 1
            case 0x7D, 0x5D:
                depth -= 1
                guard depth == 0 else { break }
                guard let next = bytes[(index + 1)...].firstIndex(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { return starts }
                guard bytes[next] == 0x7B, starts.count < maximumValues else { return [0] }
                starts.append(next)
                index = next - 1
            default: break
            }
            index += 1
        }
        return starts
    }

    private static let maximumValues = 1000

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
