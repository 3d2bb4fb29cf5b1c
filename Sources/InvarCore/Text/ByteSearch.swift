extension String {
    /// Whether the bytes of `needle` occur; the library's search compares characters and takes many times as long.
    package func holds(_ needle: String) -> Bool {
        var text = self
        var wanted = needle
        return text.withUTF8 { bytes in
            wanted.withUTF8 { $0.isEmpty || ByteSearch.firstIndex(of: $0, in: bytes, from: 0) != nil }
        }
    }
}

/// Search in bytes.
package enum ByteSearch {
    /// The offset of the first occurrence of a pattern that is not empty, at or after `from`.
    package static func firstIndex(of pattern: [UInt8], in bytes: [UInt8], from: Int = 0) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in pattern.withUnsafeBufferPointer { firstIndex(of: $0, in: bytes, from: from) } }
    }

    /// Whether a pattern that is not empty occurs.
    package static func occurs(_ pattern: [UInt8], in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        pattern.withUnsafeBufferPointer { firstIndex(of: $0, in: bytes, from: 0) != nil }
    }

    fileprivate static func firstIndex(of pattern: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>, from: Int) -> Int? {
        guard let first = pattern.first, from >= 0, bytes.count - from >= pattern.count else { return nil }
        var index = from
        let last = bytes.count - pattern.count
        while index <= last {
            if bytes[index] == first {
                var offset = 1
                while offset < pattern.count, bytes[index + offset] == pattern[offset] { offset += 1 }
                if offset == pattern.count { return index }
            }
            index += 1
        }
        return nil
    }
}
