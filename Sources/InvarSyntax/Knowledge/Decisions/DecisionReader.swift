package import InvarCore

/// Reads the decision records of a file: number, title, status, date and typed links, whatever template it follows.
package enum DecisionReader {
    /// The records of one file: usually one, none for a README, an index or a template, several where a file holds several.
    ///
    /// Links are supersession, amendment and relation; plain mentions and exceptions are read elsewhere.
    package static func read(_ file: MarkdownFile, vocabulary: StatusVocabulary) -> (entries: [Entry], findings: [Finding]) {
        let outline = DecisionOutline(file)
        var entries: [Entry] = []
        var findings: [Finding] = []
        let records = outline.records
        for (index, fields) in stated(outline, vocabulary) {
            let record = records[index]
            var decision = Decision(
                id: "ADR-" + (record.number ?? outline.slug), number: record.number, title: record.title, position: record.position)
            decision.status = fields.status
            decision.statusText = fields.statusText
            decision.statusLine = fields.statusLine
            decision.date = fields.date ?? (index == 0 ? outline.day : nil)
            findings += fields.findings
            let lastLine = index + 1 < records.count ? records[index + 1].position.line - 1 : file.lines.count
            let firstLine = index == 0 ? 1 : record.position.line
            let span = file.lines.range(ofLine: firstLine).lowerBound..<file.lines.range(ofLine: max(firstLine, lastLine)).upperBound
            var entry = Entry(content: .decision(decision), span: span, firstLine: firstLine, endLine: max(firstLine, lastLine))
            entry.links =
                DecisionLinks(file, record.blocks, number: decision.number, isAccepted: decision.status == .accepted, readsFrontMatter: index == 0).links
            entries.append(entry)
        }
        return (entries, findings)
    }

    /// The records of a file by their indices in the outline, with what they say of themselves.
    static func stated(_ outline: DecisionOutline, _ vocabulary: StatusVocabulary) -> [(index: Int, fields: DecisionFields)] {
        guard !outline.isTemplate else { return [] }
        return outline.records.enumerated().compactMap { index, record in
            let fields = DecisionFields(outline.file, record, vocabulary, isFirst: index == 0)
            // Nothing marks it as a record: neither number, date nor status, nor the sections that records have.
            let isBare = outline.isPage || (record.number == nil && outline.day == nil && !fields.statesStatus)
            return outline.records.count == 1 && isBare && !outline.hasParts ? nil : (index, fields)
        }
    }
}

/// Which records a file holds and what their headings and names say.
struct DecisionOutline {
    struct Record {
        var number: String?
        var title: String
        var position: Position
        var blocks: Range<Int>
    }

    let file: MarkdownFile
    /// What the file's name, or for `0007-x/README.md` the folder's, says.
    private let name: DecisionHeading.Name
    private(set) var records: [Record] = []

    init(_ file: MarkdownFile) {
        self.file = file
        name = DecisionHeading.name(ofRecordAt: file.path).name
        records = several ?? [single]
    }

    var slug: String { name.slug.isEmpty ? RelativePath.stem(file.path) : RelativePath.stem(file.path) }

    var day: Day? { name.day }

    /// Whether it is named like a page about records, in a folder that is not one record's own.
    var isPage: Bool {
        let names = [
            "readme", "index", "toc", "overview", "contributing", "changelog", "glossary", "summary", "graph", "list", "agents", "目次", "一覧", "概要", "はじめに",
        ]
        let folder = DecisionHeading.name(RelativePath.name(RelativePath.folder(file.path)))
        guard folder.number == nil, folder.day == nil else { return false }
        return names.contains(RelativePath.stem(file.path).lowercased()) || names.contains(DecisionHeading.name(RelativePath.stem(file.path)).slug.lowercased())
    }

    /// Whether it has two or more of the sections that a record is made of.
    var hasParts: Bool {
        let blocks = file.markdown.blocks
        let found = Set(
            file.markdown.headings.compactMap { index -> String? in
                guard let level = blocks[index].headingLevel, level >= 2 else { return nil }
                let label = FieldLabel.comparable(blocks[index].text)
                return DecisionOutline.parts.contains(label) ? label : nil
            })
        return found.count >= 2
    }

    private static let parts: Set<String> = [
        "context", "decision", "consequences", "context and problem statement", "decision outcome", "considered options", "decision drivers", "rationale",
        "alternatives", "背景", "決定", "影響", "結果", "コンテキスト", "決定事項", "検討した選択肢", "選択肢", "理由", "帰結", "文脈", "トレードオフ",
    ]

    var isTemplate: Bool {
        let stem = RelativePath.stem(file.path)
        return DecisionHeading.isTemplate(name.slug) || DecisionHeading.isTemplate(stem)
            || (records.first.map { !isNumbered && DecisionHeading.isPlaceholder($0.title) || DecisionHeading.isTemplate($0.title) } ?? false)
    }

