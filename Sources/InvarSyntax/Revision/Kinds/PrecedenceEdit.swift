import InvarCore

/// `precedence`: which of two invariants yields where both cannot be kept.
enum PrecedenceEdit {
    static func plan(_ way: RevisionWay) -> RevisionPlan? {
        guard let partner = way.proposal.partner, let other = way.source(partner) else { return nil }
        return way.single { revision in
            let language = revision.source.language
            // What nobody may be released from comes first; else the one that was given up in practice yields.
            let own = revision.source.invariant
            let isFirst = !own.waivable && other.invariant.waivable
            let line =
                isFirst
                ? language.pick(en: "Where this conflicts with \(partner), this comes first.", ja: "\(partner) と両立しない場合は、こちらを優先する。")
                : language.pick(en: "Where this conflicts with \(partner), \(partner) comes first.", ja: "\(partner) と両立しない場合は、\(partner) を優先する。")
            if let index = revision.source.index(ofClause: way.proposal.clause), revision.source.item(ofClause: index) != nil {
                guard revision.nest([line], underClause: index, isClauseText: true) else { return nil }
            } else {
                guard revision.appendClauses([line]) else { return nil }
            }
            return Wording(en: "said which yields, this or \(partner)", ja: "\(partner) との優先順位を明記")
        }
    }
}
