import InvarCore

/// `clarify`: an example and a line of reasons; neither is part of the clause.
enum ClarifyEdit {
    static func plan(_ way: RevisionWay) -> RevisionPlan? {
        way.single { revision in
            let language = revision.source.language
            let clause = way.proposal.clause ?? way.proposal.invariant
            let example = way.quote(0, language).map { quote in
                language.pick(en: "this covers cases such as \(quote)\(way.origin(0, language))", ja: "\(quote)のような場合も対象になる\(way.origin(0, language))")
            }
            let count = way.proposal.incidents
            let reason = language.pick(
                en: "it was read differently or not known in \(count) incident\(count == 1 ? "" : "s")", ja: "読み違いや認識漏れが \(count) 件あったため、判断の例を示す")
            if let index = revision.source.index(ofClause: way.proposal.clause) {
                let items = example.map { [language.pick(en: "Example: \($0)", ja: "例: \($0)")] } ?? []
                guard revision.nest(items + [language.pick(en: "Rationale: \(reason)", ja: "理由: \(reason)")], underClause: index, isClauseText: false) else {
                    return nil
                }
            } else {
                guard let form = way.checkForm(revision.source) ?? way.plainForm(revision.source) else { return nil }
                revision.appendSection(
                    example == nil ? language.pick(en: "Rationale", ja: "理由") : language.pick(en: "Examples", ja: "例"), [example ?? reason], form)
            }
            return Wording(en: "explained \(clause) by an example", ja: "\(clause) に例と理由を追記")
        }
    }
}
