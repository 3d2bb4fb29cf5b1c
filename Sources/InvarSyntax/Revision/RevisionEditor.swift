package import InvarCore

/// Turns proposals into edits of the team's own documents: the smallest that say it, in the document's language and form.
///
/// Every edit was read again before it is handed out: the clauses, checks and other invariants are what they were but for
/// what was meant.
package struct RevisionEditor: Sendable {
    private let files: RevisionFiles
    private let sprint: Sprint
    private let exceptions: [ExceptionItem]

    package init(files: RevisionFiles, sprint: Sprint, exceptions: [ExceptionItem]) {
        self.files = files
        self.sprint = sprint
        self.exceptions = exceptions
    }

    /// The edits of a proposal; none for an `enforce`, and where the document cannot be edited safely.
    package func edits(_ proposal: Proposal) -> [FileEdit] {
        guard proposal.kind != .enforce else { return [] }
        for isPlain in [false, true] {
            for form in 0...3 {
                let way = RevisionWay(proposal: proposal, sprint: sprint, exceptions: exceptions, files: files, isPlain: isPlain, form: form)
                if let edits = plan(way)?.proven(files) { return edits }
            }
        }
        return []
    }

    /// The diff of a proposal, `""` where there is none.
    package func diff(_ proposal: Proposal) -> String { UnifiedDiff.text(of: edits(proposal)) }

    private func plan(_ way: RevisionWay) -> RevisionPlan? {
        switch way.proposal.kind {
        case .tighten: TightenEdit.plan(way)
        case .addCheck: AddCheckEdit.plan(way)
        case .fixCheck: FixCheckEdit.plan(way)
        case .clarify: ClarifyEdit.plan(way)
        case .precedence: PrecedenceEdit.plan(way)
        case .carveOut: CarveOutEdit.plan(way)
        case .relax: RelaxEdit.plan(way)
        case .codifyException: CodifyExceptionEdit.plan(way)
        case .split: SplitEdit.plan(way)
        case .merge: MergeEdit.plan(way)
        case .retire: RetireEdit.plan(way)
        case .promote: PromoteEdit.plan(way)
        case .enforce: nil
        }
    }
}
