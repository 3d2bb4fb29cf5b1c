package import InvarCore

/// Reads raw notes: with front matter, free-form, or several in one file under level-2 headings.
package enum NoteReader {
    package static func read(_ file: MarkdownFile) -> (entries: [Entry], findings: [Finding]) {
        var reader = NoteFields(file)
        guard reader.hasText else { return ([], []) }
        let headings = file.frontMatter.yaml?["id"] == nil ? noteHeadings(file.markdown) : []
        guard !headings.isEmpty else {
            let note = reader.note(lines: 1...max(1, file.lines.count), heading: nil)
            return ([entry(note, 1...max(1, file.lines.count), file)], reader.findings)
        }
        var entries: [Entry] = []
        for (index, heading) in headings.enumerated() {
            let first = file.markdown.blocks[heading].line
            let last = index + 1 < headings.count ? file.markdown.blocks[headings[index + 1]].line - 1 : file.lines.count
            let note = reader.note(lines: first...max(first, last), heading: heading)
            entries.append(entry(note, first...max(first, last), file))
        }
        return (entries, reader.findings)
    }

    private static func entry(_ note: Note, _ lines: ClosedRange<Int>, _ file: MarkdownFile) -> Entry {
        let span = file.lines.range(ofLine: lines.lowerBound).lowerBound..<file.lines.range(ofLine: lines.upperBound).upperBound
        return Entry(content: .note(note), span: span, firstLine: lines.lowerBound, endLine: lines.upperBound)
    }

    /// The level-2 headings when each begins a note: not when they are the parts that one report has.
    private static func noteHeadings(_ markdown: Markdown) -> [Int] {
        let headings = markdown.sections.map(\.heading).filter { markdown.blocks[$0].headingLevel == 2 }
        guard headings.count > 1 else {
            // A single one counts only when it is clearly a note of its own.
            return headings.filter { DateReader.day(in: markdown.blocks[$0].text) != nil && !hasTextBefore($0, markdown) }
        }
        let parts = headings.filter { reportParts.contains(Label(markdown.blocks[$0].text)?.name ?? "") }
        return parts.count * 2 >= headings.count ? [] : headings
    }

    private static func hasTextBefore(_ heading: Int, _ markdown: Markdown) -> Bool {
        markdown.blocks[..<heading].contains { $0.kind == .paragraph }
    }

    /// What the sections of a single incident report are called.
    private static let reportParts: Set<String> = [
        "summary", "what happened", "impact", "cause", "root cause", "timeline", "detection", "response", "resolution", "recovery",
        "action items", "actions", "follow-up", "follow up", "follow-ups", "lessons", "lessons learned", "background", "context", "notes",
        "details", "description", "workaround", "next steps", "what went well", "what went wrong", "mitigation", "references", "links",
        "概要", "状況", "事象", "経緯", "背景", "影響", "影響範囲", "原因", "根本原因", "直接原因", "対応", "対処", "対策", "再発防止", "再発防止策", "暫定対応", "恒久対応",
        "今後", "今後の対応", "学び", "気づき", "時系列", "タイムライン", "検知", "復旧", "詳細", "メモ", "参考", "関連", "何が起きたか", "なぜ起きたか", "次のアクション", "やったこと",
        "わかったこと", "分かったこと", "課題", "所感", "補足",
    ]
}

/// Fills the fields of notes from front matter, labelled lines and the words themselves.
private struct NoteFields {
    private let file: MarkdownFile
    private let yaml: YAML?
    private(set) var findings: [Finding] = []

    init(_ file: MarkdownFile) {
        self.file = file
        self.yaml = file.frontMatter.yaml
    }

    /// An empty file, or one with headings only, is no note.
    var hasText: Bool {
        yaml != nil || file.markdown.blocks.contains { $0.isText || $0.kind == .code }
    }

