import InvarCore

/// A place where a file states the status of a record, as the bytes that the reader read: what an editor may replace.
struct StatusSite: Sendable {
    enum Form: Sendable {
        /// In front matter; the byte is that of the quotes around it.
        case yaml(quote: UInt8?)
        /// The first words of a section, or of a heading behind a colon.
        case section
        /// Behind a label on a line, in an item or in a cell.
        case labelled
        /// An item of a task list, among these; each with the bytes between its brackets and the status it stands for.
        case ticked([Tick])
        /// One step of a history, on a line of its own.
        case step(DecisionStatement)
        /// A label that is the status.
        case label
        /// `Superseded by: ADR-9`, label and value.
        case relation
    }

    struct Tick: Sendable {
        var box: Range<Int>
        var status: Decision.Status?
        var isTicked: Bool
    }

    var form: Form
    var status: Decision.Status?
    /// The status word; nil where its bytes cannot be told, as behind YAML's escapes.
    var word: Range<Int>?
    /// The clause around it with what it says more, such as a successor.
    var clause: Range<Int>?
    /// All that the place says.
    var value: Range<Int>
    /// The 1-based line of the value's first byte.
    var line: Int
    /// The same word in the address of a badge.
    var echo: Range<Int>?

    /// What the place says beside the word: letters or digits.
    func saysMore(in bytes: [UInt8]) -> Bool {
        guard let word else { return true }
        let rest = String(
            decoding: bytes[value.lowerBound..<max(value.lowerBound, word.lowerBound)] + bytes[min(word.upperBound, value.upperBound)..<value.upperBound],
            as: UTF8.self)
        return rest.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }
}

/// Turns what the reader read into bytes.
struct StatusSites {
    let file: MarkdownFile
    let vocabulary: StatusVocabulary

    /// The site of a stated status; nil when its bytes cannot be told.
    func site(_ stated: DecisionFields.Stated) -> StatusSite? {
        switch stated.origin {
        case .yaml(let value): return site(value, stated.status)
        case .value(let statement):
            let isLabelled = !statement.label.isEmpty && FieldLabel.isStatus(statement.label)
            let isHeading = file.markdown.blocks[statement.block].headingLevel != nil
            return site(statement, isLabelled && !isHeading ? .labelled : .section, stated.status)
        case .step(let statement): return site(statement, .step(statement), stated.status)
        case .ticked(let statement, let among):
            let ticks = among.compactMap(tick)
            return ticks.count == among.count ? site(statement, .ticked(ticks), stated.status) : nil
        case .label(let statement):
            guard let label = bytes(0..<statement.value.lowerBound, of: statement.source).map(withoutColon) else { return nil }
            return StatusSite(form: .label, status: stated.status, word: label, clause: nil, value: label, line: statement.line)
        case .relation(let statement):
            guard let whole = bytes(wholeLine(of: statement), of: statement.source) else { return nil }
            return StatusSite(form: .relation, status: stated.status, word: nil, clause: whole, value: whole, line: statement.line)
        }
    }

    // MARK: Markdown

    private func site(_ statement: DecisionStatement, _ form: StatusSite.Form, _ status: Decision.Status?) -> StatusSite? {
        guard let value = bytes(statement.value, of: statement.source) else { return nil }
        var site = StatusSite(form: form, status: status, word: nil, clause: nil, value: value, line: file.lines.line(at: value.lowerBound))
        var scalars: [Unicode.Scalar] = []
        var origins: [Range<Int>] = []
        statement.spoken { scalar, origin in
            scalars.append(scalar)
            origins.append(origin)
        }
        guard let found = reading(scalars) else { return site }
        func source(_ range: Range<Int>) -> Range<Int>? {
            guard let first = range.first, let last = range.last, origins.indices.contains(last) else { return nil }
            return bytes(origins[first].lowerBound..<origins[last].upperBound, of: statement.source)
        }
        site.word = source(found.word)
        site.clause = source(found.clause)
        if let word = site.word, let anchor = badge(around: word, statement.source) { site.echo = echo(of: word, in: anchor) }
        return site
    }

    /// The image whose text holds the word.
    private func badge(around word: Range<Int>, _ source: InlineSource) -> InlineSource.Anchor? {
        source.anchors.first { anchor in
            anchor.offset > 0 && file.bytes[anchor.offset - 1] == 0x21 && !anchor.range.isEmpty && source.offsets[anchor.range.lowerBound] <= word.lowerBound
                && word.lowerBound <= source.offsets[anchor.range.upperBound - 1]
        }
    }

    /// `status-accepted-green` behind the text of a badge.
    private func echo(of word: Range<Int>, in anchor: InlineSource.Anchor) -> Range<Int>? {
        let spelled = file.bytes[word].map { $0 | 0x20 }
        let end = min(file.bytes.count, word.upperBound + anchor.destination.utf8.count + 200)
        func isLetter(_ index: Int) -> Bool { index < end && (0x61...0x7A).contains(file.bytes[index] | 0x20) }
        var index = word.upperBound
        while index + spelled.count <= end, file.bytes[index] != 0x0A {
            if !isLetter(index - 1), !isLetter(index + spelled.count),
                file.bytes[index..<(index + spelled.count)].lazy.map({ $0 | 0x20 }).elementsEqual(spelled)
            {
                return index..<(index + spelled.count)
            }
            index += 1
        }
        return nil
    }

    /// The deciding word and clause, in scalars of the text.
    private func reading(_ scalars: [Unicode.Scalar]) -> (word: Range<Int>, clause: Range<Int>)? {
        guard let (text, origins) = StatusVocabulary.aligned(Array(scalars.prefix(StatusReader.longest))),
            let found = StatusReader.reading(of: text, vocabulary)
        else { return nil }
        var clause = found.clause
        while let first = clause.first, text[first].isBlank { clause = (first + 1)..<clause.upperBound }
        while let last = clause.last, text[last].isBlank { clause = clause.lowerBound..<last }
        guard let word = StatusSites.mapped(found.word, origins), let whole = StatusSites.mapped(clause, origins) else { return nil }
        return (word, whole)
    }

