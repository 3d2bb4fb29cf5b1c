import InvarCore

/// Cuts the blocks of a Markdown file into statements: a line, an item or a row each.
struct StatementReader {
    let file: MarkdownFile

    /// The rows of a table that are looked at: one with more holds data, not what a record says of itself.
    private static let maximumRows = 2000

    /// The statements of the blocks, in their order; code and HTML say nothing.
    func statements(_ range: Range<Int>) -> [DecisionStatement] {
        var found: [DecisionStatement] = []
        var index = range.lowerBound
        while index < range.upperBound {
            let block = file.markdown.blocks[index]
            switch block.kind {
            case .paragraph, .heading:
                found += lines(of: index)
                index += 1
            case .tableHeader, .tableRow:
                var end = index + 1
                while end < range.upperBound, file.markdown.blocks[end].kind == .tableRow { end += 1 }
                found += rows(index..<min(end, index + StatementReader.maximumRows))
                index = end
            default:
                index += 1
            }
        }
        return found
    }

    /// The words of a block's own source lines.
    func source(of index: Int) -> InlineSource {
        let block = file.markdown.blocks[index]
        var definitions: [String: String] = [:]
        for link in block.links where !link.text.isEmpty { definitions[link.text] = link.destination }
        return InlineSource(file.bytes, ranges(of: block), definitions: definitions)
    }

    /// The bytes of its lines without quote marks, indentation and heading marks.
    private func ranges(of block: Markdown.Block) -> [Range<Int>] {
        let last = min(block.endLine, file.lines.count)
        guard block.line <= last else { return [] }
        return (block.line...last).compactMap { line in
            let range = file.lines.range(ofLine: line)
            var start = range.lowerBound
            if line == block.line {
                var column = 1
                while start < range.upperBound, column < block.column {
                    start += 1
                    while start < range.upperBound, file.bytes[start] & 0xC0 == 0x80 { start += 1 }
                    column += 1
                }
            }
            let skipsQuotes = block.quoteDepth > 0
            while start < range.upperBound {
                let byte = file.bytes[start]
                guard byte == 0x20 || byte == 0x09 || (byte == 0x3E && skipsQuotes) || (byte == 0x23 && block.isHeading)
                else { break }
                start += 1
            }
            // The line of `===` below a Setext heading.
            if block.isHeading, line > block.line, start < range.upperBound,
                file.bytes[start] == 0x3D || file.bytes[start] == 0x2D
            {
                return nil
            }
            return start..<range.upperBound
        }
    }

    // MARK: Paragraphs

    private func lines(of index: Int) -> [DecisionStatement] {
        let block = file.markdown.blocks[index]
        let source = source(of: index)
        var starts = [0]
        for end in source.scalars.indices where source.scalars[end] == "\n" && end + 1 < source.scalars.count {
            let previous = (starts.last ?? 0)..<end
            if beginsStatement(source, at: end + 1, after: previous) { starts.append(end + 1) }
        }
        return starts.enumerated().map { position, start in
            let end = position + 1 < starts.count ? starts[position + 1] : source.scalars.count
            let (label, value) = StatementReader.label(source, start..<end)
            let offset = source.offsets.indices.contains(start) ? source.offsets[start] : 0
            return DecisionStatement(
                label: label, source: source, value: value, line: source.scalars.isEmpty ? block.line : file.lines.line(at: offset),
                context: source.text(start..<end), isTicked: tick(of: block), listDepth: block.listDepth, block: index)
        }
    }

    /// Whether a source line of a paragraph says something of its own instead of going on with the line before.
    private func beginsStatement(_ source: InlineSource, at start: Int, after previous: Range<Int>) -> Bool {
        let end = source.scalars[start...].firstIndex(of: "\n") ?? source.scalars.count
        let (label, _) = StatementReader.label(source, start..<end)
        if FieldLabel.isKnown(label) { return true }
        let before = StatementReader.label(source, previous).label
        if !label.isEmpty, !before.isEmpty { return true }
        // A line that ends early was not wrapped; after a label the next short line is a value gone on or another thing.
        var lastLine = previous.upperBound
        while lastLine > previous.lowerBound, source.scalars[lastLine - 1] != "\n" { lastLine -= 1 }
        // As wide as it was written: a link's destination takes room that its reader does not see.
        let visible = source.scalars[lastLine..<previous.upperBound].reduce(0) { $0 + ($1.isCJK ? 2 : 1) }
        return max(visible, sourceWidth(source, lastLine..<previous.upperBound)) < 56
    }

    /// The columns of the source line that holds the range.
    private func sourceWidth(_ source: InlineSource, _ range: Range<Int>) -> Int {
        guard let first = range.first, source.offsets[first] < file.bytes.count else { return 0 }
        let line = file.lines.range(ofLine: file.lines.line(at: source.offsets[first]))
        return String(decoding: file.bytes[line], as: UTF8.self).unicodeScalars.reduce(0) { $0 + ($1.isCJK ? 2 : 1) }
    }

    /// `[x]` or `[ ]` in front of an item's words.
    private func tick(of block: Markdown.Block) -> Bool? {
        guard block.listDepth > 0 else { return nil }
        let line = file.bytes[file.lines.range(ofLine: block.line)]
        guard let open = line.firstIndex(of: 0x5B), open + 2 < line.endIndex, line[open + 2] == 0x5D,
            line[..<open].allSatisfy({ [0x20, 0x09, 0x2D, 0x2A, 0x2B, 0x3E, 0x2E, 0x29].contains($0) || ($0 >= 0x30 && $0 <= 0x39) })
        else { return nil }
        switch line[open + 1] {
        case 0x78, 0x58: return true
        case 0x20: return false
        default: return nil
        }
    }

