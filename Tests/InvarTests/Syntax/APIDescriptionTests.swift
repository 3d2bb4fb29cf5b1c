import InvarCore
import InvarSyntax
import Testing

struct APIDescriptionTests {
    /// Reads the first file with the others beside it.
    private func description(_ files: KeyValuePairs<String, String>) throws -> APIDescription {
        let artifacts = Dictionary(uniqueKeysWithValues: files.map { ($0.key, ArtifactReader.read(Array($0.value.utf8), path: $0.key)) })
        let first = try #require(files.first.flatMap { artifacts[$0.key] })
        let description = APIDescription(first, reading: { artifacts[$0] })
        return try #require(description)
    }

    @Test func anOperationKnowsEverythingThatItsReferencesLeadTo() throws {
        let api = try description([
            "api/openapi.yaml": """
            openapi: 3.0.3
            servers: [{ url: "https://api.example.com/v2/" }]
            paths:
              /charges:
                parameters: [{ $ref: "common.json#/trace~1id" }]
                get: { operationId: listCharges }
                post:
                  operationId: createCharge
                  summary: 課金する
                  tags: [billing]
                  deprecated: true
                  x-owner: team-a
                  parameters: [{ name: Idempotency-Key, in: header, description: 再送を見分ける }]
                  requestBody: { $ref: "bodies.yaml#/Charge" }
                  responses: { "201": { description: made }, 4XX: { $ref: "common.json#/error" } }

              # the next one
              /refunds: { $ref: refunds.yaml }

            """, "api/common.json": "{ \"trace/id\": { \"name\": \"trace\", \"in\": \"query\" }, \"error\": { \"description\": \"bad\" } }",
            "api/bodies.yaml": """
            Charge:
              content:
                application/json:
                  schema: { allOf: [{ $ref: "#/Base" }, { properties: { amount: { type: number } } }] }
            Base: { properties: { meta: { properties: { client_token: { description: a token } } } } }

            """, "api/refunds.yaml": "post:\n  operationId: createRefund\n",
        ])
        #expect(api.unread.isEmpty)
        #expect(api.operations.map(\.name) == ["GET /charges", "POST /charges", "POST /refunds"])
        let charge = try #require(api.operations.dropFirst().first)
        #expect(charge.names == ["POST /charges", "createCharge", "POST /v2/charges"])
        #expect(charge.parameters.map(\.name) == ["Idempotency-Key", "trace"])
        #expect(charge.body.mediaTypes == ["application/json"])
        #expect(charge.body.properties.map(\.name) == ["meta", "amount", "client_token"])
        #expect(charge.responses.map(\.status) == ["201", "4XX"])
        #expect(charge.responses.map(\.description) == ["made", "bad"])
        #expect(charge.extensions.map(\.name) == ["x-owner"])
        #expect(charge.summary == APIText(text: "課金する", place: Place(path: "api/openapi.yaml", position: Position(line: 9, column: 16))))
        #expect((charge.start, charge.end) == (Position(line: 7, column: 5), Position(line: 7, column: 9)))
        #expect(charge.lines == 5...17)
        #expect(charge.sources == ["api/bodies.yaml", "api/common.json"])
        #expect(charge.isDeprecated && charge.isComplete && charge.tags == ["billing"])
        let refund = try #require(api.operations.last)
        #expect((refund.file, refund.start) == ("api/refunds.yaml", Position(line: 1, column: 1)))
        #expect(refund.sources == ["api/openapi.yaml"])
    }

    @Test func referencesThatLeadNowhereAreNamedOnceAndNeverFollowedForEver() throws {
        let api = try description([
            "a.yaml": """
            openapi: 3.1.0
            paths:
              /remote: { $ref: "https://example.com/x.yaml" }
              /outside: { $ref: "../../x.yaml" }
              /missing: { $ref: "gone.yaml#/x" }
              /pointer: { $ref: "#/components/pathItems/None" }
              /circle: { $ref: "#/components/pathItems/A" }
              /through: { $ref: "#/components/pathItems/A/post" }
              /text: { $ref: "readme.md" }
              /broken: { $ref: "b.yaml" }
              /ok: { post: { parameters: [{ $ref: "#/components/parameters/Key" }, { $ref: "#/components/parameters/Key" }] } }
            components:
              pathItems:
                A: { $ref: "#/components/pathItems/B" }
                B: { $ref: "#/components/pathItems/A" }
              parameters:
                Key: { $ref: "#/components/parameters/Key" }

            """, "readme.md": "# x\n", "b.yaml": "a: [\n",
        ])
        #expect(api.operations.map(\.name) == ["POST /ok"])
        #expect(api.operations.map(\.isComplete) == [false])
        #expect(
            api.unread.map(\.reason) == [
                .remote, .outside, .noFile("gone.yaml"), .noValue("a.yaml"), .circle, .noValue("a.yaml"), .notYAML("readme.md"), .notYAML("b.yaml"), .circle,
            ])
    }

    @Test func aMazeOfReferencesEndsInBoundedTime() throws {
        // Every pointer passes through two references, each of which passes through two others.
        var parts = ["openapi: 3.1.0", "paths: { /x: { $ref: \"#/m/n0/a/a\" } }", "m:"]
        for index in 0..<400 { parts.append("  n\(index): { a: { $ref: \"#/m/n\(index + 1)/a/b\" }, b: { $ref: \"#/m/n\(index + 1)/b/a\" } }") }
        let api = try description(["a.yaml": parts.joined(separator: "\n")])
        #expect(api.operations.isEmpty)
        #expect(api.unread.count == 1)
    }

    @Test(arguments: [
        "openapi: 3.0.0\npaths: [1, 2]\n", "openapi: 3.0.0\npaths: { /a: null, /b: text, /c: { post: null, get: [], put: 3 } }\n", "openapi: 3.0.0\n",
        "openapi: 3.0.0\npaths:\n  /a:\n    post:\n      parameters: { x: 1 }\n      requestBody: []\n      responses: 3\n",
        "asyncapi: 3.0.0\noperations: [a]\nchannels: 3\n",
        "asyncapi: 2.0.0\nchannels: { a: { publish: null, subscribe: { message: { oneOf: 3 } } } }\n",
        "swagger: 2.0\npaths: { /a: { post: { parameters: [{}, 1, null] } } }\n",
        "{ \"openapi\": \"3.0.0\", \"info\": { \"title\": \"\\ud83d\\ude00 \\/ \\\\u00e9\" },\t\"paths\": {} }",
    ])
    func oddDescriptionsAreReadAsFarAsTheyGo(text: String) throws {
        let name = text.hasPrefix("{") ? "a.json" : "a.yaml"
        let artifact = ArtifactReader.read(Array(text.utf8), path: name)
        #expect(artifact.problems.isEmpty)
        #expect(APIDescription(artifact, reading: { _ in nil }) != nil)
    }
}
