import InvarCore

/// `carve-out`: scope, condition, what is done instead, decision and expiry, below the clause.
enum CarveOutEdit {
    static func plan(_ way: RevisionWay) -> RevisionPlan? {
        way.single { revision in
            let language = revision.source.language
            let text = text(way, language)
            let clause = way.proposal.clause ?? way.proposal.invariant
            if let index = revision.source.index(ofClause: way.proposal.clause), revision.source.item(ofClause: index) != nil {
                guard revision.nest([text], underClause: index, isClauseText: true) else { return nil }
            } else {
                guard revision.appendClauses([text]) else { return nil }
            }
            let scope = way.proposal.scope.map { PlainText.code($0, language) }
            return Wording(
                en: "carved \(scope ?? "a case") out of \(clause)", ja: "\(clause) から\(scope.map { " \($0) " } ?? "一部の場合")を除外")
        }
    }

    private static func text(_ way: RevisionWay, _ language: Language) -> String {
        let scope = way.proposal.scope.map { PlainText.code($0, language) }
        let quote = way.quote(0, language)
        let until = way.proposal.material.until
        let grounds = way.decisions + (until.map { [language.pick(en: "until \($0)", ja: "期限 \($0)")] } ?? [])
        let measure = way.measure(language)
        switch language {
        case .english:
            let tail = grounds.isEmpty ? "" : " (" + grounds.joined(separator: ", ") + ")"
            let place = scope.map { "In \($0), " } ?? ""
            let condition = "only in cases " + (quote.map { "such as \($0)" } ?? "where it cannot be kept")
            let text = place + (place.isEmpty ? "Only" + condition.dropFirst(4) : condition)
            return "\(text), this may be set aside; in its place: \(measure)\(tail)."
        case .japanese:
            let tail = grounds.isEmpty ? "" : "（" + grounds.joined(separator: "、") + "）"
            let condition = quote.map { "\($0)のような場合" } ?? "守ることができない場合"
            return "ただし、" + (scope.map { "\($0) では" } ?? "") + "\(condition)に限り適用しない。代替策: \(measure)\(tail)。"
        }
    }
}
