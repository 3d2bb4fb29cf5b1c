package import InvarCore

/// Reads the exceptions that a decision grants, from its front matter and from its `Exceptions` / `例外` section.
package enum ExceptionReader {
    /// The exceptions of one record; `lines` are those of the record, front matter included for the first of a file.
    package static func read(_ file: MarkdownFile, lines: ClosedRange<Int>) -> (exceptions: [Exception], findings: [Finding]) {
        var yaml = FrontMatterExceptions(path: file.path)
        if lines.lowerBound <= 2, let list = file.frontMatter.yaml?["exceptions"] {
            yaml.read(list)
        }
        let body = BodyExceptions(file.markdown, lines: lines)
        return (yaml.exceptions + body.exceptions, yaml.findings)
    }

    /// Whether a heading is that of exceptions, or of the reason or retry strategy that belong to them.
    static func isSection(_ heading: String) -> Bool { BodyExceptions.isPart(heading) }
}

/// `exceptions:` in front matter.
private struct FrontMatterExceptions {
    let path: String
    private(set) var exceptions: [Exception] = []
    private(set) var findings: [Finding] = []

    private static let keys: Set<String> = [
        "invariant", "invariants", "clause", "paths", "path", "scope", "operations", "operation", "jobs", "reason", "retry", "until", "seen",
        "renewed",
    ]

    init(path: String) {
        self.path = path
    }

    mutating func read(_ list: YAML) {
        for item in list.items {
            guard case .map(let members) = item.content else {
                report(
                    Wording(
                        en: "an exception is a mapping with invariant, reason, …, not \(item.text ?? "a list")",
                        ja: "例外は invariant、reason などを持つマッピングで書きます（「\(item.text ?? "リスト")」は読めません）"), item)
                continue
            }
            for (key, _) in members where !FrontMatterExceptions.keys.contains(key.text ?? "") {
                report(
                    Wording(en: "\(key.text ?? "?") is no field of an exception", ja: "例外に「\(key.text ?? "?")」という項目はありません"), key,
                    hint: Wording(
                        en: "fields: invariant, paths, operations, reason, retry, until, seen, renewed",
                        ja: "書ける項目: invariant, paths, operations, reason, retry, until, seen, renewed"))
            }
            let named = (item["invariant"]?.items ?? []) + (item["invariants"]?.items ?? []) + (item["clause"]?.items ?? [])
            let ids = named.compactMap { value in value.text.flatMap { Identifier($0) } }
            if ids.isEmpty {
                report(
                    Wording(en: "an exception that names no invariant excuses nothing", ja: "インバリアントを指定しない例外では、何も見逃されません"), item,
                    hint: Wording(en: "add invariant: INV-…", ja: "invariant: INV-… を書き足してください"))
            }
            let unknown = members.compactMap(\.key.text).filter { !FrontMatterExceptions.keys.contains($0) }
            for id in ids {
                var exception = exception(id, item)
                // A misspelt `paths` or `until` would otherwise reach everywhere and for ever.
                exception.unread += unknown
                exceptions.append(exception)
            }
        }
    }

    private mutating func exception(_ id: Identifier, _ item: YAML) -> Exception {
        var exception = Exception(invariant: id.id, clause: id.part, position: item.position)
        exception.paths = list(["paths", "path", "scope"], item, &exception)
        exception.operations = list(["operations", "operation", "jobs"], item, &exception)
        if item["until"] == nil, hasKey("until", item) { exception.unread.append("until") }
        exception.reason = item["reason"].flatMap(FrontMatterExceptions.prose)
        exception.retry = item["retry"].flatMap(FrontMatterExceptions.prose)
        exception.seen = item["seen"]?.text
        if let until = item["until"] {
            exception.until = until.text.flatMap { DateReader.day(in: $0) }
            if exception.until == nil {
                exception.unreadUntil = until.text ?? "a list"
                report(
                    Wording(en: "until is \(exception.unreadUntil ?? ""), not a day", ja: "until の「\(exception.unreadUntil ?? "")」は日付ではありません"), until,
                    hint: Wording(en: "write YYYY-MM-DD, the last day on which it holds", ja: "有効な最後の日を YYYY-MM-DD で書いてください"))
            }
        }
        exception.renewals = (item["renewed"]?.items ?? []).map { renewal in
            Exception.Renewal(
                on: renewal["on"]?.text.flatMap { DateReader.day(in: $0) }, until: renewal["until"]?.text.flatMap { DateReader.day(in: $0) },
                reason: renewal["reason"]?.text)
        }
        return exception
    }

    /// The texts of the first of these keys that stands there; what is no list of texts, or empty, is unread.
    private func list(_ keys: [String], _ item: YAML, _ exception: inout Exception) -> [String] {
        guard let key = keys.first(where: { hasKey($0, item) }) else { return [] }
        guard let value = item[key], value.items.allSatisfy({ $0.text != nil }), !value.texts.isEmpty else {
            exception.unread.append(key)
            return []
        }
        return value.texts
    }

