import InvarCore

/// Status and date of one record, from whichever place its template keeps them.
struct DecisionFields {
    private(set) var status = Decision.Status.unknown
    private(set) var statusText = ""
    private(set) var statusLine: Int?
    private(set) var date: Day?
    private(set) var findings: [Finding] = []
    private(set) var statesStatus = false
    /// All places that state the status, the one that counts first.
    private(set) var stated: [Stated] = []

    private let file: MarkdownFile
    private let blocks: Range<Int>
    private let vocabulary: StatusVocabulary
    private let statements: [DecisionStatement]

    /// What stands above the first section, statement by statement.
    var header: [DecisionStatement] { statements }

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

    /// A place that states the status, with what it says.
    struct Stated {
        var status: Decision.Status?
        var text: String
        var line: Int
        var origin: Origin
    }

    /// Where a status was read, for whoever edits it.
    enum Origin {
        case yaml(YAML)
        /// Behind a label, in a section or a heading: the value of the statement.
        case value(DecisionStatement)
        /// `- [x] Accepted`, one of these.
        case ticked(DecisionStatement, among: [DecisionStatement])
        /// The last of several steps, such as `- 2026-03-01: Accepted`.
        case step(DecisionStatement)
        /// `Draft: still being written`: the label is the status.
        case label(DecisionStatement)
        /// `Superseded by: ADR-9`, label and value.
        case relation(DecisionStatement)
    }

    private mutating func readStatus(_ record: DecisionOutline.Record, yaml: YAML?) {
        let header = inHeader
        let body = header?.status != nil ? header : inSection ?? header
        if let value = yaml?["status"] ?? yaml?["state"], let text = value.text ?? value.texts.first {
            stated.append(Stated(status: StatusReader.status(of: text, vocabulary), text: text, line: value.position.line, origin: .yaml(value)))
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

    /// All places where an editor changes the status: also a section that says the same as the header, which the reader
    /// need not look at.
    var everywhere: [Stated] {
        guard let last = stated.last, last.status != nil, let section = inSection, section.status == last.status, section.line != last.line else {
            return stated
        }
        return stated + [section]
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
        return found.map { Stated(status: StatusReader.status(of: $0.withoutReferences, vocabulary), text: $0.text, line: $0.line, origin: .value($0)) }
    }

    /// As a labelled line, item or row above the first section.
    private var inHeader: Stated? {
        let labelled = statements.filter { FieldLabel.isStatus($0.label) && !$0.text.isEmpty }
        guard let first = labelled.first else { return nil }
        let chosen = labelled.first { StatusReader.status(of: $0.withoutReferences, vocabulary) != nil } ?? first
        return Stated(status: StatusReader.status(of: chosen.withoutReferences, vocabulary), text: chosen.text, line: chosen.line, origin: .value(chosen))
    }

    /// What a status section comes to: a ticked box, the last step of a history, or the first line unless a later one
    /// says that the record's life went on.
    private func decide(_ all: [DecisionStatement]) -> Stated? {
        let lines = all.filter { !$0.text.isEmpty && !FieldLabel.isDate($0.label) && RelationWords.label($0.label) == nil }
        if let explained = explained(lines) { return explained }
        if let ticked = lines.first(where: { $0.isTicked == true }) {
            return stated(ticked, .ticked(ticked, among: lines.filter { $0.isTicked != nil }))
        }
        let open = lines.filter { $0.isTicked == nil }
        let steps = open.filter { StatusReader.leads($0.withoutReferences, vocabulary) || FieldLabel.isStatus($0.label) }
        guard let first = steps.first else {
            guard let line = open.first ?? lines.first else { return lastResort(all) }
            return stated(line)
        }
        let isHistory = steps.count > 1 && steps.allSatisfy { $0.listDepth > 0 || DateReader.day(in: $0.context) != nil }
        if isHistory, let last = steps.last { return stated(last, .step(last)) }
        let ended = steps.dropFirst().first { [.superseded, .deprecated].contains(StatusReader.status(of: $0.withoutReferences, vocabulary)) }
        return stated(ended ?? first)
    }

    /// `- Draft: still being written`: the label is the status, the words behind it explain it. Several are a legend.
    private func explained(_ lines: [DecisionStatement]) -> Stated? {
        let labelled = lines.filter {
            $0.isTicked == nil && StatusReader.words(in: $0.label, vocabulary).count == 1 && StatusReader.leads($0.label, vocabulary)
        }
        guard labelled.count == 1, lines.count == 1, let only = labelled.first else { return nil }
        return Stated(status: StatusReader.status(of: only.label, vocabulary), text: only.context, line: only.line, origin: .label(only))
    }

    /// `Superseded by: ADR-9` alone is a status too.
    private func lastResort(_ all: [DecisionStatement]) -> Stated? {
        let superseded = all.first { RelationWords.label($0.label) == .supersededBy && !Placeholder.isEmpty($0.text) }
        return superseded.map { Stated(status: .superseded, text: $0.context, line: $0.line, origin: .relation($0)) }
    }

    private func stated(_ statement: DecisionStatement, _ origin: Origin? = nil) -> Stated {
        Stated(
            status: StatusReader.status(of: statement.withoutReferences, vocabulary), text: statement.firstLine, line: statement.line,
            origin: origin ?? .value(statement))
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
