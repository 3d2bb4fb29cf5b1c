import InvarCore
import InvarSyntax

extension Rule {
    package static let apiIdempotencyContractIncomplete = Rule(
        id: "api/idempotency-contract-incomplete",
        title: Wording(en: "an idempotency key without its contract", ja: "約束が書かれていない冪等キー"),
        why: Wording(
            en:
                "A caller can rely on a key only when it knows how long the key is kept, and what answer it gets while the first request still runs (409) or when the key is used for another request (422). How long is looked for at the key itself and in the operation.",
            ja: "呼び出し側がキーを当てにできるのは、キーがいつまで保持されるか、処理中の再送（409）や別の要求でのキーの使い回し（422）に何が返るかが分かるときだけです。保持期間はキーの説明と操作の説明から探します。"),
        invariant: "INV-OPS-002", severity: .note,
        violating: [
            Example(
                """
                openapi: 3.0.3
                paths:
                  /transfers:
                    ↓post:
                      operationId: createTransfer
                      parameters: [{ $ref: "#/components/parameters/Key" }]
                      responses: { "201": { description: made }, "400": { description: bad request } }
                components:
                  parameters:
                    Key:
                      name: Idempotency-Key
                      in: header
                      description: 24 時間保持する

                """, at: "api/openapi.yaml"),
            Example(
                """
                swagger: "2.0"
                parameters:
                  Key:
                    ↓name: Idempotency-Key
                    in: header
                    type: string
                    description: any text
                paths:
                  /transfers:
                    post:
                      operationId: createTransfer
                      parameters: [{ $ref: "#/parameters/Key" }]
                      responses: { "409": { description: in progress } }
                  /payouts:
                    post:
                      operationId: createPayout
                      parameters: [{ $ref: "#/parameters/Key" }]
                      responses: { "422": { description: key reused } }

                """, at: "api/swagger.yaml"),
        ],
        conforming: [
            Example(
                """
                openapi: 3.0.3
                paths:
                  /transfers:
                    post:
                      operationId: createTransfer
                      parameters: [{ name: Idempotency-Key, in: header, description: The key expires after a day. }]
                      responses: { "409": { description: in progress } }
                  /payouts:
                    post:
                      operationId: createPayout
                      description: キーの有効期限は 24 時間です。
                      parameters: [{ name: Idempotency-Key, in: header, description: 呼び出し側が決める値 }]
                      responses: { 4XX: { description: 誤り } }

                """, at: "api/openapi.yaml"),
            Example(
                """
                openapi: 3.0.3
                paths:
                  /transfers:
                    post:
                      operationId: createTransfer
                      parameters: [{ name: Idempotency-Key, in: header, description: kept for 7 days }]
                      responses: { "400": { description: the key is missing or was used for another request }, default: { description: error } }

                """, at: "api/openapi.yaml"),
            Example(
                "openapi: 3.0.3\npaths:\n  /transfers:\n    post:\n      operationId: createTransfer\n      responses: { \"201\": { description: made } }\n",
                at: "api/openapi.yaml", skipping: [.exception: "another rule reports that there is no key"]),
            Example(
                """
                openapi: 3.0.3
                paths:
                  /profiles/{id}:
                    put:
                      operationId: putProfile
                      parameters: [{ name: If-Match, in: header, schema: { type: string } }]
                      responses: { "200": { description: 更新した } }

                """, at: "api/openapi.yaml"),
        ],
        matcher: .file(.apiDescription) { artifact, surroundings in
            let api = APIMatch(artifact, surroundings)
            guard let description = api.description else { return [] }
            var matches: [Match] = []
            var endless: [(key: APIParameter, operations: [APIOperation])] = []
            for operation in description.operations where ["POST", "PUT", "PATCH", "DELETE"].contains(operation.method) {
                guard let key = RepetitionGuard.keyHeader(operation) else { continue }
                if !answersRepetition(operation) { matches.append(api.on(operation, unanswered(operation), hint: answerHint(description))) }
                guard !IdempotencyTerm.isTold(in: [key.description, operation.description?.text ?? "", operation.summary?.text ?? ""]) else { continue }
                if let index = endless.firstIndex(where: { $0.key.place == key.place }) {
                    endless[index].operations.append(operation)
                } else {
                    endless.append((key, [operation]))
                }
            }
            return matches + endless.map { key, operations in lasting(key, operations, api) }
        })

    private static func answersRepetition(_ operation: APIOperation) -> Bool {
        operation.responses.isEmpty
            || operation.responses.contains { response in
                let status = response.status.uppercased()
                return ["409", "422", "4XX", "DEFAULT"].contains(status) || (status == "400" && IdempotencyTerm.namesKey(response.description))
            }
    }

    private static func unanswered(_ operation: APIOperation) -> Wording {
        Wording(
            en: "\(operation.name) takes an idempotency key, but does not say what a repetition gets (409, 422)",
            ja: "\(operation.name) は冪等キーを受け取りますが、再送に何を返すか（409・422）が書かれていません")
    }

    private static func answerHint(_ description: APIDescription) -> Wording {
        let advice = (
            en: "say what the caller gets while the first request runs, and for a key of another request:",
            ja: "最初の要求の処理中と、別の要求のキーを使ったときの応答を書いてください:"
        )
        guard description.isJSON else {
            return Wording(
                en: advice.en
                    + "\n\"409\": { description: a request with this key is in progress }\n\"422\": { description: this key was used for another request }",
                ja: advice.ja + "\n\"409\": { description: 同じキーの要求を処理している }\n\"422\": { description: 同じキーで内容が違う }")
        }
        return Wording(
            en: advice.en
                + "\n\"409\": { \"description\": \"a request with this key is in progress\" },\n\"422\": { \"description\": \"this key was used for another request\" }",
            ja: advice.ja + "\n\"409\": { \"description\": \"同じキーの要求を処理している\" },\n\"422\": { \"description\": \"同じキーで内容が違う\" }")
    }

    /// Said once where the key is defined, for all operations that take it.
    private static func lasting(_ key: APIParameter, _ operations: [APIOperation], _ api: APIMatch) -> Match {
        var match = api.match(
            in: key.place.path, key.place.position, nil,
            Wording(
                en: "\(key.name) is taken, but nothing says how long a key is kept",
                ja: "\(key.name) を受け取りますが、キーをいつまで保持するかが書かれていません"),
            Wording(
                en: "add it to the description: after it, the same key is a new request\ndescription: Kept for 24 hours.",
                ja: "説明に保持期間を書いてください。期限後は新しい要求として扱われます\ndescription: 24 時間保持する。期限後は新しい要求として扱う"))
        match.operations = operations.flatMap(\.names)
        match.key = "\(key.name) lasts"
        match.causes = Set(operations.flatMap { [$0.file] + $0.sources }).subtracting([match.path]).sorted()
        return match
    }
}
