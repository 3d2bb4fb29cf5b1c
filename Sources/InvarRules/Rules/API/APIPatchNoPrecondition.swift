import InvarCore
import InvarSyntax

extension Rule {
    package static let apiPatchNoPrecondition = Rule(
        id: "api/patch-no-precondition",
        title: Wording(en: "a PATCH without a precondition", ja: "前提条件のない PATCH"),
        why: Wording(
            en:
                "A PATCH that arrives twice, or late, changes what somebody else has changed meanwhile; one that appends to a list appends twice. `If-Match`, a version in the body or an idempotency key tells.",
            ja: "2 回届いた、または遅れて届いた PATCH は、その間に他の人が変えたものを上書きします。配列に追加する PATCH なら 2 回追加されます。`If-Match`・ボディー内のバージョン・冪等キーのいずれかがあれば見分けられます。"),
        invariant: "INV-OPS-002", severity: .note,
        violating: [
            Example(
                """
                openapi: 3.0.3
                paths:
                  /profiles/{id}:
                    parameters: [{ name: id, in: path, required: true }]
                    ↓patch:
                      operationId: changeProfile
                      summary: プロフィールを変える
                      requestBody: { content: { application/json: { schema: { properties: { name: { type: string } } } } } }

                """, at: "api/openapi.yaml"),
            Example(
                """
                openapi: 3.0.3
                paths:
                  /orders/{id}:
                    ↓patch:
                      operationId: patchOrder
                      requestBody: { content: { application/json-patch+json: { schema: { type: array } } } }

                """, at: "api/openapi.yaml"),
        ],
        conforming: [
            Example(
                """
                openapi: 3.0.3
                paths:
                  /profiles/{id}:
                    parameters: [{ $ref: "#/components/parameters/IfMatch" }]
                    patch: { operationId: changeProfile }
                components:
                  parameters:
                    IfMatch: { name: If-Match, in: header, required: true, schema: { type: string } }

                """, at: "api/openapi.yaml"),
            Example(
                """
                openapi: 3.0.3
                paths:
                  /profiles/{id}:
                    patch:
                      operationId: changeProfile
                      requestBody: { content: { application/json: { schema: { properties: { lock_version: { type: integer } } } } } }

                """, at: "api/openapi.yaml"),
            Example(
                """
                swagger: "2.0"
                paths:
                  /profiles/{id}:
                    patch:
                      operationId: changeProfile
                      parameters: [{ name: X-Idempotency-Key, in: header, type: string }]

                """, at: "api/swagger.yaml"),
            Example("openapi: 3.0.3\npaths:\n  /profiles/{id}:\n    put: { operationId: プロフィールを置き換える }\n", at: "api/openapi.yaml"),
        ],
        matcher: .file(.apiDescription) { artifact, surroundings in
            let api = APIMatch(artifact, surroundings)
            guard let description = api.description else { return [] }
            return description.operations.filter(isUnconditional).map { operation in
                api.on(operation, message(operation), hint: hint(description))
            }
        })

    private static func isUnconditional(_ operation: APIOperation) -> Bool {
        operation.method == "PATCH" && operation.isComplete && !RepetitionGuard.isCallback(operation) && !RepetitionGuard.hasPrecondition(operation)
            && !RepetitionGuard.hasVersion(operation) && !RepetitionGuard.hasKey(operation)
    }

    private static func message(_ operation: APIOperation) -> Wording {
        guard operation.body.mediaTypes.contains(where: { $0.hasPrefix("application/json-patch") }) else {
            return Wording(
                en: "\(operation.name) changes whatever it meets: neither If-Match nor a version or key",
                ja: "\(operation.name) は対象が今どうなっていても書き換えます（If-Match もバージョンもキーもありません）")
        }
        return Wording(
            en: "\(operation.name) takes a JSON Patch without If-Match: sent twice, `add` appends twice",
            ja: "\(operation.name) は If-Match なしで JSON Patch を受け取ります。2 回届くと `add` が 2 回追加します")
    }

    private static func hint(_ description: APIDescription) -> Wording {
        let note = Wording(en: "The ETag of the state that the caller saw; 412 when it has changed.", ja: "呼び出し側が見た状態の ETag。変わっていれば 412 を返す")
        return Wording(en: "let the caller say which state it changes:\n", ja: "どの状態に対する変更かを呼び出し側に示させてください:\n")
            + APISnippet.header("If-Match", note, description)
    }
}
