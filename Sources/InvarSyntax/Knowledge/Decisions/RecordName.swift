import InvarCore

/// Finds the names of records in text: `ADR-0007`, `[9. Use X](0009-use-x.md)`, `[[ADR-12]]`, `0004, 0007` after a verb.
struct RecordName {
    /// The scalars of its text.
    var range: Range<Int>
    /// As ``Link/target`` shows it.
    var target: String
    var key: String
    /// The byte where it begins.
    var offset: Int
    /// Whether it is a file that need not be a record.
    var isFile: Bool
    var destination: String?

    /// How bare numbers are read.
    enum Numbers {
        /// `0004` and `12` are records.
        case all
        /// Only padded ones: `0004`.
        case padded
        case none
    }

    /// The names in a range, left to right.
    static func names(in source: InlineSource, _ range: Range<Int>, numbers: Numbers, path: String) -> [RecordName] {
        var found: [RecordName] = []
        var anchors = source.anchors.filter { $0.range.lowerBound >= range.lowerBound && $0.range.upperBound <= range.upperBound }
            .sorted { $0.range.lowerBound < $1.range.lowerBound }[...]
        var index = range.lowerBound
        // After an explicit id a slash or comma may join further numbers: `ADR-0042/0055`.
        var joins = false
        // `ADR-0034, Components 1 and 2`: beside a record that is named, bare numbers count something else.
        var numbers = numbers
        while index < range.upperBound {
            while let first = anchors.first, first.range.lowerBound < index { anchors.removeFirst() }
            if let anchor = anchors.first, anchor.range.lowerBound == index, !anchor.range.isEmpty {
                if let name = name(anchor, in: source, path: path) {
                    found.append(name)
                    if numbers == .all { numbers = .padded }
                }
                index = anchor.range.upperBound
                joins = true
                continue
            }
            let startsWord = index == range.lowerBound || !source.folded[index - 1].isASCIIWord
            guard startsWord, source.folded[index].isASCIIWord || source.folded[index] == "." else {
                if !source.folded[index].isBlank, !",/、・&と+()#".unicodeScalars.contains(source.folded[index]) { joins = false }
                index += 1
                continue
            }
            if let end = fileNameEnd(source, at: index, limit: range.upperBound),
                let name = file(source, index..<end, path: path)
            {
                found.append(name)
                index = end
            } else if let id = id(source, at: index, limit: range.upperBound) {
                found.append(named(id.number, source, index..<id.end))
                if numbers == .all { numbers = .padded }
                index = id.end
                joins = true
            } else if let number = number(source, at: index, limit: range.upperBound, joins ? .padded : numbers) {
                found.append(named(number.number, source, index..<number.end))
                index = number.end
            } else {
                let word = index
                while index < range.upperBound, source.folded[index].isASCIIWord { index += 1 }
                if index == word { index += 1 }
                if !(index - word == 3 && source.folded[word] == "a" && source.folded[word + 1] == "n") { joins = false }
            }
        }
        return found
    }

    private static func named(_ number: String, _ source: InlineSource, _ range: Range<Int>) -> RecordName {
        RecordName(
            range: range, target: "ADR-" + number, key: EntryName.key(decision: number),
            offset: source.offsets[range.lowerBound], isFile: false)
    }

    // MARK: Kinds of names

    /// `ADR-0007`, `ADR 7`, `adr #0007`, `ADR-20260215-01`.
    static func id(_ source: InlineSource, at index: Int, limit: Int) -> (number: String, end: Int)? {
        let text = source.folded
        guard index + 3 < limit, text[index] == "a", text[index + 1] == "d", text[index + 2] == "r" else { return nil }
        if index > 0, text[index - 1] == "/" || text[index - 1] == "_" { return nil }
        var start = index + 3
        if text[start] == "s" { start += 1 }
        let gap = start
        while start < limit, " -_#.\n".unicodeScalars.contains(text[start]), start - gap < 3 { start += 1 }
        return number(source, at: start, limit: limit, isNamed: true)
    }

