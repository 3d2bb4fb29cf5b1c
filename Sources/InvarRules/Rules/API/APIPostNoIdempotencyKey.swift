import InvarCore
import InvarSyntax

extension Rule {
    package static let apiPostNoIdempotencyKey = Rule(
        id: "api/post-no-idempotency-key",
        title: Wording(en: "a POST that cannot tell a repetition", ja: "再送を見分けられない POST"),
        why: Wording(
            en:
                "A caller that gets no answer sends the request again. Without a key that the caller chooses, the second one is a second order, charge or mail. A POST that only reads, and one that webhooks call, is no harm; one that ends in a state (`cancel`, `disable`) is only a note.",
            ja:
                "応答が届かなければ、呼び出し側は同じ要求を送り直します。呼び出し側が決めたキーがなければ、2 通目は 2 件目の注文・課金・メールになります。参照だけの POST と、Webhook として呼ばれる POST は対象外です。`cancel` や `disable` のように行き着く状態が決まっているものは注意にとどめます。"
        ),
        invariant: "INV-OPS-002", severity: .warning,
        violating: [
            Example(
                """
                openapi: 3.0.3
                info: { title: 配送, version: "1" }
                paths:
                  /shipments:
                    get: { operationId: listShipments }
                    ↓post:
                      operationId: createShipment
                      summary: 配送を依頼する
                      parameters:
                        - { name: X-Trace-Id, in: header, schema: { type: string } }
                      requestBody:
                        content:
                          application/json:
                            schema: { type: object, properties: { address: { type: string }, request_id: { type: string, description: for our logs } } }
                      responses:
                        "201": { description: 受け付けた }
                  /price-lists:
                    ↓post: { operationId: createPriceList }

                """, at: "api/openapi.yaml"),
            Example(
                """
                {
                  "swagger": "2.0",
                  "basePath": "/v1",
                  "paths": {
                    "/link/token/create": {
                      ↓"post": {
                        "operationId": "linkTokenCreate",
                        "parameters": [{ "in": "body", "name": "body", "schema": { "$ref": "#/definitions/Link" } }]
                      }
                    }
                  },
                  "definitions": { "Link": { "properties": { "user": { "type": "string" } } } }
                }

                """, at: "api/swagger.json", skipping: [.comment: "JSON has no comments", .preamble: "JSON has no comments"]),
            Example(
                """
                openapi: 3.0.3
                paths:
                  /orders/validate-and-charge:
                    ↓post: { operationId: validateAndCharge }
                  /search-and-replace:
                    ↓post: { summary: Search and replace in all documents }
                  /invoices:
                    ↓post:
                      operationId: createInvoice
                      parameters:
                        - { name: idempotency_key, in: cookie, schema: { type: string } }

                """, at: "api/openapi.yaml"),
            Example(
                files: [
                    ("api/openapi.yaml", "openapi: 3.1.0\npaths:\n  /refunds: { $ref: paths/refunds.yaml }\n"),
                    ("api/paths/refunds.yaml", "↓post:\n  operationId: createRefund\n"),
                ], skipping: [.comment: "the operation stands in the second file"]),
        ],
        conforming: keyed + guarded,
        matcher: .file(.apiDescription) { artifact, surroundings in
            let api = APIMatch(artifact, surroundings)
            guard let description = api.description else { return [] }
            return description.operations.filter(isUnguarded).map { operation in
                let settles = RepetitionGuard.settles(operation)
                var match = api.on(operation, settles ? settled(operation) : doubled(operation), hint: hint(description))
                if settles { match.severity = .note }
                return match
            }
        })

    private static func isUnguarded(_ operation: APIOperation) -> Bool {
        operation.method == "POST" && operation.isComplete && !RepetitionGuard.isCallback(operation) && !ReadLikeOperation.isReadLike(operation)
            && !RepetitionGuard.hasKey(operation) && !RepetitionGuard.hasPrecondition(operation) && !RepetitionGuard.isUploadToChosenName(operation)
    }

    private static func doubled(_ operation: APIOperation) -> Wording {
        Wording(
            en: "\(operation.name) takes no idempotency key: sent twice, it is done twice",
            ja: "\(operation.name) に冪等キーがありません。同じ要求が 2 回届くと 2 回実行されます")
    }

