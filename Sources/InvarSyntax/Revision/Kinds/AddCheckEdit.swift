import InvarCore

/// `add-check`: a check for CI, bound to a rule where one fits.
enum AddCheckEdit {
    static func plan(_ way: RevisionWay) -> RevisionPlan? {
        way.single { revision in
            let source = revision.source
            guard let form = way.checkForm(source), add(question(way, source), for: way, form, to: &revision) else { return nil }
            revision.change.boundRule = way.proposal.material.rule
            return Wording(en: "added a check for CI", ja: "CI で確かめる確認項目を追加")
        }
    }

    /// Adds a check for CI; a label behind this one that says nothing of its own keeps meaning what it did.
    static func add(_ text: String, for way: RevisionWay, _ form: LabelForm, to revision: inout InvariantRevision) -> Bool {
        let source = revision.source
        let inForce = audience(before: source, way.files)
        let name = source.language.pick(en: "Checks", ja: "Check例")
        if source.invariant.checks.contains(where: { $0.audience.contains(.ci) }) {
            return revision.appendCheck(text, under: nil, form, restoring: nil)
        }
        if source.invariant.checks.isEmpty, inForce.contains(.ci) { return revision.appendCheck(text, under: name, form, restoring: nil) }
        let before = (source.invariant.checks.last?.audience ?? inForce).map { word($0, source.language) }.joined(separator: "/")
        return revision.appendCheck(
            text, under: source.language.pick(en: "\(name) (CI)", ja: "\(name)（CI）"), form,
            restoring: source.language.pick(en: " (\(before))", ja: "（\(before)）"))
    }

    /// Whom a label without a word of its own speaks to at the invariant's place.
    private static func audience(before source: InvariantSource, _ files: RevisionFiles) -> [Invariant.Audience] {
        let earlier = files.invariants(in: source.file.path).prefix { $0.id != source.invariant.id }
        return earlier.last { !$0.checks.isEmpty }?.checks.last?.audience ?? [.human]
    }

    private static func word(_ audience: Invariant.Audience, _ language: Language) -> String {
        switch audience {
        case .ci: "CI"
        case .ai: "AI"
        case .human: language.pick(en: "human", ja: "人")
        }
    }

    private static func question(_ way: RevisionWay, _ source: InvariantSource) -> String {
        let language = source.language
        let rule = way.proposal.material.rule.map { language.pick(en: " (`\($0)`)", ja: "（`\($0)`）") } ?? ""
        if let quote = way.quote(0, language) {
            return language.pick(en: "Is it ruled out that \(quote) happens again?\(rule)", ja: "\(quote)が再び起きないようになっているか\(rule)")
        }
        let clause = source.index(ofClause: way.proposal.clause).map { source.invariant.clauses[$0].text } ?? source.invariant.title
        let text = PlainText.inline(clause.split(separator: "\n").first.map(String.init) ?? clause, limit: 80).trimmingSentence
        return language.pick(en: "Does the change keep \"\(text)\"?\(rule)", ja: "「\(text)」を満たしているか\(rule)")
    }
}