    private static func number(
        _ source: InlineSource, at index: Int, limit: Int, isNamed: Bool
    ) -> (number: String, end: Int)? {
        guard index < limit, source.folded[index].isASCIIWord else { return nil }
        let end = min(limit, index + 48)
        let scalars = source.scalars[index..<end].map(InlineSource.width)
        guard let found = DecisionHeading.number(scalars, at: 0, isNamed: isNamed) else { return nil }
        if found.end < scalars.count, scalars[found.end].isASCIIWord { return nil }
        return (found.number, index + found.end)
    }

    private static func number(
        _ source: InlineSource, at index: Int, limit: Int, _ numbers: Numbers
    ) -> (number: String, end: Int)? {
        guard numbers != .none, source.folded[index].isASCIIDigit,
            let found = number(source, at: index, limit: limit, isNamed: false)
        else { return nil }
        let digits = found.number.utf8.count
        guard digits <= 4 || found.number.contains("-") else { return nil }
        if index > 0, "§#.$-".unicodeScalars.contains(source.folded[index - 1]) { return nil }
        if found.end < limit, "%.年月日件個つ".unicodeScalars.contains(source.folded[found.end]) {
            let next = found.end + 1
            if source.folded[found.end] != "." || (next < limit && source.folded[next].isASCIIWord) { return nil }
        }
        let isPadded = found.number.hasPrefix("0") && digits >= 3
        if !isPadded, countsParts(source, before: index, after: found.end, limit: limit) { return nil }
        if numbers == .padded, !isPadded { return nil }
        if !isPadded {
            // `3 earlier decisions` counts them; `12, 14` names them.
            var next = found.end
            while next < limit, source.folded[next].isBlank { next += 1 }
            if next < limit, source.folded[next].isASCIILetter, !isWord("and", source, next), !isWord("in", source, next) {
                return nil
            }
        }
        return found
    }

    /// `item 5`, `clause 2`, `decision 4 in ADR-0060`, `…/pull/23`: numbers of other things than records.
    private static func countsParts(_ source: InlineSource, before index: Int, after end: Int, limit: Int) -> Bool {
        if index > 0, source.folded[index - 1] == "/" { return true }
        var last = index
        while last > 0, source.folded[last - 1].isBlank { last -= 1 }
        var start = last
        while start > 0, source.folded[start - 1].isASCIILetter { start -= 1 }
        let word = DecisionHeading.string(source.folded[start..<last])
        if partWords.contains(word) { return true }
        guard word == "decision" || word == "decisions" else { return false }
        var next = end
        while next < limit, source.folded[next].isBlank { next += 1 }
        return next < limit && (isWord("in", source, next) || isWord("of", source, next))
    }

    private static let partWords: Set<String> = [
        "item", "items", "clause", "clauses", "section", "sections", "point", "points", "part", "parts", "phase", "phases", "step", "steps", "rule", "rules",
        "option", "options", "alternative", "alternatives", "component", "components", "version", "chapter", "paragraph",
    ]

    private static func isWord(_ word: String, _ source: InlineSource, _ index: Int) -> Bool {
        var position = index
        for scalar in word.unicodeScalars {
            guard position < source.folded.count, source.folded[position] == scalar else { return false }
            position += 1
        }
        return position == source.folded.count || !source.folded[position].isASCIIWord
    }

    /// The end of a Markdown file's name that begins at `index`.
    static func fileNameEnd(_ source: InlineSource, at index: Int, limit: Int) -> Int? {
        var end = index
        while end < limit, end - index < 200, !source.folded[end].isBlank,
            !"()[]{}<>\"'|,;:、。「」→".unicodeScalars.contains(source.folded[end])
        { end += 1 }
        while end > index, source.folded[end - 1] == "." { end -= 1 }
        // Japanese goes on without a space: the name ends with its extension.
        var position = index
        while position + 2 < end {
            if source.folded[position] == ".", source.folded[position + 1] == "m", source.folded[position + 2] == "d",
                position + 3 == end || !source.folded[position + 3].isASCIIWord, position > index
            {
                return position + 3
            }
            position += 1
        }
        return nil
    }

