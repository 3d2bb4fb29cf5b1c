package import InvarCore

/// How the records of a collection are written: what an edit of one of them follows.
package struct DecisionStyle: Sendable {
    /// Where a collection keeps the status, with the text around it.
    enum StatusPlace: Hashable, Sendable {
        case frontMatter
        /// The heading line.
        case section(String)
        /// A line or an item, up to the word and behind it.
        case line(before: String, after: String)
    }

    var words = StatusWords()
    /// Where most records keep their status.
    var place: StatusPlace?
    /// How records are named in text.
    var reference: DecisionReference?
    /// How they are named in front matter, and under which key.
    var keys: [RelationWords.Relation: String] = [:]
    var keyReference: DecisionReference?
    /// The heading of the section for links.
    var linksHeading: String?
    /// How titles are written.
    package private(set) var heading: HeadingStyle?

    /// Whether most records keep their status in front matter; nil without records.
    package var keepsFrontMatter: Bool? { place.map { $0 == .frontMatter } }

    /// That of its status words; nil without any.
    package var language: Language? {
        words.usual.isEmpty ? nil : words.usual.values.contains { $0.unicodeScalars.contains(where: \.isCJK) } ? .japanese : .english
    }

    /// What stands before the date where records keep it beside such a status.
    var dateLead: String?

    /// The lines below a title in a collection that keeps its status there; nil in others.
    ///
    /// - Parameter date: as it is to be written.
    package func headerLines(_ status: Decision.Status, date: String) -> [String]? {
        guard case .line(let before, let after)? = place else { return nil }
        let word = words.word(status, like: words.usual.values.min(), language: before.unicodeScalars.contains(where: \.isCJK) ? .japanese : .english)
        return [before + word + after] + (dateLead.map { [$0 + date + after] } ?? [])
    }

    package init() {}

    /// More records than these tell nothing new.
    package static let enough = 60

    /// Reads the style of the records beside the one that is edited.
    package init(_ files: [(path: String, bytes: [UInt8])], vocabulary: StatusVocabulary) {
        var words: [Decision.Status: Tally<String>] = [:]
        var places = Tally<StatusPlace>()
        var references = Tally<DecisionReference>()
        var keys: [RelationWords.Relation: Tally<String>] = [:]
        var keyReferences = Tally<DecisionReference>()
        var headings = Tally<String>()
        var titles = Tally<HeadingStyle>()
        var dates = Tally<String>()
        for (path, bytes) in files.prefix(DecisionStyle.enough) where KnowledgeReader.isEditable(bytes) {
            let file = MarkdownFile(path: path, bytes: bytes)
            for layout in DecisionLayout.all(file, vocabulary) {
                let title = layout.headings.first { file.markdown.blocks[$0].line == layout.record.position.line }
                if let title, let found = HeadingStyle(file.markdown.blocks[title].text, title: layout.record.title, number: layout.record.number) {
                    titles.add(found)
                }
                for site in layout.sites {
                    if let status = site.status, let word = site.word { words[status, default: Tally()].add(DecisionStyle.bare(layout.text(word))) }
                    if let place = layout.place(of: site) { places.add(place) }
                    if let lead = layout.dateLead(beside: site) { dates.add(lead) }
                }
                for link in DecisionLinks(file, layout.record.blocks, number: layout.record.number, isAccepted: true, readsFrontMatter: layout.isFirst).links {
                    if let found = layout.reference(at: link.position) { references.add(found) }
                }
                for index in layout.headings {
                    let label = FieldLabel.comparable(file.markdown.blocks[index].text)
                    if DecisionLinks.isLinkSection(label) { headings.add(layout.line(of: index)) }
                }
            }
            for (key, value) in file.frontMatter.yaml?.members ?? [] {
                guard let name = key.text, let relation = RelationWords.label(FieldLabel.comparable(name)) else { continue }
                keys[relation, default: Tally()].add(name)
                for text in value.texts { if let found = DecisionReference(text, destination: nil) { keyReferences.add(found) } }
            }
        }
        self.words.usual = words.compactMapValues(\.agreed)
        place = places.most
        reference = references.most
        self.keys = keys.compactMapValues(\.most)
        keyReference = keyReferences.most
        linksHeading = headings.most
        heading = titles.most
        dateLead = dates.most
    }

    /// `Superseded by` without its preposition.
    private static func bare(_ word: String) -> String {
        word.lowercased().hasSuffix(" by") ? String(word.dropLast(3)) : word
    }

    func reference(isYAML: Bool) -> DecisionReference {
        if isYAML { return keyReference ?? DecisionReference.standard.bare }
        return reference ?? .standard
    }
}

