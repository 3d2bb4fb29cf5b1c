package import InvarCore

/// Fills a template with what a new record is called, whichever marks the template has for it.
package struct DecisionTemplate: Sendable {
    private let text: String

    package init(_ bytes: [UInt8]) {
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// What the new record is called.
    package struct Facts: Sendable {
        package var number: String?
        package var title: String
        package var date: Day
        package var status: String

        package init(number: String?, title: String, date: Day, status: String) {
            self.number = number
            self.title = title
            self.date = date
            self.status = status
        }
    }

    /// The text with `{{title}}`, `NUMBER` and their kin filled, and with a placeholder of a title or a date replaced.
    ///
    /// - Parameter heading: how the collection writes a title; used where the template has only a placeholder for it.
    package func filled(_ facts: Facts, heading: HeadingStyle) -> [UInt8] {
        let isMarked = text.contains("{{title}}") || text.contains("{{ title }}")
        let number = facts.number.map(DecisionReference.unpadded) ?? ""
        var lines: [String] = []
        var isTitled = isMarked
        var inFrontMatter = text.hasPrefix("---") || text.hasPrefix("\u{FEFF}---")
        // By bytes: a carriage return and a line feed are one character.
        for (index, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map({ String(decoding: $0, as: UTF8.self) }).enumerated() {
            if index > 0, inFrontMatter, line.hasPrefix("---") {
                inFrontMatter = false
                lines.append(line)
                continue
            }
            var line = line
            for (mark, value) in [("number", number), ("date", facts.date.description), ("status", facts.status), ("title", facts.title)] {
                let written = mark == "title" && inFrontMatter ? YAMLText.scalar(value) : value
                line = line.replacing("{{\(mark)}}", with: written).replacing("{{ \(mark) }}", with: written)
            }
            if facts.number == nil, isMarked, line.hasPrefix("# . ") { line = "# " + String(line.dropFirst(4)) }
            if !isMarked {
                // There `# …` is a comment of YAML.
                var isPast = isTitled || inFrontMatter
                line = plain(line, facts, number, heading, &isPast)
                if !inFrontMatter { isTitled = isPast }
            }
            lines.append(line)
        }
        return Array(lines.joined(separator: "\n").utf8)
    }

    /// A line of a template without marks of ours: words in capitals as adr-tools has them, placeholders in brackets.
    private func plain(_ line: String, _ facts: Facts, _ number: String, _ heading: HeadingStyle, _ isTitled: inout Bool) -> String {
        let end = line.hasSuffix("\r") ? "\r" : ""
        if !isTitled, line.hasPrefix("# ") {
            isTitled = true
            let words = line.dropFirst(2)
            if words.contains("NUMBER") || words.contains("TITLE") || words.contains("{{number}}") {
                return "# " + String(words).replacing("NUMBER", with: number).replacing("TITLE", with: facts.title)
            }
            return "# " + heading.text(facts.number, facts.title) + end
        }
        let label = FieldLabel.comparable(String(line.prefix { $0 != ":" && $0 != "：" }))
        if FieldLabel.isDate(label), let colon = line.firstIndex(where: { $0 == ":" || $0 == "：" }) {
            let value = String(line[line.index(after: colon)...]).trimmingBlanks
            if value.isEmpty || DecisionTemplate.isDatePlaceholder(value) {
                return String(line[...colon]) + (line[colon] == ":" ? " " : "") + facts.date.description + end
            }
        }
        return line.trimmingBlanks == "STATUS" ? facts.status + end : line
    }

    private static func isDatePlaceholder(_ text: String) -> Bool {
        let folded = Folding.searchable(text)
        return text == "DATE" || folded.contains("yyyy") || folded.contains("{") || folded.hasPrefix("[") || folded.hasPrefix("<")
    }
}

/// How a collection writes a record's title in its heading.
package struct HeadingStyle: Hashable, Sendable {
    /// What stands before the number: `ADR-`, or nothing; nil without a number.
    var prefix: String?
    var isPadded: Bool
    var joint: String

    /// Without a number.
    package static let bare = HeadingStyle(prefix: nil, isPadded: false, joint: "")

    /// `12. Use X`.
    package static let numbered = HeadingStyle(prefix: "", isPadded: false, joint: ". ")

    package func text(_ number: String?, _ title: String) -> String {
        guard let prefix, let number else { return title }
        let isPlain = number.allSatisfy(\.isNumber)
        let bare = String(number.drop { $0 == "0" })
        return prefix + (isPadded || !isPlain || bare.isEmpty ? number : bare) + joint + title
    }

    /// Reads the heading of a record whose title is known.
    init?(_ heading: String, title: String, number: String?) {
        guard heading.hasSuffix(title) else { return nil }
        let head = String(heading.dropLast(title.count))
        guard let number else {
            self = .bare
            return
        }
        if head.trimmingBlanks.isEmpty {
            self = .bare
            return
        }
        let bare = String(number.drop { $0 == "0" })
        for (spelled, isPadded) in [(number, true), (bare, false)] where !spelled.isEmpty {
            guard let range = head.firstRange(of: spelled) else { continue }
            self.init(prefix: String(head[..<range.lowerBound]), isPadded: isPadded && number != bare, joint: String(head[range.upperBound...]))
            return
        }
        return nil
    }

    private init(prefix: String?, isPadded: Bool, joint: String) {
        self.prefix = prefix
        self.isPadded = isPadded
        self.joint = joint
    }
}
