/// The parts of a script that its tool's comments mark as the way forth and the way back.
package struct MigrationSections: Hashable, Sendable {
    package var layout: MigrationLayout
    package var up: [Range<Int>] = []
    package var down: [Range<Int>] = []
    /// A mark of the way back stands in the file, even if nothing follows it.
    package var hasDown = false
    /// The tool is told not to wrap it in a transaction.
    package var isUnwrapped = false

    /// Reads the marks; nil if the file has none.
    ///
    /// A mark is a whole line, as for the tools themselves, so that one inside a string counts too.
    package static func read(_ bytes: [UInt8]) -> MigrationSections? {
        var reader = Reader(bytes)
        reader.run()
        return reader.sections
    }

    private struct Reader {
        let bytes: [UInt8]
        var sections: MigrationSections?
        /// Where the open section begins, and its direction.
        private var open: (start: Int, isDown: Bool)?
        private var isUnwrapped = false

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func run() {
            var start = 0
            while start < bytes.count {
                var end = start
                while end < bytes.count, bytes[end] != 0x0A { end += 1 }
                readLine(start, end)
                start = end + 1
            }
            close(at: bytes.count)
            if isUnwrapped { sections?.isUnwrapped = true }
        }

        private mutating func readLine(_ start: Int, _ end: Int) {
            var index = start
            if index == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
            while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
            guard index + 2 < end, bytes[index] == 0x2D && bytes[index + 1] == 0x2D || bytes[index] == 0x23 else { return }
            while index < end, bytes[index] == 0x2D || bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == 0x23 { index += 1 }
            guard index < end, end - index < 200, [0x2B, 0x6D, 0x21, 0x6E, 0x4D].contains(bytes[index]) else { return }
            let words = String(decoding: bytes[index..<end], as: UTF8.self).lowercased().split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
            readMark(words, from: start, to: end)
        }

        private mutating func readMark(_ words: [String], from start: Int, to end: Int) {
            let second = words.count > 1 ? words[1] : ""
            switch words[0] {
            case "+goose":
                if second == "up" || second == "down" { begin(.goose, isDown: second == "down", from: start, contentFrom: end) }
                if second == "no", words.count > 2, words[2] == "transaction" { isUnwrapped = true }
            case "+migrate" where second == "up" || second == "down":
                begin(.sqlMigrate, isDown: second == "down", from: start, contentFrom: end)
                if words.contains("notransaction") { isUnwrapped = true }
            case "migrate:up", "migrate:down":
                begin(.dbmate, isDown: words[0] == "migrate:down", from: start, contentFrom: end)
                if words.contains("transaction:false") { isUnwrapped = true }
            case "!ups", "!downs":
                begin(.evolutions, isDown: words[0] == "!downs", from: start, contentFrom: end)
            case "no-transaction": isUnwrapped = true
            default: break
            }
        }

        private mutating func begin(_ layout: MigrationLayout, isDown: Bool, from start: Int, contentFrom: Int) {
            close(at: start)
            if sections == nil { sections = MigrationSections(layout: layout) }
            if isDown { sections?.hasDown = true }
            open = (contentFrom, isDown)
        }

        private mutating func close(at end: Int) {
            guard let open else { return }
            if open.isDown { sections?.down.append(open.start..<end) } else { sections?.up.append(open.start..<end) }
            self.open = nil
        }
    }

    /// Whether the first lines say `-- no-transaction`, as sqlx reads it.
    package static func isMarkedUnwrapped(_ bytes: [UInt8]) -> Bool {
        let head = bytes.prefix(200)
        guard let line = head.split(separator: 0x0A).first else { return false }
        return line.filter { $0 != 0x20 && $0 != 0x0D }.elementsEqual(Array("--no-transaction".utf8))
    }
}