/// How often things were seen; ties go to the one that sorts first, so that the order of files decides nothing.
private struct Tally<Value: Hashable> {
    private var counts: [Value: Int] = [:]

    mutating func add(_ value: Value) { counts[value, default: 0] += 1 }

    var most: Value? {
        counts.max { ($0.value, String(describing: $1.key)) < ($1.value, String(describing: $0.key)) }?.key
    }

    /// The value of more than half.
    var agreed: Value? {
        guard let most, let count = counts[most], count * 2 > counts.values.reduce(0, +) else { return nil }
        return most
    }
}

extension DecisionLayout {
    /// The line of a heading as written, without its end.
    func line(of heading: Int) -> String {
        var range = file.lines.range(ofLine: file.markdown.blocks[heading].line)
        while let last = range.last, [0x0A, 0x0D, 0x20].contains(file.bytes[last]) { range = range.lowerBound..<last }
        return text(range)
    }

    /// Where a site stands, so that another record can have one like it.
    func place(of site: StatusSite) -> DecisionStyle.StatusPlace? {
        switch site.form {
        case .yaml: return .frontMatter
        case .section, .ticked, .step, .label:
            guard let heading = heading(above: site.line), line(of: heading).hasPrefix("#") else { return nil }
            return FieldLabel.isStatus(FieldLabel.comparable(file.markdown.blocks[heading].text)) ? .section(line(of: heading)) : nil
        case .labelled:
            let line = file.lines.range(ofLine: site.line)
            var end = line.upperBound
            while end > site.value.upperBound, file.bytes[end - 1] == 0x0A || file.bytes[end - 1] == 0x0D { end -= 1 }
            guard site.value.upperBound <= end, site.value.lowerBound >= line.lowerBound else { return nil }
            let before = text(line.lowerBound..<site.value.lowerBound)
            return before.contains("|") || before.contains("<") ? nil : .line(before: before, after: text(site.value.upperBound..<end))
        case .relation: return nil
        }
    }

    /// What stands before the date on the line above or below a status line.
    func dateLead(beside site: StatusSite) -> String? {
        guard case .labelled = site.form else { return nil }
        for line in [site.line + 1, site.line - 1] where line >= 1 && line <= file.lines.count {
            let text = text(file.lines.range(ofLine: line))
            guard let colon = text.firstIndex(where: { $0 == ":" || $0 == "：" }), FieldLabel.isDate(FieldLabel.comparable(String(text[..<colon]))),
                let digit = text[colon...].firstIndex(where: { $0.isASCII && $0.isNumber }), text.distance(from: colon, to: digit) < 8
            else { continue }
            return String(text[..<digit])
        }
        return nil
    }

    /// How the record that is named at a position of the text is written.
    func reference(at position: Position) -> DecisionReference? {
        let start = file.lines.offset(of: position, in: file.bytes)
        guard start >= file.frontMatter.bodyStart, start < file.bytes.count else { return nil }
        var end = start
        while end < file.bytes.count, file.bytes[end] != 0x0A, end - start < 400 { end += 1 }
        let line = String(decoding: file.bytes[start..<end], as: UTF8.self)
        if line.hasPrefix("[[") {
            return line.firstRange(of: "]]").flatMap { DecisionReference(String(line[..<$0.lowerBound].dropFirst(2)), destination: nil, isWiki: true) }
        }
        if line.hasPrefix("["), let close = line.firstRange(of: "]("), let paren = line[close.upperBound...].firstIndex(of: ")") {
            return DecisionReference(String(line[..<close.lowerBound].dropFirst()), destination: String(line[close.upperBound..<paren]))
        }
        let word = line.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "#") }
        return DecisionReference(String(word), destination: nil)
    }
}
