import InvarCore
import InvarSyntax

extension Rule {
    package static let adrMissingRetryStrategy = Rule(
        id: "adr/missing-retry-strategy",
        title: Wording(en: "a decision that excepts without a retry strategy", ja: "リトライ戦略のない例外の決定"),
        why: Wording(
            en:
                "“No retry” says whether, not how: what becomes of the lost request, who notices, and how is it mended? A limit, a backoff, a key, a dead letter queue, a reconciliation or a runbook answers that.",
            ja: "「再試行しない」だけでは、失われた要求がどうなり、誰が気づき、どう直すのかが分かりません。回数の上限、間隔、冪等キー、デッドレター、突合、手順書などで答えます。"),
        severity: .error,
        violating: [
            SampleKnowledge.violating(SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, "retry: TBD", SampleKnowledge.until)),
            SampleKnowledge.violating(SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, "retry: 再試行しない", SampleKnowledge.until)),
            Example(
                files: [
                    (
                        "ADRs/0007-charge.md",
                        "# 7. Charging\n\n## Status\n\nAccepted\n\n## Decision\n\n↓On INV-OPS-002: `POST /charges` is not idempotent.\n\n## Reason\n\nThe provider accepts no key.\n"
                    ),
                    SampleKnowledge.invariants,
                ]),
        ],
        conforming: [
            SampleKnowledge.conforming(SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, SampleKnowledge.retry, SampleKnowledge.until)),
            SampleKnowledge.conforming(
                SampleKnowledge.decision(SampleKnowledge.paths, SampleKnowledge.reason, "retry: 最大 3 回、間隔を倍にしながら再試行する", SampleKnowledge.until)),
        ],
        matcher: .knowledge { knowledge, surroundings in
            let excepted = knowledge.exceptions.filter { item in
                guard item.state != .void, item.terms?.requires.contains(.retry) ?? false else { return false }
                switch ReasonAndRetry.retry(item.exception.retry) {
                case .placeholder, .withoutMechanism: return true
                case .present, .absent: return false
                }
            }.map { item in
                let words = DisplayText.truncated(item.exception.retry ?? "", to: 40)
                var match = surroundings.match(
                    at: Place(path: item.path, position: item.exception.position),
                    Wording(
                        en: "the exception to \(item.exception.invariant) gives no retry strategy, only “\(words)”",
                        ja: "\(item.exception.invariant) の例外のリトライ戦略が「\(words)」で、戦略になっていません"),
                    hint: Wording(
                        en: "say what happens to a lost request: a limit and a backoff, a key, a reconciliation, a runbook",
                        ja: "失われた要求をどうするかを書いてください（回数と間隔、冪等キー、突合、手順書など）"))
                match.key = item.exception.clause ?? item.exception.invariant
                return match
            }
            return excepted
                + DecisionsWithout.matches(knowledge, surroundings, lacking: { !ReasonAndRetry.retry($0.retry?.text).isPresent }) { id in
                    (
                        Wording(en: "\(id) says that this cannot be repeated, and gives no retry strategy", ja: "\(id) は繰り返せないと述べていますが、リトライ戦略を書いていません"),
                        Wording(en: "add a section Retry strategy, and grant an exception with it", ja: "「リトライ戦略」の節を書き、それを添えて例外を認めてください")
                    )
                }
        })
}
