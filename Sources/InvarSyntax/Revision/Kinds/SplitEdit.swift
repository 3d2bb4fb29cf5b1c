import InvarCore

/// `split`: clauses move to an invariant of their own; what stood in their place says where they went, so that the ids of
/// the others keep their meaning and the old id goes on to lead there.
enum SplitEdit {
    static func plan(_ way: RevisionWay) -> RevisionPlan? {
        guard let draft = way.proposal.material.draft, let source = way.source(way.proposal.invariant) else { return nil }
        var revision = InvariantRevision(source)
        var texts: [String] = []
        for id in way.proposal.material.clauses {
            guard let index = source.index(ofClause: id) else { return nil }
            texts.append(DraftForm.carried(index, from: source, way.isPlain))
            let target = "\(draft.id).\(texts.count)"
            guard revision.replaceClause(index, with: source.language.pick(en: "Moved to \(target).", ja: "\(target) に移した。")) else { return nil }
        }
        guard !texts.isEmpty else { return nil }
        guard
            way.log(
                Wording(en: "moved \(texts.count == 1 ? "a clause" : "\(texts.count) clauses") to \(draft.id)", ja: "\(texts.count) 条項を \(draft.id) に分離"),
                &revision)
        else { return nil }
        let title = PlainText.inline(draft.title, limit: 80)
        let form = DraftForm(id: draft.id, title: title.isEmpty ? PlainText.inline(source.invariant.title) : title, clauses: texts, language: source.language)
        return form.added(
            behind: source, way, to: RevisionPlan([revision]), log: Wording(en: "split from \(source.invariant.id)", ja: "\(source.invariant.id) から分離"))
    }
}
