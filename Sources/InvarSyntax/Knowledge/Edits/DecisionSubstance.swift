package import InvarCore

/// What a decision decides, line by line: all of its text but status, dates, links and exceptions, which live on after it
/// was accepted.
package struct DecisionSubstance: Sendable {
    package struct Line: Hashable, Sendable {
        /// As a reader sees it, other records by no number of theirs.
        package var text: String
        /// 1-based.
        package var line: Int
    }

    package private(set) var lines: [Line] = []
    package private(set) var status = Decision.Status.unknown
    package private(set) var id = ""

    /// nil for a file that is no record.
    package init?(_ file: MarkdownFile, vocabulary: StatusVocabulary) {
        let layouts = DecisionLayout.all(file, vocabulary)
        guard let first = layouts.first else { return nil }
        status = first.fields.status
        id = "ADR-" + (first.record.number ?? RelativePath.stem(file.path))
        var living = Lines()
        for layout in layouts { living.formUnion(DecisionSubstance.livingLines(layout)) }
        let titles = Set(layouts.map(\.record.position.line))
        for line in file.lines.line(at: file.frontMatter.bodyStart)...max(1, file.lines.count) where !living.contains(line) {
            let source = InlineSource(file.bytes, [file.lines.range(ofLine: line)])
            var text = source.text(source.all)
            if titles.contains(line) { text = DecisionHeading.title(String(text.drop { $0 == "#" || $0 == " " }), known: first.record.number).title }
            text = DecisionSubstance.withoutNumbers(text, source, file.path)
            if !text.isEmpty, !text.allSatisfy({ "=-#*_ ".contains($0) }) { lines.append(Line(text: text, line: line)) }
        }
        for (key, value) in file.frontMatter.yaml?.members ?? [] {
            let label = FieldLabel.comparable(key.text ?? "")
            guard !DecisionSubstance.isLiving(label) else { continue }
            lines.append(Line(text: label + ": " + DecisionSubstance.words(value), line: key.position.line))
        }
    }

    /// The first line that the other text has otherwise; nil when both say the same.
    package func firstDifference(from before: DecisionSubstance) -> (line: Int, before: String?, after: String?)? {
        for (index, line) in lines.enumerated() {
            guard index < before.lines.count else { return (line.line, nil, line.text) }
            if line.text != before.lines[index].text { return (line.line, before.lines[index].text, line.text) }
        }
        guard lines.count < before.lines.count else { return nil }
        return (lines.last?.line ?? 1, before.lines[lines.count].text, nil)
    }

    // MARK: What lives on

    private typealias Lines = Set<Int>

    private static func isLiving(_ label: String) -> Bool {
        ["status", "state", "exceptions", "renewed", "links", "tags", "invar"].contains(label) || FieldLabel.isDate(label) || RelationWords.label(label) != nil
    }

    private static func livingLines(_ layout: DecisionLayout) -> Lines {
        let file = layout.file
        let blocks = file.markdown.blocks
        var lines = Lines()
        for site in layout.sites { lines.insert(site.line) }
        var level: Int?
        for index in layout.record.blocks {
            let block = blocks[index]
            if let heading = block.headingLevel, block.quoteDepth == 0 {
                if let open = level, heading <= open { level = nil }
                let label = FieldLabel.comparable(block.text)
                if level == nil, isLivingSection(label, block.text) { level = heading }
            }
            if level != nil { lines.formUnion(block.line...max(block.line, block.endLine)) }
        }
        for statement in layout.fields.header where isLiving(statement.label) { lines.insert(statement.line) }
        return lines
    }

    /// A section named 決定 holds the decision, not its date.
    private static func isDateSection(_ label: String) -> Bool {
        FieldLabel.isDate(label) && ["date", "日", "時"].contains { label.contains($0) }
    }

    private static func isLivingSection(_ label: String, _ text: String) -> Bool {
        FieldLabel.isStatus(label) || FieldLabel.matches(label, FieldLabel.history) || isDateSection(label) || RelationWords.label(label) != nil
            || DecisionLinks.isLinkSection(label) || ExceptionReader.isSection(text)
    }

    // MARK: Text

    /// A renumbered neighbour is still the same one.
    private static func withoutNumbers(_ text: String, _ source: InlineSource, _ path: String) -> String {
        let names = RecordName.names(in: source, source.all, numbers: .none, path: path)
        guard !names.isEmpty else { return text }
        var out = String.UnicodeScalarView()
        var index = 0
        for name in names where name.range.lowerBound >= index {
            out.append(contentsOf: source.scalars[index..<name.range.lowerBound])
            out.append(contentsOf: "ADR".unicodeScalars)
            index = name.range.upperBound
        }
        out.append(contentsOf: source.scalars[index...])
        return String(out).trimmingBlanks
    }

    private static func words(_ value: YAML) -> String {
        switch value.content {
        case .scalar(let text, _): text
        case .list(let items): items.map(words).joined(separator: ", ")
        case .map(let members): members.map { words($0.key) + ": " + words($0.value) }.joined(separator: ", ")
        }
    }
}
