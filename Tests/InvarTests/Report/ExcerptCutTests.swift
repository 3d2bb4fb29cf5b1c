import Testing

@testable import InvarCore

@Suite struct ExcerptCutTests {
    /// What stands over the carets, characters without width left out.
    private func marked(_ cut: ExcerptCut) -> String {
        var cells = 0
        var out = ""
        for character in cut.text {
            let width = DisplayText.width(String(character))
            if cells >= cut.lead, cells < cut.lead + cut.caret, width > 0 { out.append(character) }
            cells += width
        }
        return out
    }

    @Test(arguments: [
        ("ALTER TABLE users DROP COLUMN nickname;", 19, 39, "DROP COLUMN nickname", 18, 20),
        ("/* 日本語 */ DROP", 11, 15, "DROP", 13, 4),
        ("ﾘﾄﾗｲ しない", 6, 9, "しない", 5, 6),
        ("ｶﾞ DROP", 4, 8, "DROP", 3, 4),
        ("か\u{3099}き DROP", 5, 9, "DROP", 5, 4),
        ("e\u{0301}\u{0323} x", 5, 6, "x", 2, 1),
        ("\t\tDROP", 3, 7, "DROP", 2, 4),
        ("👩‍👩‍👧 🇯🇵 ❤️ x", 13, 14, "x", 9, 1),
        ("，ＤＲＯＰ", 2, 6, "ＤＲＯＰ", 2, 8),
        ("①→│ x", 5, 6, "x", 4, 1),
    ])
    func theCaretStandsUnderTheMatch(line: String, from: Int, to: Int, match: String, lead: Int, caret: Int) {
        let cut = ExcerptCut(line, from: from, to: to, cells: 90)
        #expect(marked(cut) == match)
        #expect([cut.lead, cut.caret] == [lead, caret])
    }

    @Test func longLinesAreCutOnBothSides() {
        let line = String(repeating: "あ", count: 200) + "DROP" + String(repeating: "い", count: 200)
        let cut = ExcerptCut(line, from: 201, to: 205, cells: 30)
        #expect(cut.text == "…ああああああDROPいいいいいい…")
        #expect(marked(cut) == "DROP")
    }

    @Test func aMatchBeyondTheLineHasItsCaretAfterIt() {
        let cut = ExcerptCut("短い", from: 3, to: 3, cells: 30)
        #expect([cut.lead, cut.caret] == [4, 1])
        let empty = ExcerptCut("", from: 9, to: 9, cells: 30)
        #expect([empty.lead, empty.caret] == [0, 1])
    }

    /// Lines of all kinds of characters, every match in them, at several widths.
    @Test func forEveryMatchTheCaretStandsUnderIt() {
        let alphabet = ["a", "あ", "ｱ", "ｶﾞ", "e\u{0301}", "漢", "\t", "🚀", "\u{200B}", "Ａ", "\u{1B}", "…", "👩‍🚒"]
        var seed: UInt64 = 7
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        for _ in 0..<400 {
            let line = (0..<(next(120) + 1)).map { _ in alphabet[next(alphabet.count)] }.joined()
            let count = line.unicodeScalars.count
            let from = next(count + 1) + 1
            let to = from + next(20)
            let cells = 30 + next(60)
            let cut = ExcerptCut(line, from: from, to: to, cells: cells)
            #expect(DisplayText.width(cut.text) <= cells)
            #expect(cut.lead + cut.caret <= cells + 1)
            let covered = marked(cut)
            let wanted = wantedText(line, from, to)
            if wanted.isEmpty { continue }
            // What is shown of the match begins as the match does.
            #expect(
                wanted.hasPrefix(covered.last == "…" && !wanted.hasPrefix(covered) ? String(covered.dropLast()) : covered),
                "\(line.debugDescription) \(from) \(to) \(cells)")
            #expect(!covered.isEmpty)
        }
    }

    /// The characters that a range of scalars touches, as they are shown, those without width left out.
    private func wantedText(_ line: String, _ from: Int, _ to: Int) -> String {
        var scalar = 1
        var out = ""
        for character in line {
            let after = scalar + character.unicodeScalars.count
            let text = DisplayText.safe(String(character))
            if after > from, scalar < max(to, from + 1), DisplayText.width(text) > 0 { out += text }
            scalar = after
        }
        return out
    }
}
