package import InvarCore

/// A Markdown file as every reader sees it: bytes, lines, front matter and blocks, each made once.
package struct MarkdownFile: Sendable {
    /// Relative to the root.
    package let path: String
    /// Valid UTF-8.
    package let bytes: [UInt8]
    package let lines: LineTable
    package let frontMatter: FrontMatter
    package let markdown: Markdown

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        self.lines = LineTable(bytes)
        self.frontMatter = FrontMatter(bytes, lines: lines)
        self.markdown = MarkdownParser.parse(bytes, frontMatter.bodyStart..<bytes.count, lines: lines)
    }

    /// The bytes of the lines, both inclusive, as text.
    package func text(ofLines range: ClosedRange<Int>) -> String {
        String(decoding: bytes[lines.range(ofLine: range.lowerBound).lowerBound..<lines.range(ofLine: range.upperBound).upperBound], as: UTF8.self)
    }
}