    /// The label at the start of a range, with what stands after it; "" and the whole range without one.
    static func label(_ source: InlineSource, _ range: Range<Int>) -> (label: String, value: Range<Int>) {
        var start = range.lowerBound
        if start + 3 < range.upperBound, source.folded[start] == "[", source.folded[start + 2] == "]" { start += 3 }
        let limit = min(range.upperBound, start + 48)
        guard start < limit else { return ("", range) }
        if let colon = source.folded[start..<limit].firstIndex(of: ":") {
            let next = colon + 1
            let isURL = next < range.upperBound && source.folded[next] == "/"
            let label = FieldLabel.comparable(source.text(start..<colon))
            let hasStop = source.folded[start..<colon].contains { "。、,;→\n".unicodeScalars.contains($0) }
            // `Supersedes ADR-0003 in full: …` is a sentence.
            let isSentence = source.folded[start..<colon].contains { $0.isASCIIDigit } && RelationWords.mayOccur(in: label)
            if !isURL, !hasStop, !isSentence, !label.isEmpty { return (label, next..<range.upperBound) }
        }
        return bareLabel(source, start..<limit, range) ?? ("", start..<range.upperBound)
    }

    /// `Status Accepted`, `Date 09/04/2018`, `ステータス　承認済み`, `Status - Accepted`: a known label without a colon.
    private static func bareLabel(
        _ source: InlineSource, _ head: Range<Int>, _ range: Range<Int>
    ) -> (label: String, value: Range<Int>)? {
        guard let gap = source.folded[head].firstIndex(where: { $0.isBlank || $0 == "=" || $0 == "|" || $0 == "→" })
        else { return nil }
        let initial = source.scalars[head.lowerBound]
        guard initial.isASCII ? (initial >= "A" && initial <= "Z") : initial.isCJK || initial.properties.isUppercase else { return nil }
        let label = FieldLabel.comparable(source.text(head.lowerBound..<gap))
        let isDate = FieldLabel.dates[0].contains(label)
        guard isDate || FieldLabel.status.contains(label) else { return nil }
        var start = gap
        while start < range.upperBound, source.folded[start].isBlank || "=-|→—".unicodeScalars.contains(source.folded[start]) {
            start += 1
        }
        guard start < range.upperBound else { return nil }
        if isDate, !source.folded[start].isASCIIDigit { return nil }
        return (label, start..<range.upperBound)
    }

    // MARK: Tables

    /// Rows as label and value, or, under a header of labels, each cell with its column's label.
    private func rows(_ range: Range<Int>) -> [DecisionStatement] {
        let rows = range.map { cells(of: $0) }
        guard let header = rows.first else { return [] }
        let firstLabels = rows.map { row in row.first.map { FieldLabel.comparable($0.text($0.all)) } ?? "" }
        let columns = header.map { FieldLabel.comparable($0.text($0.all)) }
        // Two labels side by side head columns, even where a value below, such as Proposed, is a label elsewhere.
        let isByRow =
            (columns.count(where: FieldLabel.isKnown) < 2 || StatementReader.isPair(columns)) && firstLabels.dropFirst().contains(where: FieldLabel.isKnown)
        if !isByRow, rows.count > 1, columns.contains(where: FieldLabel.isKnown) {
            return zip(range, rows).dropFirst().flatMap { block, row in
                zip(columns, row).map { statement($0, $1, block: block, row: row) }
            }
        }
        return zip(range, rows).compactMap { block, row in
            guard row.count > 1 else { return nil }
            return statement(FieldLabel.comparable(row[0].text(row[0].all)), row[1], block: block, row: row)
        }
    }

    /// `| Status | Accepted |` over rows of labels and values is such a row itself.
    private static func isPair(_ columns: [String]) -> Bool {
        guard columns.count == 2, FieldLabel.isStatus(columns[0]) else { return false }
        return Decision.Status(rawValue: columns[1]) != nil || ["承認", "承認済", "承認済み", "採択", "採用", "提案", "提案中", "却下", "廃止", "置換済み"].contains(columns[1])
    }

    private func statement(_ label: String, _ cell: InlineSource, block: Int, row: [InlineSource]) -> DecisionStatement {
        DecisionStatement(
            label: label, source: cell, value: cell.all, line: file.markdown.blocks[block].line,
            context: row.map { $0.text($0.all) }.joined(separator: " "), isTicked: nil, listDepth: 0, block: block)
    }

    private func cells(of index: Int) -> [InlineSource] {
        let line = file.lines.range(ofLine: file.markdown.blocks[index].line)
        var ranges: [Range<Int>] = []
        var start = line.lowerBound
        var position = start
        while position <= line.upperBound {
            let isEnd = position == line.upperBound || file.bytes[position] == 0x0A || file.bytes[position] == 0x0D
            if isEnd || file.bytes[position] == 0x7C {
                ranges.append(start..<position)
                start = position + 1
                if isEnd { break }
            } else if file.bytes[position] == 0x5C {
                position += 1
            }
            position += 1
        }
        // The bars at both ends of a row hold nothing outside.
        if let first = ranges.first, file.bytes[first].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x3E }) { ranges.removeFirst() }
        if let last = ranges.last, file.bytes[last].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { ranges.removeLast() }
        return ranges.map { range in
            var range = range
            while !range.isEmpty, file.bytes[range.lowerBound] == 0x20 || file.bytes[range.lowerBound] == 0x09 {
                range = (range.lowerBound + 1)..<range.upperBound
            }
            return InlineSource(file.bytes, [range])
        }
    }
}

extension Markdown.Block {
    fileprivate var isHeading: Bool { headingLevel != nil }
}
