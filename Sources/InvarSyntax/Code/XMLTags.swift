/// The opening tags of an XML file with their attributes; comments and text are left out.
package struct XMLTags: Sendable {
    package struct Tag: Sendable, Hashable {
        /// Without its namespace's prefix.
        package var name: String
        package var attributes: [Attribute]
        /// In bytes of the file, from `<` to `>`.
        package var span: Range<Int>
        /// It closes an element: `</job>`.
        package var isClosing: Bool
    }

    package struct Attribute: Sendable, Hashable {
        package var name: String
        package var value: String
        /// Of the name.
        package var start: Int
        package var end: Int
    }

    package let tags: [Tag]

    package init(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        reader.run()
        tags = reader.tags
    }

    private struct Reader {
        let bytes: [UInt8]
        var index = 0
        var tags: [Tag] = []

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        private func at(_ text: StaticString) -> Bool {
            guard bytes.count - index >= text.utf8CodeUnitCount else { return false }
            for place in 0..<text.utf8CodeUnitCount where bytes[index + place] != text.utf8Start[place] { return false }
            return true
        }

        mutating func run() {
            while index < bytes.count {
                guard bytes[index] == 0x3C else {
                    index += 1
                    continue
                }
                if at("<!--") {
                    while index < bytes.count, !at("-->") { index += 1 }
                } else if at("<![CDATA[") {
                    while index < bytes.count, !at("]]>") { index += 1 }
                } else {
                    readTag()
                }
            }
        }

        private func isName(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x2E || byte == 0x3A || CodeLexer.isWord(byte) }

        private mutating func name() -> String {
            let start = index
            while index < bytes.count, isName(bytes[index]) { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }

        private mutating func readTag() {
            let start = index
            index += 1
            let isClosing = index < bytes.count && bytes[index] == 0x2F
            if isClosing { index += 1 }
            let full = name()
            var attributes: [Attribute] = []
            while index < bytes.count, bytes[index] != 0x3E, bytes[index] != 0x3C {
                guard isName(bytes[index]) else {
                    index += 1
                    continue
                }
                let place = index
                let label = name()
                while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x0A || bytes[index] == 0x0D || bytes[index] == 0x09 { index += 1 }
                guard index < bytes.count, bytes[index] == 0x3D else { continue }
                index += 1
                while index < bytes.count, bytes[index] == 0x20 { index += 1 }
                guard index < bytes.count, bytes[index] == 0x22 || bytes[index] == 0x27 else { continue }
                let quote = bytes[index]
                let value = index + 1
                index = value
                while index < bytes.count, bytes[index] != quote { index += 1 }
                attributes.append(
                    Attribute(name: label, value: String(decoding: bytes[value..<index], as: UTF8.self), start: place, end: min(bytes.count, index + 1)))
                index += 1
            }
            let end = min(bytes.count, index + 1)
            if index < bytes.count, bytes[index] == 0x3E { index += 1 }
            let local = full.split(separator: ":").last.map(String.init) ?? full
            tags.append(Tag(name: local, attributes: attributes, span: start..<max(start, min(end, bytes.count)), isClosing: isClosing))
        }
    }
}
