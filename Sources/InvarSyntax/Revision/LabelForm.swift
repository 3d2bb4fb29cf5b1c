import InvarCore

/// How a document writes the label above a list (`> Check例（CI/AI）`, `#### Checks`, `**Checks**:`), to write another one
/// like it.
struct LabelForm {
    /// The label's line, without its end.
    var line: String
    /// The label's words in it, qualifier included.
    var core: Range<String.Index>
    /// What an item below it begins with.
    var itemLead: String
    /// What an empty line in the same container consists of.
    var blank: String
    /// Whether an empty line stands between the label and its items.
    var isSpaced: Bool

    /// The label of a block, with the first item below it.
    init?(_ block: Int, in file: MarkdownFile) {
        let blocks = file.markdown.blocks
        let found = blocks[block]
        guard found.listDepth == 0, found.line == found.endLine, found.headingLevel != nil || found.kind == .paragraph else { return nil }
        line = String(decoding: file.bytes[file.lines.content(ofLine: found.line, in: file.bytes)], as: UTF8.self)
        guard let core = LabelForm.core(of: line) else { return nil }
        self.core = core
        let prefix = String(line.prefix { $0 == ">" || $0 == " " || $0 == "\t" })
        let quote = found.quoteDepth > 0 ? prefix : ""
        itemLead = quote + "- "
        isSpaced = found.headingLevel != nil
        if block + 1 < blocks.count, blocks[block + 1].kind == .item, blocks[block + 1].quoteDepth == found.quoteDepth,
            let item = ListItemSource(block + 1, in: file)
        {
            itemLead = item.lead + (item.marker.utf8.count == 1 ? item.marker : "-") + (item.marker.utf8.count == 1 ? item.gap : " ")
            isSpaced = blocks[block + 1].line > found.endLine + 1
        }
        blank = DisplayText.trimmedEnd(quote)
    }

    private init(line: String, core: Range<String.Index>, itemLead: String, blank: String, isSpaced: Bool) {
        self.line = line
        self.core = core
        self.itemLead = itemLead
        self.blank = blank
        self.isSpaced = isSpaced
    }

    /// A label in a block quote, the form that needs nothing around it.
    static func quote(bullet: String) -> LabelForm {
        let line = "> x"
        return LabelForm(line: line, core: line.index(line.startIndex, offsetBy: 2)..<line.endIndex, itemLead: "> \(bullet) ", blank: ">", isSpaced: true)
    }

    static func heading(level: Int, bullet: String) -> LabelForm {
        let line = String(repeating: "#", count: min(6, max(2, level))) + " x"
        return LabelForm(line: line, core: line.index(before: line.endIndex)..<line.endIndex, itemLead: "\(bullet) ", blank: "", isSpaced: true)
    }

    /// The lines of a label with items.
    func lines(_ label: String, _ items: [String]) -> [String] {
        [line.replacingCharacters(core, label)] + (isSpaced ? [blank] : []) + items.map { itemLead + $0 }
    }

    /// The label's words: between markers, emphasis and spaces before, and emphasis, a colon or spaces behind.
    static func core(of line: String) -> Range<String.Index>? {
        let colons: Set<Character> = [":", "："]
        let before: Set<Character> = [">", "#", " ", "\t", "*", "_", "-", "+", "\u{3000}"]
        let behind: Set<Character> = ["*", "_", "#", " ", "\t", "\u{3000}"]
        guard let start = line.firstIndex(where: { !before.contains($0) }) else { return nil }
        var end = line[start...].firstIndex(where: colons.contains) ?? line.endIndex
        while end > start, behind.contains(line[line.index(before: end)]) { end = line.index(before: end) }
        return start < end ? start..<end : nil
    }
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<String.Index>, _ text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
