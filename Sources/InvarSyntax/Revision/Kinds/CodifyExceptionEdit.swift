import InvarCore

/// `codify-exception`: what was excepted again and again becomes a clause, and those exceptions end.
enum CodifyExceptionEdit {
    static func plan(_ way: RevisionWay) -> RevisionPlan? {
        let wanted = Set(way.proposal.material.exceptions)
        let items = way.exceptions.filter { wanted.contains(ExceptionItem.Reference($0)) }.sorted(by: ExceptionItem.inOrder)
        var closed: [FileEdit] = []
        for path in Set(wanted.map(\.place.path)).sorted() {
            let lines = wanted.filter { $0.place.path == path }.map(\.place.line)
            if let bytes = way.files.decisions[path], let edit = ExceptionClosing.edit(path, bytes, lines, until: way.sprint.end, way.files.vocabulary) {
                closed.append(edit)
            }
        }
        var plan = way.single { revision in
            let language = revision.source.language
            guard revision.appendClauses([text(way, items, language)]) else { return nil }
            let names = Set(wanted.map(\.decision)).sorted().map(RevisionWay.name)
            let isWhole = closed.count == Set(wanted.map(\.place.path)).count
            let end = isWhole ? Wording(en: ", which end", ja: "（例外は終了）") : Wording(en: "; end the exceptions by hand", ja: "（例外は手で終了させること）")
            return Wording(
                en: "made a clause of the exceptions of \(names.joined(separator: ", "))", ja: "\(names.joined(separator: "、")) の例外を条項にした") + end
        }
        plan?.decisions = closed
        return plan
    }

    private static func text(_ way: RevisionWay, _ items: [ExceptionItem], _ language: Language) -> String {
        var places: [String] = []
        for item in items { for path in item.exception.paths + item.exception.operations where !places.contains(path) { places.append(path) } }
        let scope = places.isEmpty ? nil : places.prefix(5).map { PlainText.code($0, language) }.joined(separator: language.pick(en: ", ", ja: "、"))
        let clause = way.proposal.clause ?? way.proposal.invariant
        let reason = way.isPlain ? nil : items.compactMap(\.exception.reason).first { !Placeholder.isEmpty($0) }.map { PlainText.inline($0).trimmingSentence }
        let grounds = (reason.map { [language.pick(en: "reason: \($0)", ja: "理由: \($0)")] } ?? []) + way.decisions
        let tail = grounds.isEmpty ? "" : language.pick(en: " (\(grounds.joined(separator: "; ")))", ja: "（\(grounds.joined(separator: "、"))）")
        let measure = way.measure(language)
        return language.pick(
            en: "\(scope.map { "In \($0), " } ?? "Where it cannot be kept, ")this stands in place of \(clause): \(measure)\(tail).",
            ja: "\(scope.map { "\($0) では" } ?? "守ることができない場合は")、\(clause) に代えて次のとおりとする: \(measure)\(tail)。")
    }
}
