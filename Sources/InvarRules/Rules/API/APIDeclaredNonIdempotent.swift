import InvarCore
import InvarSyntax

extension Rule {
    package static let apiDeclaredNonIdempotent = Rule(
        id: "api/declared-non-idempotent",
        title: Wording(en: "an operation that says it is not idempotent", ja: "冪等でないと書かれた操作"),
        why: Wording(
            en:
                "What is not idempotent needs a written reason and a retry strategy. The description says the first half; the ADR that says the rest is missing. Sentences about some calls only (\"if no key is sent\") are no declaration.",
            ja: "冪等でない更新には、理由とリトライ戦略の記録が必要です。説明には冪等でないことだけが書かれ、残りを書いた ADR がありません。「キーを送らない場合は」のように一部の呼び出しだけを言う文は対象外です。"),
        invariant: "INV-OPS-002", severity: .warning,
        violating: [
            Example(
                """
                openapi: 3.0.3
                paths:
                  /subscriptions/{id}/cancel:
                    ↓post:
                      operationId: cancelSubscription
                      description: |
                        Ends a subscription at once.

                        This call is **not idempotent**: a second one
                        charges the fee again.

                """, at: "api/openapi.yaml"),
            Example(
                """
                swagger: "2.0"
                paths:
                  /points:
                    ↓put:
                      operationId: addPoints
                      summary: ポイントを加算する。この操作はべき等ではありません。

                """, at: "api/swagger.yaml"),
        ],
        conforming: [
            Example(
                """
                openapi: 3.0.3
                paths:
                  /points: { put: { operationId: setPoints, description: This call is idempotent. } }
                  /orders:
                    post:
                      operationId: createOrder
                      description: If no Idempotency-Key is sent, the request is not idempotent.
                      parameters: [{ name: Idempotency-Key, in: header, description: kept for a day }]

                """, at: "api/openapi.yaml"),
            Example("openapi: 3.0.3\npaths:\n  /points: { put: { description: キーがない要求が冪等でない場合は拒否する。 } }\n", at: "api/openapi.yaml"),
            Example(
                "openapi: 3.0.3\ninfo: { description: Our jobs are not idempotent. }\npaths:\n  /points: { get: { operationId: getPoints } }\n",
                at: "api/openapi.yaml"),
            Example(
                "openapi: 3.0.3\npaths:\n  /jobs: { put: { operationId: setJob, description: Safe even for non-idempotent jobs. } }\n", at: "api/openapi.yaml"),
        ],
        matcher: .file(.apiDescription) { artifact, surroundings in
            let api = APIMatch(artifact, surroundings)
            guard let description = api.description else { return [] }
            return description.operations.compactMap { operation in
                for text in [operation.summary, operation.description].compactMap({ $0 }) {
                    guard let statement = text.statements.first(where: { $0.kind == .nonIdempotent }) else { continue }
                    let hasKey = RepetitionGuard.keyHeader(operation) != nil
                    // "Without a key it is not idempotent" is what the key is for.
                    if hasKey, statement.hasContract { continue }
                    var match = api.on(
                        operation,
                        Wording(
                            en: "\(operation.name) is described as not idempotent: why, and what may a caller do that gets no answer?",
                            ja: "\(operation.name) は冪等でないと説明されています。その理由と、応答が届かなかったときの手順はどこにありますか"),
                        hint: Wording(
                            en: "record the reason and the retry strategy as an exception in an ADR, or make it idempotent and mend the sentence",
                            ja: "理由とリトライ戦略を ADR の例外に書くか、冪等にして文を直してください"))
                    // With a key there is a contract already; only its words speak against it.
                    if statement.hasContract || hasKey || statement.strength == .weak { match.severity = .note }
                    match.decisions = statement.decisions + statement.sectionDecisions
                    match.related = [Match.Related(place: text.place, message: Wording(DisplayText.truncated(statement.text, to: 120)))]
                    return match
                }
                return nil
            }
        })
}