    private static func file(_ source: InlineSource, _ range: Range<Int>, path: String) -> RecordName? {
        let destination = DecisionHeading.string(source.scalars[range])
        guard let resolved = RelativePath.resolve(destination, from: path) else { return nil }
        return RecordName(
            range: range, target: resolved, key: EntryName.key(path: resolved), offset: source.offsets[range.lowerBound],
            isFile: true, destination: destination)
    }

    private static func name(_ anchor: InlineSource.Anchor, in source: InlineSource, path: String) -> RecordName? {
        let textID = firstID(source, anchor.range)
        func id(_ number: String) -> RecordName {
            var name = named(number, source, anchor.range)
            name.offset = anchor.offset
            return name
        }
        if anchor.isWiki {
            let stem = RelativePath.stem(anchor.destination)
            if let number = textID ?? DecisionHeading.name(stem).number { return id(number) }
        }
        let bare = String(anchor.destination.prefix { $0 != "#" && $0 != "?" })
        guard let resolved = RelativePath.resolve(anchor.isWiki ? bare + ".md" : bare, from: path) else {
            return textID.map(id)
        }
        let last = RelativePath.name(resolved)
        let lower = Folding.searchable(last)
        let isMarkdown = lower.hasSuffix(".md") || lower.hasSuffix(".markdown")
        if !isMarkdown {
            if last.contains(".") { return textID.map(id) }
            if let textID { return id(textID) }
            let name = DecisionHeading.name(last)
            guard name.number != nil || name.day != nil else { return nil }
            if let number = name.number, name.slug.isEmpty { return id(number) }
        }
        return RecordName(
            range: anchor.range, target: resolved, key: EntryName.key(path: resolved), offset: anchor.offset, isFile: true,
            destination: bare)
    }

    private static func firstID(_ source: InlineSource, _ range: Range<Int>) -> String? {
        var index = range.lowerBound
        while index < range.upperBound {
            if index == range.lowerBound || !source.folded[index - 1].isASCIIWord,
                let found = id(source, at: index, limit: range.upperBound)
            {
                return found.number
            }
            index += 1
        }
        return nil
    }

    // MARK: Judging

    /// Whether a link names a record rather than a word: its text must not be taken for a status.
    static func isRecordLike(_ anchor: InlineSource.Anchor, in source: InlineSource) -> Bool {
        let lower = Folding.searchable(anchor.destination)
        return anchor.isWiki || lower.contains(".md") || lower.contains("adr") || firstID(source, anchor.range) != nil
    }

    /// Whether a file named in passing is a record: it stands beside the other, among decisions, or has a number.
    func isRecord(besides path: String) -> Bool {
        guard isFile else { return true }
        let stem = RelativePath.stem(target)
        let lower = stem.lowercased()
        if ["readme", "index", "template", "toc", "changelog"].contains(lower) {
            return DecisionHeading.name(RelativePath.name(RelativePath.folder(target))).number != nil
        }
        if DecisionHeading.isTemplate(stem) { return false }
        let folder = RelativePath.folder(target)
        if folder == RelativePath.folder(path) { return true }
        // As written: what resolves to somewhere below this folder was perhaps meant from the root.
        let written = RelativePath.folder(destination ?? target)
        let names = written.lowercased().split(separator: "/")
        let isAmongDecisions = names.contains { $0.contains("adr") || $0.contains("decision") }
        return isAmongDecisions || DecisionHeading.name(stem).number.map { $0.utf8.count >= 3 } ?? false
    }
}
