/// The one place where text that others wrote (in files, in their names) is made harmless for the format that
/// repeats it.
///
/// Every format starts from ``line(_:)`` or ``block(_:)``, which leave no control or bidirectional character, and then
/// applies the escaping of its own syntax.
package enum ReportText {
    /// Scalars of a message, a hint or a title above which it is cut: no person reads on.
    private static let longest = 2_000
    /// Scalars of a file's line above which an excerpt is cut around its match.
    private static let longestExcerpt = 1_000

    /// One line of plain text.
    package static func line(_ text: some StringProtocol, limit: Int = longest) -> String {
        let safe = DisplayText.safe(text)
        guard safe.unicodeScalars.count > limit else { return safe }
        return String(String.UnicodeScalarView(safe.unicodeScalars.prefix(limit - 1))) + "…"
    }

    /// Several lines of plain text, their line breaks kept.
    package static func block(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).prefix(200).map { line($0) }
    }

    /// The line that a finding starts on, as the file has it; of a very long one the part around the match.
    ///
    /// - Returns: the text, and the column at which it begins: 1 unless it was cut.
    package static func excerpt(_ finding: Finding) -> (text: String, column: Int) {
        let scalars = finding.excerpt.unicodeScalars
        guard finding.excerpt.utf8.count > longestExcerpt, scalars.count > longestExcerpt else { return (finding.excerpt, finding.excerptColumn) }
        let first = max(0, min(finding.place.column - finding.excerptColumn - longestExcerpt / 4, scalars.count - longestExcerpt))
        return (String(String.UnicodeScalarView(scalars.dropFirst(first).prefix(longestExcerpt))), first + finding.excerptColumn)
    }

    /// The text of an XML attribute or element: also harmless for a CI log that looks for commands in it.
    package static func xml(_ text: some StringProtocol) -> String {
        escaped(line(text)) { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "[": "&#91;"
            default: nil
            }
        }
    }

    /// The data of a GitHub workflow command; lines are joined as it wants them.
    package static func gitHubData(_ lines: [String]) -> String {
        lines.map { escaped(withoutCommands(line($0))) { $0 == "%" ? "%25" : nil } }.joined(separator: "%0A")
    }

    /// A property of a GitHub workflow command.
    package static func gitHubProperty(_ text: String) -> String {
        let escaped = escaped(line(text, limit: 500)) { scalar in
            switch scalar {
            case "%": "%25"
            case ":": "%3A"
            case ",": "%2C"
            default: nil
            }
        }
        return withoutCommands(escaped)
    }

    /// Running text in Markdown: no markup, no HTML, no links, no mentions of people or issues, no table cell's end.
    package static func markdown(_ text: String) -> String {
        let safe = line(text).replacing("www.", with: "www\u{200B}.").replacing("://", with: ":\u{200B}//")
        return escaped(safe) { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "@", "#": "\\\(scalar)\u{200B}"
            case "!", "\\", "`", "*", "_", "[", "]", "|", "~", "$": "\\\(scalar)"
            default: nil
            }
        }
    }

    /// A name or a command in Markdown, as code; also inside a table.
    package static func markdownCode(_ text: String) -> String {
        let code = escaped(line(text, limit: 500)) { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            // All that Markdown would read inside of raw HTML.
            case "`", "*", "_", "[", "]", "|", "\\", "~", "$", "!", "#", "@", ":": "&#\(scalar.value);"
            default: nil
            }
        }
        return "<code>\(code.replacing("www.", with: "www&#46;"))</code>"
    }

    /// Lines in a Markdown code block, its fence longer than any in them; each line begins with what the caller put there.
    package static func markdownFence(_ lines: [String], indent: String) -> [String] {
        var longest = 2
        for line in lines {
            var run = 0
            for byte in line.utf8 {
                run = byte == UInt8(ascii: "`") ? run + 1 : 0
                longest = max(longest, run)
            }
        }
        let fence = String(repeating: "`", count: longest + 1)
        return ([fence + "text"] + lines + [fence]).map { indent + $0 }
    }

    /// A relative path as a URI reference: everything but unreserved characters and `/` percent-encoded.
    package static func uri(_ path: String) -> String {
        var out = ""
        for byte in path.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F: out.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                out += "%" + (hex.count < 2 ? "0" : "") + hex
            }
        }
        return out
    }

    private static func escaped(_ text: String, _ replacement: (Unicode.Scalar) -> String?) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            if let replacement = replacement(scalar) { out += replacement } else { out.unicodeScalars.append(scalar) }
        }
        return out
    }
}
