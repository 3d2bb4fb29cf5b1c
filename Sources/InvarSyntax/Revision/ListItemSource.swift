import InvarCore

/// A list item as its line writes it: what stands before the marker, the marker, and where its text goes.
struct ListItemSource {
    let file: MarkdownFile
    let block: Int
    /// Quotation marks and indentation before the marker.
    let lead: String
    /// `-`, `*`, `+`, `1.` or `1)`.
    let marker: String
    /// Between marker and text.
    let gap: String
    /// From the first byte of its text to the end of its last line, nested items included.
    let content: Range<Int>
    /// The same without nested items.
    let own: Range<Int>
    let lastLine: Int
    /// Items directly nested in it.
    let children: [Int]

    init?(_ block: Int, in file: MarkdownFile) {
        let blocks = file.markdown.blocks
        guard blocks.indices.contains(block), blocks[block].kind == .item else { return nil }
        let (bytes, lines) = (file.bytes, file.lines)
        let item = blocks[block]
        let line = lines.content(ofLine: item.line, in: bytes)
        let start = min(lines.offset(of: Position(line: item.line, column: item.column), in: bytes), line.upperBound)
        var end = start
        if end < line.upperBound, [0x2D, 0x2A, 0x2B].contains(bytes[end]) {
            end += 1
        } else {
            while end < line.upperBound, (0x30...0x39).contains(bytes[end]) { end += 1 }
            guard end > start, end < line.upperBound, bytes[end] == 0x2E || bytes[end] == 0x29 else { return nil }
            end += 1
        }
        var text = end
        while text < line.upperBound, bytes[text] == 0x20 || bytes[text] == 0x09 { text += 1 }
        var last = item.line
        var ownLast = item.line
        var children: [Int] = []
        var next = block + 1
        while next < blocks.count, blocks[next].listDepth > item.listDepth || (blocks[next].listDepth == item.listDepth && blocks[next].kind != .item),
            blocks[next].quoteDepth >= item.quoteDepth
        {
            if blocks[next].kind == .item {
                if blocks[next].listDepth == item.listDepth + 1 { children.append(next) }
            } else {
                last = max(last, blocks[next].endLine)
                if children.isEmpty { ownLast = max(ownLast, blocks[next].endLine) }
            }
            next += 1
        }
        // A paragraph that ended a list which its parent goes on with belongs to no item: its depth told us.
        self.file = file
        self.block = block
        lead = String(decoding: bytes[line.lowerBound..<start], as: UTF8.self)
        marker = String(decoding: bytes[start..<end], as: UTF8.self)
        gap = text > end && text < line.upperBound ? String(decoding: bytes[end..<text], as: UTF8.self) : " "
        content = text..<max(text, lines.content(ofLine: last, in: bytes).upperBound)
        own = text..<max(text, lines.content(ofLine: ownLast, in: bytes).upperBound)
        lastLine = last
        self.children = children
    }

    /// The beginning of an item that follows it in its list.
    var nextLead: String { lead + nextMarker + gap }

    private var nextMarker: String {
        guard let number = Int(marker.dropLast()), number < 999_999_999 else { return marker }
        let blocks = file.markdown.blocks
        let before = blocks[..<block].lastIndex { $0.kind == .item && $0.listDepth == blocks[block].listDepth }
        // Lists in which every number is 1 count by themselves.
        if let before, let other = ListItemSource(before, in: file), other.marker == marker { return marker }
        return String(number + 1) + marker.suffix(1)
    }

    /// The beginning of an item nested in it, as its nested items begin.
    var childLead: String {
        if let child = children.last, let source = ListItemSource(child, in: file), source.lead.count > lead.count || source.lead.contains("\t") {
            return source.nextLead
        }
        let width = gap.contains("\t") ? "\t" : String(repeating: " ", count: marker.utf8.count + min(4, gap.utf8.count))
        return lead + width + bullet + " "
    }

    /// A bullet for nested items: the list's own unless it is numbered.
    private var bullet: String { marker.utf8.count == 1 ? marker : "-" }

    /// Whether an empty line parts it from the item before it.
    var isLoose: Bool {
        let blocks = file.markdown.blocks
        guard blocks[..<block].lastIndex(where: { $0.kind == .item && $0.listDepth == blocks[block].listDepth }) != nil else { return false }
        let line = blocks[block].line - 1
        return line > 0 && file.bytes[file.lines.content(ofLine: line, in: file.bytes)].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x3E }
            && ListItemSource.isInList(block, blocks)
    }

    /// Whether an item of the same list stands right before it.
    private static func isInList(_ block: Int, _ blocks: [Markdown.Block]) -> Bool {
        guard block > 0 else { return false }
        let before = blocks[block - 1]
        return before.listDepth >= blocks[block].listDepth && before.quoteDepth == blocks[block].quoteDepth
    }
}