    /// Whether a key is written, with or without a value.
    private func hasKey(_ key: String, _ item: YAML) -> Bool {
        item.members.contains { $0.key.text == key }
    }

    /// A text, or the items of a list as sentences.
    private static func prose(_ value: YAML) -> String? {
        let texts = value.texts
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }

    private mutating func report(_ message: Wording, _ value: YAML, hint: Wording? = nil) {
        findings.append(
            Finding(
                rule: "knowledge/unread-field", severity: .warning, message: message,
                place: Place(path: path, position: value.position), hint: hint))
    }
}

/// The `Exceptions` section: an item or a sub-heading that begins with an id, labelled items below it.
private struct BodyExceptions {
    private let markdown: Markdown
    private(set) var exceptions: [Exception] = []

    init(_ markdown: Markdown, lines: ClosedRange<Int>) {
        self.markdown = markdown
        let sections = markdown.sections(onLines: lines)
        for section in sections where BodyExceptions.isExceptions(markdown.blocks[section.heading].text) {
            read(section.body)
        }
        guard !exceptions.isEmpty else { return }
        // Reason and retry may be sections of their own; they then speak for every exception that has none.
        let reason = prose(of: sections) { BodyExceptions.field(of: $0) == .reason }
        let retry = prose(of: sections) { BodyExceptions.field(of: $0) == .retry }
        for index in exceptions.indices {
            if exceptions[index].reason == nil { exceptions[index].reason = reason }
            if exceptions[index].retry == nil { exceptions[index].retry = retry }
        }
    }

    private enum Field { case scope, operation, reason, retry, until, seen }

    private mutating func read(_ range: Range<Int>) {
        var current: [Int] = []
        var owner: Int?
        var field: (kind: Field, depth: Int)?
        for index in range {
            let block = markdown.blocks[index]
            if block.headingLevel != nil || (block.kind == .paragraph && block.listDepth <= 1) {
                if let id = BodyExceptions.leadingID(block.text) {
                    exceptions.append(Exception(invariant: id.id, clause: id.part, position: Position(line: block.line, column: block.column)))
                    current = [exceptions.count - 1]
                    owner = block.headingLevel == nil ? block.listDepth : 0
                    field = nil
                    continue
                }
                if let level = block.headingLevel {
                    field = BodyExceptions.field(of: block.text).map { ($0, -level) }
                    continue
                }
            }
            guard let exception = current.last, owner != nil else { continue }
            if case .tableRow = block.kind, block.cells.count >= 2, let kind = BodyExceptions.field(of: block.cells[0]) {
                set(kind, block.cells[1], block.codes, exception)
            } else if block.kind == .paragraph {
                if let label = Label(block.text), let kind = BodyExceptions.field(named: label.name) {
                    field = (kind, block.listDepth)
                    if let value = label.value { set(kind, value, block.codes, exception) }
                } else if let field, block.listDepth > field.depth || field.depth < 0 {
                    set(field.kind, block.text, block.codes, exception)
                }
            }
        }
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
        case .until:
            exceptions[index].until = DateReader.day(in: value)
            exceptions[index].unreadUntil = exceptions[index].until == nil && !BodyExceptions.endless.contains(Folding.searchable(value)) ? value : nil
        }
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

    fileprivate static func isPart(_ heading: String) -> Bool {
        isExceptions(heading) || [.reason, .retry, .until].contains(field(of: heading))
    }

    private static func isExceptions(_ heading: String) -> Bool {
        guard let name = Label(heading)?.name else { return false }
        return titles.contains(name)
    }

    private static let titles: Set<String> = [
        "exceptions", "exception", "invariant exceptions", "exceptions to invariants", "waivers", "waiver", "例外", "例外事項", "逸脱", "適用除外", "インバリアントの例外",
        "例外の許可",
    ]

    private static func field(of text: String) -> Field? {
        Label(text).flatMap { field(named: $0.name) }
    }

    private static func field(named name: String) -> Field? {
        switch name {
        case "scope", "paths", "path", "files", "file", "applies to", "対象パス", "対象", "範囲", "適用範囲", "対象範囲", "対象ファイル", "パス": .scope
        case "operations", "operation", "api", "job", "jobs", "操作", "対象操作", "対象api", "ジョブ", "対象ジョブ": .operation
        case "reason", "rationale", "justification", "why", "理由", "根拠", "例外の理由", "逸脱理由": .reason
        case "retry", "retry strategy", "retries", "retry policy", "リトライ", "リトライ戦略", "リトライ方針", "再試行", "再試行戦略", "再試行方針", "再実行": .retry
        case "until", "expires", "expiry", "expires on", "valid through", "valid to", "有効期間", "valid until", "deadline", "期限", "有効期限", "期日": .until
        case "seen", "fingerprint", "指紋", "確認時の指紋": .seen
        default: nil
        }
    }
}
