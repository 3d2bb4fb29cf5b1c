import InvarCore

/// The `Exceptions` section: an item or a sub-heading that begins with an id, labelled items below it.
struct BodyExceptions {
    private let file: MarkdownFile
    private var markdown: Markdown { file.markdown }
    private(set) var exceptions: [Exception] = []
    /// Where each of them stands, one for one.
    private(set) var traces: [Trace] = []
    /// The sections that are read, exceptions or not.
    private(set) var sections: [Markdown.Section] = []

    /// The blocks of one exception.
    struct Trace {
        /// The item's paragraph, the paragraph or the heading that begins with the id.
        var entry: Int
        /// The labelled lines below it, in order.
        var fields: [(field: Field, block: Int)] = []
        /// The last block that belongs to it.
        var last: Int
        /// Index into ``BodyExceptions/sections``.
        var section: Int
    }

    init(_ file: MarkdownFile, lines: ClosedRange<Int>) {
        self.file = file
        let all = file.markdown.sections(onLines: lines)
        for section in all where isExceptions(section.heading) {
            sections.append(section)
            read(section.body)
        }
        guard !exceptions.isEmpty else { return }
        // Reason and retry may be sections of their own; they then speak for every exception that has none.
        let reason = prose(of: all) { BodyExceptions.field(of: $0) == .reason }
        let retry = prose(of: all) { BodyExceptions.field(of: $0) == .retry }
        for index in exceptions.indices {
            if exceptions[index].reason == nil { exceptions[index].reason = reason }
            if exceptions[index].retry == nil { exceptions[index].retry = retry }
        }
    }

    enum Field { case scope, operation, reason, retry, until, seen, renewed }

    private mutating func read(_ range: Range<Int>) {
        var current: Int?
        var field: (kind: Field, depth: Int)?
        for index in range {
            let block = markdown.blocks[index]
            if block.headingLevel != nil || (block.kind == .paragraph && block.listDepth <= 1) {
                if let id = BodyExceptions.leadingID(block.text) {
                    field = nil
                    current = nil
                    // Struck out, it grants nothing any more, and neither does what stands below it.
                    guard let id = isStruck(block) ? visible(block).flatMap(BodyExceptions.leadingID) : id else { continue }
                    exceptions.append(Exception(invariant: id.id, clause: id.part, position: Position(line: block.line, column: block.column)))
                    current = exceptions.count - 1
                    traces.append(Trace(entry: index, last: index, section: sections.count - 1))
                    continue
                }
                if let level = block.headingLevel {
                    field = BodyExceptions.field(of: block.text).map { ($0, -level) }
                    if let current, let field { note(field.kind, index, current) }
                    continue
                }
            }
            guard let exception = current else { continue }
            if BodyExceptions.belongs(block, to: markdown.blocks[traces[exception].entry]) { traces[exception].last = index }
            if case .tableRow = block.kind, block.cells.count >= 2, let kind = BodyExceptions.field(of: block.cells[0]) {
                note(kind, index, exception)
                set(kind, block.cells[1], block.codes, exception)
            } else if block.kind == .paragraph {
                if let label = Label(block.text), let kind = BodyExceptions.field(named: label.name) {
                    field = (kind, block.listDepth)
                    note(kind, index, exception)
                    if let value = label.value { set(kind, value, block.codes, exception) }
                } else if let field, block.listDepth > field.depth || field.depth < 0 {
                    set(field.kind, block.text, block.codes, exception)
                }
            }
        }
    }

    private mutating func note(_ field: Field, _ block: Int, _ exception: Int) {
        traces[exception].fields.append((field, block))
        traces[exception].last = max(traces[exception].last, block)
    }

    /// Whether a block stands below an item, or anywhere under a heading or paragraph that is no item.
    private static func belongs(_ block: Markdown.Block, to entry: Markdown.Block) -> Bool {
        block.kind != .item && (entry.listDepth == 0 || block.listDepth >= entry.listDepth)
    }

    // MARK: Struck-out text

    /// Whether a part of the block is struck out; the flattened text does not tell.
    private func isStruck(_ block: Markdown.Block) -> Bool {
        let text = file.text(ofLines: block.line...max(block.line, block.endLine))
        return text.contains("~~") || ["<del", "<s>", "<strike"].contains { text.lowercased().contains($0) }
    }

    /// What is left of a block without what is struck out.
    private func visible(_ block: Markdown.Block) -> String? {
        let ranges = (block.line...max(block.line, block.endLine)).map { file.lines.range(ofLine: $0) }
        let source = InlineSource(file.bytes, ranges)
        var text = source.text(source.all).drop { !$0.isLetter && !$0.isNumber && $0 != "[" }
        // The number of an ordered list's item.
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        if let mark = text.dropFirst(digits.count).first, !digits.isEmpty, mark == "." || mark == ")" {
            text = text.dropFirst(digits.count + 1).drop { $0 == " " }
        }
        return text.isEmpty ? nil : String(text)
    }

    private func isExceptions(_ heading: Int) -> Bool {
        let block = markdown.blocks[heading]
        guard BodyExceptions.isTitle(block.text) else { return false }
        return !isStruck(block) || visible(block).map(BodyExceptions.isTitle) ?? false
    }

