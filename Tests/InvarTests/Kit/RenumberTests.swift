import Foundation
import InvarCore
import InvarKit
import Testing

/// `adr renumber` moves a record, mends what certainly names it, and tells the rest.
@Suite struct RenumberTests {
    private static let files = [
        "invar.yml": "adrs: ADRs\nnotes: RawNotes\nlanguage: en\n",
        "Invariants/ops.md": "**INV-OPS-001: 題**\n\n- 文。 See ADR-7.\n",
        "ADRs/0003-old.md":
            "---\nstatus: superseded by 7\nsuperseded-by: [7, 12]\n---\n# 3. Old\n\nSee [7. New](./0007-new.md \"why\"), [[0007-new]] and ADR 0007.\n",
        "ADRs/0007-new.md": "---\nid: ADR-0007\nstatus: accepted\nsupersedes: 3\n---\n# ADR-0007: New, since 7 is 7\n\nADR-0007 says [so](#adr-0007).\n",
        "ADRs/0012-more.md": "# 12. More\n\n## Status\n\nAccepted\n\nAmends [ADR-0007](0007-new.md#decision)\n\n```\nADR-0007\n```\n",
        "ADRs/README.md": "# Records\r\n\r\n* [3](0003-old.md)\r\n* [0007](0007-new.md)\r\n",
        "README.md": "See [the ADR](ADRs/0007-new.md), `ADRs/0007-new.md`, https://example.com/ADRs/0007-new.md and ADR-0070, XADR-0007.\n",
        "RawNotes/n.md": "---\nid: N-20261101-x\nkind: observation\ndecisions: [3, \"0007\"]\n---\n# X\n\nText.",
        "src/a.py": "# invar:allow ADR-7 slow\nx = 1  # ADR-0007\npath = 'ADRs/0007-new.md'\n",
        "src/b.sql": "-- invar:allow ADR-0003, ADR-0007\nDROP TABLE t;\n",
    ]

