/// A Markdown text as a flat list of blocks in document order, each with the lines it stands on.
///
/// Lines are those of the whole file: front matter is not part of the blocks, but counts.
package struct Markdown: Sendable {
    package let blocks: [Block]
    /// Indices of the headings among them.
    package let headings: [Int]
    /// All sections in document order, nested ones inside their parents. Headings in quotes or list items are none.
    package let sections: [Section]
    /// Whether no block begins above one before it, as is to be expected.
    private let isOrdered: Bool

    package init(blocks: [Block]) {
        self.blocks = blocks
        headings = blocks.indices.filter { blocks[$0].headingLevel != nil }
        sections = Markdown.sections(of: blocks, headings)
        isOrdered = !blocks.indices.dropFirst().contains { blocks[$0].line < blocks[$0 - 1].line }
    }

    /// The headings among some blocks.
    package func headings(in range: Range<Int>) -> ArraySlice<Int> {
        let first = Markdown.partition(headings.count) { headings[$0] < range.lowerBound }
        let last = Markdown.partition(headings.count) { headings[$0] < range.upperBound }
        return headings[first..<max(first, last)]
    }

    /// The sections whose headings stand on these lines, both inclusive.
    package func sections(onLines lines: ClosedRange<Int>) -> [Section] {
        guard isOrdered else { return sections.filter { lines.contains(blocks[$0.heading].line) } }
        let first = Markdown.partition(sections.count) { blocks[sections[$0].heading].line < lines.lowerBound }
        let last = Markdown.partition(sections.count) { blocks[sections[$0].heading].line <= lines.upperBound }
        return Array(sections[first..<max(first, last)])
    }

    /// The indices of the blocks that begin on these lines, both inclusive.
    package func blocks(onLines lines: ClosedRange<Int>) -> [Int] {
        guard isOrdered else { return blocks.indices.filter { lines.contains(blocks[$0].line) } }
        let first = Markdown.partition(blocks.count) { blocks[$0].line < lines.lowerBound }
        let last = Markdown.partition(blocks.count) { blocks[$0].line <= lines.upperBound }
        return Array(first..<max(first, last))
    }

    /// The first index below `count` for which `isBefore` is false, when it is true for all before and false after.
    private static func partition(_ count: Int, _ isBefore: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// A heading, a paragraph, a list item, a table row, code or raw HTML.
    package struct Block: Sendable {
        package var kind: Kind
        /// The text that a reader sees, inline code included and raw HTML left out; wrapped lines joined, without
        /// a space between CJK characters. "" for an item, whose words are in the paragraph that follows.
        /// For code and HTML the literal text.
        package var text: String
        /// 1-based lines of the file, both inclusive.
        package var line: Int
        package var endLine: Int
        /// In Unicode scalars, 1-based.
        package var column: Int
        /// How many list items it is inside of; an item counts itself.
        package var listDepth: Int
        /// How many block quotes it is inside of.
        package var quoteDepth: Int
        /// The index of the item that holds it; for an item the one around it.
        package var item: Int?
        /// The text of a bold run that starts the block.
        package var leadingStrong: String?
        /// Whether the bold run is all there is.
        package var isAllStrong: Bool
        /// Inline code, in order.
        package var codes: [String]
        package var links: [InlineLink]
        /// The cells of a table row.
        package var cells: [String]

        package init(kind: Kind, line: Int, endLine: Int, column: Int, listDepth: Int, quoteDepth: Int, item: Int?) {
            self.kind = kind
            self.text = ""
            self.line = line
            self.endLine = endLine
            self.column = column
            self.listDepth = listDepth
            self.quoteDepth = quoteDepth
            self.item = item
            self.leadingStrong = nil
            self.isAllStrong = false
            self.codes = []
            self.links = []
            self.cells = []
        }
    }

    package enum Kind: Hashable, Sendable {
        case heading(level: Int)
        case paragraph
        case item
        case tableHeader
        case tableRow
        case code
        case html
        case rule
    }

    /// `[text](destination)`, an autolink or an image.
    package struct InlineLink: Hashable, Sendable {
        package var destination: String
        package var text: String
        package var line: Int

        package init(destination: String, text: String, line: Int) {
            self.destination = destination
            self.text = text
            self.line = line
        }
    }
}

extension Markdown.Block {
    package var headingLevel: Int? {
        if case .heading(let level) = kind { level } else { nil }
    }

    /// Whether its words are prose: a heading, a paragraph or a table row.
    package var isText: Bool {
        switch kind {
        case .heading, .paragraph, .tableHeader, .tableRow: true
        case .item, .code, .html, .rule: false
        }
    }
}

extension Markdown {
    /// A heading with what stands under it, up to the next heading of its own or a higher level.
    package struct Section: Sendable {
        /// Index of the heading block.
        package var heading: Int
        /// Indices of the blocks below it, deeper headings included.
        package var body: Range<Int>
    }

    private static func sections(of blocks: [Block], _ headings: [Int]) -> [Section] {
        var found: [Section] = []
        var open: [(section: Int, level: Int)] = []
        for index in headings where blocks[index].quoteDepth == 0 && blocks[index].listDepth == 0 {
            guard let level = blocks[index].headingLevel else { continue }
            while let last = open.last, last.level >= level {
                found[last.section].body = found[last.section].body.lowerBound..<index
                open.removeLast()
            }
            open.append((found.count, level))
            found.append(Section(heading: index, body: (index + 1)..<blocks.count))
        }
        return found
    }
}
