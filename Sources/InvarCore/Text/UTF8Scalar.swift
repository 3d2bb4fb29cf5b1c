/// One scalar read from bytes that are known to be valid UTF-8: what hot paths use instead of the views of `String`.
package struct UTF8Scalar {
    package let value: UInt32
    /// In bytes.
    package let width: Int

    /// Reads the scalar that begins at `index`, which must be within the buffer; bytes that break off are one U+FFFD.
    @inline(__always)
    package init(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
        let first = bytes[index]
        if first < 0x80 {
            value = UInt32(first)
            width = 1
            return
        }
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        guard index + length <= bytes.count else {
            value = 0xFFFD
            width = bytes.count - index
            return
        }
        var found = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
        for offset in 1..<length { found = found << 6 | UInt32(bytes[index + offset] & 0x3F) }
        value = found
        width = length
    }

    /// As ``Swift/Unicode/Scalar``; U+FFFD where there is none of this value.
    @inline(__always)
    package var scalar: Unicode.Scalar { Unicode.Scalar(value) ?? "\u{FFFD}" }
}

extension UnsafeBufferPointer<UInt8> {
    /// How many scalars begin in valid UTF-8.
    package var scalarCount: Int {
        var count = 0
        for byte in self { count += byte & 0xC0 == 0x80 ? 0 : 1 }
        return count
    }

    /// How many of the bytes from `index` on are ASCII, counted in eights: at least that many can be skipped.
    @inline(__always)
    package func asciiRun(from index: Int) -> Int {
        var end = index
        let raw = UnsafeRawBufferPointer(self)
        while end + 8 <= count, raw.loadUnaligned(fromByteOffset: end, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 { end += 8 }
        return end - index
    }
}
