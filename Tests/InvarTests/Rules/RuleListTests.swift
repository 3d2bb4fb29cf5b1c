import Foundation
import InvarCore
import InvarRules
import Testing

struct RuleListTests {
    @Test("the list names every rule of the folder once, and a rule stands where its id says")
    func listAgreesWithFolder() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../../Sources/InvarRules/Rules").standardized
        let found = try #require(FileManager.default.enumerator(atPath: sources.path)).compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
        let listed = RuleList.all.map { RuleListTests.file(of: $0.id) }
        #expect(Set(listed).count == listed.count)
        #expect(listed.sorted() == found.sorted())
    }

    @Test("ids have the form subject/bad-thing")
    func ids() {
        #expect(RuleList.all.allSatisfy { RuleName.isRule($0.id) })
    }

    /// `sql/drop-column` → `SQL/SQLDropColumn.swift`.
    private static func file(of id: String) -> String {
        let parts = id.split(separator: "/").map(String.init)
        let folders = ["adr": "ADR", "api": "API", "asyncapi": "AsyncAPI", "sql": "SQL", "yaml": "YAML"]
        let folder = folders[parts[0]] ?? parts[0].capitalized
        let special = ["adr": "ADR", "pii": "PII", "db": "DB", "id": "ID", "ddl": "DDL", "pdb": "PDB", "rwo": "RWO", "gha": "GHA", "ecs": "ECS", "dlq": "DLQ"]
        let name = parts[1].split(separator: "-").map { special[String($0)] ?? $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        return folder + "/" + folder + name + ".swift"
    }
}
