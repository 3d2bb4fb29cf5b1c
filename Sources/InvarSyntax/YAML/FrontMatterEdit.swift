package import InvarCore

/// Finds the spans to splice in a file's front matter; files without one get their own.
package struct FrontMatterEdit: Sendable {
    package let bytes: [UInt8]
    package let lines: LineTable
    package let frontMatter: FrontMatter
    /// What ends a line of this file.
    package let newline: String

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        lines = LineTable(bytes)
        frontMatter = FrontMatter(bytes, lines: lines)
        newline = LineEnding.of(bytes)
    }

    /// The top-level keys with their values, in the order of the file.
    package var members: [(key: YAML, value: YAML)] { frontMatter.yaml?.members ?? [] }

    /// Adds lines of YAML at the end of the front matter, or a front matter that consists of them at the top of the file.
    ///
    /// - Parameter block: whole lines without their ends, indented as if top-level keys began in the first column.
    package func appending(_ block: [String]) -> Splice {
        guard let span = frontMatter.span else {
            let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            return Splice(at: start, (["---"] + block + ["---", ""]).map { $0 + newline }.joined())
        }
        let indent = String(repeating: " ", count: max(0, members.first.map { $0.key.position.column - 1 } ?? 0))
        return Splice(at: span.upperBound, block.map { ($0.isEmpty ? "" : indent) + $0 + newline }.joined())
    }

    /// The bytes of the value on a key's own line, empty right after the colon without one.
    package func valueRange(of key: YAML) -> Range<Int>? {
        let line = lines.range(ofLine: key.position.line)
        var end = line.upperBound
        while end > line.lowerBound, [0x0A, 0x0D, 0x20, 0x09].contains(bytes[end - 1]) { end -= 1 }
        var index = line.lowerBound + key.position.column - 1
        guard index < end, let name = key.text else { return nil }
        let quote: UInt8? = bytes[index] == 0x22 || bytes[index] == 0x27 ? bytes[index] : nil
        if quote != nil { index += 1 }
        guard bytes[index..<end].starts(with: Array(name.utf8)) else { return nil }
        index += name.utf8.count
        if let quote {
            guard index < end, bytes[index] == quote else { return nil }
            index += 1
        }
        while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        guard index < end, bytes[index] == 0x3A else { return nil }
        let colon = index + 1
        index = colon
        while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        guard index < end, bytes[index] != 0x23 else { return colon..<colon }
        let start = index
        while index < end, !(bytes[index] == 0x23 && (bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09)) { index += 1 }
        while index > start, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
        return start..<index
    }
}
