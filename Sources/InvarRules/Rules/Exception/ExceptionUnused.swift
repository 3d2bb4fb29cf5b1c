import InvarCore

extension Rule {
    package static let exceptionUnused = Rule(
        id: "exception/unused",
        title: Wording(en: "an active exception that excuses nothing", ja: "何も見逃していない有効な例外"),
        why: Wording(
            en: "What it was granted for was mended or moved. Left standing, it will excuse the next mistake there.",
            ja: "認めた理由だった箇所は、直されたか移されました。残しておくと、同じ場所の次の誤りまで見逃してしまいます。"),
        severity: .note,
        violating: [
            SampleKnowledge.violating(
                SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until, SampleKnowledge.seen))
        ],
        conforming: [
            Example(files: [
                (
                    SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until).path,
                    Example.unmarked(SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until).text)
                ), SampleKnowledge.invariants, ("services/billing/charge.md", "# Charge\n\n`POST /charges` is not idempotent.\n"),
            ])
        ],
        matcher: .judgement { judgement in
            guard judgement.isWhole else { return [] }
            let knowledge = judgement.knowledge
            return knowledge.exceptions.indices.compactMap { index in
                let item = knowledge.exceptions[index]
                // Where no rule can find anything, invar cannot know that there is nothing.
                guard item.state == .active, !judgement.usedExceptions.contains(index), judgement.isWatched(item.exception.invariant) else { return nil }
                var match = judgement.surroundings.match(
                    at: Place(path: item.path, position: item.exception.position),
                    Wording(
                        en: "the exception to \(item.exception.invariant) excuses nothing that a rule finds",
                        ja: "\(item.exception.invariant) の例外で見逃されている箇所が見つかりません"),
                    hint: Wording(en: "remove it, or mend its paths and operations", ja: "取り除くか、paths と operations を直してください"))
                match.key = item.exception.clause ?? item.exception.invariant
                return match
            }
        })
}
