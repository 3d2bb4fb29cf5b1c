/// Random numbers that are the same on every machine for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// A seed of a text and a number: the same file is damaged in the same ways wherever it lies.
    init(_ text: String, _ number: Int) {
        state = text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 } &+ UInt64(number) &* 0x9e37_79b9_7f4a_7c15
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Damage done to a file, the kinds that editors, merges, disks and enemies do.
enum Mutation {
    static func apply(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var out = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) { out = once(out, &generator) }
        return out
    }

    private static func once(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var out = bytes
        switch Int.random(in: 0..<9, using: &generator) {
        case 0:
            for _ in 0..<4 where !out.isEmpty {
                out[Int.random(in: 0..<out.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
        case 1: out = onLines(out) { lines in lines.remove(at: Int.random(in: 0..<lines.count, using: &generator)) }
        case 2:
            out = onLines(out) { lines in lines.insert(lines.randomElement(using: &generator) ?? [], at: Int.random(in: 0..<lines.count, using: &generator)) }
        case 3:
            out = onLines(out) { lines in lines.swapAt(Int.random(in: 0..<lines.count, using: &generator), Int.random(in: 0..<lines.count, using: &generator)) }
        case 4: out.removeLast(Int.random(in: 0...out.count, using: &generator))
        case 5: out = out.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
        case 6: out = out.map { $0 == 0x0A ? 0x0D : $0 }
        default:
            let piece = pieces.randomElement(using: &generator) ?? ""
            out.insert(contentsOf: Array(piece.utf8), at: Int.random(in: 0...out.count, using: &generator))
        }
        return out
    }

    private static func onLines(_ bytes: [UInt8], _ change: (inout [[UInt8]]) -> Void) -> [UInt8] {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        change(&lines)
        return Array(lines.joined(separator: [0x0A]))
    }

    /// What readers look for, in the wrong place.
    private static let pieces = [
        "\u{0}", "\u{1B}[2J", "\u{FEFF}", "\u{2028}", "\u{85}", "\u{202E}", "\r", "\r\n\r\n", "---\n", "\n---\n", "...\n", "\n```\n", "<!--", "-->", "|", "|:-",
        "\n| a |\n|-|\n",
        "**INV-OPS-001: ", "INV-OPS-002.2", "INV-OPS-00000000000000000000000000000000000001", "ＩＮＶ－ＯＰＳ－００１", "ADR-", "ADR-99999999999999999999", ": ", "：", "[",
        "](",
        "](../../x.md)", "](%ZZ)", "[[", "~~", "**", "&a", "*a", "- - - - ", "\t", "> > > ", "# ", "\n===\n", "令和9999年13月", "2026-99-99",
        "99999999999999999999-01-01",
        "until: [", "exceptions:\n  - invariant: INV-OPS-001\n", "supersedes: {a: *b}", "status:", "\nStatus: ", "\n## Status\n\n",
        "\n## 例外\n\n- INV-OPS-001\n", "置き換え",
        "superseded by ", "half of ", String(repeating: "[", count: 700), String(repeating: "> ", count: 700), String(repeating: "(", count: 3000),
        String(repeating: "`", count: 999), String(repeating: "あ", count: 30_000),
    ]
}