    mutating func note(lines: ClosedRange<Int>, heading: Int?) -> Note {
        let blocks = file.markdown.blocks(onLines: lines).map { file.markdown.blocks[$0] }
        let title = title(blocks, heading: heading)
        let labels = labels(in: blocks)
        let date = date(heading: heading, title: title, labels: labels)
        let line = heading.map { file.markdown.blocks[$0].line } ?? blocks.first { $0.headingLevel == 1 }?.line ?? 1
        var note = Note(id: id(title: title, date: date, heading: heading), kind: kind(blocks, labels), title: title, position: Position(line: line))
        note.date = date
        note.invariants = (yaml?["invariants"] ?? yaml?["invariant"] ?? yaml?["violates"])?.texts.compactMap { Identifier($0)?.text } ?? []
        note.cause = value("cause", labels, "knowledge/unread-field") { Note.Cause(rawValue: $0) }
        note.severity = value("severity", labels, "knowledge/unread-field") { Note.Severity(rawValue: $0.uppercased()) }
        note.paths = (yaml?["paths"] ?? yaml?["path"])?.texts ?? labels["paths"].map { $0.codes.isEmpty ? [$0.text] : $0.codes } ?? []
        note.incident = yaml?["incident"]?.text ?? labels["incident"]?.text
        note.decisions = (yaml?["decisions"] ?? yaml?["adr"] ?? yaml?["decision"])?.texts ?? ids(labels["decisions"])
        note.author = yaml?["author"]?.text ?? labels["author"]?.text
        note.rule = yaml?["rule"]?.text
        note.seen = yaml?["seen"]?.text
        return note
    }

    /// The ids in a labelled line; other words there are prose.
    private func ids(_ value: LabelledValue?) -> [String] {
        (value?.text ?? "").split { " ,、，[]「」".contains($0) }.compactMap { Identifier(String($0))?.text }
    }

    private func title(_ blocks: [Markdown.Block], heading: Int?) -> String {
        if let heading { return file.markdown.blocks[heading].text }
        if let title = yaml?["title"]?.text { return title }
        if let first = blocks.first(where: { $0.headingLevel == 1 }) { return first.text }
        if let first = blocks.first(where: { $0.kind == .paragraph && !$0.text.isEmpty }) { return NoteFields.firstSentence(first.text) }
        return RelativePath.stem(file.path)
    }

    /// At most eighty characters, to the first full stop.
    private static func firstSentence(_ text: String) -> String {
        let stop = text.firstIndex { "。．！？\n".contains($0) } ?? text.endIndex
        let sentence = text[..<stop]
        return sentence.count > 80 ? String(sentence.prefix(79)) + "…" : String(sentence)
    }

    private mutating func date(heading: Int?, title: String, labels: [String: LabelledValue]) -> Day? {
        if let heading, let day = DateReader.day(in: file.markdown.blocks[heading].text) { return day }
        if let value = yaml?["date"] {
            if let day = value.text.flatMap({ DateReader.day(in: $0) }) { return day }
            report(
                Wording(en: "date is \(value.text ?? "a list"), which is no day", ja: "date の「\(value.text ?? "リスト")」は日付ではありません"), value.position,
                hint: Wording(en: "write YYYY-MM-DD", ja: "YYYY-MM-DD と書いてください"))
        }
        if let day = labels["date"].flatMap({ DateReader.day(in: $0.text) }) { return day }
        return DateReader.day(inFileName: RelativePath.name(file.path)) ?? DateReader.day(in: title)
    }

    private func id(title: String, date: Day?, heading: Int?) -> String {
        if heading == nil, let id = yaml?["id"]?.text { return id }
        let slug = NoteSlug.make(NoteFields.withoutDate(heading == nil ? RelativePath.stem(file.path) : title))
        guard let date else { return slug.isEmpty ? "N-" + RelativePath.stem(file.path) : "N-" + slug }
        let (year, month, day) = date.civil
        let digits = String(year * 10_000 + month * 100 + day)
        return slug.isEmpty ? "N-" + digits : "N-" + digits + "-" + slug
    }

