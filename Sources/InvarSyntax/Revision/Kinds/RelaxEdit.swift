import InvarCore

/// `relax`: a weaker word of obligation, else a bound to what is asked.
enum RelaxEdit {
    static func plan(_ way: RevisionWay) -> RevisionPlan? {
        way.single { revision in
            let language = revision.source.language
            let clause = way.proposal.clause ?? way.proposal.invariant
            guard let index = revision.source.index(ofClause: way.proposal.clause) else {
                guard revision.appendClauses([bound(way, language)]) else { return nil }
                return Wording(en: "bounded what is asked", ja: "求める範囲を限定")
            }
            if let obligation = way.proposal.material.obligation, let weaker = obligation.weaker,
                revision.replace(obligation.written, with: weaker, inClause: index)
            {
                let (old, new) = (PlainText.inline(obligation.written), PlainText.inline(weaker))
                return Wording(en: "relaxed \(clause) from \"\(old)\" to \"\(new)\"", ja: "\(clause) の「\(old)」を「\(new)」に緩めた")
            }
            guard revision.nest([bound(way, language)], underClause: index, isClauseText: true) else { return nil }
            return Wording(en: "bounded what \(clause) asks", ja: "\(clause) の求める範囲を限定")
        }
    }

    private static func bound(_ way: RevisionWay, _ language: Language) -> String {
        let quote = way.quote(0, language)
        let tail = way.decisions.isEmpty ? "" : way.decisions.joined(separator: language.pick(en: ", ", ja: "、"))
        return language.pick(
            en:
                "Where the effort is out of proportion\(quote.map { ", as in \($0)" } ?? ""), this need not hold if the reason and what is done instead are written down"
                + (tail.isEmpty ? "." : " (\(tail))."),
            ja: "\(quote.map { "\($0)のように" } ?? "")費用が見合わない場合は、理由と代わりの手段を記録すれば、この限りでない" + (tail.isEmpty ? "。" : "（\(tail)）。"))
    }
}