    private static func settled(_ operation: APIOperation) -> Wording {
        Wording(
            en: "\(operation.name) takes no idempotency key: does a second one change, send or charge nothing more?",
            ja: "\(operation.name) に冪等キーがありません。2 回目は何も変えず、通知や課金もしませんか")
    }

    private static func hint(_ description: APIDescription) -> Wording {
        let note = Wording(
            en: "Chosen by the caller for each request. Kept for 24 hours; the same key gets the first answer again.",
            ja: "要求ごとに呼び出し側が決める値。24 時間保持し、同じキーには最初の応答を返す")
        return Wording(
            en: "take a key from the caller, or record the reason and the retry strategy as an exception in an ADR:\n",
            ja: "呼び出し側からキーを受け取ってください。できない場合は、理由とリトライ戦略を ADR の例外に書いてください:\n")
            + APISnippet.header("Idempotency-Key", note, description)
    }

    private static let keyed = [
        Example(
            """
            openapi: 3.0.3
            paths:
              /shipments:
                post:
                  operationId: createShipment
                  parameters:
                    - $ref: "./common.yaml#/parameters/Key"

            """, at: "api/openapi.yaml",
            with: [
                ("api/common.yaml", "parameters:\n  Key: { $ref: 'headers.json#/再送~1キー' }\n"),
                ("api/headers.json", "{\n\t\"再送/キー\": {\"name\": \"X-Idempotency-Key\", \"in\": \"header\"}\n}\n"),
            ]),
        Example(
            """
            openapi: 3.0.3
            paths:
              /shipments:
                parameters:
                  - { name: idempotency-key, in: header, schema: { type: string } }
                post: { operationId: createShipment }
              /orders:
                post:
                  operationId: placeOrder
                  requestBody: { $ref: "#/components/requestBodies/Order" }
              /mails:
                post: { operationId: sendMail, x-idempotent: true }
              /labels:
                post:
                  operationId: printLabel
                  parameters:
                    - { name: X-Request-Id, in: header, description: 同じ値の要求は冪等に扱う }
            components:
              requestBodies:
                Order:
                  content:
                    application/json:
                      schema:
                        allOf:
                          - { $ref: "#/components/schemas/Base" }
                          - { properties: { lines: { type: array } } }
              schemas:
                Base: { properties: { meta: { properties: { client_token: { type: string } } } } }

            """, at: "api/openapi.yaml"),
        Example(
            """
            swagger: "2.0"
            parameters:
              Key: { name: PayPal-Request-Id, in: header, type: string }
            paths:
              /payouts:
                post:
                  operationId: payouts.create
                  parameters: [{ $ref: "#/parameters/Key" }]
              /invoices:
                post:
                  operationId: invoices.create
                  consumes: [application/x-www-form-urlencoded]
                  parameters: [{ name: idempotency_key, in: formData, type: string }]

            """, at: "api/swagger.yaml"),
    ]

    private static let guarded = [
        Example(
            """
            openapi: 3.0.3
            paths:
              /orders/search: { post: { operationId: findOrders, summary: 条件による注文の検索 } }
              /orders:batchGet: { post: { operationId: ordersBatch } }
              /oauth/token: { post: { operationId: issueAccess } }
              /addresses/validate: { post: {} }
              /balances: { post: { operationId: checkBalance } }
              /graphql: { post: {} }
              /users: { post: { operationId: UserController_search } }
              /quotes: { post: { summary: 送料の試算を行う } }

            """, at: "api/openapi.yaml"),
        Example(
            """
            openapi: 3.1.0
            paths:
              /webhooks/bank: { post: { operationId: bankEvent } }
              /events: { post: { operationId: receive, tags: [Callbacks] } }
              /files/{fileId}:
                post:
                  operationId: upload
                  requestBody: { content: { multipart/form-data: { schema: { type: object } } } }
              /profiles:
                post:
                  operationId: saveProfile
                  parameters: [{ name: If-None-Match, in: header, schema: { type: string } }]
            webhooks:
              paid: { post: { operationId: onPaid } }

            """, at: "api/openapi.yaml"),
        Example(
            "openapi: 3.0.3\npaths:\n  /lost:\n    post: { $ref: gone.yaml }\n", at: "api/openapi.yaml",
            skipping: [.exception: "api/unreadable reports it"]),
    ]
}
