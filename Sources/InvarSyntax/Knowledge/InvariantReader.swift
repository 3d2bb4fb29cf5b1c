package import InvarCore

/// Reads the invariants of a file, in each of the three forms: a bold paragraph, a heading, a whole file.
package enum InvariantReader {
    package static func read(_ file: MarkdownFile) -> (entries: [Entry], findings: [Finding]) {
        var terms = InvariantTermsReader(file)
        let starts = starts(in: file)
        var audience: [Invariant.Audience]?
        var entries: [Entry] = []
        for (index, start) in starts.enumerated() {
            let next = index + 1 < starts.count ? starts[index + 1].block : file.markdown.blocks.count
            let end = self.end(of: start, before: next, in: file.markdown)
            var invariant = Invariant(id: start.id, title: start.title, position: start.position)
            invariant.area = start.area
            var statements = InvariantStatements(id: start.id, audience: audience)
            statements.read(file.markdown, start.body..<max(start.body, end))
            audience = statements.audience
            invariant.clauses = statements.clauses
            invariant.checks = statements.checks
            if mentionsRetry(invariant.clauses) { invariant.requires.insert(.retry) }
            terms.apply(to: &invariant, isWholeFile: start.isWholeFile)
            entries.append(entry(invariant, start, until: end, isLast: index + 1 == starts.count, in: file))
        }
        return (entries, terms.findings)
    }

    /// Where an invariant begins.
    private struct Start {
        var id: String
        var title: String
        var area: String?
        /// The heading level whose return ends it.
        var level: Int
        var block: Int
        /// The first block of its text.
        var body: Int
        var position: Position
        var isWholeFile: Bool
    }

    private static func starts(in file: MarkdownFile) -> [Start] {
        let blocks = file.markdown.blocks
        if let named = file.frontMatter.yaml?["id"], let text = named.text, let id = Identifier(text), id.part == nil {
            return [wholeFile(id.id, in: file)]
        }
        var found: [Start] = []
        var headings: [(level: Int, text: String)] = []
        for index in blocks.indices where blocks[index].quoteDepth == 0 && blocks[index].listDepth == 0 {
            guard blocks[index].headingLevel != nil || blocks[index].leadingStrong != nil else { continue }
            let block = blocks[index]
            if let level = block.headingLevel {
                while let last = headings.last, last.level >= level { headings.removeLast() }
                if let (id, title) = Identifier.heading(block.text), id.part == nil, isDefinition(id, title, block) {
                    found.append(
                        Start(
                            id: id.id, title: title, area: area(headings), level: level, block: index, body: index + 1,
                            position: Position(line: block.line, column: block.column), isWholeFile: false))
                } else {
                    headings.append((level, block.text))
                }
            } else if case .paragraph = block.kind, let (id, title) = definition(in: block), id.part == nil {
                found.append(
                    Start(
                        id: id.id, title: title, area: area(headings), level: headings.last?.level ?? 6, block: index,
                        body: index + 1, position: Position(line: block.line, column: block.column), isWholeFile: false))
            }
        }
        return found
    }

    private static func wholeFile(_ id: String, in file: MarkdownFile) -> Start {
        let yaml = file.frontMatter.yaml
        let heading = file.markdown.blocks.firstIndex { $0.headingLevel == 1 && $0.quoteDepth == 0 }
        let headingText = heading.map { file.markdown.blocks[$0].text }
        let title = yaml?["title"]?.text ?? headingText.map { Identifier.heading($0)?.title ?? $0 } ?? id
        return Start(
            id: id, title: title, area: yaml?["area"]?.text, level: 0, block: 0, body: heading.map { $0 + 1 } ?? 0,
            position: Position(line: heading.map { file.markdown.blocks[$0].line } ?? 1), isWholeFile: true)
    }

    /// A heading such as `INV-OPS-002 の例外` speaks about an invariant; a definition has a separator or nothing after
    /// the id.
    private static func isDefinition(_ id: Identifier, _ title: String, _ block: Markdown.Block) -> Bool {
        let folded = Folding.foldingWidth(block.text)
        guard let range = folded.firstRange(of: id.id) else { return title.isEmpty }
        let after = folded[range.upperBound...].drop { $0 == "]" }
        guard let next = after.first(where: { $0 != " " }) else { return true }
        return ":-—–―.|".contains(next) || (after.first == " " && !(next.unicodeScalars.first?.isKana ?? false))
    }

    /// `**INV-OPS-001: 題**`, or `**INV-OPS-001**: 題`.
    private static func definition(in block: Markdown.Block) -> (id: Identifier, title: String)? {
        guard let strong = block.leadingStrong, let (id, title) = Identifier.heading(strong) else { return nil }
        if block.isAllStrong { return (id, title) }
        guard title.isEmpty, let (_, rest) = Identifier.heading(block.text), !rest.isEmpty,
            let separator = Folding.foldingWidth(block.text).dropFirst(id.id.count).first(where: { $0 != " " }),
            ":—–".contains(separator)
        else { return nil }
        return (id, rest)
    }

    private static func area(_ headings: [(level: Int, text: String)]) -> String? {
        headings.last.map { Label.withoutNumber($0.text) }
    }

    /// The heading that ends it, or the next invariant.
    private static func end(of start: Start, before next: Int, in markdown: Markdown) -> Int {
        for index in markdown.headings(in: start.body..<max(start.body, next)) {
            let block = markdown.blocks[index]
            guard let level = block.headingLevel, block.quoteDepth == 0, block.listDepth == 0, level <= start.level else { continue }
            if start.level == 6, InvariantStatements.isLabel(block.text) { continue }
            return index
        }
        return next
    }

    private static func entry(_ invariant: Invariant, _ start: Start, until end: Int, isLast: Bool, in file: MarkdownFile) -> Entry {
        let lastLine = end < file.markdown.blocks.count ? file.markdown.blocks[end].line - 1 : file.lines.count
        let firstLine = start.isWholeFile ? 1 : start.position.line
        let span = file.lines.range(ofLine: firstLine).lowerBound..<file.lines.range(ofLine: max(firstLine, lastLine)).upperBound
        return Entry(content: .invariant(invariant), span: span, firstLine: firstLine, endLine: max(firstLine, lastLine))
    }

    /// A clause that speaks of an ADR and of retrying makes the retry strategy a required field of exceptions.
    private static func mentionsRetry(_ clauses: [Invariant.Clause]) -> Bool {
        clauses.contains { clause in
            let text = Folding.searchable(clause.text)
            return (text.holds("adr") || text.holds("decision record")) && ["リトライ", "再試行", "retry", "retries"].contains { text.holds($0) }
        }
    }
}
