package import InvarCore

/// A text with its lines, for whoever needs words and places but no syntax.
package struct SourceText: Sendable {
    package let bytes: [UInt8]
    package let lines: LineTable

    package init(_ bytes: [UInt8]) {
        self.init(bytes, LineTable(bytes))
    }

    package init(_ bytes: [UInt8], _ lines: LineTable) {
        self.bytes = bytes
        self.lines = lines
    }

    /// A 1-based line without its line break; "" past the end.
    package func text(ofLine line: Int) -> String {
        var range = lines.range(ofLine: line)
        while let last = bytes[range].last, last == 0x0A || last == 0x0D { range = range.lowerBound..<(range.upperBound - 1) }
        let text = String(decoding: bytes[range], as: UTF8.self)
        return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }
}
