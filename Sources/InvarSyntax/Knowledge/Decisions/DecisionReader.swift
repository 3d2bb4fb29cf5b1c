package import InvarCore

/// Reads the decision records of a file: number, title, status, date and typed links, whatever template it follows.
package enum DecisionReader {
    /// The records of one file: usually one, none for a README, an index or a template, several where a file holds several.
    ///
    /// Links are supersession, amendment and relation; plain mentions and exceptions are read elsewhere.
    package static func read(_ file: MarkdownFile, vocabulary: StatusVocabulary) -> (entries: [Entry], findings: [Finding]) {
        let outline = DecisionOutline(file)
        guard !outline.isTemplate else { return ([], []) }
        var entries: [Entry] = []
        var findings: [Finding] = []
        let records = outline.records
        for (index, record) in records.enumerated() {
            let fields = DecisionFields(file, record, vocabulary, isFirst: index == 0)
            // Nothing marks it as a record: neither number, date nor status, nor the sections that records have.
            if records.count == 1, outline.isPage || (record.number == nil && outline.day == nil && !fields.statesStatus), !outline.hasParts { continue }
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

/// Status and date of one record, from whichever place its template keeps them.
struct DecisionFields {
    private(set) var status = Decision.Status.unknown
    private(set) var statusText = ""
    private(set) var statusLine: Int?
    private(set) var date: Day?
    private(set) var findings: [Finding] = []
    private(set) var statesStatus = false

    private let file: MarkdownFile
    private let blocks: Range<Int>
    private let vocabulary: StatusVocabulary
    private let statements: [DecisionStatement]
    /// Those of its blocks that are headings.
    private let headings: ArraySlice<Int>

    init(_ file: MarkdownFile, _ record: DecisionOutline.Record, _ vocabulary: StatusVocabulary, isFirst: Bool) {
        self.file = file
        self.blocks = record.blocks
        self.vocabulary = vocabulary
        self.headings = file.markdown.headings(in: record.blocks)
        self.statements = StatementReader(file: file).statements(DecisionFields.header(file.markdown, record.blocks))
        readStatus(record, yaml: isFirst ? file.frontMatter.yaml : nil)
        readDate(yaml: isFirst ? file.frontMatter.yaml : nil)
    }

    /// The lines above the first section, and the first section when it holds what others write there.
    private static func header(_ markdown: Markdown, _ blocks: Range<Int>) -> Range<Int> {
        let start = blocks.first { (markdown.blocks[$0].headingLevel ?? 7) <= 2 }.map { $0 + 1 } ?? blocks.lowerBound
        var end = start
        while end < blocks.upperBound {
            if let level = markdown.blocks[end].headingLevel, level >= 2 {
                guard FieldLabel.matches(FieldLabel.comparable(markdown.blocks[end].text), FieldLabel.metadata) else { break }
            }
            end += 1
        }
        return blocks.lowerBound..<max(blocks.lowerBound, end)
    }

    private struct Stated {
        var status: Decision.Status?
        var text: String
        var line: Int
    }

    private mutating func readStatus(_ record: DecisionOutline.Record, yaml: YAML?) {
        let header = inHeader
        let body = header?.status != nil ? header : inSection ?? header
        var stated: [Stated] = []
        if let value = yaml?["status"] ?? yaml?["state"], let text = value.text ?? value.texts.first {
            stated.append(Stated(status: StatusReader.status(of: text, vocabulary), text: text, line: value.position.line))
        }
        if let body { stated.append(body) }
        statesStatus = !stated.isEmpty
        guard let chosen = stated.first(where: { $0.status != nil }) ?? stated.first else {
            report(
                "knowledge/unread-status", .note, Wording(en: "the record states no status", ja: "ステータスが書かれていません"), record.position.line,
                hint: Wording(en: "add a status: line", ja: "ステータスを書き足してください"))
            return
        }
        status = chosen.status ?? .unknown
        statusText = DisplayText.truncated(chosen.text, to: 200)
        statusLine = chosen.line
        if chosen.status == nil {
            let words = DisplayText.truncated(chosen.text, to: 60)
            report(
                "knowledge/unread-status", .warning, Wording(en: "the status \"\(words)\" is none of the known words", ja: "ステータス「\(words)」は既知の語ではありません"),
                chosen.line,
                hint: Wording(
                    en: "write proposed, accepted, rejected, deprecated or superseded, or add the word under status: in invar.yml",
                    ja: "proposed・accepted・rejected・deprecated・superseded のいずれかにするか、invar.yml の status: に語を登録してください"))
        }
        if stated.count == 2, let first = stated[0].status, let second = stated[1].status, first != second {
            report(
                "knowledge/conflicting-status", .warning,
                Wording(
                    en: "the front matter says \(first.rawValue), the text \(second.rawValue)", ja: "フロントマターは \(first.rawValue)、本文は \(second.rawValue) となっています"),
                stated[1].line,
                hint: Wording(en: "make both the same; the front matter counts", ja: "どちらかに揃えてください（フロントマターが優先されます）"))
        }
    }

    /// Under a heading such as `## Status`.
    private var inSection: Stated? {
        let markdown = file.markdown
        for index in headings where markdown.blocks[index].quoteDepth == 0 {
            let label = FieldLabel.comparable(markdown.blocks[index].text)
            if FieldLabel.isStatus(label) || FieldLabel.matches(label, FieldLabel.history) {
                var end = index + 1
                while end < blocks.upperBound, markdown.blocks[end].headingLevel == nil { end += 1 }
                if let found = decide(StatementReader(file: file).statements((index + 1)..<end)) { return found }
            } else if let found = inHeading(index) {
                return found
            }
        }
        return nil
    }

    /// `## Status: Accepted`.
    private func inHeading(_ index: Int) -> Stated? {
        let text = file.markdown.blocks[index].text
        guard text.utf8.contains(where: { $0 == 0x3A || $0 == 0xEF }), text.contains(where: { ":：".contains($0) }) else { return nil }
        let found = StatementReader(file: file).statements(index..<(index + 1)).first { FieldLabel.isStatus($0.label) && !$0.text.isEmpty }
        return found.map { Stated(status: StatusReader.status(of: $0.withoutReferences, vocabulary), text: $0.text, line: $0.line) }
    }

    /// As a labelled line, item or row above the first section.
    private var inHeader: Stated? {
        let labelled = statements.filter { FieldLabel.isStatus($0.label) && !$0.text.isEmpty }
        guard let first = labelled.first else { return nil }
        let chosen = labelled.first { StatusReader.status(of: $0.withoutReferences, vocabulary) != nil } ?? first
        return Stated(status: StatusReader.status(of: chosen.withoutReferences, vocabulary), text: chosen.text, line: chosen.line)
    }

    /// What a status section comes to: a ticked box, the last step of a history, or the first line unless a later one
    /// says that the record's life went on.
    private func decide(_ all: [DecisionStatement]) -> Stated? {
        let lines = all.filter { !$0.text.isEmpty && !FieldLabel.isDate($0.label) && RelationWords.label($0.label) == nil }
        if let explained = explained(lines) { return explained }
        if let ticked = lines.first(where: { $0.isTicked == true }) { return stated(ticked) }
        let open = lines.filter { $0.isTicked == nil }
        let steps = open.filter { StatusReader.leads($0.withoutReferences, vocabulary) || FieldLabel.isStatus($0.label) }
        guard let first = steps.first else {
            guard let line = open.first ?? lines.first else { return lastResort(all) }
            return stated(line)
        }
        let isHistory = steps.count > 1 && steps.allSatisfy { $0.listDepth > 0 || DateReader.day(in: $0.context) != nil }
        if isHistory, let last = steps.last { return stated(last) }
        let ended = steps.dropFirst().first { [.superseded, .deprecated].contains(StatusReader.status(of: $0.withoutReferences, vocabulary)) }
        return stated(ended ?? first)
    }

    /// `- Draft: still being written`: the label is the status, the words behind it explain it. Several are a legend.
    private func explained(_ lines: [DecisionStatement]) -> Stated? {
        let labelled = lines.filter {
            $0.isTicked == nil && StatusReader.words(in: $0.label, vocabulary).count == 1 && StatusReader.leads($0.label, vocabulary)
        }
        guard labelled.count == 1, lines.count == 1, let only = labelled.first else { return nil }
        return Stated(status: StatusReader.status(of: only.label, vocabulary), text: only.context, line: only.line)
    }

    /// `Superseded by: ADR-9` alone is a status too.
    private func lastResort(_ all: [DecisionStatement]) -> Stated? {
        let superseded = all.first { RelationWords.label($0.label) == .supersededBy && !Placeholder.isEmpty($0.text) }
        return superseded.map { Stated(status: .superseded, text: $0.context, line: $0.line) }
    }

    private func stated(_ statement: DecisionStatement) -> Stated {
        Stated(status: StatusReader.status(of: statement.withoutReferences, vocabulary), text: statement.firstLine, line: statement.line)
    }

    // MARK: Date

    private mutating func readDate(yaml: YAML?) {
        for keys in [
            ["date", "decided", "decision-date", "date-decided", "decided-on", "日付", "決定日"], ["created", "created-at", "date-created", "published", "作成日"],
        ] {
            for key in keys {
                guard let value = yaml?[key], let text = value.text else { continue }
                if take(text, value.position.line) { return }
            }
        }
        for labels in FieldLabel.dates + [FieldLabel.updates] {
            for statement in statements where FieldLabel.matches(statement.label, labels) && !statement.text.isEmpty {
                if take(statement.text, statement.line) { return }
            }
        }
        if let day = inDateSection { return date = day }
        if let statusLine {
            let line = String(decoding: file.bytes[file.lines.range(ofLine: statusLine)], as: UTF8.self)
            date = DateReader.day(in: line)
        }
    }

    private mutating func take(_ text: String, _ line: Int) -> Bool {
        let reading = DateReader.read(text)
        date = reading.day
        if reading.day == nil, let unreadable = reading.unreadable {
            report(
                "knowledge/unread-date", .warning, Wording(en: "\(unreadable) is no day, or more than one", ja: "「\(unreadable)」を一つの日付として読めません"), line,
                hint: Wording(en: "write YYYY-MM-DD", ja: "YYYY-MM-DD と書いてください"))
        }
        return reading.day != nil
    }

    private var inDateSection: Day? {
        let markdown = file.markdown
        for index in headings where FieldLabel.isDate(FieldLabel.comparable(markdown.blocks[index].text)) {
            guard index + 1 < blocks.upperBound, markdown.blocks[index + 1].headingLevel == nil else { continue }
            let text = markdown.blocks[(index + 1)..<min(index + 3, blocks.upperBound)].first { $0.isText }?.text ?? ""
            // A section named 決定 holds the decision, not its date.
            if text.count <= 40, let day = DateReader.day(in: text) { return day }
        }
        return nil
    }

    private mutating func report(_ rule: String, _ severity: Severity, _ message: Wording, _ line: Int, hint: Wording?) {
        findings.append(
            Finding(rule: rule, severity: severity, message: message, place: Place(path: file.path, position: Position(line: line)), hint: hint))
    }
}
