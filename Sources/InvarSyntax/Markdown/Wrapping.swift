import InvarCore

/// How the lines of one paragraph become one line.
enum Wrapping {
    /// Line breaks and the spaces around them become one space, or nothing between CJK characters.
    static func joined(_ text: String) -> String {
        var copy = text
        return copy.withUTF8 { joined($0) }
    }

    /// The same of valid UTF-8.
    static func joined(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var isPending = false
        // Whether the last scalar that is no space is CJK.
        var isAfterCJK = false
        var index = 0
        while index < bytes.count {
            let next = UTF8Scalar(bytes, at: index)
            defer { index += next.width }
            if next.value == 0x0A || next.value == 0x0D {
                while out.last == 0x20 { out.removeLast() }
                isPending = !out.isEmpty
                continue
            }
            if isPending, next.value == 0x20 || next.value == 0x09 { continue }
            let isCJK = next.value >= 0x80 && next.scalar.isCJK
            if isPending, !(isAfterCJK && isCJK) { out.append(0x20) }
            isPending = false
            if next.value != 0x20 { isAfterCJK = isCJK }
            out.append(contentsOf: bytes[index..<(index + next.width)])
        }
        while out.last == 0x20 { out.removeLast() }
        let first = out.firstIndex { $0 != 0x20 } ?? out.endIndex
        return String(decoding: out[first...], as: UTF8.self)
    }
}
