/// What stays the same of a finding when lines shift: its rule, its file, its words, and which of several equal ones
/// it is.
package enum FindingFingerprint {
    /// Sixteen hex digits: FNV-1a (64 bits) over rule, path, key and ordinal, each followed by a line feed.
    ///
    /// - Parameter ordinal: 0 for the first of equal ones in the file.
    package static func of(rule: String, path: String, key: String, ordinal: Int) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for text in [rule, path, Folding.unwrapped(key), String(ordinal)] {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = (hash ^ 0x0A) &* 0x100_0000_01b3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
