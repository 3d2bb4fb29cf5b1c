/// A hash that is the same on every machine and in every version: FNV-1a (64 bits), each text followed by a line feed.
package struct StableHash: Sendable {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    package init() {}

    package init(_ texts: [String]) {
        for text in texts { add(text) }
    }

    package mutating func add(_ text: String) {
        for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
        state = (state ^ 0x0A) &* 0x100_0000_01b3
    }

    /// Up to sixteen hex digits; fewer take in all of the state by folding its halves.
    package func hex(digits: Int) -> String {
        var value = state
        if digits <= 8 { value = (value ^ (value >> 32)) & 0xFFFF_FFFF }
        if digits <= 6 { value = (value ^ (value >> 24)) & 0xFF_FFFF }
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text.suffix(digits)
    }
}