    private mutating func set(_ field: Field, _ value: String, _ codes: [String], _ index: Int) {
        switch field {
        case .scope, .operation:
            let values = codes.isEmpty ? value.split { ",、，".contains($0) }.map { String($0).trimmingBlanks } : codes
            for value in values where !value.isEmpty {
                if field == .operation || BodyExceptions.isOperation(value) {
                    exceptions[index].operations.append(value)
                } else if !BodyExceptions.everywhere.contains(Folding.searchable(value)) {
                    exceptions[index].paths.append(value)
                }
            }
        case .reason: exceptions[index].reason = BodyExceptions.joined(exceptions[index].reason, value)
        case .retry: exceptions[index].retry = BodyExceptions.joined(exceptions[index].retry, value)
        case .seen: exceptions[index].seen = codes.first ?? value
        case .renewed: exceptions[index].renewals.append(BodyExceptions.renewal(value))
        case .until:
            exceptions[index].until = DateReader.day(in: value)
            exceptions[index].unreadUntil = exceptions[index].until == nil && !BodyExceptions.endless.contains(Folding.searchable(value)) ? value : nil
        }
    }

    /// `2026-12-20 → 2027-03-31: why`.
    private static func renewal(_ text: String) -> Exception.Renewal {
        let arrow = text.firstRange(of: "→") ?? text.firstRange(of: "->")
        guard let arrow else { return Exception.Renewal(on: DateReader.day(in: text), until: nil, reason: text) }
        let rest = text[arrow.upperBound...]
        let colon = rest.firstIndex { $0 == ":" || $0 == "：" }
        return Exception.Renewal(
            on: DateReader.day(in: String(text[..<arrow.lowerBound])), until: DateReader.day(in: String(rest[..<(colon ?? rest.endIndex)])),
            reason: colon.map { String(rest[rest.index(after: $0)...]).trimmingBlanks })
    }

    private static let everywhere: Set<String> = ["everywhere", "all", "全体", "すべて", "全て", "全ファイル", "*"]
    private static let endless: Set<String> = ["none", "never", "forever", "なし", "無期限", "期限なし", "無し"]

    private static func joined(_ first: String?, _ second: String) -> String {
        first.map { $0 + "\n" + second } ?? second
    }

    /// The text of the first section that `wanted` says yes to.
    private func prose(of sections: [Markdown.Section], where wanted: (String) -> Bool) -> String? {
        guard let section = sections.first(where: { wanted(markdown.blocks[$0.heading].text) }) else { return nil }
        let texts = section.body.filter { markdown.blocks[$0].isText && markdown.blocks[$0].headingLevel == nil }.map { markdown.blocks[$0].text }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }

    private static func leadingID(_ text: String) -> Identifier? {
        guard let (id, title) = Identifier.heading(text), id.id.count > 2, !id.id.hasPrefix("ADR-") else { return nil }
        // A sentence that only begins with an id speaks of the invariant; it grants nothing.
        guard !title.isEmpty, let found = Folding.identifier(text).firstRange(of: id.text) else { return id }
        let next = Folding.identifier(text)[found.upperBound...].drop { $0 == " " || $0 == "]" || $0 == ")" || $0 == "*" || $0 == "`" }.first
        return next.map { ":-—–(（「、,・".contains($0) } ?? true ? id : nil
    }

    private static func isOperation(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        return words.count == 2 && ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].contains(words[0].uppercased()) && words[1].hasPrefix("/")
    }

    static func isTitle(_ heading: String) -> Bool {
        guard let name = Label(heading)?.name else { return false }
        return titles.contains(name)
    }

    private static let titles: Set<String> = [
        "exceptions", "exception", "invariant exceptions", "exceptions to invariants", "waivers", "waiver", "例外", "例外事項", "逸脱", "適用除外", "インバリアントの例外",
        "例外の許可",
    ]

    static func field(of text: String) -> Field? {
        Label(text).flatMap { field(named: $0.name) }
    }

    static func field(named name: String) -> Field? {
        switch name {
        case "scope", "paths", "path", "files", "file", "applies to", "対象パス", "対象", "範囲", "適用範囲", "対象範囲", "対象ファイル", "パス": .scope
        case "operations", "operation", "api", "job", "jobs", "操作", "対象操作", "対象api", "ジョブ", "対象ジョブ": .operation
        case "reason", "rationale", "justification", "why", "理由", "根拠", "例外の理由", "逸脱理由": .reason
        case "retry", "retry strategy", "retries", "retry policy", "リトライ", "リトライ戦略", "リトライ方針", "再試行", "再試行戦略", "再試行方針", "再実行": .retry
        case "until", "expires", "expiry", "expires on", "valid through", "valid to", "有効期間", "valid until", "deadline", "期限", "有効期限", "期日": .until
        case "seen", "fingerprint", "指紋", "確認時の指紋": .seen
        case "renewed", "renewal", "renewals", "延長", "延長履歴", "更新履歴": .renewed
        default: nil
        }
    }
}
