import InvarCore

/// Where the parts of one invariant stand in its file: what an edit needs to touch as little as possible.
struct InvariantSource {
    let file: MarkdownFile
    let invariant: Invariant
    /// The block that begins it; nil when the whole file is the invariant and has no heading.
    let head: Int?
    /// The blocks of its text.
    let body: Range<Int>
    let isWholeFile: Bool
    let language: Language

    /// nil when the file holds no invariant of that id.
    init?(_ id: String, in file: MarkdownFile, _ entries: [Entry]) {
        let found = entries.first { $0.id == id }
        guard let entry = found, case .invariant(let invariant) = entry.content else { return nil }
        self.file = file
        self.invariant = invariant
        isWholeFile = file.frontMatter.yaml?["id"]?.text.flatMap { Identifier($0)?.id } == id
        let blocks = file.markdown.blocks
        let within = file.markdown.blocks(onLines: max(entry.firstLine, invariant.position.line)...max(entry.endLine, invariant.position.line))
        if let first = within.first, blocks[first].line == invariant.position.line, blocks[first].headingLevel != nil || blocks[first].leadingStrong != nil {
            head = first
            body = (first + 1)..<((within.last ?? first) + 1)
        } else {
            head = nil
            body = (within.first ?? 0)..<(within.last.map { $0 + 1 } ?? (within.first ?? 0))
        }
        language = file.bytes.withUnsafeBufferPointer { Language.of(utf8: UnsafeBufferPointer(rebasing: $0[entry.span])) }
    }

    var blocks: [Markdown.Block] { file.markdown.blocks }

    /// The position of a clause among the clauses, by its id.
    func index(ofClause id: String?) -> Int? {
        id.flatMap { id in invariant.clauses.firstIndex { $0.id == id } }
    }

    /// The list item of a clause; nil where the clauses are paragraphs.
    func item(ofClause index: Int) -> ListItemSource? {
        guard invariant.clauses.indices.contains(index) else { return nil }
        let line = invariant.clauses[index].line
        return body.first { blocks[$0].kind == .item && blocks[$0].listDepth == 1 && blocks[$0].line == line }.flatMap { ListItemSource($0, in: file) }
    }

    /// The list item of a check; nil where the check stands behind its label.
    func item(ofCheck index: Int) -> ListItemSource? {
        guard invariant.checks.indices.contains(index) else { return nil }
        let line = invariant.checks[index].line
        return body.last { blocks[$0].kind == .item && blocks[$0].line == line }.flatMap { ListItemSource($0, in: file) }
    }

    /// The last line of its text, without the rule that parts it from the next.
    var lastLine: Int {
        var last = head.map { blocks[$0].endLine } ?? max(1, file.lines.line(at: max(0, file.frontMatter.bodyStart - 1)))
        for index in body where blocks[index].kind != .rule && blocks[index].kind != .item { last = max(last, blocks[index].endLine) }
        return last
    }

    /// The heading level that it stands under or at; 1 for a whole file.
    var level: Int {
        if let head, let level = blocks[head].headingLevel { return level }
        if isWholeFile { return 1 }
        return file.markdown.headings.last { $0 < (head ?? 0) && blocks[$0].quoteDepth == 0 }.flatMap { blocks[$0].headingLevel } ?? 6
    }

    /// The bytes of a line without its end.
    func text(ofLine line: Int) -> String {
        String(decoding: file.bytes[file.lines.content(ofLine: line, in: file.bytes)], as: UTF8.self)
    }
}

extension LineTable {
    /// The bytes of a line without its line break.
    func content(ofLine line: Int, in bytes: [UInt8]) -> Range<Int> {
        let range = range(ofLine: line)
        var end = range.upperBound
        while end > range.lowerBound, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return range.lowerBound..<end
    }
}
