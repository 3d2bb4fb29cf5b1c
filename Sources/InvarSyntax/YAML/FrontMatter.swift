package import InvarCore

/// The YAML between `---` lines at the top of a Markdown file.
package struct FrontMatter: Sendable {
    /// The parsed mapping; nil when there is no front matter, when it is empty or when it is broken.
    package var yaml: YAML?
    /// The bytes between the two fence lines, nil without front matter.
    package var span: Range<Int>?
    /// Where the Markdown begins.
    package var bodyStart: Int
    /// Why it could not be read.
    package var problem: YAMLProblem?

    /// Finds and parses it; a first line that is not exactly `---` means there is none.
    ///
    /// A fence that is never closed, or text between the fences that is no mapping, is a ``problem``; the text is then
    /// read as Markdown so that nothing is lost.
    package init(_ bytes: [UInt8], lines: LineTable) {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        bodyStart = start
        guard FrontMatter.isFence(bytes, lines.range(ofLine: 1), from: start, closing: false) else { return }
        guard
            let close = (2...max(2, lines.count)).first(where: {
                FrontMatter.isFence(bytes, lines.range(ofLine: $0), from: 0, closing: true)
            })
        else {
            // A file that opens with a thematic break looks alike; only what reads as `key:` was meant as front matter.
            if FrontMatter.looksLikeKey(bytes, lines.range(ofLine: 2)) {
                problem = YAMLProblem(message: "front matter is not closed by a line `---`", line: 1)
            }
            return
        }
        let inner = lines.range(ofLine: 2).lowerBound..<lines.range(ofLine: close).lowerBound
        let text = String(decoding: bytes[inner], as: UTF8.self)
        do {
            let parsed = try YAML.parse(text, firstLine: 2)
            if case .map? = parsed?.content {
                yaml = parsed
            } else if parsed != nil, !(parsed?.isNull ?? true) {
                // Text between two thematic breaks, which is ordinary Markdown.
                return
            }
        } catch {
            problem = error
        }
        span = inner
        bodyStart = lines.range(ofLine: close).upperBound
    }

    private static func isFence(_ bytes: [UInt8], _ range: Range<Int>, from start: Int, closing: Bool) -> Bool {
        var end = range.upperBound
        while end > range.lowerBound, [0x0A, 0x0D, 0x20, 0x09].contains(bytes[end - 1]) { end -= 1 }
        let text = bytes[max(range.lowerBound, start)..<max(end, max(range.lowerBound, start))]
        return text.elementsEqual([0x2D, 0x2D, 0x2D]) || (closing && text.elementsEqual([0x2E, 0x2E, 0x2E]))
    }

    private static func looksLikeKey(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        let line = bytes[range]
        guard let colon = line.firstIndex(of: 0x3A), colon > range.lowerBound else { return false }
        return line[..<colon].allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x5F
        }
    }
}
