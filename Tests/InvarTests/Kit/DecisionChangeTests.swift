import Dispatch
import Foundation
import InvarCore
import InvarKit
import Testing

/// What is said of decisions is written into all files that it concerns, as their collection writes it, or into none.
@Suite struct DecisionChangeTests {
    private func text(_ folder: TemporaryFolder, _ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + path)), as: UTF8.self)
    }

    private func nygard(_ number: Int, _ title: String, _ status: String) -> String {
        "# \(number). \(title)\n\nDate: 2026-01-01\n\n## Status\n\n\(status)\n\n## Context\n\nText.\n"
    }

    @Test func referencesAndWordsFollowTheCollection() throws {
        let folder = try TemporaryFolder([
            "ADRs/0001-a.md": nygard(1, "A", "Superceded by [2. B](0002-b.md)"), "ADRs/0002-b.md": nygard(2, "B", "Approved\n\nSupercedes [1. A](0001-a.md)"),
            "ADRs/0003-c.md": nygard(3, "C", "Approved"), "ADRs/0004-d.md": nygard(4, "D [old]", "Draft"),
        ])
        _ = try folder.workspace().setStatus("4", .accepted)
        #expect(try text(folder, "ADRs/0004-d.md") == nygard(4, "D [old]", "Approved"))
        _ = try folder.workspace().supersede("4", by: "3")
        #expect(try text(folder, "ADRs/0004-d.md") == nygard(4, "D [old]", "Superseded by [3. C](0003-c.md)"))
        #expect(try text(folder, "ADRs/0003-c.md") == nygard(3, "C", "Approved\n\nSupersedes [4. D \\[old\\]](0004-d.md)"))
    }

    @Test func keysOfFrontMatterFollowTheCollection() throws {
        let folder = try TemporaryFolder([
            "ADRs/0001-a.md": "---\nstatus: superseded\nsuperseded_by: '0002'\n---\n# A\n",
            "ADRs/0002-b.md": "---\nstatus: accepted\nreplaces:\n- '0001'\n---\n# B\n",
            "ADRs/0003-c.md": "---\r\nstatus: accepted # since May\r\n---\r\n# C",
            "ADRs/0004-d.md": "---\nstatus: accepted\nreplaces:\n- \"0009\"\nowner: x\n---\n# D\n",
        ])
        _ = try folder.workspace().supersede("3", by: "4")
        #expect(try text(folder, "ADRs/0003-c.md") == "---\r\nstatus: superseded # since May\r\nsuperseded_by: [\"0004\"]\r\n---\r\n# C")
        #expect(try text(folder, "ADRs/0004-d.md") == "---\nstatus: accepted\nreplaces:\n- \"0009\"\n- \"0003\"\nowner: x\n---\n# D\n")
    }

    @Test(arguments: ["ADRs/0001-a.md", "ADRs/0002-b.md"])
    func aFileThatCannotBeWrittenLeavesTheOtherAsItIs(locked: String) throws {
        let folder = try TemporaryFolder(["ADRs/0001-a.md": nygard(1, "A", "Accepted"), "ADRs/0002-b.md": nygard(2, "B", "Accepted")])
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder.path + "/" + locked)
        #expect(throws: Failure.self) { try folder.workspace().supersede("1", by: "2") }
        var draft = DecisionDraft(title: "C")
        draft.supersedes = ["1", "2"]
        #expect(throws: Failure.self) { try folder.workspace().newDecision(draft) }
        #expect(try text(folder, "ADRs/0001-a.md") == nygard(1, "A", "Accepted"))
        #expect(try text(folder, "ADRs/0002-b.md") == nygard(2, "B", "Accepted"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/ADRs").sorted() == ["0001-a.md", "0002-b.md"])
    }

    @Test func aFileThatReadersCannotReadWholeIsRefused() throws {
        let folder = try TemporaryFolder(["ADRs/0002-b.md": nygard(2, "B", "Accepted")])
        let broken = Array(nygard(1, "A", "Accepted").utf8) + [0xFF, 0x0A]
        try Data(broken).write(to: URL(fileURLWithPath: folder.path + "/ADRs/0001-a.md"))
        #expect(throws: Failure.self) { try folder.workspace().setStatus("1", .deprecated) }
        #expect(throws: Failure.self) { try folder.workspace().supersede("2", by: "1") }
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: folder.path + "/ADRs/0001-a.md"))) == broken)
        #expect(try text(folder, "ADRs/0002-b.md") == nygard(2, "B", "Accepted"))
    }

    @Test func severalRecordsOfOneFileAreEditedOneByOne() throws {
        let before = "# ADR-1: A\n\nStatus: Accepted\n\nText.\n\n# ADR-2: B\n\nStatus: Accepted\n\nText.\n"
        let folder = try TemporaryFolder(["ADRs/all.md": before])
        _ = try folder.workspace().setStatus("2", .deprecated)
        #expect(try text(folder, "ADRs/all.md") == before.replacingOccurrences(of: "B\n\nStatus: Accepted", with: "B\n\nStatus: Deprecated"))
    }

    @Test func manyAtOnceGetNumbersOfTheirOwn() throws {
        let folder = try TemporaryFolder(["ADRs/0001-a.md": nygard(1, "A", "Accepted")])
        let workspace = try folder.workspace()
        DispatchQueue.concurrentPerform(iterations: 6) { index in
            _ = try? workspace.newDecision(DecisionDraft(title: "T\(index)"))
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/ADRs").sorted()
        #expect(names.map { String($0.prefix(5)) } == (1...7).map { "000\($0)-" })
    }

    @Test(arguments: [
        ("ADRs/0001-use-a.md", "# 1. Use A", "ADRs/0002-use-b-now.md", "# 2. Use B, now"),
        ("ADRs/001_use_a.md", "# ADR-001: Use A", "ADRs/002_use_b_now.md", "# ADR-002: Use B, now"),
        ("ADRs/ADR-0001-Use-A.md", "# Use A", "ADRs/ADR-0002-Use-B-now.md", "# Use B, now"),
        ("ADRs/1 Use A.md", "# 1 - Use A", "ADRs/2 Use B now.md", "# 2 - Use B, now"),
        ("ADRs/2026-02-15-use-a.md", "# Use A", "ADRs/2026-11-23-use-b-now.md", "# Use B, now"),
        ("ADRs/0001-use-a/README.md", "# 0001 Use A", "ADRs/0002-use-b-now/README.md", "# 0002 Use B, now"),
    ])
    func aNewDecisionIsNamedAsTheOthersAre(path: String, heading: String, newPath: String, newHeading: String) throws {
        let folder = try TemporaryFolder([path: heading + "\n\n* Status: accepted\n* Date: 2026-01-01\n\n## Context\n\nText.\n"])
        let report = try folder.workspace().newDecision(DecisionDraft(title: "Use B, now")).report
        #expect(report.changes == [ChangeReport.Change(.created, newPath)])
        #expect(
            try text(folder, newPath) == newHeading + "\n\n* Status: proposed\n* Date: 2026-11-23\n\n## Context\n\n## Decision\n\n## Consequences\n")
    }

    @Test func aCommentOfTheTemplatesFrontMatterIsNoHeading() throws {
        let folder = try TemporaryFolder([
            "ADRs/0001-use-a.md": "---\nstatus: accepted\ndate: 2026-01-01\n---\n\n# Use A\n\n## Context\n\nText.\n",
            "Templates/adr-invar.md": "---\nstatus: proposed\ndate: {{date}}\n# exceptions:\n---\n\n# {{title}}\n\n## Context\n",
        ])
        _ = try folder.workspace().newDecision(DecisionDraft(title: "Use B"))
        #expect(try text(folder, "ADRs/0002-use-b.md") == "---\nstatus: proposed\ndate: 2026-11-23\n# exceptions:\n---\n\n# Use B\n\n## Context\n")
    }
}