    private static func mapped(_ range: Range<Int>, _ origins: [Int]) -> Range<Int>? {
        guard let first = range.first, let last = range.last, origins.indices.contains(last) else { return nil }
        return origins[first]..<(origins[last] + 1)
    }

    /// The bytes of scalars of a source, links whole, without blanks at both ends.
    private func bytes(_ range: Range<Int>, of source: InlineSource) -> Range<Int>? {
        var range = range
        while let first = range.first, source.scalars[first].isBlank { range = (first + 1)..<range.upperBound }
        while let last = range.last, source.scalars[last].isBlank { range = range.lowerBound..<last }
        guard let first = range.first, let last = range.last else { return nil }
        var start = source.offsets[first]
        var end = source.offsets[last] + UTF8.width(source.scalars[last])
        if let anchor = source.anchors.first(where: { $0.range.lowerBound == first && !$0.range.isEmpty }) {
            start = anchor.offset > 0 && file.bytes[anchor.offset - 1] == 0x21 ? anchor.offset - 1 : anchor.offset
        }
        if source.anchors.contains(where: { $0.range.upperBound == range.upperBound && !$0.range.isEmpty && $0.range.lowerBound >= first }) {
            end = linkEnd(from: end) ?? end
        }
        return start < end && end <= file.bytes.count ? start..<end : nil
    }

    /// Where a link ends whose text ends at `start`.
    private func linkEnd(from start: Int) -> Int? {
        let bytes = file.bytes
        var index = start
        while index < bytes.count, [0x2A, 0x5F, 0x60, 0x7E].contains(bytes[index]) { index += 1 }
        guard index < bytes.count, bytes[index] == 0x5D else { return nil }
        index += 1
        guard index < bytes.count else { return index }
        switch bytes[index] {
        case 0x5D: return index + 1
        case 0x28, 0x5B:
            let (open, close): (UInt8, UInt8) = bytes[index] == 0x28 ? (0x28, 0x29) : (0x5B, 0x5D)
            var depth = 0
            while index < bytes.count, bytes[index] != 0x0A {
                if bytes[index] == open { depth += 1 }
                if bytes[index] == close { depth -= 1 }
                index += 1
                if depth == 0 { return index }
            }
            return nil
        default: return index
        }
    }

    private func wholeLine(of statement: DecisionStatement) -> Range<Int> {
        var start = statement.value.lowerBound
        while start > 0, statement.source.scalars[start - 1] != "\n" { start -= 1 }
        return start..<statement.value.upperBound
    }

    private func withoutColon(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while let last = range.last, file.bytes[last] == 0x3A || file.bytes[last] == 0x2A || file.bytes[last] == 0x20 { range = range.lowerBound..<last }
        if file.bytes[range].suffix(3).elementsEqual("：".utf8) { range = range.lowerBound..<(range.upperBound - 3) }
        return range
    }

    /// The box of an item of a task list.
    private func tick(_ statement: DecisionStatement) -> StatusSite.Tick? {
        let line = file.lines.range(ofLine: statement.line)
        guard let isTicked = statement.isTicked, let open = file.bytes[line].firstIndex(of: 0x5B), open + 2 < line.upperBound else { return nil }
        return StatusSite.Tick(
            box: (open + 1)..<(open + 2), status: StatusReader.status(of: statement.withoutReferences, vocabulary), isTicked: isTicked)
    }

    // MARK: Front matter

    private func site(_ value: YAML, _ status: Decision.Status?) -> StatusSite? {
        // A list states its first item.
        guard case .scalar(let text, let isQuoted) = value.content else { return value.items.first { $0.text != nil }.flatMap { self.site($0, status) } }
        let start = file.lines.offset(of: value.position, in: file.bytes)
        guard let found = YAMLScalarBytes(file.bytes, at: start, text: text, isQuoted: isQuoted) else { return nil }
        var site = StatusSite(
            form: .yaml(quote: found.quote), status: status, word: nil, clause: nil, value: found.range, line: file.lines.line(at: found.range.lowerBound))
        let scalars = Array(text.unicodeScalars)
        if let reading = reading(scalars) {
            site.word = found.bytes(of: reading.word)
            site.clause = found.bytes(of: reading.clause)
        }
        return site
    }
}

extension StatusVocabulary {
    /// The text as it is matched, with the index of the scalar that each of its scalars comes from; nil where folding
    /// joins scalars.
    static func aligned(_ scalars: [Unicode.Scalar]) -> (text: [Unicode.Scalar], origins: [Int])? {
        var text: [Unicode.Scalar] = []
        var origins: [Int] = []
        for (index, scalar) in scalars.enumerated() {
            for folded in Folding.searchable(String(scalar)).unicodeScalars {
                text.append(folded)
                origins.append(index)
            }
        }
        let whole = comparable(DecisionHeading.string(scalars[...]))
        // What ``comparable(_:)`` takes off are blanks at both ends.
        let blank: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "_" || $0 == "\t" || $0 == "\u{3000}" }
        let lead = text.prefix(while: blank).count
        guard lead + whole.count <= text.count else { return nil }
        let kept = lead..<(lead + whole.count)
        for (index, scalar) in zip(kept, whole) where text[index] != scalar {
            guard blank(text[index]) || text[index] == "-" || text[index] == "’", " '".unicodeScalars.contains(scalar) else { return nil }
        }
        return (whole, Array(origins[kept]))
    }
}
