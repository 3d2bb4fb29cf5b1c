/// Text made safe and measurable for a terminal.
package enum DisplayText {
    /// Text from a file without anything that could steer a terminal: control characters and the bidirectional
    /// ones (U+202A–202E, U+2066–2069) are shown as `\u{…}`; a line break becomes a space.
    package static func safe(_ text: some StringProtocol) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return String(text) }
        var out = ""
        for scalar in text.unicodeScalars {
            if scalar == "\n" || scalar == "\t" || scalar == "\r" {
                out += " "
            } else if isUnsafe(scalar) {
                out += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// The number of terminal cells: East Asian wide and full-width characters and emoji take two, combining marks none.
    package static func width(_ text: some StringProtocol) -> Int {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.reduce(0) { $0 + width($1) }
    }

    /// The text filled with spaces to `cells`, never cut.
    package static func padded(_ text: String, to cells: Int) -> String {
        text + String(repeating: " ", count: max(0, cells - width(text)))
    }

    /// At most `cells` wide, with `…` where something was left out.
    package static func truncated(_ text: String, to cells: Int) -> String {
        guard width(text) > cells else { return text }
        var out = ""
        var used = 0
        for character in text {
            let next = width(String(character))
            if used + next > cells - 1 { break }
            out.append(character)
            used += next
        }
        return out + "…"
    }

    /// Lines of at most `cells`, broken at spaces or between CJK characters, never before closing punctuation.
    package static func wrapped(_ text: String, to cells: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var lineWidth = 0
        for word in words(text) {
            let wordWidth = width(word)
            if lineWidth + wordWidth > cells, !line.isEmpty, !(word.first.map { "、。，．）」』】！？,.)".contains($0) } ?? false) {
                lines.append(trimmedEnd(line))
                line = ""
                lineWidth = 0
                if word == " " { continue }
            }
            line += word
            lineWidth += wordWidth
        }
        if !trimmedEnd(line).isEmpty || lines.isEmpty { lines.append(trimmedEnd(line)) }
        return lines
    }

    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in text {
            let cjk = character.unicodeScalars.first?.isCJK ?? false
            if character == " " || cjk {
                if !word.isEmpty { words.append(word) }
                word = ""
                words.append(String(character))
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// Without spaces at the end.
    package static func trimmedEnd(_ line: String) -> String {
        var line = line
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F: false
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF, 0xFDD0...0xFDEF: true
        // No characters at all; XML refuses them.
        default: scalar.value & 0xFFFE == 0xFFFE
        }
    }

    /// A character's cells. Sequences that are one picture (a joined emoji, a flag, an emoji chosen by U+FE0F) take two.
    private static func width(_ character: Character) -> Int {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return 0 }
        guard scalars.count > 1 else { return width(first) }
        if scalars.dropFirst().contains(where: { $0 == "\u{FE0F}" || $0 == "\u{200D}" }), first.properties.isEmoji { return 2 }
        if (0x1F1E6...0x1F1FF).contains(first.value) || scalars.dropFirst().contains(where: \.properties.isEmojiModifier) { return 2 }
        return scalars.reduce(0) { $0 + width($1) }
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0..<0x300: return 1
        case 0x1100...0x115F, 0x2E80...0x3029, 0x3030...0x303E, 0x3041...0x3098, 0x309B...0x4DBF, 0x4DC0...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x16FE3, 0x17000...0x18CFF, 0x1AFF0...0x1B2FF,
            0x1F200...0x1F265, 0x20000...0x3FFFD:
            return 2
        case 0x1160...0x11FF: return 0
        case 0xFF61...0xFF9F: return 1
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return scalar.properties.isEmojiPresentation ? 2 : 1
        }
    }
}
