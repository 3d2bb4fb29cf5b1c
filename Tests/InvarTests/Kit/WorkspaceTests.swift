import Foundation
import InvarCore
import InvarKit
import Testing

/// A folder that is gone when the test is over.
final class TemporaryFolder {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("invar-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, text) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ name: String, _ text: String) throws {
        let file = path + "/" + name
        try FileManager.default.createDirectory(atPath: RelativePath.folder(file), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    }

    func workspace(_ today: String = "2026-11-23") throws -> Workspace {
        try Workspace(root: path, today: Day(iso: today))
    }
}

@Suite struct WorkspaceTests {
    private let invariants = """
        # 運用

        ## 冪等

        **INV-OPS-002: 更新は冪等**

        - 更新は冪等であること。
        - 冪等でない場合は理由とリトライ戦略を ADR に書くこと。

        > チェック（CI/AI）
        > - 2 回届くとどうなるか（`api/post-no-idempotency-key`）
        """

    private func adr(_ status: String, _ fields: String) -> String {
        "---\nstatus: \(status)\nexceptions:\n  - invariant: INV-OPS-002\n    paths: [\"billing/**\"]\n\(fields)---\n# 課金\n"
    }

    private let fields = "    reason: 鍵を受け付けない\n    retry: 手で補正する\n    until: 2027-03-31\n"

