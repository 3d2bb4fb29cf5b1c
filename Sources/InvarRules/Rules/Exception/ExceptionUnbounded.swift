import InvarCore

extension Rule {
    package static let exceptionUnbounded = Rule(
        id: "exception/unbounded",
        title: Wording(en: "an exception without a place or an end", ja: "範囲または期限のない例外"),
        why: Wording(
            en: "One that covers everything, or never ends, is a change of the invariant that nobody discussed as one.",
            ja: "すべてを対象とする例外や終わりのない例外は、議論なしにインバリアントを変えたのと同じです。"),
        severity: .note,
        violating: [
            SampleKnowledge.violating(SampleKnowledge.decision(SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until, SampleKnowledge.seen)),
            SampleKnowledge.violating(SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.seen)),
        ],
        conforming: [
            SampleKnowledge.conforming(
                SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until, SampleKnowledge.seen)),
            SampleKnowledge.conforming(
                SampleKnowledge.decision(
                    "operations: [\"POST /charges\"]", SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until, SampleKnowledge.seen)),
        ],
        matcher: .knowledge { knowledge, surroundings in
            knowledge.exceptions.filter {
                $0.state == .active && (($0.exception.paths.isEmpty && $0.exception.operations.isEmpty) || $0.exception.until == nil)
            }.map { item in
                var match = surroundings.match(
                    at: Place(path: item.path, position: item.exception.position),
                    item.exception.until == nil
                        ? Wording(en: "the exception to \(item.exception.invariant) never ends", ja: "\(item.exception.invariant) の例外に期限がありません")
                        : Wording(en: "the exception to \(item.exception.invariant) covers everything", ja: "\(item.exception.invariant) の例外がすべてを対象にしています"),
                    hint: item.exception.until == nil
                        ? Wording(en: "add `until: YYYY-MM-DD`, the last day on which it holds", ja: "`until: YYYY-MM-DD`（有効な最後の日）を書いてください")
                        : Wording(en: "add `paths:` or `operations:`", ja: "`paths:` か `operations:` で対象を絞ってください"))
                match.key = item.exception.clause ?? item.exception.invariant
                return match
            }
        })
}
