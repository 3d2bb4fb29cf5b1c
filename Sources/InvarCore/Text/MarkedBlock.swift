/// A stretch of a file that a program keeps true, between two marks; what stands around it belongs to people.
package struct MarkedBlock: Sendable {
    /// How the line begins that opens it.
    package let opening: String
    /// The whole line that closes it.
    package let closing: String

    package init(opening: String, closing: String) {
        self.opening = opening
        self.closing = closing
    }

    /// Why a file's marks cannot be used, and where.
    package struct Problem: Error, Hashable, Sendable {
        package var message: String
        package var line: Int

        package init(message: String, line: Int) {
            self.message = message
            self.line = line
        }
    }

    /// The file with `text` as its block, every other byte as it was; with line breaks as the file has them.
    ///
    /// - Parameter text: lines that begin with the opening mark and end with the closing one.
    /// - Throws: ``Problem`` for marks that do not pair.
    package func replacing(in bytes: [UInt8], with text: String) throws(Problem) -> [UInt8] {
        let usesCRLF = MarkedBlock.usesCRLF(bytes)
        let block = Array((usesCRLF ? text.replacing("\n", with: "\r\n") : text).utf8)
        guard let range = try range(in: bytes) else {
            let lineBreak: [UInt8] = usesCRLF ? [0x0D, 0x0A] : [0x0A]
            guard !bytes.isEmpty else { return block + lineBreak }
            let gap = bytes.last == 0x0A ? lineBreak : lineBreak + lineBreak
            return bytes + gap + block + lineBreak
        }
        return Array(bytes[..<range.lowerBound]) + block + Array(bytes[range.upperBound...])
    }

    /// The number of characters outside of the block.
    package func charactersAround(in bytes: [UInt8]) throws(Problem) -> Int {
        guard let range = try range(in: bytes) else { return String(decoding: bytes, as: UTF8.self).unicodeScalars.count }
        return String(decoding: bytes[..<range.lowerBound] + bytes[range.upperBound...], as: UTF8.self).unicodeScalars.count
    }

    /// From the opening mark to the end of the closing line, its line break left out; nil when there is none.
    private func range(in bytes: [UInt8]) throws(Problem) -> Range<Int>? {
        let table = LineTable(bytes)
        var start: (offset: Int, line: Int)?
        var found: Range<Int>?
        for line in 1...table.count {
            var range = table.range(ofLine: line)
            while range.upperBound > range.lowerBound, bytes[range.upperBound - 1] == 0x0A || bytes[range.upperBound - 1] == 0x0D {
                range = range.lowerBound..<(range.upperBound - 1)
            }
            if bytes[range].starts(with: opening.utf8) {
                guard start == nil, found == nil else { throw Problem(message: "the block begins a second time", line: line) }
                start = (range.lowerBound, line)
            } else if bytes[range].elementsEqual(closing.utf8) {
                guard let opened = start else { throw Problem(message: "the block ends and never began", line: line) }
                found = opened.offset..<range.upperBound
                start = nil
            }
        }
        if let start { throw Problem(message: "the block never ends: `\(closing)` is missing", line: start.line) }
        return found
    }

    private static func usesCRLF(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.firstIndex(of: 0x0A) else { return false }
        return first > 0 && bytes[first - 1] == 0x0D
    }
}
