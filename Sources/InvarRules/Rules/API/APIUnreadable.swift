import InvarCore
import InvarSyntax

extension Rule {
    package static let apiUnreadable = Rule(
        id: "api/unreadable",
        title: Wording(en: "a reference in an API description that leads nowhere", ja: "API 記述の、たどれない参照"),
        why: Wording(
            en:
                "What stands behind a `$ref` that cannot be followed is not checked: an operation, its parameters, its body. URLs are never fetched and are only notes; keep a copy in the repository to have it checked.",
            ja: "たどれない `$ref` の先にある操作・パラメーター・ボディーは検査されていません。URL は取得しないため注意にとどめます。検査したい場合は、リポジトリーに写しを置いてください。"),
        severity: .warning,
        violating: [
            Example(
                """
                openapi: 3.0.3
                paths:
                  /shipments:
                    $ref: ↓./paths/shipments.yaml
                  /labels:
                    $ref: ↓"paths/labels.yaml#/missing"

                """, at: "api/openapi.yaml", with: [("api/paths/labels.yaml", "get: { operationId: listLabels }\n")],
                skipping: [.exception: "no invariant is threatened"]),
            Example(
                """
                {
                  "swagger": "2.0",
                  "paths": {
                    "/rooms": {
                      "post": {
                        "operationId": "createRoom",
                        "parameters": [{ "$ref": "#/parameters/Key" }]
                      }
                    }
                  },
                  "parameters": { "Key": { "$ref": ↓"#/parameters/Key" } }
                }

                """, at: "api/swagger.json",
                skipping: [
                    .comment: "JSON has no comments", .preamble: "JSON has no comments", .exception: "no invariant is threatened",
                ]),
        ],
        conforming: [
            Example(
                """
                openapi: 3.1.0
                paths:
                  /shipments:
                    $ref: "./paths/ship%6Dents.yaml#/definitions/~1shipments"

                """, at: "api/openapi.yaml", with: [("api/paths/shipments.yaml", "definitions:\n  /shipments:\n    get: { operationId: listShipments }\n")]),
            Example(
                """
                openapi: 3.1.0
                paths:
                  /nodes:
                    put:
                      operationId: putNode
                      requestBody:
                        content:
                          application/json: { schema: { $ref: "#/components/schemas/Node" } }
                components:
                  schemas:
                    Node:
                      type: object
                      properties:
                        children: { type: array, items: { $ref: "#/components/schemas/Node" } }

                """, at: "api/tree.yaml"),
            Example("$ref: nowhere.yaml\n", at: "config/app.yaml"),
            Example(
                """
                asyncapi: 3.0.0
                channels:
                  stock: { address: stock, messages: { Counted: { $ref: "messages.yaml#/Counted" } } }
                operations:
                  onStock: { action: send, channel: { $ref: "#/channels/stock" } }

                """, at: "api/asyncapi.yaml"),
        ],
        matcher: .file(.apiDescription) { artifact, surroundings in
            let api = APIMatch(artifact, surroundings)
            guard let description = api.description else { return [] }
            // What is missing is said once, not at each of the hundred references to it.
            var told: [String: Int] = [:]
            var matches: [Match] = []
            for reference in description.unread {
                let missing = reference.reason.isOfAFile ? "\(reference.reason)" : "\(reference.reason) \(reference.text)"
                if let index = told[missing] {
                    matches[index].causes.append(reference.place.path)
                    continue
                }
                var match = api.match(in: reference.place.path, reference.place.position, nil, message(reference), hint(reference.reason))
                match.severity = reference.reason == .remote ? .note : nil
                match.key = reference.text
                match.causes = [artifact.path] + reference.reason.files
                told[missing] = matches.count
                matches.append(match)
            }
            for index in matches.indices { matches[index].causes = Set(matches[index].causes).subtracting([matches[index].path]).sorted() }
            return matches
        })

    private static func message(_ reference: APIUnreadReference) -> Wording {
        let text = reference.text
        return switch reference.reason {
        case .remote: Wording(en: "`\(text)` is a URL and is not followed", ja: "`\(text)` は URL のためたどっていません")
        case .outside: Wording(en: "`\(text)` leaves the repository", ja: "`\(text)` はリポジトリーの外を指しています")
        case .noFile(let path): Wording(en: "`\(text)`: there is no file \(path) among those that are checked", ja: "`\(text)`: 検査対象に \(path) がありません")
        case .notYAML(let path): Wording(en: "`\(text)`: \(path) cannot be read as YAML or JSON", ja: "`\(text)`: \(path) を YAML としても JSON としても読めません")
        case .noValue(let path): Wording(en: "`\(text)`: \(path) has nothing there", ja: "`\(text)`: \(path) にその場所がありません")
        case .circle: Wording(en: "`\(text)` leads back to itself", ja: "`\(text)` をたどると元に戻ります")
        }
    }

    private static func hint(_ reason: APIUnreadReference.Reason) -> Wording {
        switch reason {
        case .remote, .outside:
            Wording(en: "keep a copy in the repository and refer to that", ja: "リポジトリーに写しを置き、そちらを参照してください")
        case .noFile, .notYAML:
            Wording(en: "mend the path or the file; what it should hold is not checked", ja: "パスかファイルを直してください。その中身は検査されていません")
        case .noValue, .circle:
            Wording(en: "mend the pointer; what it should lead to is not checked", ja: "参照を直してください。その先は検査されていません")
        }
    }
}

extension APIUnreadReference.Reason {
    /// Whether it is the same for every reference into that file.
    fileprivate var isOfAFile: Bool {
        switch self {
        case .noFile, .notYAML: true
        case .remote, .outside, .noValue, .circle: false
        }
    }

    fileprivate var files: [String] {
        switch self {
        case .noFile(let path), .notYAML(let path), .noValue(let path): [path]
        case .remote, .outside, .circle: []
        }
    }
}
