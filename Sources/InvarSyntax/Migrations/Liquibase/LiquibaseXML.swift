/// A small tolerant scan of XML: elements, attributes, text. No entities of its own, no external files, no recursion.
struct LiquibaseXML {
    /// The bytes with tags, comments and CDATA marks blanked and entities replaced, so that text can be read as SQL in place.
    private(set) var masked: [UInt8]
    private(set) var nodes: [LiquibaseNode] = []
    /// Where the scan had to give up.
    private(set) var problem: Int?
    private let bytes: [UInt8]
    private var at = 0
    private var open: [Int] = []

    private static let depthAtMost = 200

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        masked = bytes
        while at < bytes.count, problem == nil { step() }
        while let node = open.popLast() { close(node, at: bytes.count) }
    }

    private mutating func step() {
        switch bytes[at] {
        case 0x3C: markup()
        case 0x26: entity()
        default: at += 1
        }
    }

    private func starts(with text: StaticString) -> Bool {
        guard bytes.count - at >= text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { buffer in
            for (offset, byte) in buffer.enumerated() where bytes[at + offset] != byte { return false }
            return true
        }
    }

    /// Blanks from `start` up to ``at``, but keeps line breaks.
    private mutating func blank(from start: Int) {
        for index in start..<min(at, masked.count) where masked[index] != 0x0A { masked[index] = 0x20 }
    }

    private mutating func skip(past text: StaticString, from start: Int) {
        while at < bytes.count {
            if starts(with: text) {
                at += text.utf8CodeUnitCount
                return blank(from: start)
            }
            at += 1
        }
        problem = start
        blank(from: start)
    }

    private mutating func markup() {
        let start = at
        if starts(with: "<!--") { return skip(past: "-->", from: start) }
        if starts(with: "<?") { return skip(past: "?>", from: start) }
        if starts(with: "<![CDATA[") {
            at += 9
            blank(from: start)
            while at < bytes.count, !starts(with: "]]>") { at += 1 }
            if at >= bytes.count { problem = start }
            let end = at
            at = min(at + 3, bytes.count)
            for index in end..<at { masked[index] = 0x20 }
            return
        }
        if starts(with: "<!") { return skip(past: ">", from: start) }
        tag(from: start)
    }

    private mutating func tag(from start: Int) {
        at += 1
        let isEnd = at < bytes.count && bytes[at] == 0x2F
        if isEnd { at += 1 }
        let name = takeName()
        var attributes: [String: String] = [:]
        var isEmpty = false
        while at < bytes.count, bytes[at] != 0x3E {
            if bytes[at] == 0x2F { isEmpty = true } else if bytes[at] > 0x20, !isEnd { takeAttribute(&attributes) }
            if at < bytes.count, bytes[at] != 0x3E { at += 1 }
        }
        if at >= bytes.count { problem = start }
        at = min(at + 1, bytes.count)
        blank(from: start)
        if isEnd {
            guard let index = open.lastIndex(where: { nodes[$0].name == name }) else { return }
            while open.count > index { if let node = open.popLast() { close(node, at: start) } }
        } else if !name.isEmpty, open.count < LiquibaseXML.depthAtMost {
            nodes.append(LiquibaseNode(name: name, attributes: attributes, parent: open.last, span: start..<at, content: at..<at))
            if !isEmpty { open.append(nodes.count - 1) }
        }
    }

    private mutating func close(_ node: Int, at end: Int) {
        let start = nodes[node].content?.lowerBound ?? end
        nodes[node].content = start..<max(start, end)
    }

    /// A name without its prefix.
    private mutating func takeName() -> String {
        var start = at
        while at < bytes.count, bytes[at] > 0x20, ![0x3E, 0x2F, 0x3D].contains(bytes[at]) {
            if bytes[at] == 0x3A { start = at + 1 }
            at += 1
        }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func takeAttribute(_ attributes: inout [String: String]) {
        let name = takeName()
        while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
        guard at < bytes.count, bytes[at] == 0x3D else { return at -= 1 }
        at += 1
        while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
        guard at < bytes.count, bytes[at] == 0x22 || bytes[at] == 0x27 else { return }
        let quote = bytes[at]
        let start = at + 1
        at += 1
        while at < bytes.count, bytes[at] != quote { at += 1 }
        attributes[name] = LiquibaseXML.decoded(bytes[start..<at])
    }

    private static let entities: [(text: [UInt8], byte: UInt8)] = [
        (Array("&lt;".utf8), 0x3C), (Array("&gt;".utf8), 0x3E), (Array("&amp;".utf8), 0x26), (Array("&quot;".utf8), 0x22),
        (Array("&apos;".utf8), 0x27), (Array("&#10;".utf8), 0x0A), (Array("&#39;".utf8), 0x27),
    ]

    /// Puts the character of an entity in its first byte and spaces behind it.
    private mutating func entity() {
        for (text, byte) in LiquibaseXML.entities where bytes.count - at >= text.count && bytes[at..<at + text.count].elementsEqual(text) {
            masked[at] = byte
            for index in at + 1..<at + text.count { masked[index] = 0x20 }
            at += text.count
            return
        }
        at += 1
    }

    private static func decoded(_ slice: ArraySlice<UInt8>) -> String {
        guard slice.contains(0x26) else { return String(decoding: slice, as: UTF8.self) }
        var result: [UInt8] = []
        var index = slice.startIndex
        while index < slice.endIndex {
            if slice[index] == 0x26,
                let (text, byte) = entities.first(where: {
                    slice.endIndex - index >= $0.text.count && slice[index..<index + $0.text.count].elementsEqual($0.text)
                })
            {
                result.append(byte)
                index += text.count
            } else {
                result.append(slice[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
