/// The revision engine: from notes, exceptions and decisions to proposals. A pure function of its input, whose order
/// makes no difference.
package enum RevisionEngine {
    package static func report(_ input: RevisionInput) -> ProposalReport {
        let facts = RevisionFacts(input)
        var report = ProposalReport(sprint: input.sprint, language: input.language)
        let screening = Screening(facts, candidates(facts))
        report.proposals = Array(screening.proposed.prefix(ProposalReport.longestList))
        report.appendix = Array(screening.proposed.dropFirst(ProposalReport.longestList))
        report.watch = screening.watched
        report.setAside = screening.setAside
        report.metrics = RevisionMetrics(facts)
        report.unclassified = unclassified(facts)
        report.exceptions = exceptions(facts)
        report.findings = facts.ledger.findings.sorted(by: Finding.inOrder)
        return report
    }

    private static func candidates(_ facts: RevisionFacts) -> [Proposal] {
        let files = facts.book.items.indices.filter { place in
            let invariant = facts.book.items[place].invariant
            return invariant.status != .retired && invariant.mergedInto == nil
        }.map { CaseFile(facts, $0) }
        var candidates: [Proposal] = []
        var yields: Set<String> = []
        var ids = FreeIDs(facts)
        for file in files {
            let triggers = FamilyTriggers(file)
            yields.formUnion(triggers.yields)
            var own = triggers.proposals
            if var split = StructureTriggers.split(file) {
                // The draft takes over clauses; their words are already in the document.
                let clauses = file.invariant.clauses.filter { split.material.clauses.contains($0.id) }.map(\.text)
                split.material.draft = Proposal.Draft(
                    id: ids.next(), title: file.invariant.title, clauses: clauses, checks: [], path: file.item.path,
                    language: Language.of(file.invariant.title + clauses.joined()))
                own.append(split)
            }
            own += StructureTriggers.codified(file)
            if !own.contains(where: { $0.kind == .retire }), let orphaned = StructureTriggers.orphaned(file) { own.append(orphaned) }
            for index in own.indices { own[index].considered += triggers.misses }
            candidates += own
        }
        candidates += StructureTriggers.merges(files)
        candidates += PromoteTrigger(facts: facts, ids: ids).proposals()
        return asked(candidates, yields).map { candidate in
            var candidate = candidate
            candidate.evidence = sorted(candidate.evidence)
            return candidate
        }
    }

    /// Of two invariants that ask which of them yields, only one does.
    private static func asked(_ candidates: [Proposal], _ yields: Set<String>) -> [Proposal] {
        let precedence = Dictionary(candidates.filter { $0.kind == .precedence }.map { ($0.invariant, $0) }) { first, _ in first }
        return candidates.filter { candidate in
            guard candidate.kind == .precedence, yields.contains(candidate.key), let other = candidate.partner.flatMap({ precedence[$0] }) else { return true }
            return other.partner != candidate.invariant || yields.contains(other.key) || other.score < min(candidate.score, Scoring.proposed)
        }
    }

    private static func sorted(_ evidence: [Proposal.Evidence]) -> [Proposal.Evidence] {
        func order(_ item: Proposal.Evidence) -> (Int, String, String, Int) {
            (Proposal.Evidence.Kind.allCases.firstIndex(of: item.kind) ?? 0, item.id, item.place.path, item.place.line)
        }
        var seen: Set<Proposal.Evidence> = []
        return evidence.sorted { order($0) < order($1) }.filter { seen.insert($0).inserted }
    }

    private static func unclassified(_ facts: RevisionFacts) -> [ProposalReport.UnclassifiedNote] {
        facts.ledger.notes.filter { $0.sprint == facts.timeline.now && $0.note.isEvidence && $0.isUnclassified }.map { note in
            let hint = CauseWords.suggestion(Folding.searchable(note.note.title) + "\n" + note.folded)
            return ProposalReport.UnclassifiedNote(
                id: note.note.id, title: note.note.title, place: note.place, suggestion: hint?.cause, words: hint?.words ?? [])
        }
    }

    private static func exceptions(_ facts: RevisionFacts) -> ProposalReport.ExceptionReview {
        let all = facts.exceptions.flatMap { $0 }.sorted(by: ExceptionItem.inOrder)
        let horizon = facts.sprint.end + ProposalReport.ExceptionReview.horizon
        return ProposalReport.ExceptionReview(
            expired: all.filter { $0.state == .expired },
            expiring: all.filter { $0.state == .active && $0.exception.until.map { $0 <= horizon } ?? false },
            unused: all.filter { $0.state == .active && facts.unusedExceptions.contains(ExceptionItem.Reference($0)) })
    }
}
