package import InvarCore

/// A comment `invar:allow ADR-0031`: it says which decision is meant to excuse what stands on its line or the next one.
package struct Allowance: Hashable, Sendable {
    package var line: Int
    /// Of the word `invar:allow`.
    package var position: Position
    /// As it is written; "" when the comment names none.
    package var decision: String

    package init(line: Int, position: Position, decision: String) {
        self.line = line
        self.position = position
        self.decision = decision
    }

    /// Whether it is about a finding that starts on this line.
    package func concerns(line: Int) -> Bool { self.line == line || self.line + 1 == line }
}

/// Finds `invar:allow` in comments of any language.
package enum AllowanceScanner {
    private static let mark = Array("invar:allow".utf8)

    package static func allowances(in bytes: [UInt8], lines: LineTable, isMarkdown: Bool) -> [Allowance] {
        var found: [Allowance] = []
        var offset = 0
        while let start = ByteSearch.firstIndex(of: mark, in: bytes, from: offset) {
            offset = start + mark.count
            let line = lines.line(at: start)
            let range = lines.range(ofLine: line)
            guard isComment(bytes[range.lowerBound..<start], isMarkdown: isMarkdown), isSpaceOrEnd(bytes, offset, range.upperBound) else { continue }
            let position = lines.position(at: start, in: bytes)
            let names = decisions(bytes[offset..<range.upperBound])
            for name in names.isEmpty ? [""] : names { found.append(Allowance(line: line, position: position, decision: name)) }
        }
        return found
    }

    /// Whether the text before the mark opens a comment on this line; a mark in backticks or quotes is only spoken of.
    private static func isComment(_ before: ArraySlice<UInt8>, isMarkdown: Bool) -> Bool {
        var text = before
        while text.last == 0x20 || text.last == 0x09 { text.removeLast() }
        if let last = text.last, [0x60, 0x22, 0x27].contains(last) { return false }
        let line = String(decoding: text, as: UTF8.self)
        if opens("<!--", line) { return true }
        if isMarkdown { return false }
        return ["#", "//", "--", "/*", ";", "%", "{{/*", "{#"].contains { opens($0, line) } || line.drop { $0 == " " || $0 == "\t" }.hasPrefix("*")
    }

    /// Whether a comment begins with the mark; within a string literal it does not.
    private static func opens(_ mark: String, _ line: String) -> Bool {
        guard let found = line.firstRange(of: mark) else { return false }
        return line[..<found.lowerBound].utf8.count { $0 == 0x22 } % 2 == 0
    }

    private static func isSpaceOrEnd(_ bytes: [UInt8], _ offset: Int, _ end: Int) -> Bool {
        offset >= end || [0x20, 0x09, 0x0A, 0x0D, 0x3A].contains(bytes[offset])
    }

    /// The decisions named first: `ADR-0031, ADR-0032 because …`.
    private static func decisions(_ rest: ArraySlice<UInt8>) -> [String] {
        var names: [String] = []
        for word in rest.split(whereSeparator: { [0x20, 0x09, 0x2C, 0x3A, 0x0A, 0x0D].contains($0) }) {
            let name = String(decoding: word, as: UTF8.self)
            let folded = Folding.identifier(name)
            guard folded.hasPrefix("ADR") || (!folded.isEmpty && folded.allSatisfy(\.isNumber)) else { break }
            names.append(name)
        }
        return names
    }
}
