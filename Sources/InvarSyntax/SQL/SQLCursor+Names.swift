extension SQLCursor {
    /// Whether a name can begin at the cursor.
    var isAtName: Bool {
        switch kind {
        case .word, .quotedName, .template, .string: true
        default: false
        }
    }

    /// A path such as `app."Users"`, its last two segments; nil if none begins here.
    mutating func takeName() -> SQLName? {
        guard var last = takeSegment() else { return nil }
        var before: String?
        while kind == .dot || kind == .symbol && symbol == 0x2A && tokens[at - 1].kind == .dot {
            at += 1
            if kind == .dot { continue }
            guard let segment = takeSegment() else { break }
            before = last
            last = segment
        }
        return SQLName(last, schema: before)
    }

    /// The last segment of a path.
    mutating func takeIdentifier() -> String? { takeName()?.name }

    /// One segment; what touches it without white space (`{{prefix}}users`) belongs to it.
    private mutating func takeSegment() -> String? {
        guard isAtName else { return nil }
        var text = SQLCursor.text(of: tokens[at], in: bytes)
        at += 1
        while at < end, tokens[at].start == tokens[at - 1].end, tokens[at].kind == .template || tokens[at - 1].kind == .template,
            isAtName || kind == .number
        {
            text += SQLCursor.text(of: tokens[at], in: bytes)
            at += 1
        }
        return text
    }

    /// The text of a name: without quotes, lower case.
    static func text(of token: SQLToken, in bytes: [UInt8]) -> String {
        var start = token.start
        var end = token.end
        guard token.kind == .quotedName || token.kind == .string else { return folded(bytes[start..<end]) }
        let open = bytes[start]
        let close: UInt8 = open == 0x5B ? 0x5D : open
        start += 1
        if end - 1 > start - 1, bytes[end - 1] == close, end - 1 >= start { end -= 1 }
        guard start <= end else { return "" }
        let inner = bytes[start..<end]
        guard inner.contains(close) else { return folded(inner) }
        var single: [UInt8] = []
        for byte in inner where byte != close || single.last != close { single.append(byte) }
        return folded(single[...])
    }

    private static func folded(_ slice: ArraySlice<UInt8>) -> String {
        var isASCII = true
        for byte in slice where byte >= 0x80 {
            isASCII = false
            break
        }
        guard isASCII else { return String(decoding: slice, as: UTF8.self).lowercased() }
        return String(unsafeUninitializedCapacity: slice.count) { buffer in
            var count = 0
            for byte in slice {
                buffer[count] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
                count += 1
            }
            return count
        }
    }
}
