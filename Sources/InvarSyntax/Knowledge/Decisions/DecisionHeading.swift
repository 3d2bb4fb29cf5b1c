import InvarCore

/// What a file's name and a heading say about a record: its number, its date, its title.
enum DecisionHeading {
    /// A number at the start of a text and what follows it.
    struct Numbered {
        /// As written, in ASCII digits.
        var number: String
        /// Where the rest begins, in scalars.
        var end: Int
        /// Whether `ADR` stood before it.
        var isNamed: Bool
    }

    /// What the name of a file or a folder says.
    struct Name {
        var number: String?
        var day: Day?
        /// The name after number and date.
        var slug: String
    }

    // MARK: Names

    /// Reads a file's stem or a folder's name.
    static func name(_ stem: String) -> Name {
        let scalars = Array(Folding.compatible(stem).unicodeScalars).map(InlineSource.width)
        var start = 0
        while start < scalars.count, "[【(.#_ ".unicodeScalars.contains(scalars[start]) { start += 1 }
        if let prefix = prefixEnd(scalars, from: start), let found = number(scalars, at: prefix, isNamed: true) {
            return Name(number: found.number, day: nil, slug: slug(scalars, found.end))
        }
        if let dated = dated(scalars, from: start) { return dated }
        guard let found = number(scalars, at: start, isNamed: false), isSeparated(scalars, found) else {
            return Name(number: nil, day: nil, slug: stem)
        }
        return Name(number: found.number, day: nil, slug: slug(scalars, found.end))
    }

    /// `2026-02-15-slug`, `20260215-slug`, `20260215-01-slug`, `2021-06-05_001-slug`.
    private static func dated(_ scalars: [Unicode.Scalar], from start: Int) -> Name? {
        let text = string(scalars[start...])
        guard let day = DateReader.day(inFileName: text) else { return nil }
        let isCompact = start + 4 < scalars.count && scalars[start + 4].isASCIIDigit
        var end = start + (isCompact ? 8 : 10)
        if !isCompact {
            // Month and day may have one digit: the date ends at the second separator after the year plus its digits.
            end = start + 5
            while end < scalars.count, scalars[end].isASCIIDigit { end += 1 }
            end += 1
            while end < scalars.count, scalars[end].isASCIIDigit { end += 1 }
        }
        if isCompact, end < scalars.count, scalars[end].isASCIIDigit { return nil }  // a longer time stamp is a number
        guard end < scalars.count, "-_. ".unicodeScalars.contains(scalars[end]) else {
            return Name(number: nil, day: day, slug: slug(scalars, end))
        }
        var digits = end + 1
        while digits < scalars.count, scalars[digits].isASCIIDigit { digits += 1 }
        let count = digits - end - 1
        let isEnd = digits == scalars.count || "-_. ".unicodeScalars.contains(scalars[digits])
        guard isEnd, (2...4).contains(count) else { return Name(number: nil, day: day, slug: slug(scalars, end)) }
        let sequence = string(scalars[(end + 1)..<digits])
        let number = isCompact ? string(scalars[start..<(start + 8)]) + "-" + sequence : sequence
        return Name(number: number, day: day, slug: slug(scalars, digits))
    }