    @Test func indexingTwiceChangesNothing() throws {
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants, "ADRs/0001-a.md": adr("accepted", fields)])
        let first = try folder.workspace().index().report
        #expect(first.added == ["ADRs/0001-a.md", "Invariants/ops.md"])
        #expect(first.entries == IndexReport.Entries(invariants: 1, clauses: 2, checks: 1, decisions: 1, notes: 0))
        let second = try folder.workspace().index().report
        #expect(second.added.isEmpty && second.modified.isEmpty && second.removed.isEmpty)
        #expect(second.unchanged == 2)
    }

    @Test func editsRemovalsAndAdditionsAreNoticed() throws {
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants, "ADRs/0001-a.md": adr("accepted", fields)])
        _ = try folder.workspace().index()
        try folder.write("ADRs/0001-a.md", adr("rejected", fields))
        try folder.write("ADRs/0002-b.md", "# B\n\nStatus: Accepted\n")
        try FileManager.default.removeItem(atPath: folder.path + "/Invariants/ops.md")
        let report = try folder.workspace().index().report
        #expect(report.added == ["ADRs/0002-b.md"])
        #expect(report.modified == ["ADRs/0001-a.md"])
        #expect(report.removed == ["Invariants/ops.md"])
    }

    @Test func rowsThatWereWrittenLaterAreFoundAgain() throws {
        let names = ["ADRs/0001-a.md", "ADRs/0003-c.md", "ADRs/0004-d.md", "ADRs/決定/0002-b.md", "ADRs/x/0005-e.md"]
        let folder = try TemporaryFolder(Dictionary(uniqueKeysWithValues: names.map { ($0, "# T\n\nStatus: Accepted\n") }))
        _ = try folder.workspace().index()
        // Each of these is written anew behind all others.
        for name in ["ADRs/x/0005-e.md", "ADRs/0001-a.md"] {
            try folder.write(name, "# U\n\nStatus: Proposed\n")
            #expect(try folder.workspace().index().report.modified == [name])
        }
        try folder.write("ADRs/0000-z.md", "# Z\n\nStatus: Accepted\n")
        try FileManager.default.removeItem(atPath: folder.path + "/ADRs/0003-c.md")
        let report = try folder.workspace().index().report
        #expect(report.added == ["ADRs/0000-z.md"])
        #expect(report.removed == ["ADRs/0003-c.md"])
        #expect(report.modified.isEmpty && report.unchanged == 4)
        #expect(try folder.workspace().index().report.unchanged == 5)
    }

    @Test func manyEntriesOfOneIdNameOnlySomeOfTheOthers() throws {
        let text = (1...30).map { "## N-20260101-same\n\n\($0)\n" }.joined(separator: "\n")
        let folder = try TemporaryFolder(["RawNotes/n.md": text])
        let findings = try folder.workspace().index().report.findings.filter { $0.rule == "knowledge/duplicate-id" }
        #expect(findings.count == 30)
        #expect(findings.allSatisfy { $0.message.hasSuffix(", …") && $0.message.split(separator: ",").count == 21 })
    }

    @Test(arguments: ["garbage", "", "SQLite format 3\u{0}broken"])
    func aDamagedIndexIsBuiltAnew(content: String) throws {
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants])
        _ = try folder.workspace().index()
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: folder.path + "/.invar/index.sqlite" + suffix) }
        try folder.write(".invar/index.sqlite", content)
        #expect(try folder.workspace().index().report.entries.invariants == 1)
    }

    @Test func whereNothingCanBeWrittenTheIndexIsInMemory() throws {
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants, ".invar": "a file where the folder should be"])
        let report = try folder.workspace().index().report
        #expect(report.isInMemory)
        #expect(report.entries.invariants == 1)
    }

    @Test(arguments: [
        ("accepted", "    reason: 鍵がない\n    retry: 手で補正する\n    until: 2027-03-31\n", InvarCore.Exception.State.active),
        ("accepted", "    reason: 鍵がない\n    retry: 手で補正する\n    until: 2026-11-22\n", .expired),
        ("accepted", "    reason: 鍵がない\n    retry: TBD\n", .incomplete), ("proposed", "    reason: 鍵がない\n    retry: 手で補正する\n", .pending),
        ("却下", "    reason: 鍵がない\n    retry: 手で補正する\n", .void),
    ])
    func whyTellsTheStateOfAnException(status: String, fields: String, state: InvarCore.Exception.State) throws {
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants, "ADRs/0001-a.md": adr(status, fields)])
        let report = try folder.workspace().why("ＩＮＶ－ＯＰＳ－００２").report
        #expect(report.exceptions.map(\.state) == [state])
        #expect(report.exceptions.map(\.decision) == ["ADR-0001"])
    }

    @Test func whyKnowsFilesLinesAndClauses() throws {
        let folder = try TemporaryFolder([
            "Invariants/ops.md": invariants, "ADRs/0001-a.md": adr("accepted", fields), "ADRs/0002-b.md": "# B\n\nStatus: Accepted\n\nINV-OPS-002 を参照。\n",
            "RawNotes/2026-11-01-x.md": "INV-OPS-002 を守れなかった。\n",
        ])
        let workspace = try folder.workspace()
        #expect(try workspace.why(folder.path + "/billing/charge.py").report.exceptions.map(\.decision) == ["ADR-0001"])
        #expect(try workspace.why(folder.path + "/shipping/x.py").report.exceptions.isEmpty)
        let clause = try workspace.why("INV-OPS-002.2").report
        #expect(clause.exceptions.map(\.decision) == ["ADR-0001"])
        #expect(clause.mentions.map(\.id) == ["ADR-0002"])
        #expect(clause.violations.map(\.id) == ["N-20261101-x"])
        #expect(throws: Failure.self) { try workspace.why("INV-OPS-020") }
    }

    @Test func anAcceptedSuccessorSupersedes() throws {
        let folder = try TemporaryFolder([
            "ADRs/0001-a.md": "# A\n\nStatus: Accepted\n", "ADRs/0002-b.md": "# B\n\nStatus: Accepted\n\nSupersedes ADR-1\n",
            "ADRs/0003-c.md": "# C\n\nStatus: Proposed\n\nSupersedes ADR-2\n",
        ])
        guard case .decisions(let items) = try folder.workspace().list(.decisions, ListFilter()).report.items else { return }
        #expect(items.map(\.status) == [.superseded, .accepted, .proposed])
        #expect(items.map(\.supersededBy) == [["ADR-0002"], ["ADR-0003"], []])
    }

    @Test func searchCrossesLanguages() throws {
        let folder = try TemporaryFolder([
            "Invariants/ops.md": invariants, "ADRs/0001-a.md": "# Keys\n\nStatus: Accepted\n\nAll updates are idempotent and retried.\n",
            "ADRs/0002-b.md": "# 監視\n\nStatus: Accepted\n\nベキ等な処理を監視する。\n", "ADRs/0003-c.md": "# Program\n\nStatus: Accepted\n\nプログラムの話。\n",
        ])
        let workspace = try folder.workspace()
        #expect(Set(try workspace.search("冪等").report.hits.compactMap(\.id)) == ["INV-OPS-002", "ADR-0001", "ADR-0002"])
        #expect(try workspace.search("監視").report.hits.first?.id == "ADR-0002")
        #expect(try workspace.search("retrying").report.hits.contains { $0.id == "ADR-0001" })
        #expect(try workspace.search("ｉｎｖ－ｏｐｓ－００２").report.hits.first?.id == "INV-OPS-002")
        #expect(try workspace.search("監視").report.hits.first?.excerpt.contains("«監視»") == true)
        #expect(try workspace.search("存在しない言葉").report.hits.isEmpty)
    }

    @Test func notesAreLoggedOnceUnderOneID() throws {
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants])
        var draft = NoteDraft()
        draft.text = "再送で二重に登録された"
        draft.invariants = ["INV-OPS-002"]
        draft.id = "INC-7"
        #expect(try folder.workspace().note(draft).report.changes.map(\.action) == [.created])
        #expect(try folder.workspace("2026-11-24").note(draft).report.changes.map(\.action) == [.unchanged])
        draft.text = "別の話"
        #expect(throws: Failure.self) { try folder.workspace().note(draft) }
        draft.id = nil
        #expect(try folder.workspace().note(draft).report.changes.first?.path == "RawNotes/2026-11-23-別の話.md")
        #expect(try folder.workspace().note(draft).report.changes.first?.path == "RawNotes/2026-11-23-別の話-2.md")
        draft.invariants = ["INV-OPS-020"]
        #expect(throws: Failure.self) { try folder.workspace().note(draft) }
    }

    @Test func noteSetFillsInAndKeepsEveryOtherByte() throws {
        let text = "---\r\nid: N-1\r\nkind: violated\r\ncause:\r\n---\r\n# 題\r\n\r\n* 箇条書き\r\n最後の行"
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants, "RawNotes/a.md": text])
        var fields = NoteDraft()
        fields.cause = .slip
        _ = try folder.workspace().setNote("N-1", fields)
        let written = try String(decoding: Data(contentsOf: URL(fileURLWithPath: folder.path + "/RawNotes/a.md")), as: UTF8.self)
        #expect(Array(written.utf8) == Array("---\r\nid: N-1\r\nkind: violated\r\ncause: slip\r\n---\r\n# 題\r\n\r\n* 箇条書き\r\n最後の行".utf8))
        fields.cause = .cost
        #expect(throws: Failure.self) { try folder.workspace().setNote("N-1", fields) }
    }

    @Test func unknownConfigurationKeysAreErrorsWithTheirLine() throws {
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants, "invar.yml": "language: ja\ninvariant: x\n"])
        #expect(throws: Failure("unknown key invariant", at: Place(path: "invar.yml", position: Position(line: 2)), hint: "did you mean invariants?")) {
            try folder.workspace()
        }
        try folder.write("invar.yml", "adrs: nowhere\n")
        #expect(throws: Failure.self) { try folder.workspace().index() }
    }

    @Test func scaffoldsNeverOverwrite() throws {
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants, "invar.yml": "language: ja\n"])
        let report = try folder.workspace().scaffold().report
        #expect(report.changes.contains(.init(.unchanged, "invar.yml")))
        #expect(try folder.workspace().index().report.entries.invariants == 1)
        let empty = try TemporaryFolder()
        _ = try empty.workspace().scaffold(language: .japanese)
        #expect(try empty.workspace().index().report.entries.invariants == 5)
    }

    @Test func linksOutOfTheRootAreFindings() throws {
        let outside = try TemporaryFolder(["secret.md": "# S\n"])
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants])
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/Invariants/out.md", withDestinationPath: outside.path + "/secret.md")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/Invariants/loop.md", withDestinationPath: "loop.md")
        let report = try folder.workspace().index().report
        #expect(report.findings.map(\.rule) == ["file/unreadable", "file/unreadable"])
        #expect(report.total == 1)
    }

    @Test func duplicateIdsAreFindings() throws {
        let folder = try TemporaryFolder([
            "Invariants/a.md": invariants, "Invariants/b.md": invariants, "ADRs/0001-a.md": "# A\n\nStatus: Accepted\n",
            "ADRs/0001-b.md": "# B\n\nStatus: Accepted\n",
        ])
        let rules = try folder.workspace().index().report.findings.map(\.rule)
        #expect(rules == ["knowledge/duplicate-number", "knowledge/duplicate-number", "knowledge/duplicate-id", "knowledge/duplicate-id"])
    }

    @Test func missingNumbersAreNotes() throws {
        let record = "# X\n\nStatus: Accepted\n"
        let folder = try TemporaryFolder([
            "ADRs/0001-a.md": record, "ADRs/0003-c.md": record, "ADRs/0007-d.md": record, "ADRs/api/0001-e.md": record, "ADRs/20260101-f.md": record,
            "ADRs/0009-g.md": record, "ADRs/0008-notes.txt.md": "Nothing decided.\n",
        ])
        let findings = try folder.workspace().index().report.findings.filter { $0.rule == "knowledge/missing-number" }
        #expect(findings.map(\.severity) == [.note, .note])
        #expect(findings.map(\.message) == ["ADR-0002 is missing before this record", "ADR-0004 to 0006 are missing before this record"])
        #expect(findings.map(\.place.path) == ["ADRs/0003-c.md", "ADRs/0007-d.md"])
    }

    @Test func aTranslationIsNoSecondRecord() throws {
        let record = "# X\n\nStatus: Accepted\n"
        let folder = try TemporaryFolder(["ADRs/0001-a.md": record, "ADRs/0001-a.ja.md": record])
        #expect(try folder.workspace().index().report.findings.isEmpty)
    }

    @Test func aDecomposedFileNameIsFoundByItsComposedSpelling() throws {
        let record = "# X\n\nStatus: Accepted\n"
        let decomposed = "ADRs/0001-\u{30C6}\u{3099}.md"
        let folder = try TemporaryFolder([decomposed: record, "ADRs/0002-b.md": record + "\nSupersedes [1](0001-\u{30C7}.md)\n"])
        guard case .links(let links) = try folder.workspace().list(.links, ListFilter()).report.items else { return }
        #expect(links.map(\.target) == ["ADR-0001"])
        #expect(try folder.workspace().show("ADRs/0001-\u{30C7}.md").report.json.text.contains("\"id\": \"ADR-0001\""))
    }

    @Test func graphsNameEveryEntryOnce() throws {
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants, "ADRs/0001-a.md": adr("accepted", fields)])
        let graph = try folder.workspace().graph()
        #expect(graph.nodes.map(\.id) == ["ADR-0001", "INV-OPS-002"])
        #expect(graph.edges == [GraphReport.Edge(source: "ADR-0001", kind: .excepts, target: "INV-OPS-002")])
        #expect(graph.mermaid.hasPrefix("flowchart LR\n"))
    }
}
