/// How a file ends its lines: what is added to it does the same.
package enum LineEnding {
    /// That of the first line; a line feed in a file without any.
    package static func of(_ bytes: [UInt8]) -> String {
        guard let index = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return "\n" }
        if bytes[index] == 0x0A { return "\n" }
        return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? "\r\n" : "\r"
    }
}
