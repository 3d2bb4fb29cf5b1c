/// A Markdown text as a flat list of blocks in document order, each with the lines it stands on.
///
/// Lines are those of the whole file: front matter is not part of the blocks, but counts.
package struct Markdown: Sendable {
    package var blocks: [Block]

    package init(blocks: [Block]) {
        self.blocks = blocks
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

    /// All sections in document order, nested ones inside their parents. Headings in quotes or list items are none.
    package var sections: [Section] {
        var found: [Section] = []
        var open: [Int] = []
        for (index, block) in blocks.enumerated() {
            guard let level = block.headingLevel, block.quoteDepth == 0, block.listDepth == 0 else { continue }
            while let last = open.last, let lastLevel = blocks[found[last].heading].headingLevel, lastLevel >= level {
                found[last].body = found[last].body.lowerBound..<index
                open.removeLast()
            }
            open.append(found.count)
            found.append(Section(heading: index, body: (index + 1)..<blocks.count))
        }
        return found
    }
}