    /// A file name or heading without the date it begins with.
    private static func withoutDate(_ stem: String) -> String {
        let rest = stem.drop { ($0.isASCII && $0.isNumber) || "-_./".contains($0) }
        let dropped = stem.count - rest.count
        return dropped >= 8 ? String(rest) : stem
    }

    private mutating func kind(_ blocks: [Markdown.Block], _ labels: [String: LabelledValue]) -> Note.Kind {
        if let value = yaml?["kind"] {
            if let kind = value.text.flatMap({ Note.Kind(rawValue: $0.lowercased()) }) { return kind }
            report(
                Wording(en: "kind is \(value.text ?? "a list")", ja: "kind の「\(value.text ?? "リスト")」を読み取れません"), value.position,
                hint: NoteFields.oneOf(Note.Kind.self))
        }
        if let kind = labels["kind"].flatMap({ Note.Kind(rawValue: Folding.searchable($0.text)) }) { return kind }
        return NoteWords.kind(of: blocks.filter(\.isText).map(\.text).joined(separator: "\n"))
    }

    private mutating func value<T: CaseIterable & RawRepresentable<String>>(
        _ key: String, _ labels: [String: LabelledValue], _ rule: String, _ read: (String) -> T?
    ) -> T? {
        if let value = yaml?[key] {
            if let found = value.text.flatMap({ read(Folding.searchable($0).trimmingBlanks) }) { return found }
            report(
                Wording(en: "\(key) is \(value.text ?? "a list")", ja: "\(key) の「\(value.text ?? "リスト")」を読み取れません"), value.position,
                hint: NoteFields.oneOf(T.self))
            return nil
        }
        return labels[key].flatMap { read(Folding.searchable($0.text)) }
    }

    private static func oneOf<T: CaseIterable & RawRepresentable<String>>(_ type: T.Type) -> Wording {
        let names = T.allCases.map(\.rawValue).joined(separator: ", ")
        return Wording(en: "one of \(names)", ja: "次のいずれかにしてください: \(names)")
    }

    private mutating func report(_ message: Wording, _ position: Position, hint: Wording?) {
        findings.append(
            Finding(rule: "knowledge/unread-field", severity: .warning, message: message, place: Place(path: file.path, position: position), hint: hint))
    }

    struct LabelledValue {
        var text: String
        var codes: [String]
    }

    /// `原因: slip` and the like in the text, by their English key; the first of each counts.
    private func labels(in blocks: [Markdown.Block]) -> [String: LabelledValue] {
        var found: [String: LabelledValue] = [:]
        for block in blocks where block.kind == .paragraph {
            guard let label = Label(block.text), let value = label.value, let key = NoteFields.keys[label.name], found[key] == nil else { continue }
            found[key] = LabelledValue(text: value, codes: block.codes)
        }
        return found
    }

    private static let keys: [String: String] = [
        "date": "date", "日付": "date", "発生日": "date", "発生日時": "date", "cause": "cause", "原因": "cause", "要因": "cause",
        "severity": "severity", "重大度": "severity", "深刻度": "severity", "影響度": "severity", "incident": "incident", "インシデント": "incident",
        "障害番号": "incident", "kind": "kind", "種別": "kind", "paths": "paths", "path": "paths", "対象": "paths", "パス": "paths",
        "decisions": "decisions", "decision": "decisions",
        "adr": "decisions", "author": "author", "記録者": "author", "起票者": "author",
    ]
}

/// The part of a note's id and file name that comes from its words.
package enum NoteSlug {
    /// Letters and digits of any script, in lower case, everything else a hyphen; at most forty characters.
    package static func make(_ text: String, longest: Int = 40) -> String {
        var out = ""
        for character in Folding.searchable(text) {
            if character.isLetter || character.isNumber {
                out.append(character)
            } else if !out.isEmpty, !out.hasSuffix("-") {
                out.append("-")
            }
            if out.count >= longest { break }
        }
        while out.hasSuffix("-") { out.removeLast() }
        return out
    }
}
