package import InvarCore

/// Edits one record of a file by splices, each read again before it is believed: what does not then read as the same record
/// with just the change that was asked for is not done.
package struct DecisionEdit {
    private let bytes: [UInt8]
    private let path: String
    private let style: DecisionStyle
    private let vocabulary: StatusVocabulary
    private let today: Day
    private let before: Document
    /// The index of the record among the file's entries.
    private let index: Int
    private let layout: DecisionLayout

    /// - Parameter line: where the record's title stands, to tell the records of one file.
    /// - Throws: ``Failure`` for a file that readers cannot read byte by byte, and when the record is not there.
    package init(
        _ bytes: [UInt8], path: String, id: String, line: Int, style: DecisionStyle, vocabulary: StatusVocabulary, today: Day
    ) throws(Failure) {
        guard KnowledgeReader.isEditable(bytes) else {
            throw Failure("cannot be read byte by byte", at: Place(path: path), hint: "`invar index` says why; edit it yourself, nothing was written")
        }
        self.bytes = bytes
        self.path = path
        self.style = style
        self.vocabulary = vocabulary
        self.today = today
        before = KnowledgeReader(vocabulary: vocabulary).read(bytes, path: path, role: .decisions)
        let layouts = DecisionLayout.all(MarkdownFile(path: path, bytes: bytes), vocabulary)
        guard layouts.count == before.entries.count,
            let index = before.entries.firstIndex(where: { $0.id == id && $0.position.line == line }) ?? before.entries.firstIndex(where: { $0.id == id })
        else { throw Failure("\(id) is no longer there", at: Place(path: path), hint: "nothing was written; run the command again") }
        self.index = index
        layout = layouts[index]
    }

    package var decision: Decision {
        guard case .decision(let decision) = before.entries[index].content else { preconditionFailure("a file of decisions holds decisions") }
        return decision
    }

    private var language: Language {
        Language.of(String(decoding: bytes[before.entries[index].span], as: UTF8.self))
    }

    /// The record with another status; the bytes as they are when it has that one.
    ///
    /// - Throws: ``Failure`` with the line and the way out when no splice reads as just that.
    package func settingStatus(_ status: Decision.Status) throws(Failure) -> [UInt8] {
        if decision.status == status, layout.sites.allSatisfy({ $0.status == status || $0.status == nil }) { return bytes }
        let wanted = Outcome(status: status, isStepped: true)
        let ways =
            layout.sites.isEmpty && !layout.hasHiddenSite
            ? StatusPlacement(layout: layout, style: style, language: language).ways(word(status))
            : layout.hasHiddenSite ? [] : edit.ways(.status(status))
        if let found = first(ways, wanted) { return found }
        throw refusal("the status cannot be changed safely", "write \"\(word(status))\" there yourself; nothing was written")
    }

    /// The record as superseded by another one, in its status and by a link.
    package func superseded(by target: DecisionTarget) throws(Failure) -> [UInt8] {
        let names = before.entries[index].links.contains { $0.kind == .supersedes && $0.isInverse && target.isNamed(by: $0.key) }
        if decision.status == .superseded, names { return bytes }
        let wanted = Outcome(status: .superseded, isStepped: true, added: names ? nil : Outcome.Added(phrase: .supersededBy, target: target))
        let relation = names ? [[]] : RelationEdit(layout: layout, style: style, phrase: .supersededBy, target: target, language: language).ways
        let plain = decision.status == .superseded ? [[]] : layout.sites.isEmpty ? placed(.superseded) : edit.ways(.status(.superseded))
        let apart = relation.flatMap { link in plain.map { link + $0 } }
        guard !layout.hasHiddenSite else { throw refusal("the status cannot be changed safely", "edit it yourself; nothing was written") }
        let together = edit.ways(.superseded { isYAML in phrase(target, isYAML: isYAML) })
        let ways = keepsSuccessorsApart ? apart + together : together + apart
        if let found = first(ways, wanted) { return found }
        throw refusal("cannot be marked as superseded safely", "write \"\(phrase(target, isYAML: false))\" there yourself; nothing was written")
    }

    /// The record with a link to another one.
    package func linking(_ phrase: RelationPhrase, _ target: DecisionTarget) throws(Failure) -> [UInt8] {
        if before.entries[index].links.contains(where: { link in
            phrase.link.map { link.kind == $0.kind && link.isInverse == $0.isInverse } ?? false && target.isNamed(by: link.key)
        }) {
            return bytes
        }
        let ways = RelationEdit(layout: layout, style: style, phrase: phrase, target: target, language: language).ways
        if let found = first(ways, Outcome(added: Outcome.Added(phrase: phrase, target: target))) { return found }
        throw refusal(
            "no link can be added safely",
            "write \"\(phrase.sentence(style.reference(isYAML: false).text(target, from: path), language))\" yourself; nothing was written")
    }

    // MARK: Ways

    private var edit: StatusEdit { StatusEdit(layout: layout, words: style.words, language: language, today: today) }

    private func word(_ status: Decision.Status) -> String {
        let current = layout.sites.first { $0.word != nil }?.word.map { layout.text($0) }
        return style.words.word(status, like: current, language: language)
    }

    private func placed(_ status: Decision.Status) -> [[Splice]] {
        StatusPlacement(layout: layout, style: style, language: language).ways(word(status))
    }

    /// Whether the collection names successors under a key of their own.
    private var keepsSuccessorsApart: Bool {
        let isInFrontMatter = layout.sites.contains { if case .yaml = $0.form { true } else { false } }
        return isInFrontMatter && (style.keys[.supersededBy] != nil || style.keys[.supersedes] != nil)
    }

    private func phrase(_ target: DecisionTarget, isYAML: Bool) -> String {
        // MADR writes the link into the status, where a bare name is not usual.
        let reference = style.reference(isYAML: false).text(target, from: path)
        return RelationPhrase.supersededBy.sentence(reference, speech)
    }

    /// The language of the status words, which may be another than that of the text.
    private var speech: Language {
        word(.superseded).unicodeScalars.contains(where: \.isCJK) ? .japanese : .english
    }

    // MARK: Believing

    /// The first way that reads as wanted.
    private func first(_ ways: [[Splice]], _ wanted: Outcome) -> [UInt8]? {
        for way in ways where !way.isEmpty && DecisionEdit.areApart(way) {
            let edited = bytes.splicing(way)
            guard KnowledgeReader.isEditable(edited) else { continue }
            let after = KnowledgeReader(vocabulary: vocabulary).read(edited, path: path, role: .decisions)
            let files = (MarkdownFile(path: path, bytes: bytes), MarkdownFile(path: path, bytes: edited))
            if wanted.isReached(from: (before, files.0), to: (after, files.1), index: index, today: today) { return edited }
        }
        return nil
    }

    private static func areApart(_ splices: [Splice]) -> Bool {
        let ordered = splices.map(\.range).sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        return zip(ordered, ordered.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
    }

    private func refusal(_ message: String, _ hint: String) -> Failure {
        let line = layout.sites.first?.line ?? decision.statusLine ?? decision.position.line
        return Failure(message, at: Place(path: path, position: Position(line: line)), hint: hint)
    }
}
