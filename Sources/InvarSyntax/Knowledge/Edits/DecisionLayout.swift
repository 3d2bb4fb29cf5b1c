import InvarCore

/// One record of a file with what an editor must know of its layout.
struct DecisionLayout {
    let file: MarkdownFile
    let record: DecisionOutline.Record
    let fields: DecisionFields
    /// All places that state its status, those whose bytes are known.
    let sites: [StatusSite]
    /// Whether a status is stated somewhere that cannot be told byte by byte.
    let hasHiddenSite: Bool
    /// Front matter speaks for the first record of a file.
    let isFirst: Bool

    /// The records of a file, in the order of its entries.
    static func all(_ file: MarkdownFile, _ vocabulary: StatusVocabulary) -> [DecisionLayout] {
        let outline = DecisionOutline(file)
        let finder = StatusSites(file: file, vocabulary: vocabulary)
        return DecisionReader.stated(outline, vocabulary).map { index, fields in
            let stated = fields.everywhere
            let sites = stated.compactMap(finder.site)
            return DecisionLayout(
                file: file, record: outline.records[index], fields: fields, sites: sites, hasHiddenSite: sites.count < stated.count, isFirst: index == 0)
        }
    }

    var frontMatter: FrontMatterEdit? { isFirst ? FrontMatterEdit(file.bytes) : nil }

    var newline: String { LineEnding.of(file.bytes) }

    /// The heading that a line stands under, in the record.
    func heading(above line: Int) -> Int? {
        file.markdown.headings(in: record.blocks).last { file.markdown.blocks[$0].line < line && file.markdown.blocks[$0].quoteDepth == 0 }
    }

    /// The headings of the record that sections may have.
    var headings: [Int] {
        file.markdown.headings(in: record.blocks).filter { file.markdown.blocks[$0].quoteDepth == 0 && file.markdown.blocks[$0].listDepth == 0 }
    }

    /// The last line of what stands directly under a heading, the heading's own where nothing does.
    func lastLine(under heading: Int) -> Int {
        let blocks = file.markdown.blocks
        var last = blocks[heading].endLine
        var index = heading + 1
        while index < record.blocks.upperBound, blocks[index].headingLevel == nil {
            last = max(last, blocks[index].endLine)
            index += 1
        }
        // A block may count the blank lines behind it.
        while last > blocks[heading].endLine, isBlank(line: last) { last -= 1 }
        return last
    }

    func isBlank(line: Int) -> Bool {
        file.bytes[file.lines.range(ofLine: line)].allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }

    /// Inserts lines behind a line, which may be the last one and lack its end.
    func inserting(_ lines: [String], after line: Int) -> Splice {
        let range = file.lines.range(ofLine: line)
        let isEnded = range.upperBound > range.lowerBound && (file.bytes[range.upperBound - 1] == 0x0A || file.bytes[range.upperBound - 1] == 0x0D)
        if isEnded { return Splice(at: range.upperBound, lines.map { $0 + newline }.joined()) }
        return Splice(at: range.upperBound, lines.map { newline + $0 }.joined())
    }

    /// Adds paragraphs or items at the end of the record, an empty line above them.
    func appending(_ lines: [String]) -> Splice {
        var last = record.blocks.isEmpty ? file.lines.line(at: file.bytes.count) : file.markdown.blocks[record.blocks].map(\.endLine).max() ?? 1
        last = max(1, min(last, file.lines.count))
        while last > 1, isBlank(line: last) { last -= 1 }
        let hasFollower = record.blocks.upperBound < file.markdown.blocks.count
        return inserting([""] + lines + (hasFollower && !isBlank(line: last + 1) ? [""] : []), after: last)
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: file.bytes[range], as: UTF8.self)
    }
}
