import CCMarkGFM
package import InvarCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Reads Markdown with cmark-gfm (tables, task lists, strike-through) and flattens its tree.
///
/// The tree is walked with cmark's own iterator, so that no nesting depth can exhaust the stack.
package enum MarkdownParser {
    /// Made once, whichever thread comes first.
    private static let registered: Void = cmark_gfm_core_extensions_ensure_registered()

    /// Parses `bytes[range]`; the lines and columns of the blocks are those of the whole of `bytes`.
    package static func parse(_ bytes: [UInt8], _ range: Range<Int>, lines: LineTable) -> Markdown {
        registered
        guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_UNSAFE) else { return Markdown(blocks: []) }
        defer { cmark_parser_free(parser) }
        for name in ["table", "tasklist", "strikethrough"] where name != "table" || !holdsAbsurdRow(bytes, range) {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
        bytes[range].withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
        guard let root = cmark_parser_finish(parser) else { return Markdown(blocks: []) }
        defer { cmark_node_free(root) }
        var flattener = MarkdownFlattener(bytes: bytes, lines: lines, skippedLines: lines.line(at: range.lowerBound) - 1)
        flattener.walk(root)
        return Markdown(blocks: flattener.blocks)
    }
}

extension MarkdownParser {
    /// More bars than this on a line are no table that a person wrote; the time of reading one grows with the square of
    /// its columns. The file is then read without tables.
    private static let maximumBars = 256

    private static func holdsAbsurdRow(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            var bars = 0
            for byte in UnsafeBufferPointer(rebasing: bytes[range]) {
                if byte == 0x7C { bars += 1 } else if byte == 0x0A { bars = 0 }
                if bars > maximumBars { return true }
            }
            return false
        }
    }
}

/// Turns cmark's tree into the flat list of blocks.
private struct MarkdownFlattener {
    let bytes: [UInt8]
    let lines: LineTable
    let skippedLines: Int
    var blocks: [Markdown.Block] = []

    private var listDepth = 0
    private var quoteDepth = 0
    private var items: [Int] = []
    private var inline = InlineText()
    private var isInHeaderRow = false

    init(bytes: [UInt8], lines: LineTable, skippedLines: Int) {
        self.bytes = bytes
        self.lines = lines
        self.skippedLines = skippedLines
    }

    mutating func walk(_ root: OpaquePointer) {
        guard let iterator = cmark_iter_new(root) else { return }
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { return }
            guard let node = cmark_iter_get_node(iterator) else { return }
            visit(node, entering: event == CMARK_EVENT_ENTER)
        }
    }

    private mutating func visit(_ node: OpaquePointer, entering: Bool) {
        let type = cmark_node_get_type(node)
        switch type {
        case CMARK_NODE_BLOCK_QUOTE:
            quoteDepth += entering ? 1 : -1
        case CMARK_NODE_ITEM:
            if entering {
                listDepth += 1
                open(.item, node)
                items.append(blocks.count - 1)
            } else {
                items.removeLast()
                listDepth -= 1
            }
        case CMARK_NODE_HEADING:
            if entering { open(.heading(level: Int(cmark_node_get_heading_level(node))), node) } else { close() }
        case CMARK_NODE_PARAGRAPH:
            if entering { open(.paragraph, node) } else { close() }
        case CMARK_NODE_CODE_BLOCK:
            openLiteral(.code, node)
        case CMARK_NODE_HTML_BLOCK:
            openLiteral(.html, node)
        case CMARK_NODE_THEMATIC_BREAK:
            open(.rule, node)
        default:
            if inline.visit(node, type, entering: entering, skippedLines: skippedLines) { return }
            visitTable(node, entering: entering)
        }
    }

    /// Table nodes have no constants: their types are handed out when the extension is registered.
    private mutating func visitTable(_ node: OpaquePointer, entering: Bool) {
        guard let name = cmark_node_get_type_string(node) else { return }
        switch name {
        case _ where strcmp(name, "table_row") == 0 || strcmp(name, "table_header") == 0:
            if entering {
                open(cmark_gfm_extensions_get_table_row_is_header(node) != 0 ? .tableHeader : .tableRow, node)
            } else {
                closeRow()
            }
        case _ where strcmp(name, "table_cell") == 0:
            if entering { inline.startCell() } else { inline.endCell() }
        default:
            break
        }
    }

    private mutating func open(_ kind: Markdown.Kind, _ node: OpaquePointer) {
        let line = Int(cmark_node_get_start_line(node)) + skippedLines
        let position = lines.position(line: line, byteColumn: Int(cmark_node_get_start_column(node)), in: bytes)
        blocks.append(
            Markdown.Block(
                kind: kind, line: position.line, endLine: max(line, Int(cmark_node_get_end_line(node)) + skippedLines),
                column: position.column, listDepth: listDepth, quoteDepth: quoteDepth, item: items.last))
        inline.reset()
    }

    private mutating func openLiteral(_ kind: Markdown.Kind, _ node: OpaquePointer) {
        open(kind, node)
        blocks[blocks.count - 1].text = cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    }

    private mutating func close() {
        guard let last = blocks.indices.last else { return }
        blocks[last].text = inline.text
        blocks[last].leadingStrong = inline.leadingStrong
        blocks[last].isAllStrong = inline.isAllStrong
        blocks[last].codes = inline.codes
        blocks[last].links = inline.links
    }

    private mutating func closeRow() {
        close()
        guard let last = blocks.indices.last else { return }
        blocks[last].cells = inline.cells
        blocks[last].text = inline.cells.joined(separator: " | ")
    }
}

