import InvarCore

/// One way of carrying out a proposal. Ways are tried in turn until reading the files again shows what was meant.
struct RevisionWay {
    let proposal: Proposal
    let sprint: Sprint
    let exceptions: [ExceptionItem]
    let files: RevisionFiles
    /// Without words of others, where they would change what the invariant demands of exceptions.
    let isPlain: Bool
    /// Which form a new label takes: 0 the document's own of that kind, 1 that of its checks, 2 a heading, 3 a block quote.
    let form: Int

    func source(_ id: String) -> InvariantSource? { files.source(id) }

    /// A plan for the proposal's own invariant.
    ///
    /// - Parameter edit: gives the words for the revision log, nil when it cannot be done this way.
    func single(_ edit: (inout InvariantRevision) -> Wording?) -> RevisionPlan? {
        guard let source = source(proposal.invariant) else { return nil }
        var revision = InvariantRevision(source)
        guard let what = edit(&revision), log(what, &revision) else { return nil }
        return RevisionPlan([revision])
    }

    /// Adds the line of the revision log that names the evidence.
    func log(_ what: Wording, _ revision: inout InvariantRevision) -> Bool {
        guard let form = logForm(revision.source) else { return false }
        revision.log(logLine(what, revision.source.language), form)
        return true
    }

    func logLine(_ what: Wording, _ language: Language) -> String {
        let ids = proposal.evidence.filter { $0.kind != .invariant }.map { RevisionWay.name($0.id) }
        let shown = ids.prefix(RevisionWay.longestEvidence)
        let rest = ids.count - shown.count
        let id = RevisionWay.name(proposal.id(in: sprint))
        return language.pick(
            en: "\(sprint.end): \(what.en) (\(id)" + (shown.isEmpty ? "" : "; evidence: " + shown.joined(separator: ", "))
                + (rest > 0 ? " and \(rest) more" : "") + ")",
            ja: "\(sprint.end): \(what.ja)（\(id)" + (shown.isEmpty ? "" : "、根拠: " + shown.joined(separator: "、"))
                + (rest > 0 ? " ほか \(rest) 件" : "") + "）")
    }

    private static let longestEvidence = 20

    /// An id as it is, where nothing in it is markup.
    static func name(_ id: String) -> String {
        let isPlain =
            id.unicodeScalars.count <= 120
            && id.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil || " -.".unicodeScalars.contains(scalar)
            }
        return isPlain ? id : PlainText.inline(id)
    }

    /// How a new revision log is labelled.
    private func logForm(_ source: InvariantSource) -> LabelForm? {
        let labels = InvariantLabels(source: source)
        switch form {
        case 0: return labels.log != nil ? .quote(bullet: "-") : labels.logForm
        case 1: return labels.checkForm
        default: return plainForm(source)
        }
    }

    /// How new checks are labelled.
    func checkForm(_ source: InvariantSource) -> LabelForm? {
        switch form {
        case 0, 1: InvariantLabels(source: source).checkForm
        default: plainForm(source)
        }
    }

    /// How a list of examples is labelled.
    func plainForm(_ source: InvariantSource) -> LabelForm? {
        let bullet = source.item(ofClause: 0).map { $0.marker.utf8.count == 1 ? $0.marker : "-" } ?? "-"
        let isHeading = source.isWholeFile || source.head.flatMap { source.blocks[$0].headingLevel } != nil
        if form < 3 { return isHeading ? .heading(level: source.level + 1, bullet: bullet) : nil }
        return .quote(bullet: bullet)
    }

    /// A sentence of a note, fit to be quoted in a document of that language.
    func quote(_ index: Int, _ language: Language) -> String? {
        guard !isPlain, proposal.material.quotes.indices.contains(index) else { return nil }
        let text = PlainText.inline(proposal.material.quotes[index].text).trimmingSentence
        guard !text.isEmpty else { return nil }
        return language.pick(en: "\"\(text)\"", ja: "「\(text)」")
    }

    /// Which note a sentence is from, in parentheses.
    func origin(_ index: Int, _ language: Language) -> String {
        guard proposal.material.quotes.indices.contains(index) else { return "" }
        let name = RevisionWay.name(proposal.material.quotes[index].note)
        return language.pick(en: " (\(name))", ja: "（\(name)）")
    }

    /// Decisions that justify it, in words.
    var decisions: [String] { isPlain ? [] : proposal.material.decisions.map(RevisionWay.name) }

    /// What is done in place of the clause, as the exceptions say it.
    func measure(_ language: Language) -> String {
        let wanted = Set(proposal.material.exceptions)
        let own = exceptions.filter { item in
            wanted.contains(ExceptionItem.Reference(item))
                || (item.exception.invariant == proposal.invariant && proposal.material.decisions.contains(item.decision))
        }
        if !isPlain, let retry = own.compactMap(\.exception.retry).first(where: { !Placeholder.isEmpty($0) }) {
            return PlainText.inline(retry).trimmingSentence
        }
        return language.pick(
            en: "what was affected is recorded and corrected afterwards", ja: "影響を受けた処理とデータを記録し、後から補正できるようにする")
    }
}

extension String {
    /// Without the full stop at its end, to go on behind it.
    var trimmingSentence: String {
        var text = self[...]
        while let last = text.last, "。．. ".contains(last) { text.removeLast() }
        return String(text)
    }
}
