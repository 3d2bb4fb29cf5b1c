extension String {
    /// Without spaces, full-width ones included, at both ends.
    package var trimmingBlanks: String {
        if let trimmed = trimmingASCII({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { return trimmed }
        var slice = Substring(self)
        while let first = slice.first, first.isWhitespace { slice.removeFirst() }
        while let last = slice.last, last.isWhitespace { slice.removeLast() }
        return String(slice)
    }

    /// Without the ASCII bytes at both ends that `isEdge` names; nil where something else than ASCII or a plain
    /// Japanese letter stands there, which must be looked at as a character with its marks.
    package func trimmingASCII(_ isEdge: (UInt8) -> Bool) -> String? {
        var copy = self
        return copy.withUTF8 { bytes in
            var start = 0
            while start < bytes.count, bytes[start] < 0x80, isEdge(bytes[start]) { start += 1 }
            var end = bytes.count
            while end > start, bytes[end - 1] < 0x80, isEdge(bytes[end - 1]) { end -= 1 }
            guard start < end else { return "" }
            guard bytes[start] < 0x80 || isPlainLetter(bytes, at: start) else { return nil }
            guard bytes[end - 1] < 0x80 || isPlainLetter(bytes, at: end - 3) else { return nil }
            return end - start == bytes.count ? self : String(decoding: bytes[start..<end], as: UTF8.self)
        }
    }

    /// Kanji, and kana that are neither marks nor the dot between words.
    private func isPlainLetter(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index >= 0, index + 2 < bytes.count else { return false }
        switch bytes[index] {
        case 0xE4...0xE9: return true
        case 0xE3:
            switch bytes[index + 1] {
            case 0x81: return bytes[index + 2] != 0x80
            case 0x82: return !(0x99...0x9C).contains(bytes[index + 2])
            case 0x83: return bytes[index + 2] != 0xBB
            default: return false
            }
        default: return false
        }
    }
}
