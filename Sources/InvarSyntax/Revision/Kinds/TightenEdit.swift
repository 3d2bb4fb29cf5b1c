import InvarCore

/// `tighten`: a stronger word of obligation, else one more condition under the clause.
enum TightenEdit {
    static func plan(_ way: RevisionWay) -> RevisionPlan? {
        way.single { revision in
            let language = revision.source.language
            let clause = way.proposal.clause ?? way.proposal.invariant
            guard let index = revision.source.index(ofClause: way.proposal.clause) else {
                guard revision.appendClauses([condition(way, language) ?? plainCondition(language)]) else { return nil }
                return Wording(en: "added a condition", ja: "条件を追加")
            }
            if let obligation = way.proposal.material.obligation, let stronger = obligation.stronger,
                revision.replace(obligation.written, with: stronger, inClause: index)
            {
                let (old, new) = (PlainText.inline(obligation.written), PlainText.inline(stronger))
                return Wording(en: "strengthened \(clause) from \"\(old)\" to \"\(new)\"", ja: "\(clause) の「\(old)」を「\(new)」に強めた")
            }
            guard revision.nest([condition(way, language) ?? plainCondition(language)], underClause: index, isClauseText: true) else { return nil }
            return Wording(en: "added a condition to \(clause)", ja: "\(clause) に条件を追加")
        }
    }

    private static func condition(_ way: RevisionWay, _ language: Language) -> String? {
        way.quote(0, language).map { quote in
            language.pick(
                en: "A change that touches this says how it keeps \(quote) from happening again.", ja: "関係する変更では、\(quote)が再び起きないようにする手段を示すこと。")
        }
    }

    private static func plainCondition(_ language: Language) -> String {
        language.pick(en: "A change that touches this shows in its review how it is met.", ja: "関係する変更では、どのように満たすかをレビューで示すこと。")
    }
}
