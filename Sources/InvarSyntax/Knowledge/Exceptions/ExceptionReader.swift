package import InvarCore

/// Reads the exceptions that a decision grants, from its front matter and from its `Exceptions` / `例外` section.
package enum ExceptionReader {
    /// The exceptions of one record; `lines` are those of the record, front matter included for the first of a file.
    package static func read(_ file: MarkdownFile, lines: ClosedRange<Int>) -> (exceptions: [Exception], findings: [Finding]) {
        var yaml = FrontMatterExceptions(path: file.path)
        if lines.lowerBound <= 2, let list = file.frontMatter.yaml?["exceptions"] {
            yaml.read(list)
        }
        let body = BodyExceptions(file, lines: lines)
        return (yaml.exceptions + body.exceptions, yaml.findings)
    }

    /// Whether a heading is that of exceptions, or of the reason or retry strategy that belong to them.
    static func isSection(_ heading: String) -> Bool {
        BodyExceptions.isTitle(heading) || [.reason, .retry, .until].contains(BodyExceptions.field(of: heading))
    }
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
