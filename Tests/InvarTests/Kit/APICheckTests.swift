import Foundation
import InvarCore
import InvarKit
import Testing

/// API descriptions through the whole engine.
struct APICheckTests {
    private func check(_ files: [String: String]) throws -> [Finding] {
        let folder = try TemporaryFolder(files)
        return try withExtendedLifetime(folder) { try folder.workspace().check().report.findings }
    }

    private func lines(_ findings: [Finding]) -> [String] {
        findings.map { "\($0.place.path):\($0.place.line):\($0.place.column) \($0.rule) \($0.severity.rawValue)" }
    }

    @Test func anOperationThatTwoDescriptionsReachIsReportedOnceWhereItStands() throws {
        let description = "openapi: 3.0.3\npaths:\n  /charges: { $ref: ../shared/charges.yaml }\n"
        let found = try check([
            "public/openapi.yaml": description, "partner/openapi.yaml": description, "shared/charges.yaml": "# 課金\npost:\n  operationId: createCharge\n",
        ])
        #expect(lines(found) == ["shared/charges.yaml:2:1 api/post-no-idempotency-key warning"])
        #expect(found.map(\.message) == ["POST /charges takes no idempotency key: sent twice, it is done twice"])
    }

    @Test func aFragmentMayPointAtItsDecisionAndAnExceptionNamesTheOperation() throws {
        let found = try check([
            "Invariants/ops.md": "# 運用\n\n**INV-OPS-002: 更新は冪等**\n\n- 更新は冪等であること。\n\n> チェック（CI）\n> - 2 回届くとどうなるか（`api/post-no-idempotency-key`）\n",
            "ADRs/0003-charge.md":
                "---\nstatus: accepted\nexceptions:\n  - invariant: INV-OPS-002\n    operations: [\"POST /v1/charges\"]\n    reason: 代行会社がキーを受け付けないため\n    retry: 自動では再試行せず、日次の突合で手で補正する\n    until: 2027-03-31\n---\n# 課金\n",
            "api/openapi.yaml":
                "openapi: 3.0.3\nservers: [{ url: /v1 }]\npaths:\n  /charges:\n    # invar:allow ADR-0003\n    post: { operationId: createCharge }\n  /refunds:\n    post: { operationId: createRefund }\n",
        ]).filter { $0.rule.hasPrefix("api/") || $0.rule.hasPrefix("allow/") }
        #expect(
            found.map { "\($0.place.line) \($0.state) \($0.decision ?? "-") \($0.invariant ?? "-")" } == [
                "6 excepted ADR-0003 INV-OPS-002", "8 open - INV-OPS-002",
            ])
        #expect(found.map(\.message) == ["POST /charges に冪等キーがありません。同じ要求が 2 回届くと 2 回実行されます", "POST /refunds に冪等キーがありません。同じ要求が 2 回届くと 2 回実行されます"])
    }

    @Test func aDiffThatTakesTheKeyOutOfAnotherFileBringsTheFinding() throws {
        let folder = try TemporaryFolder([
            "api/openapi.yaml":
                "openapi: 3.0.3\npaths:\n  /charges:\n    post:\n      operationId: createCharge\n      parameters: [{ $ref: common.yaml#/Key }]\n  /old:\n    post: { operationId: placeOld }\n",
            "api/common.yaml": "Key: { name: Idempotency-Key, in: header, description: kept for a day }\n",
        ])
        for arguments in [["init", "-q"], ["add", "-A"], ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "base"]] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["git", "-C", folder.path] + arguments
            try process.run()
            process.waitUntilExit()
        }
        var options = CheckOptions()
        options.base = "HEAD"
        #expect(try folder.workspace().check(options).report.findings.isEmpty)
        try folder.write("api/common.yaml", "Key: { name: X-Trace, in: header }\n")
        #expect(lines(try folder.workspace().check(options).report.findings) == ["api/openapi.yaml:4:5 api/post-no-idempotency-key warning"])
    }

    @Test(arguments: [
        (
            "a.yaml", "openapi: 3.0.3\npaths:\n  /a: { post: { operationId: a } }\n  /a: { post: { operationId: b } }\n",
            "api/post-no-idempotency-key warning, yaml/unreadable warning, api/post-no-idempotency-key warning"
        ),
        ("a.yaml", "openapi: 3.0.3\npaths:\n\t/a: {}\n", "yaml/unreadable warning"),
        ("a.yaml", "openapi: 3.0.3\npaths:\n  {{ range }}\n  /a: {}\n", "yaml/unreadable note"),
        ("a.yaml", "openapi: 3.0.3\n\u{0}paths: {}\n", "file/unreadable error"),
        ("a.json", "{ \"openapi\": \"3.0.3\", \"paths\": { \"/a\": ", "yaml/unreadable warning"),
        ("a.yaml", "openapi: 3.0.3\npaths: &a\n  /x: *a\n", "yaml/unreadable warning"),
        ("a.yaml", "openapi: 3.0.3\nx: " + String(repeating: "[", count: 400) + "\n", "yaml/unreadable warning"),
    ])
    func whatCannotBeReadIsAFindingAndNeverClean(path: String, text: String, expected: String) throws {
        #expect(try check([path: text]).map { "\($0.rule) \($0.severity.rawValue)" }.joined(separator: ", ") == expected)
    }

    @Test func noRuleSwitchHidesALostReference() throws {
        let folder = try TemporaryFolder(["a.yaml": "openapi: 3.0.3\npaths: { /a: { $ref: gone.yaml } }\n"])
        var options = CheckOptions()
        options.rules = ["api/post-no-idempotency-key"]
        #expect(lines(try folder.workspace().check(options).report.findings) == ["a.yaml:2:22 api/unreadable warning"])
    }
}
