/// Text that stands where content should be: TBD, 未定, a template's own words.
package enum Placeholder {
    /// Whether a field is absent, blank or only a placeholder.
    package static func isEmpty(_ text: String?) -> Bool {
        guard let text else { return true }
        let folded = Folding.searchable(text)
        let opens = openers.contains { folded.holds($0) }
        if !opens, isLongProse(folded) { return false }
        let core = trimmed(folded)
        if core.isEmpty || words.contains(core) { return true }
        if isBracketed(folded.filter { !$0.isWhitespace }) { return true }
        // "TBD: decide with the provider" says no more than "TBD" does.
        return opens && openers.contains { core.hasPrefix($0) && !continuesWord(core, after: $0) }
    }

    /// Whether the text begins with a letter and has one beyond the length of any placeholder.
    private static func isLongProse(_ folded: String) -> Bool {
        var copy = folded
        return copy.withUTF8 { bytes in
            guard bytes.count > 48, isLetter(bytes, at: 0) else { return false }
            return (40..<bytes.count).contains { isLetter(bytes, at: $0) }
        }
    }

    /// A Latin letter, kana or kanji.
    private static func isLetter(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        switch bytes[index] {
        case 0x61...0x7A, 0xE4...0xE9: true
        case 0xE3: index + 1 < bytes.count && bytes[index + 1] > 0x80
        default: false
        }
    }

    private static let words: Set<String> = [
        "tbd", "todo", "fixme", "xxx", "n/a", "na", "none", "nil", "null", "not applicable", "to be determined",
        "to be decided", "to be defined", "unknown", "undecided", "pending", "later", "wip", "lorem ipsum",
        "未定", "未決定", "未記入", "未記載", "未検討", "後で", "あとで", "後日", "後ほど", "検討中", "要検討", "確認中", "要確認", "調整中",
        "なし", "無し", "特になし", "該当なし", "同上", "不明", "記載", "記入", "ここに記載", "ここに記入",
    ]

    private static let openers = ["tbd", "todo", "fixme", "未定", "要検討", "検討中", "後で書", "あとで書", "後で記", "後日記"]

    private static let ends: Set<Character> = [
        "-", "*", "_", "`", ".", ":", "。", "、", "…", "?", "!", "(", ")", "[", "]", "<", ">", "「", "」", "~", "〜", " ", "\n", "\t",
    ]

    private static func trimmed(_ text: String) -> String {
        var slice = Substring(text)
        while let first = slice.first, ends.contains(first) { slice.removeFirst() }
        while let last = slice.last, ends.contains(last) { slice.removeLast() }
        return String(slice)
    }

    /// `<why>`, `{{reason}}`, `[理由を記入]`: brackets around all of it.
    private static func isBracketed(_ text: String) -> Bool {
        guard let first = text.first, let last = text.last, text.count > 1 else { return false }
        switch (first, last) {
        case ("<", ">"), ("{", "}"), ("[", "]"): return !text.dropFirst().dropLast().contains(first) || text.hasPrefix("{{")
        default: return false
        }
    }

    private static func continuesWord(_ text: String, after opener: String) -> Bool {
        guard let next = text.dropFirst(opener.count).first, let scalar = next.unicodeScalars.first else { return false }
        return scalar.isASCII && next.isLetter
    }
}