/// Collects the words of one block from its inline nodes.
private struct InlineText {
    private var buffer: [UInt8] = []
    private var hasBreak = false
    private var strongDepth = 0
    private var strongStart = 0
    private var strongEnd = 0
    private var linkStarts: [Int] = []
    private var cellStart = 0
    private(set) var codes: [String] = []
    private(set) var links: [Markdown.InlineLink] = []
    private(set) var cells: [String] = []
    private(set) var leadingStrong: String?

    mutating func reset() {
        buffer.removeAll(keepingCapacity: true)
        hasBreak = false
        strongDepth = 0
        strongEnd = 0
        linkStarts = []
        cellStart = 0
        codes = []
        links = []
        cells = []
        leadingStrong = nil
    }

    var text: String { trimmed(from: 0) }

    var isAllStrong: Bool {
        leadingStrong != nil && buffer[min(strongEnd, buffer.count)...].allSatisfy { $0 == 0x20 || $0 == 0x0A }
    }

    mutating func startCell() {
        cellStart = buffer.count
    }

    mutating func endCell() {
        cells.append(trimmed(from: cellStart))
        buffer.append(0x20)
    }

    /// False for a node that is none of the standard inline ones.
    mutating func visit(_ node: OpaquePointer, _ type: cmark_node_type, entering: Bool, skippedLines: Int) -> Bool {
        switch type {
        case CMARK_NODE_TEXT:
            append(cmark_node_get_literal(node))
        case CMARK_NODE_CODE:
            if let literal = cmark_node_get_literal(node) { codes.append(String(cString: literal)) }
            append(cmark_node_get_literal(node))
        case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
            buffer.append(0x0A)
            hasBreak = true
        case CMARK_NODE_STRONG:
            if entering {
                if strongDepth == 0 { strongStart = buffer.count }
                strongDepth += 1
            } else {
                strongDepth -= 1
                if strongDepth == 0, strongStart == 0, leadingStrong == nil {
                    leadingStrong = trimmed(from: 0)
                    strongEnd = buffer.count
                }
            }
        case CMARK_NODE_LINK, CMARK_NODE_IMAGE:
            if entering {
                linkStarts.append(buffer.count)
            } else if let start = linkStarts.popLast() {
                links.append(
                    Markdown.InlineLink(
                        destination: cmark_node_get_url(node).map { String(cString: $0) } ?? "",
                        text: trimmed(from: start),
                        line: Int(cmark_node_get_start_line(node)) + skippedLines))
            }
        case CMARK_NODE_EMPH, CMARK_NODE_HTML_INLINE, CMARK_NODE_DOCUMENT, CMARK_NODE_LIST:
            break
        default:
            return false
        }
        return true
    }

    private mutating func append(_ literal: UnsafePointer<CChar>?) {
        guard let literal else { return }
        let bytes = UnsafeRawBufferPointer(start: literal, count: strlen(literal))
        buffer.append(contentsOf: bytes)
        hasBreak = hasBreak || memchr(literal, 0x0A, bytes.count) != nil
    }

    /// The text with wrapped lines joined: by a space, or by nothing between CJK characters.
    private func trimmed(from start: Int) -> String {
        buffer.withUnsafeBufferPointer { buffer in
            let bytes = UnsafeBufferPointer(rebasing: buffer[start...])
            if hasBreak, bytes.contains(0x0A) { return Wrapping.joined(bytes) }
            return InlineText.trimmingSpaces(String(decoding: bytes, as: UTF8.self))
        }
    }

    private static func trimmingSpaces(_ text: String) -> String {
        guard text.utf8.first == 0x20 || text.utf8.last == 0x20 else { return text }
        var slice = Substring(text)
        while slice.first == " " { slice.removeFirst() }
        while slice.last == " " { slice.removeLast() }
        return String(slice)
    }
}
