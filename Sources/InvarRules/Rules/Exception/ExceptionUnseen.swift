import InvarCore

extension Rule {
    package static let exceptionUnseen = Rule(
        id: "exception/unseen",
        title: Wording(en: "an exception without the fingerprint it was granted against", ja: "承認時の指紋を記録していない例外"),
        why: Wording(
            en: "Without `seen` nobody is told when the invariant's words change under it.",
            ja: "`seen` がないと、インバリアントの文面が変わっても誰も気づけません。"),
        severity: .note,
        violating: [
            SampleKnowledge.violating(SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until))
        ],
        conforming: [
            SampleKnowledge.conforming(
                SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until, SampleKnowledge.seen))
        ],
        matcher: .knowledge { knowledge, surroundings in
            knowledge.exceptions.filter { $0.state == .active && $0.exception.seen == nil && $0.terms != nil }.map { item in
                var match = surroundings.match(
                    at: Place(path: item.path, position: item.exception.position),
                    Wording(
                        en: "the exception to \(item.exception.invariant) does not record which words it was granted against",
                        ja: "\(item.exception.invariant) の例外に、認めた時点の文面の指紋がありません"),
                    hint: Wording(en: "add `seen: \(item.terms?.fingerprint ?? "")`", ja: "`seen: \(item.terms?.fingerprint ?? "")` を書き足してください"))
                match.key = item.exception.clause ?? item.exception.invariant
                return match
            }
        })
}
