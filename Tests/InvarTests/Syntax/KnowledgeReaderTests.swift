import Foundation
import InvarCore
import InvarSyntax
import Testing

@Suite struct KnowledgeReaderTests {
    private let reader = KnowledgeReader(vocabulary: StatusVocabulary())

    private func invariants(_ text: String) -> [Invariant] {
        reader.read(Array(text.utf8), path: "Invariants/a.md", role: .invariants).entries.compactMap { entry in
            if case .invariant(let invariant) = entry.content { invariant } else { nil }
        }
    }

    private func notes(_ text: String, _ path: String = "RawNotes/2026-11-05-memo.md") -> [Note] {
        reader.read(Array(text.utf8), path: path, role: .notes).entries.compactMap { entry in
            if case .note(let note) = entry.content { note } else { nil }
        }
    }

    private func exceptions(_ text: String) -> [InvarCore.Exception] {
        guard case .decision(let decision)? = reader.read(Array(text.utf8), path: "ADRs/0007-x.md", role: .decisions).entries.first?.content else { return [] }
        return decision.exceptions
    }

    @Test func theUsersOwnDocumentComesOutWhole() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appendingPathComponent("Fixtures/ops_invariants.md"), encoding: .utf8)
        let found = invariants(text)
        #expect(found.map(\.id) == ["INV-OPS-001", "INV-OPS-002", "INV-OPS-003", "INV-OPS-004", "INV-OPS-005"])
        #expect(found.map(\.clauses.count) == [3, 3, 3, 3, 3])
        #expect(found.map(\.checks.count) == [2, 2, 2, 2, 2])
        #expect(found.map(\.position.line) == [31, 45, 59, 73, 87])
        #expect(
            found.map(\.area) == ["Availability & Restartability", "Idempotency & State", "Deployment & Rollback", "Job / Batch Executions", "Observability"])
        #expect(found.allSatisfy { $0.checks.allSatisfy { $0.audience == [.ci, .ai] } })
        #expect(found.map { $0.requires.contains(.retry) } == [false, true, false, false, false])
        #expect(found[1].title == "更新系処理の冪等性（または非冪等の明示）")
    }

    @Test func headingsAndWholeFilesAreInvariantsToo() {
        let text =
            "# Data\n\n### INV-DATA-001: No floats\n\n- Money is an integer.\n  - Even in tests.\n\n#### Checks (CI/human)\n\n- Any float? (`text/no-float`, `db/x`)\n\n#### Examples\n\n- no clause\n"
        let found = invariants(text)
        #expect(found.map(\.id) == ["INV-DATA-001"])
        #expect(found.first?.clauses.map(\.text) == ["Money is an integer.\nEven in tests."])
        #expect(found.first?.checks.map(\.audience) == [[.ci, .human]])
        #expect(found.first?.checks.map(\.rules) == [["text/no-float"]])
        #expect(found.first?.area == "Data")
        let whole = invariants("---\nid: INV-X-1\nwaivable: false\nowner: sre\nstatus: probation\n---\n# A title\n\n- One.\n")
        #expect(whole.first?.title == "A title")
        #expect(whole.first?.waivable == false)
        #expect(whole.first?.owner == "sre")
        #expect(whole.first?.status == .probation)
    }

    @Test func aSentenceAboutAnInvariantDefinesNone() {
        #expect(invariants("## INV-OPS-002 の例外について\n\n文。\n").isEmpty)
        #expect(invariants("**INV-OPS-002 を破らない**こと。\n").isEmpty)
        #expect(invariants("```\n**INV-OPS-009: x**\n```\n").isEmpty)
    }

    @Test func exceptionsInFrontMatterAreRead() {
        let text = """
            ---
            status: accepted
            exceptions:
              - invariant: INV-OPS-002.2
                paths: ["services/billing/**"]
                operations: ["POST /charges"]
                reason: 鍵を受け付けない
                retry: 手で補正する
                until: 2027-03-31
                seen: "3f2a91c0"
                renewed: [{on: 2026-12-20, until: 2027-03-31, reason: 待ち}]
            ---
            # X
            """
        let found = exceptions(text)
        #expect(found.count == 1)
        #expect(found.first?.invariant == "INV-OPS-002")
        #expect(found.first?.clause == "INV-OPS-002.2")
        #expect(found.first?.paths == ["services/billing/**"])
        #expect(found.first?.until?.description == "2027-03-31")
        #expect(found.first?.seen == "3f2a91c0")
        #expect(found.first?.renewals.first?.reason == "待ち")
        #expect(found.first?.position.line == 4)
    }

    @Test func exceptionsInTheBodyAreRead() {
        let text =
            "# ADR－０００９：重なりを許す\n\nステータス：承認\n\n## 例外\n\n- **INV-OPS-004**\n  - 対象：`jobs/a.sh`、`jobs/b.sh`\n  - 理由：入力が日付ごとに分かれている\n  - リトライ戦略：同じ日付で再実行する\n  - 期限：2026年12月18日\n"
        let found = exceptions(text)
        #expect(found.map(\.invariant) == ["INV-OPS-004"])
        #expect(found.first?.paths == ["jobs/a.sh", "jobs/b.sh"])
        #expect(found.first?.reason == "入力が日付ごとに分かれている")
        #expect(found.first?.retry == "同じ日付で再実行する")
        #expect(found.first?.until?.description == "2026-12-18")
    }

    @Test func aMentionIsNoException() {
        #expect(exceptions("# X\n\nStatus: accepted\n\n## Context\n\nINV-OPS-002 matters here.\n").isEmpty)
    }

    @Test func notesOfEveryQualityAreRead() {
        let full = notes("---\nid: N-1\ndate: 2026-11-05\nkind: near-miss\ninvariants: [INV-OPS-004.1]\ncause: slip\nseverity: s2\n---\n# 題\n\n## 状況\n\n文。\n")
        #expect(full.map(\.id) == ["N-1"])
        #expect(full.first?.severity == .s2)
        #expect(full.first?.kind == .nearMiss)
        let free = notes("INV-OPS-004 を守れなかった。再実行で二重になった。\n")
        #expect(free.first?.kind == .violated)
        #expect(free.first?.id == "N-20261105-memo")
        #expect(free.first?.title == "INV-OPS-004 を守れなかった")
        let several = notes("# 週報\n\n## 月曜の遅延\n\n文。\n\n## 木曜のヒヤリハット\n\nもう少しで INV-OPS-001 を破るところだった。\n")
        #expect(several.map(\.title) == ["月曜の遅延", "木曜のヒヤリハット"])
        #expect(several.map(\.kind) == [.observation, .nearMiss])
    }

    @Test func deniedViolationsAreNone() {
        #expect(notes("今週は違反はなかった。\n").first?.kind == .observation)
        #expect(notes("There was no violation this week.\n").first?.kind == .observation)
    }

    @Test func badFilesAreFindingsNotCrashes() {
        let samples: [(String, [UInt8], String)] = [
            ("NUL", [0x23, 0x20, 0x41, 0x00, 0x0A], "file/unreadable"), ("bad UTF-8", [0x23, 0x20, 0xFF, 0xFE, 0x0A], "file/unreadable"),
            ("brackets", Array(String(repeating: "[", count: 20_000).utf8), "file/unreadable"),
            ("quotes", Array(String(repeating: "> ", count: 20_000).utf8), "file/unreadable"),
            ("huge", [UInt8](repeating: 0x61, count: 5 << 20), "file/unreadable"), ("open front matter", Array("---\nid: x\n\n# T\n".utf8), "yaml/unreadable"),
            ("deep YAML", Array(("---\na: " + String(repeating: "[", count: 300) + "\n---\n# T\n").utf8), "yaml/unreadable"),
        ]
        for (name, bytes, rule) in samples {
            let document = reader.read(bytes, path: "RawNotes/x.md", role: .notes)
            #expect(document.findings.contains { $0.rule == rule }, "\(name)")
        }
    }

    @Test func anAliasBombIsReported() {
        var yaml = "---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...8 { yaml += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n" }
        let document = reader.read(Array((yaml + "---\n# T\n").utf8), path: "RawNotes/x.md", role: .notes)
        #expect(document.findings.map(\.rule) == ["yaml/unreadable"])
    }

    @Test func seededMutationsNeverCrash() {
        let seeds = [
            "---\nid: N-1\nkind: violated\ninvariants: [INV-OPS-001]\n---\n# 題\n\n- a\n  - b\n\n> チェック（CI/AI）\n> - c\n",
            "# 7. X\n\n| Status | Accepted |\n| --- | --- |\n| Date | 2026年3月1日 |\n\n## 例外\n\n- INV-OPS-002: x\n  - 理由: y\n\n```\n[a](b.md)\n```\n",
            "**INV-OPS-001: 題**\n\n- 条項\n\n[[ADR-0012]] ~~x~~ [1](0001-x.md \"t\") <!-- c\n",
        ]
        var state: UInt64 = 20_261_123
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, bound)
        }
        let alphabet = Array("-#>|*`[]()<!:~_\n\r\t 0９：（aＡあ\u{0}\u{FF}{}&*".utf8)
        for round in 0..<1500 {
            var bytes = Array(seeds[round % seeds.count].utf8)
            for _ in 0...next(6) {
                switch next(4) {
                case 0: bytes.insert(alphabet[next(alphabet.count)], at: next(bytes.count + 1))
                case 1: if !bytes.isEmpty { bytes.remove(at: next(bytes.count)) }
                case 2: if !bytes.isEmpty { bytes[next(bytes.count)] = alphabet[next(alphabet.count)] }
                default: bytes += bytes.prefix(next(60))
                }
            }
            for role in Document.Role.allCases {
                let document = reader.read(bytes, path: "d/0001-x.md", role: role)
                let lines = LineTable(bytes).count
                for entry in document.entries {
                    #expect(entry.span.upperBound <= max(bytes.count, entry.span.upperBound) && entry.firstLine >= 1)
                    #expect(entry.position.line <= lines + 1)
                }
            }
        }
    }
}
