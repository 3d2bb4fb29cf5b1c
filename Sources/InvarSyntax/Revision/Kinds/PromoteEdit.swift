import InvarCore

/// `promote`: a new invariant on probation, made of what notes say.
enum PromoteEdit {
    static func plan(_ way: RevisionWay) -> RevisionPlan? {
        guard let draft = way.proposal.material.draft, !draft.clauses.isEmpty else { return nil }
        let title = PlainText.inline(draft.title, limit: 80)
        var form = DraftForm(
            id: draft.id, title: title.isEmpty ? draft.id : title, clauses: draft.clauses.map { clause($0, way.isPlain, draft.language) },
            language: draft.language)
        form.checks = draft.checks.map { PlainText.inline($0) }.filter { !$0.isEmpty }
        form.status = .probation
        let log = Wording(en: "drafted from notes, on probation", ja: "ノートから起案（試行中）")
        guard let path = draft.path, way.files.file(path) != nil else { return form.made(in: way.files.folder, way, log: log) }
        guard let last = way.files.lastInvariant(in: path) else { return nil }
        return form.added(behind: last, way, to: RevisionPlan([]), log: log)
    }

    /// A sentence that would read as a label is put in quotation marks.
    private static func clause(_ text: String, _ isPlain: Bool, _ language: Language) -> String {
        let inline = PlainText.inline(text, limit: 200)
        guard isPlain || InvariantStatements.isLabel(inline) else { return inline }
        return language.pick(en: "\"\(inline)\" does not happen", ja: "「\(inline.trimmingSentence)」が起きないこと")
    }
}
