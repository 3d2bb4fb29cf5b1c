/// Words of ASCII letters, looked for in bytes without regard to case: the cheap question before a file is read as code.
package struct CueSet: Sendable {
    /// The patterns in lower case, by their first byte.
    private let byFirst: [[[UInt8]]]

    package init(_ words: [String]) {
        var byFirst = [[[UInt8]]](repeating: [], count: 256)
        for word in words {
            let bytes = Array(word.lowercased().utf8)
            guard let first = bytes.first else { continue }
            byFirst[Int(first)].append(bytes)
            if (0x61...0x7A).contains(first) { byFirst[Int(first) - 0x20].append(bytes) }
        }
        self.byFirst = byFirst
    }

    /// Whether one of them occurs.
    package func occur(in bytes: [UInt8]) -> Bool {
        let starts = byFirst.map { !$0.isEmpty }
        return bytes.withUnsafeBufferPointer { bytes in
            starts.withUnsafeBufferPointer { starts in
                var index = 0
                while index < bytes.count {
                    if starts[Int(bytes[index])], matches(bytes, at: index) { return true }
                    index += 1
                }
                return false
            }
        }
    }

    private func matches(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        for word in byFirst[Int(bytes[index])] where bytes.count - index >= word.count {
            var place = 1
            while place < word.count, CueSet.lower(bytes[index + place]) == word[place] { place += 1 }
            if place == word.count { return true }
        }
        return false
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}