    /// `0017-theme.md` is a record even when its title stands in brackets; `0000-…` is where templates are kept.
    private var isNumbered: Bool {
        name.number?.contains { $0 != "0" && $0.isNumber } ?? false
    }

    private var single: Record {
        let blocks = file.markdown.blocks
        let yaml = file.frontMatter.yaml
        let headings = file.markdown.headings
        let heading = headings.first { blocks[$0].headingLevel == 1 && isTitle(blocks[$0]) }
        let first = headings.first { blocks[$0].quoteDepth == 0 }
        let only = first.flatMap { index in
            blocks[index].headingLevel == 1 && !FieldLabel.isStatus(FieldLabel.comparable(blocks[index].text))
                && headings.count { blocks[$0].headingLevel == 1 } == 1 ? index : nil
        }
        let numbered =
            heading ?? only
            ?? headings.first { index in
                blocks[index].headingLevel == 2 && blocks[index].quoteDepth == 0 && DecisionHeading.title(blocks[index].text, known: name.number).isNamed
            }
        let titled = numbered.map { DecisionHeading.title(blocks[$0].text, known: name.number) }
        let stated = (yaml?["number"] ?? yaml?["adr"] ?? yaml?["id"])?.text.flatMap { text in
            DecisionHeading.name(text).number ?? (text.allSatisfy(\.isNumber) ? text : nil)
        }
        // `ADR: Use X` as a first line that nobody marked as a heading.
        let line = titled == nil && blocks.first?.kind == .paragraph ? blocks.first?.text.prefix { $0 != "\n" } : nil
        let bare = line.flatMap { Folding.searchable(String($0)).hasPrefix("adr") ? DecisionHeading.title(String($0), known: name.number) : nil }
        let unmarked = bare.flatMap { bare in line.flatMap { bare.title == $0 ? nil : bare.title } }
        let yamlTitle = yaml?["title"]?.text.map { DecisionHeading.title($0, known: name.number).title }
        return Record(
            number: name.number ?? titled?.number ?? stated, title: yamlTitle ?? titled?.title ?? unmarked ?? words(of: name.slug),
            position: Position(line: numbered.map { blocks[$0].line } ?? 1), blocks: 0..<blocks.count)
    }

    /// Two or more headings of one level that each carry a record's number, each with text of its own.
    private var several: [Record]? {
        let blocks = file.markdown.blocks
        for level in [1, 2] {
            let starts = file.markdown.headings.filter { index in
                guard blocks[index].headingLevel == level, blocks[index].quoteDepth == 0, blocks[index].listDepth == 0 else { return false }
                let heading = DecisionHeading.title(blocks[index].text, known: nil)
                return heading.number != nil && (level == 1 || heading.isNamed)
            }
            let numbers = Set(starts.compactMap { DecisionHeading.title(blocks[$0].text, known: nil).number })
            guard starts.count > 1, numbers.count > 1, starts.allSatisfy({ statesStatus(after: $0, level) }) else { continue }
            return starts.enumerated().map { position, start in
                let heading = DecisionHeading.title(blocks[start].text, known: nil)
                let end = position + 1 < starts.count ? starts[position + 1] : blocks.count
                return Record(
                    number: heading.number, title: heading.title, position: Position(line: blocks[start].line, column: blocks[start].column),
                    blocks: (position == 0 ? 0 : start)..<end)
            }
        }
        return nil
    }

    private func statesStatus(after heading: Int, _ level: Int) -> Bool {
        let blocks = file.markdown.blocks
        var index = heading + 1
        while index < blocks.count, (blocks[index].headingLevel ?? 7) > level {
            if FieldLabel.isStatus(FieldLabel.comparable(String(blocks[index].text.prefix { !":：".contains($0) }))) { return true }
            index += 1
        }
        return false
    }

    /// `# Status` and `# Decision` are parts of a record whose title stands elsewhere.
    private func isTitle(_ block: Markdown.Block) -> Bool {
        guard block.quoteDepth == 0, block.listDepth == 0, !block.text.isEmpty else { return false }
        let label = FieldLabel.comparable(block.text)
        return !FieldLabel.isKnown(label) && !DecisionOutline.untitled.contains(label)
    }

    private static let untitled: Set<String> = [
        "abstract", "decision", "context", "consequences", "summary", "background", "決定", "背景", "文脈", "コンテキスト", "影響", "結果", "adr",
        "architecture decision record", "architectural decision record", "アーキテクチャ決定記録", "consideration", "considerations", "alternatives",
        "options", "rationale", "references", "notes", "検討", "検討事項", "理由", "参考", "備考",
    ]

    private func words(of slug: String) -> String {
        slug.split { $0 == "-" || $0 == "_" }.joined(separator: " ")
    }
}
