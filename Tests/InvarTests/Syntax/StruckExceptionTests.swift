import InvarCore
import InvarSyntax
import Testing

/// What is struck out of an Exceptions section grants nothing any more.
@Suite struct StruckExceptionTests {
    private func granted(_ body: String) -> [String] {
        let text = "# 7. A\n\nStatus: Accepted\n\n\(body)"
        let document = KnowledgeReader(vocabulary: StatusVocabulary()).read(Array(text.utf8), path: "ADRs/0007-a.md", role: .decisions)
        guard case .decision(let decision)? = document.entries.first?.content else { return ["no decision"] }
        return decision.exceptions.map { "\($0.clause ?? $0.invariant): \($0.reason ?? "-")" }
    }

    @Test(arguments: [
        ("## Exceptions\n\n- ~~INV-OPS-002~~\n  - Reason: x\n", []),
        (
            "## Exceptions\n\n- INV-OPS-001\n  - Reason: a\n- ~~INV-OPS-002: title~~\n  - Reason: x\n- INV-OPS-003\n  - Reason: c\n",
            ["INV-OPS-001: a", "INV-OPS-003: c"]
        ),
        ("## 例外\n\n### ~~INV-OPS-002~~\n\n- 理由: x\n", []), ("## 例外\n\n### INV-OPS-002: ~~古い題~~ 新しい題\n\n- 理由: x\n", ["INV-OPS-002: x"]),
        ("## Exceptions\n\n- <del>INV-OPS-002</del>\n  - Reason: x\n", []),
        ("## Exceptions\n\n1. ~~INV-OPS-002~~ INV-OPS-003\n   - Reason: x\n", []),
        ("## ~~Exceptions~~\n\n- INV-OPS-002\n  - Reason: x\n", []), ("## Exceptions\n\n- INV-OPS-002\n  - Reason: ~~old~~ new\n", ["INV-OPS-002: old new"]),
    ])
    func struckOut(body: String, wanted: [String]) {
        #expect(granted(body) == wanted)
    }
}