    /// The end of `ADR-`, `adr_`, `ODH-ADR-`, `RFC ` and the like in front of a number.
    private static func prefixEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
        var index = start
        while index < scalars.count {
            let wordStart = index
            while index < scalars.count, scalars[index].isASCIILetter { index += 1 }
            guard index > wordStart, index < scalars.count else { return nil }
            let word = string(scalars[wordStart..<index]).lowercased()
            let next = scalars[index]
            if recordWords.contains(word) {
                if next.isASCIIDigit { return index }
                if "-_. #".unicodeScalars.contains(next) {
                    var end = index + 1
                    while end < scalars.count, "-_. #".unicodeScalars.contains(scalars[end]) { end += 1 }
                    return end
                }
                return nil
            }
            // A project's own letters may stand before: `ODH-ADR-0005`, `PROJ-0012`.
            guard next == "-" || next == "_", index - wordStart <= 8 else { return nil }
            index += 1
            if index < scalars.count, scalars[index] == "0",
                let found = digits(scalars, at: index), found.count >= 3, wordStart == start,
                isSeparated(scalars, Numbered(number: "", end: index + found.count, isNamed: true))
            {
                return index
            }
            if index - start > 12 { return nil }
        }
        return nil
    }

    private static let recordWords: Set<String> = ["adr", "adrs", "madr", "decision", "dec", "dr", "rfc", "ard", "record"]

    /// Whether what follows the digits shows that they were a number: `001_x`, `1-x`, `001認証`, but not `3層構造`.
    private static func isSeparated(_ scalars: [Unicode.Scalar], _ found: Numbered) -> Bool {
        guard found.end < scalars.count else { return true }
        if "-_. ]】):、".unicodeScalars.contains(scalars[found.end]) { return true }
        return scalars[found.end].isCJK && (found.number.utf8.count >= 3 || found.number.hasPrefix("0"))
    }

    private static func slug(_ scalars: [Unicode.Scalar], _ end: Int) -> String {
        string(scalars[min(end, scalars.count)...].drop { "-_. ]】):：、".unicodeScalars.contains($0) })
    }

    // MARK: Numbers

    /// The number at `index`: `0007`, `20260215-01`, `2026-001`, `MS-0002` (after ADR), `3f2a91c0`, `0007a`.
    static func number(_ scalars: [Unicode.Scalar], at index: Int, isNamed: Bool) -> Numbered? {
        if let found = digits(scalars, at: index) {
            var end = index + found.count
            if end < scalars.count, scalars[end] == "-", let more = digits(scalars, at: end + 1) {
                let ends = end + 1 + more.count
                let isWhole = ends == scalars.count || !scalars[ends].isASCIIWord
                let isDay = DateReader.day(inFileName: string(scalars[index...])) != nil
                if found.count == 4, isDay { return nil }
                if isWhole, (found.count == 8 && (2...3).contains(more.count)) || (found.count == 4 && more.count >= 3) {
                    end = ends
                }
            }
            if end < scalars.count, scalars[end].isASCIILetter {
                let next = end + 1
                guard next == scalars.count || !scalars[next].isASCIIWord, scalars[end].properties.isLowercase else {
                    return hash(scalars, at: index, isNamed)
                }
                end = next
            }
            return Numbered(number: string(scalars[index..<end]), end: end, isNamed: isNamed)
        }
        if isNamed, let found = scoped(scalars, at: index) { return found }
        return hash(scalars, at: index, isNamed)
    }

    /// `MS-0002` in `ADR-MS-0002`: a collection with a sequence for each area.
    private static func scoped(_ scalars: [Unicode.Scalar], at index: Int) -> Numbered? {
        var end = index
        while end < scalars.count, scalars[end].isASCIILetter, end - index < 16 { end += 1 }
        guard end > index, end < scalars.count, scalars[end] == "-", scalars[index].properties.isUppercase,
            let found = digits(scalars, at: end + 1), found.count >= 3, scalars[end + 1] == "0"
        else { return nil }
        return Numbered(number: string(scalars[index..<(end + 1 + found.count)]), end: end + 1 + found.count, isNamed: true)
    }

    /// A hexadecimal name of six to forty characters with digits and letters among them.
    private static func hash(_ scalars: [Unicode.Scalar], at index: Int, _ isNamed: Bool) -> Numbered? {
        var end = index
        var digits = 0
        while end < scalars.count, end - index <= 40, scalars[end].properties.isASCIIHexDigit {
            if scalars[end].isASCIIDigit { digits += 1 }
            end += 1
        }
        let count = end - index
        guard (6...40).contains(count), digits > 0, digits < count, end == scalars.count || !scalars[end].isASCIIWord
        else { return nil }
        return Numbered(number: string(scalars[index..<end]), end: end, isNamed: isNamed)
    }

    private static func digits(_ scalars: [Unicode.Scalar], at index: Int) -> (count: Int, Void)? {
        var end = index
        while end < scalars.count, scalars[end].isASCIIDigit, end - index < 15 { end += 1 }
        return end > index ? (end - index, ()) : nil
    }

    // MARK: Titles

    /// A heading's number, if it has one, and the title without it.
    ///
    /// - Parameter known: the number that the file's name gives; digits that only a space divides from the words
    ///   (`28 Repositories`) are a number when they are that one.
    static func title(_ text: String, known: String?) -> (number: String?, isNamed: Bool, title: String) {
        let text = withoutAttributes(text)
        // Without a digit there is no number, and without a colon no `ADR:` in front; EF begins their wide forms.
        guard text.utf8.contains(where: { ($0 >= 0x30 && $0 <= 0x3A) || $0 == 0xEF }) else { return (nil, false, text) }
        let original = Array(text.unicodeScalars)
        let scalars = original.map(InlineSource.width)
        var index = 0
        while index < scalars.count, "[【(# ".unicodeScalars.contains(scalars[index]) { index += 1 }
        var isNamed = false
        if let prefix = titlePrefix(scalars, from: index) {
            index = prefix
            isNamed = true
        }
        guard let found = number(scalars, at: index, isNamed: isNamed) else {
            return (nil, false, isNamed ? untyped(original, scalars, from: index) ?? text : untyped(original, scalars) ?? text)
        }
        var end = found.end
        var closed = false
        while end < scalars.count, "]】)".unicodeScalars.contains(scalars[end]) {
            end += 1
            closed = true
        }
        let gap = end
        while end < scalars.count, scalars[end].isBlank { end += 1 }
        let hasMark = end < scalars.count && ".:-—―|、・".unicodeScalars.contains(scalars[end])
        let isKnown = known.map { EntryName.key(decision: found.number) == EntryName.key(decision: $0) } ?? false
        let isOwn = isKnown || (found.number.hasPrefix("0") && found.number.utf8.count >= 3)
        let isLoose = end > gap && (isNamed || closed || isOwn)
        guard end == scalars.count || hasMark || isLoose else { return (nil, false, text) }
        // `1.5 seconds` and `2-phase commit` begin with no number of a record.
        if hasMark, !isNamed, !closed, end == gap, end + 1 < scalars.count, scalars[end] != ":", !scalars[end + 1].isBlank,
            scalars[end + 1].isASCIIWord || scalars[end] == "-", !isOwn
        {
            return (nil, false, text)
        }
        while end < scalars.count, scalars[end].isBlank || ".:-—―|、・".unicodeScalars.contains(scalars[end]) { end += 1 }
        let rest = string(original[end...]).trimmingBlanks
        return (found.number, isNamed, rest.isEmpty ? text : rest)
    }

    /// `Use X {#adr_0007}` → `Use X`: the anchor that site generators put behind a heading.
    private static func withoutAttributes(_ text: String) -> String {
        guard text.hasSuffix("}"), let open = text.lastIndex(of: "{"), ["{#", "{."].contains(where: text[open...].hasPrefix) else { return text }
        return String(text[..<open]).trimmingBlanks
    }

    private static func titlePrefix(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
        guard start + 2 < scalars.count else { return nil }
        var end = start
        while end < scalars.count, scalars[end].isASCIILetter { end += 1 }
        let word = string(scalars[start..<end]).lowercased()
        guard recordWords.contains(word), word != "record", word != "decision" || end < scalars.count else { return nil }
        var index = end
        while index < scalars.count, " -_#".unicodeScalars.contains(scalars[index]), index - end < 4 { index += 1 }
        guard index < scalars.count, number(scalars, at: index, isNamed: true) != nil else { return nil }
        return index
    }

    /// `ADR: Use X` → `Use X`.
    private static func untyped(_ original: [Unicode.Scalar], _ scalars: [Unicode.Scalar], from start: Int = 0) -> String? {
        let names = ["adr", "architecture decision record", "architectural decision record"]
        guard let colon = scalars.firstIndex(of: ":"), colon < 40,
            names.contains(string(scalars[start..<max(start, colon)]).lowercased().trimmingBlanks)
        else { return nil }
        let rest = string(original[(colon + 1)...]).trimmingBlanks
        return rest.isEmpty ? nil : rest
    }

    // MARK: Templates

    private static let templateWords: Set<String> = [
        "template", "templates", "テンプレート", "雛形", "ひな形", "ひながた", "雛型", "様式", "書式",
    ]
    private static let plainWords: Set<String> = [
        "adr", "adrs", "madr", "nygard", "decision", "decisions", "record", "records", "architecture", "architectural",
        "short", "long", "minimal", "bare", "full", "base", "basic", "default", "example", "sample", "new", "the", "a",
        "my", "our", "ja", "en", "jp", "title", "n", "nnn", "nnnn", "xxx", "xxxx", "for", "of", "md", "simple", "standard", "annotated", "名", "の", "タイトル",
    ]

    /// Whether a slug or title is a template's: only such words, `template` among them.
    static func isTemplate(_ text: String) -> Bool {
        var rest = Folding.searchable(text)
        guard templateWords.contains(where: rest.holds) else { return false }
        var found = false
        for word in ["テンプレート", "雛形", "ひな形", "ひながた", "雛型"] where rest.contains(word) {
            found = true
            rest = rest.split(separator: word).joined(separator: " ")
        }
        let words = rest.split { !$0.isLetter }.map(String.init)
        return (found || words.contains(where: templateWords.contains))
            && words.allSatisfy { templateWords.contains($0) || plainWords.contains($0) }
    }

    /// `{short title}`, `[title of the decision]`, `<タイトル>`, `ADR-XXXX: …`, `NNNN. Title`.
    static func isPlaceholder(_ title: String) -> Bool {
        let folded = Folding.searchable(title).trimmingBlanks
        if folded.hasPrefix("{"), folded.hasSuffix("}") { return true }
        if folded.hasPrefix("<"), folded.hasSuffix(">") { return true }
        if folded.hasPrefix("["), folded.hasSuffix("]"), folded.contains(" ") { return true }
        guard ["xx", "nn", "yyyymmdd", "0000x", "number"].contains(where: folded.holds) else { return false }
        let words = folded.split { !$0.isLetter && !$0.isNumber }.prefix(2)
        guard words.first != "adr" || words.count == 2, let word = words.last(where: { $0 != "adr" }) else { return false }
        let isNumberless = word == words.first || words.first == "adr"
        let marks = ["xxx", "xxxx", "nnn", "nnnn", "yyyymmdd", "0000x", "xx", "nn", "number"]
        return isNumberless && marks.contains(String(word))
    }

    static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scalars.count * 2)
        for scalar in scalars {
            if scalar.value < 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension InlineSource {
    /// A scalar in ASCII width, case kept.
    static func width(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(UInt8(scalar.value - 0xFEE0))
        case 0x3000, 0xA0: " "
        case 0x2010...0x2013, 0x2212: "-"
        default: scalar
        }
    }
}