    private func text(_ folder: TemporaryFolder, _ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + path)), as: UTF8.self)
    }

    @Test func everythingThatNamesItFollows() throws {
        let folder = try TemporaryFolder(RenumberTests.files)
        let report = try folder.workspace().renumber("7", to: nil).report
        #expect([report.oldID, report.newID, report.oldPath, report.newPath] == ["ADR-0007", "ADR-0013", "ADRs/0007-new.md", "ADRs/0013-new.md"])
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/ADRs/0007-new.md"))
        #expect(
            try text(folder, "ADRs/0013-new.md")
                == "---\nid: ADR-0013\nstatus: accepted\nsupersedes: 3\n---\n# ADR-0013: New, since 7 is 7\n\nADR-0013 says [so](#adr-0007).\n")
        #expect(
            try text(folder, "ADRs/0003-old.md")
                == "---\nstatus: superseded by 13\nsuperseded-by: [13, 12]\n---\n# 3. Old\n\nSee [13. New](./0013-new.md \"why\"), [[0013-new]] and ADR 0013.\n"
        )
        #expect(try text(folder, "ADRs/0012-more.md").hasSuffix("Amends [ADR-0013](0013-new.md#decision)\n\n```\nADR-0007\n```\n"))
        #expect(try text(folder, "ADRs/README.md") == "# Records\r\n\r\n* [3](0003-old.md)\r\n* [0013](0013-new.md)\r\n")
        #expect(try text(folder, "Invariants/ops.md") == "**INV-OPS-001: 題**\n\n- 文。 See ADR-13.\n")
        #expect(
            try text(folder, "README.md")
                == "See [the ADR](ADRs/0013-new.md), `ADRs/0013-new.md`, https://example.com/ADRs/0007-new.md and ADR-0070, XADR-0007.\n")
        #expect(try text(folder, "RawNotes/n.md").contains("decisions: [3, \"0013\"]"))
        #expect(try text(folder, "src/a.py") == "# invar:allow ADR-13 slow\nx = 1  # ADR-0007\npath = 'ADRs/0007-new.md'\n")
        #expect(try text(folder, "src/b.sql") == "-- invar:allow ADR-0003, ADR-0013\nDROP TABLE t;\n")
        #expect(
            report.left.map { "\($0.place.path):\($0.place.line) \($0.text): \($0.why.en)" } == [
                "ADRs/0012-more.md:10 ADR-0007: in a code block", "README.md:1 0007-new: part of a URL", "src/a.py:2 ADR-0007: no comment `invar:allow`",
                "src/a.py:3 0007-new: a path in a file that is no Markdown",
            ])
        var filter = ListFilter()
        filter.dangling = true
        guard case .links(let dangling) = try folder.workspace().list(.links, filter).report.items else { return }
        #expect(dangling.map(\.target) == [])
    }

    @Test func ofTwoRecordsWithANumberTheNamedOneMoves() throws {
        var files = RenumberTests.files
        files["ADRs/0007-other.md"] = "# 7. Other\n\nStatus: Accepted\n\nADR-0007 is not [ADR-0007](0007-new.md), but [ADR-0007](0007-other.md).\n"
        let folder = try TemporaryFolder(files)
        #expect(throws: Failure.self) { try folder.workspace().renumber("7", to: nil) }
        let report = try folder.workspace().renumber("ADRs/0007-new.md", to: "20").report
        #expect(report.newPath == "ADRs/0020-new.md")
        #expect(try text(folder, "ADRs/0007-other.md").hasSuffix("ADR-0007 is not [ADR-0020](0020-new.md), but [ADR-0007](0007-other.md).\n"))
        #expect(try text(folder, "ADRs/0020-new.md").contains("# ADR-0020: New"))
        #expect(try text(folder, "ADRs/0003-old.md").contains("superseded-by: [7, 12]"))
        #expect(try text(folder, "src/a.py").hasPrefix("# invar:allow ADR-7 slow"))
        #expect(report.left.contains { $0.place == Place(path: "src/a.py", position: Position(line: 1, column: 15)) })
    }

    @Test func aTakenNumberIsRefused() throws {
        let folder = try TemporaryFolder(RenumberTests.files)
        let before = try text(folder, "ADRs/0007-new.md")
        #expect(throws: Failure("0012 is ADRs/0012-more.md", hint: "leave the number out to take the next that is free on every branch")) {
            try folder.workspace().renumber("7", to: "12")
        }
        #expect(try text(folder, "ADRs/0007-new.md") == before)
    }

    @Test func aFolderOfItsOwnMovesWhole() throws {
        let folder = try TemporaryFolder([
            "invar.yml": "adrs: ADRs\n", "ADRs/0001-a/README.md": "# 1. A\n\nStatus: Accepted\n\n![x](x.png) [B](../0002-b/README.md)\n",
            "ADRs/0001-a/x.png": "x",
            "ADRs/0002-b/README.md": "# 2. B\n\nStatus: Accepted\n\n[A](../0001-a/README.md), [picture](../0001-a/x.png), [folder](../0001-a/)\n",
        ])
        #expect(try folder.workspace().renumber("1", to: "5").report.newPath == "ADRs/0005-a/README.md")
        #expect(try text(folder, "ADRs/0005-a/x.png") == "x")
        #expect(try text(folder, "ADRs/0005-a/README.md").hasPrefix("# 5. A\n"))
        #expect(try text(folder, "ADRs/0002-b/README.md").hasSuffix("[A](../0005-a/README.md), [picture](../0005-a/x.png), [folder](../0005-a/)\n"))
    }

    @Test func aReadOnlyFileKeepsAllAsItWas() throws {
        let folder = try TemporaryFolder(RenumberTests.files)
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder.path + "/README.md")
        #expect(throws: Failure.self) { try folder.workspace().renumber("7", to: nil) }
        for (path, text) in RenumberTests.files { #expect(try self.text(folder, path) == text) }
    }

    // MARK: Collisions

    private func collisions(in folder: TemporaryFolder) throws -> [String] {
        var options = CheckOptions()
        options.base = "main"
        return try folder.workspace().check(options).report.findings.filter { $0.rule == "knowledge/duplicate-number" }.map { "\($0.severity) \($0.message)" }
    }

    @Test func aNumberThatAnotherBranchTookIsNoted() throws {
        let folder = try TemporaryFolder(["invar.yml": "adrs: ADRs\nlanguage: en\n", "ADRs/0001-a.md": "# 1. A\n\nStatus: Accepted\n"])
        try folder.git("init", "-q", "-b", "main")
        try folder.commit("base")
        try folder.git("checkout", "-q", "-b", "other")
        try folder.write("ADRs/0002-b.md", "# 2. B\n\nStatus: Accepted\n")
        try folder.commit("b")
        try folder.git("checkout", "-q", "-b", "topic", "main")
        try folder.write("ADRs/0002-first-name.md", "# 2. C\n\nStatus: Accepted\n")
        try folder.commit("c")
        // What the branch was pushed as, under the name that the record had then.
        try folder.git("update-ref", "refs/remotes/origin/topic", "HEAD")
        try folder.git("mv", "ADRs/0002-first-name.md", "ADRs/0002-c.md")
        try folder.commit("c")
        #expect(try collisions(in: folder) == ["note other, not merged yet, has given ADR-0002 to ADRs/0002-b.md"])
        try folder.git("checkout", "-q", "main")
        try folder.git("merge", "-q", "other")
        try folder.git("checkout", "-q", "topic")
        #expect(try collisions(in: folder) == ["warning main has given ADR-0002 to ADRs/0002-b.md meanwhile"])
        #expect(try folder.workspace().renumber("2", to: nil).report.newPath == "ADRs/0003-c.md")
        #expect(try collisions(in: folder).isEmpty)
    }
}
