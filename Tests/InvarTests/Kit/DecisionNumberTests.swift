import Foundation
import InvarCore
import InvarKit
import Testing

/// The next number of a collection: in its own manner, and free on every branch.
@Suite struct DecisionNumberTests {
    private static func next(_ names: [String], numbering: String? = nil, title: String = "Use a queue") throws -> String {
        var files = Dictionary(uniqueKeysWithValues: names.map { ("ADRs/" + $0, "# A title\n\n## Status\n\nAccepted\n") })
        files["invar.yml"] = "adrs: ADRs\n" + (numbering.map { "numbering: \($0)\n" } ?? "")
        files["ADRs/notes.md"] = "# Notes\n\nNothing here.\n"
        let folder = try TemporaryFolder(files)
        let found = try withExtendedLifetime(folder) { try folder.workspace().nextDecisionNumber(title: title) }
        return "\(found.number ?? "-") \(found.fileNameStart)\(found.isFolder ? " folder" : "")"
    }

    @Test(arguments: [
        ([], "0001 0001-"),
        (["0001-a.md", "0007-b.md"], "0008 0008-"),
        (["001-a.md", "099-b.md"], "100 100-"),
        (["9-a.md", "10-b.md"], "11 11-"),
        (["0009-a.md", "9999-b.md"], "10000 10000-"),
        (["ADR-0003-a.md", "0004-b.md", "ADR-0005-c.md"], "0006 ADR-0006-"),
        (["adr_012_a.md"], "013 adr_013_"),
        (["ADR-MS-0002-a.md", "ADR-MS-0003-b.md", "ADR-DB-0009-c.md"], "MS-0004 ADR-MS-0004-"),
        (["0007-a/README.md", "0008-b/index.md"], "0009 0009- folder"),
        (["0002-a.md", "archive/0011-b.md"], "0012 0012-"),
        (["0001-a.md", "0002-b.md", "billing/0001-c.md", "billing/0030-d.md"], "0003 0003-"),
        (["20261101-01-a.md", "20261123-02-b.md"], "20261123-03 20261123-03-"),
        (["20261101-01-a.md"], "20261123-01 20261123-01-"),
        (["2026-003-a.md", "2025-014-b.md"], "2026-004 2026-004-"),
        (["2026-02-15-a.md", "2026-03-01-b.md"], "- 2026-11-23-"),
        (["20260215-a.md"], "- 20261123-"),
        (["2026-02-15_001-a.md", "2026-03-15_002-a.md"], "003 2026-11-23_003-"),
    ])
    func aCollectionGoesOnInItsOwnManner(names: [String], next: String) throws {
        #expect(try DecisionNumberTests.next(names) == next)
    }

    @Test func theConfigurationChooses() throws {
        #expect(try DecisionNumberTests.next(["0001-a.md"], numbering: "date") == "- 2026-11-23-")
        #expect(try DecisionNumberTests.next(["2026-02-15-a.md"], numbering: "sequential") == "0001 0001-")
        let hash = try DecisionNumberTests.next([], numbering: "hash")
        #expect(hash == (try DecisionNumberTests.next([], numbering: "hash")))
        #expect(hash != (try DecisionNumberTests.next([], numbering: "hash", title: "Use no queue")))
        #expect(hash.utf8.count == 18 && hash.hasSuffix("-"))
        #expect(throws: Failure("numbering is sequential, date or hash", at: Place(path: "invar.yml", position: Position(line: 2, column: 12)))) {
            try DecisionNumberTests.next([], numbering: "roman")
        }
    }

    @Test func aHashIsReadAsTheNumber() throws {
        let folder = try TemporaryFolder(["invar.yml": "numbering: hash\n", "ADRs/README.md": "# Records\n"])
        let next = try folder.workspace().nextDecisionNumber(title: "x")
        try folder.write("ADRs/\(next.fileNameStart)x.md", "# ADR-\(next.number ?? ""): X\n\n## Status\n\nAccepted\n")
        #expect(try folder.workspace().nextDecisionNumber(title: "x").number != next.number)
        let listed = try folder.workspace().list(.decisions, ListFilter()).report.json.text
        #expect(listed.contains("\"ADR-\(next.number ?? "")\""))
    }

    @Test func aNumberOnAnyBranchIsTaken() throws {
        let folder = try TemporaryFolder(["ADRs/0001-a.md": "# 1. A\n\n## Status\n\nAccepted\n"])
        try folder.git("init", "-q", "-b", "main")
        try folder.commit("base")
        for (branch, path) in [("one", "ADRs/0002-b.md"), ("two", "ADRs/archive/0004-c.md"), ("three", "ADRs/0003-d/README.md")] {
            try folder.git("checkout", "-q", "-b", branch, "main")
            try folder.write(path, "# X\n\n## Status\n\nProposed\n")
            try folder.commit(branch)
        }
        try folder.git("checkout", "-q", "main")
        #expect(try folder.workspace().nextDecisionNumber(title: "x").number == "0005")
        // A remote branch alone knows the highest one; the work tree has one that no branch has.
        try folder.git("update-ref", "refs/remotes/origin/two", "refs/heads/two")
        try folder.git("branch", "-q", "-D", "two")
        #expect(try folder.workspace().nextDecisionNumber(title: "x").number == "0005")
        try folder.write("ADRs/0009-e.md", "# X\n\n## Status\n\nProposed\n")
        #expect(try folder.workspace().nextDecisionNumber(title: "x").number == "0010")
    }

    @Test func aNumberInAHeadingOnAnotherBranchIsTaken() throws {
        let folder = try TemporaryFolder(["ADRs/use-a.md": "# ADR-0001: A\n\n## Status\n\nAccepted\n"])
        try folder.git("init", "-q", "-b", "main")
        try folder.commit("base")
        try folder.git("checkout", "-q", "-b", "one")
        try folder.write("ADRs/use-b.md", "# ADR-0002: B\n\n## Status\n\nAccepted\n")
        try folder.commit("b")
        try folder.git("checkout", "-q", "main")
        let next = try folder.workspace().nextDecisionNumber(title: "x")
        #expect([next.number ?? "-", next.fileNameStart] == ["0003", ""])
    }
}
