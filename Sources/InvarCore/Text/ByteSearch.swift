extension String {
    /// Whether the bytes of `needle` occur; the library's search compares characters and takes many times as long.
    package func holds(_ needle: String) -> Bool {
        var text = self
        var wanted = needle
        return text.withUTF8 { bytes in
            wanted.withUTF8 { pattern in
                guard let first = pattern.first, bytes.count >= pattern.count else { return pattern.isEmpty }
                var index = 0
                let last = bytes.count - pattern.count
                while index <= last {
                    if bytes[index] == first {
                        var offset = 1
                        while offset < pattern.count, bytes[index + offset] == pattern[offset] { offset += 1 }
                        if offset == pattern.count { return true }
                    }
                    index += 1
                }
                return false
            }
        }
    }
}

/// Search in bytes.
package enum ByteSearch {
    /// The offset of the first occurrence of a pattern that is not empty, at or after `from`.
    package static func firstIndex(of pattern: [UInt8], in bytes: [UInt8], from: Int = 0) -> Int? {
        guard let first = pattern.first, from >= 0, bytes.count - from >= pattern.count else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            pattern.withUnsafeBufferPointer { pattern in
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
    }

    /// Whether a pattern that is not empty occurs.
    package static func occurs(_ pattern: [UInt8], in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = pattern.first, bytes.count >= pattern.count else { return false }
        return pattern.withUnsafeBufferPointer { pattern in
            var index = 0
            let last = bytes.count - pattern.count
            while index <= last {
                if bytes[index] == first {
                    var offset = 1
                    while offset < pattern.count, bytes[index + offset] == pattern[offset] { offset += 1 }
                    if offset == pattern.count { return true }
                }
                index += 1
            }
            return false
        }
    }
}
