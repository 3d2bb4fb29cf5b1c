import InvarCore

/// `fix-check`: the check says what it does not mean; the invariant stays.
enum FixCheckEdit {
    static func plan(_ way: RevisionWay) -> RevisionPlan? {
        way.single { revision in
            let source = revision.source
            let language = source.language
            let rule = way.proposal.material.rule
            let checks = source.invariant.checks
            let index = checks.firstIndex { $0.id == way.proposal.material.check } ?? rule.flatMap { rule in checks.firstIndex { $0.rules.contains(rule) } }
            let cases = cases(way, language)
            if let index, revision.extendCheck(index, by: language.pick(en: " (not for \(cases))", ja: "（\(cases)は対象外）")) {
                return Wording(en: "narrowed the check \(checks[index].id)", ja: "確認項目 \(checks[index].id) の対象を絞った")
            }
            let name = rule.map { "`\($0)`" }
            let question = language.pick(
                en: "Is what \(name ?? "the check") reports really against this, and not one of \(cases)?",
                ja: "\(name ?? "検査") の指摘は実際の違反か（\(cases)は対象外）")
            guard let form = way.checkForm(source), AddCheckEdit.add(question, for: way, form, to: &revision) else { return nil }
            revision.change.boundRule = rule
            return Wording(en: "added what the check does not mean", ja: "検査の対象外を明記")
        }
    }

    private static func cases(_ way: RevisionWay, _ language: Language) -> String {
        if let scope = way.proposal.scope { return PlainText.code(scope, language) }
        return way.quote(0, language).map { language.pick(en: "cases such as \($0)", ja: "\($0)のような場合") }
            ?? language.pick(en: "cases known to be harmless", ja: "無害と分かっている場合")
    }
}
