package import InvarCore

/// Words of a note or an id made fit to stand in somebody's Markdown: one line, of limited length, without markup, so that
/// they can neither bind a rule nor begin a label, a marker or a list.
package enum PlainText {
    /// Scalars of a quotation; nobody reads on in a list item.
    package static let longest = 120

    package static func inline(_ text: String, limit: Int = longest) -> String {
        var scalars = String.UnicodeScalarView()
        var isAfterSpace = true
        var count = 0
        // A text of a megabyte costs no more than its beginning.
        for scalar in text.unicodeScalars.prefix(limit * 8) {
            let isSpace = scalar.properties.isWhitespace || scalar.value < 0x20
            if isSpace, isAfterSpace { continue }
            isAfterSpace = isSpace
            count += 1
            if count >= limit {
                scalars.append("…")
                break
            }
            scalars.append(isSpace ? " " : scalar)
        }
        while scalars.last == " " { scalars.removeLast() }
        return escaped(String(scalars))
    }

    /// Escapes what Markdown would read as anything but text, and drops what would steer a terminal.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for (index, scalar) in DisplayText.safe(text).unicodeScalars.enumerated() {
            switch scalar {
            case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&": out += "\\"
            case "#", "-", "+", "=": if index == 0 { out += "\\" }
            default: break
            }
            out.unicodeScalars.append(scalar)
        }
        return out
    }

    /// A name in inline code; in quotation marks where code would bind a rule or cannot hold it.
    package static func code(_ text: String, _ language: Language) -> String {
        let safe = DisplayText.safe(text)
        guard !RuleName.isRule(safe), !safe.contains("`"), safe.unicodeScalars.count <= 200 else {
            return language.pick(en: "\"\(inline(text))\"", ja: "「\(inline(text))」")
        }
        return "`\(safe)`"
    }
}
