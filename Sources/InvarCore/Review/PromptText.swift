/// Text of files as a prompt shows it: inert, and quotable.
enum PromptText {
    /// Bytes above which a line is cut.
    static let longestLine = 2_000

    /// One line: tabs stay, other control and bidirectional characters become escapes; of a very long one the beginning.
    static func line(_ text: Substring) -> String {
        let cut = cut(text)
        let parts = cut.text.split(separator: "\t", omittingEmptySubsequences: false).map { DisplayText.safe($0) }
        return parts.joined(separator: "\t") + (cut.left == 0 ? "" : "…[\(cut.left) bytes more]")
    }

    private static func cut(_ text: Substring) -> (text: Substring, left: Int) {
        let count = text.utf8.count
        guard count > longestLine else { return (text, 0) }
        var end = text.utf8.index(text.startIndex, offsetBy: longestLine)
        // Never inside of a character.
        while end > text.startIndex, text.utf8[end] & 0xC0 == 0x80 { end = text.utf8.index(before: end) }
        let kept = text[..<end]
        return (kept, count - kept.utf8.count)
    }

    /// Lines of file text between fences longer than any run of backticks in them, below a label that says what they are.
    static func block(_ label: String, _ lines: [String]) -> String {
        var longest = 2
        for line in lines {
            var run = 0
            for byte in line.utf8 {
                run = byte == 0x60 ? run + 1 : 0
                longest = max(longest, run)
            }
        }
        let fence = String(repeating: "`", count: longest + 1)
        return label + "\n" + fence + "data\n" + lines.map { $0 + "\n" }.joined() + fence + "\n"
    }

    /// A name between quotation marks, on one line whatever it holds.
    static func name(_ text: String) -> String { JSON.string(DisplayText.safe(text)).compactText }
}
