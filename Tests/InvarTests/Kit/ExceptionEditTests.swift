import Foundation
import InvarCore
import InvarKit
import Testing

/// `adr except`, `renew` and `confirm` write what they are asked for, and no other byte.
@Suite struct ExceptionEditTests {
    private static let invariants = "**INV-OPS-001: 題**\n\n- 文。\n\n**INV-OPS-002: Twice is once**\n\n- Say why, and how it is retried, in an ADR.\n"

    /// A decision with `⟦before|after⟧` around what is to change; `{2}` is the new exception indented by two.
    struct Sample: CustomTestStringConvertible, Sendable {
        var name: String
        var text: String

        init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
        }

        var testDescription: String { name }

        func side(_ wanted: Int, seen: String) -> String {
            let newline = text.contains("\r\n") ? "\r\n" : text.contains("\n") ? "\n" : "\r"
            var out = ""
            var rest = text[...]
            while let open = rest.firstIndex(of: "⟦"), let close = rest.firstIndex(of: "⟧") {
                out += rest[..<open]
                let sides = rest[rest.index(after: open)..<close].split(separator: "|", omittingEmptySubsequences: false)
                out += sides[wanted]
                rest = rest[rest.index(after: close)...]
            }
            out += rest
            for indent in [0, 2, 4] {
                let lead = String(repeating: " ", count: indent)
                out = out.replacing("{\(indent)}", with: Sample.block.map { lead + $0 + newline }.joined())
            }
            return out.replacing("{seen}", with: seen)
        }

        private static let block = [
            "- invariant: INV-OPS-002", "  paths: [\"a/**\"]", "  reason: late keys", "  retry: by hand", "  until: 2027-01-31", "  seen: {seen}",
        ]
    }

    private func bytes(_ folder: TemporaryFolder, _ path: String = "ADRs/0007-a.md") throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + path)))
    }

    private static func folder(_ text: String) throws -> TemporaryFolder {
        try TemporaryFolder(["invar.yml": "adrs: ADRs\nlanguage: en\n", "Invariants/ops.md": invariants, "ADRs/0007-a.md": text])
    }

    private static func fingerprint() throws -> String {
        let folder = try folder("# 7. A\n")
        guard case .invariants(let items) = try folder.workspace().list(.invariants, ListFilter()).report.items else { return "" }
        return items.last?.invariant.fingerprint ?? ""
    }

    private static var request: ExceptRequest {
        var request = ExceptRequest()
        request.invariant = "INV-OPS-002"
        request.decision = "7"
        request.paths = ["a/**"]
        request.reason = "late keys"
        request.retry = "by hand"
        request.until = Day(iso: "2027-01-31")
        return request
    }

    private func compare(_ sample: Sample, _ run: (TemporaryFolder) throws -> [ChangeReport.Action]) throws {
        let seen = try ExceptionEditTests.fingerprint()
        let folder = try ExceptionEditTests.folder(sample.side(0, seen: seen))
        #expect(try run(folder) == [.edited])
        let after = String(decoding: try bytes(folder), as: UTF8.self)
        #expect(after.unicodeScalars.elementsEqual(sample.side(1, seen: seen).unicodeScalars), "\(after)")
        #expect(try run(folder) == [.unchanged])
    }

    // MARK: except

    private static let one = "  - invariant: INV-OPS-001\n    reason: so be it\n"

    @Test(arguments: [
        Sample("no front matter", "⟦|---\nexceptions:\n{2}---\n\n⟧# 7. A\n\nStatus: Accepted\n"),
        Sample("no front matter, no final newline", "⟦|---\nexceptions:\n{2}---\n\n⟧# 7. A\n\nStatus: Accepted"),
        Sample("byte order mark and CRLF", "\u{FEFF}⟦|---\r\nexceptions:\r\n{2}---\r\n\r\n⟧# 7. A\r\n\r\nStatus: Accepted\r\n"),
        Sample("a new key", "---\nstatus: accepted\n⟦|exceptions:\n{2}⟧---\n# A\n"),
        Sample("a new key, CRLF", "---\r\nstatus: accepted\r\n⟦|exceptions:\r\n{2}⟧---\r\n# A\r\nx"),
        Sample("a new key where lists are not indented", "---\nstatus: accepted\ntags:\n- x\n⟦|exceptions:\n{0}⟧---\n# A\n"),
        Sample("a new key in an indented mapping", "---\n  status: accepted\n⟦|  exceptions:\n{4}⟧---\n# A\n"),
        Sample("a new key before a closing row of dots", "---\nstatus: accepted\n⟦|exceptions:\n{2}⟧...\n# A\n"),
        Sample("a new key behind a block scalar that keeps its end", "---\nstatus: accepted\nwhy: |+\n  x\n\n⟦|exceptions:\n{2}⟧---\n# A\n"),
        Sample("commented exceptions of a template", "---\nstatus: accepted\n# exceptions:\n#   - invariant: INV\n⟦|exceptions:\n{2}⟧---\n# A\n"),
        Sample("an empty front matter", "---\n⟦|exceptions:\n{2}⟧---\n# 7. A\n\nStatus: Accepted\n"),
        Sample("an empty key", "---\nstatus: accepted\nexceptions:\n⟦|{2}⟧date: 2026-01-01\n---\n# A\n"),
        Sample("an empty key with a comment", "---\nexceptions: # none yet\n⟦|{2}⟧status: accepted\n---\n# A\n"),
        Sample("an empty list", "---\nexceptions:⟦ []|⟧\n⟦|{2}⟧status: accepted\n---\n# A\n"),
        Sample("null with a comment", "---\nexceptions:⟦ ~|⟧ # none\n⟦|{2}⟧status: accepted\n---\n# A\n"),
        Sample("a quoted key", "---\n\"exceptions\":\n" + one + "⟦|{2}⟧status: accepted\n---\n# A\n"),
        Sample("a list at the end", "---\nstatus: accepted\nexceptions:\n" + one + "⟦|{2}⟧---\n# A\n"),
        Sample(
            "a list without indentation", "---\nstatus: accepted\nexceptions:\n- invariant: INV-OPS-001\n  reason: so be it\n⟦|{0}⟧date: 2026-01-01\n---\n# A\n"
        ),
        Sample(
            "a list with wide dashes",
            "---\nstatus: accepted\nexceptions:\n  -   invariant: INV-OPS-001\n      reason: so be it\n⟦|  -   invariant: INV-OPS-002\n      paths: [\"a/**\"]\n      reason: late keys\n      retry: by hand\n      until: 2027-01-31\n      seen: {seen}\n⟧---\n# A\n"
        ),
        Sample("dashes on lines of their own", "---\nexceptions:\n  -\n    invariant: INV-OPS-001\n    reason: so be it\n⟦|{2}⟧status: accepted\n---\n# A\n"),
        Sample("comments and blank lines behind the list", "---\nexceptions:\n" + one + "⟦|{2}⟧\n# who decides\nstatus: accepted\n---\n# A\n"),
        Sample("a comment inside the last item", "---\nexceptions:\n" + one + "    # until we know\n⟦|{2}⟧status: accepted\n---\n# A\n"),
        Sample(
            "a block scalar last", "---\nexceptions:\n  - invariant: INV-OPS-001\n    reason: |\n      so\n      # be it\n⟦|{2}⟧status: accepted\n---\n# A\n"),
        Sample(
            "a block scalar that keeps its end last",
            "---\nexceptions:\n  - invariant: INV-OPS-001\n    reason: |+\n      so\n\n⟦|{2}⟧status: accepted\n---\n# A\n"),
        Sample(
            "a plain scalar over two lines last",
            "---\nexceptions:\n  - invariant: INV-OPS-001\n    reason: so\n      be it\n⟦|{2}⟧status: accepted\n---\n# A\n"),
        Sample(
            "items in braces",
            "---\nexceptions:\n  - {invariant: INV-OPS-001, reason: so be it}\n⟦|  - {invariant: INV-OPS-002, paths: [\"a/**\"], reason: late keys, retry: by hand, until: 2027-01-31, seen: {seen}}\n⟧status: accepted\n---\n# A\n"
        ),
        Sample(
            "a list in brackets",
            "---\nexceptions: [{invariant: INV-OPS-001, reason: \"it's ] so\"}⟦|, {invariant: INV-OPS-002, paths: [\"a/**\"], reason: late keys, retry: by hand, until: 2027-01-31, seen: {seen}}⟧] # all\nstatus: accepted\n---\n# A\n"
        ),
        Sample("words that only look like the key", "---\nstatus: accepted\nnote: \"exceptions:\"\n⟦|exceptions:\n{2}⟧---\n\n```yaml\nexceptions:\n```\n# A\n"),
        Sample("carriage returns alone", "---\rstatus: accepted\r⟦|exceptions:\r{2}⟧---\r# A\r"),
        Sample(
            "a list under a heading",
            "# 7. A\n\nStatus: Accepted\n\n## Exceptions\n\n- INV-OPS-001\n  - Reason: so be it\n⟦|- INV-OPS-002\n  - Scope: `a/**`\n  - Reason: late keys\n  - Retry strategy: by hand\n  - Until: 2027-01-31\n  - Seen: {seen}\n⟧\n## Context\n\nx\n"
        ),
        Sample(
            "Japanese items in bold, CRLF, no final newline",
            "# 7. A\r\n\r\nStatus: Accepted\r\n\r\n## 例外\r\n\r\n* **INV-OPS-001**: 題\r\n    * **理由**：古い\r\n    * **期限**：2026年12月1日⟦|\r\n* **INV-OPS-002**: Twice is once\r\n    * **対象**：`a/**`\r\n    * **理由**：late keys\r\n    * **リトライ戦略**：by hand\r\n    * **期限**：2027年1月31日\r\n    * **指紋**：{seen}⟧"
        ),
        Sample(
            "sub-headings",
            "# 7. A\n\nStatus: Accepted\n\n## Exceptions\n\n### INV-OPS-001: 題\n\n- Applies to: `x`\n- Why: so be it\n- Expires: 2026-12-01\n⟦|\n### INV-OPS-002: Twice is once\n\n- Applies to: `a/**`\n- Why: late keys\n- Retry strategy: by hand\n- Expires: 2027-01-31\n- Seen: {seen}\n⟧\n## Context\n"
        ),
        Sample(
            "an ordered, loose list",
            "# 7. A\n\nStatus: Accepted\n\n## Waivers\n\n1. INV-OPS-001\n   - Reason: so\n\n2. INV-OPS-001.1\n   - Reason: be it\n⟦|\n3. INV-OPS-002\n   - Scope: `a/**`\n   - Reason: late keys\n   - Retry strategy: by hand\n   - Until: 2027-01-31\n   - Seen: {seen}\n⟧"
        ),
        Sample(
            "paragraphs",
            "# 7. A\n\nStatus: Accepted\n\n## Exceptions\n\n**INV-OPS-001**: 題\n\n**Reason:** so be it\n⟦|\n**INV-OPS-002**: Twice is once\n\n**Scope:** `a/**`\n\n**Reason:** late keys\n\n**Retry strategy:** by hand\n\n**Until:** 2027-01-31\n\n**Seen:** {seen}\n⟧\n## Context\n"
        ),
        Sample(
            "an empty section",
            "# 7. A\n\nStatus: Accepted\n\n## Exceptions\n⟦|\n- INV-OPS-002\n  - Scope: `a/**`\n  - Reason: late keys\n  - Retry strategy: by hand\n  - Until: 2027-01-31\n  - Seen: {seen}\n⟧\n## Context\n"
        ),
    ])
    func anExceptionIsAddedInTheMannerOfTheFile(sample: Sample) throws {
        try compare(sample) { try $0.workspace().except(ExceptionEditTests.request).report.changes.changes.map(\.action) }
    }

    @Test(arguments: [
        "---\n{status: accepted}\n---\n# A\n", "---\nstatus: accepted\nexceptions: &all\n" + one + "other: *all\n---\n# A\n",
        "---\nstatus: accepted\nexceptions:\n  invariant: INV-OPS-001\n  reason: so\n---\n# A\n",
        "---\nstatus: accepted\nexceptions: [\n  {invariant: INV-OPS-001, reason: so}]\n---\n# A\n",
        "---\nstatus: accepted\nshared: &s\n" + one + "exceptions: *s\n---\n# A\n",
        "---\nstatus: [\n---\n# 7. A\n", "---\nstatus: accepted\nexceptions: later\n---\n# A\n",
    ])
    func whatCannotBeEditedSafelyStays(text: String) throws {
        let folder = try ExceptionEditTests.folder(text)
        #expect(throws: Failure.self) { try folder.workspace().except(ExceptionEditTests.request) }
        #expect(String(decoding: try bytes(folder), as: UTF8.self) == text)
    }

    @Test func markdownInAReasonIsNotLost() throws {
        let folder = try ExceptionEditTests.folder("# 7. A\n\nStatus: Accepted\n\n## Exceptions\n\n- INV-OPS-001\n  - Reason: so\n")
        var request = ExceptionEditTests.request
        request.reason = "the key `id` is *not* <sent>\nby [them]"
        let item = try #require(try folder.workspace().except(request).report.items.first)
        #expect(item.exception.reason == "the key `id` is *not* <sent> by [them]")
        #expect(item.state == .active)
    }

    // MARK: renew

    @Test(arguments: [
        Sample(
            "a block",
            "---\nstatus: accepted\nexceptions:\n  - invariant: INV-OPS-001\n    until: ⟦2026-12-01|2027-03-31⟧ # soon\n⟦|    renewed: [{on: 2026-11-23, until: 2027-03-31, reason: not done}]\n⟧    reason: so\n---\n# A\n"
        ),
        Sample(
            "a quoted day first",
            "---\nstatus: accepted\nexceptions:\n- until: \"⟦2026-12-01|2027-03-31⟧\"\n⟦|  renewed: [{on: 2026-11-23, until: 2027-03-31, reason: not done}]\n⟧  invariant: INV-OPS-001\n  reason: so\n---\n# A\n"
        ),
        Sample(
            "a history in brackets",
            "---\nstatus: accepted\nexceptions:\n  - invariant: INV-OPS-001\n    reason: so\n    until: ⟦2026-12-01|2027-03-31⟧\n    renewed: [{on: 2026-06-01, until: 2026-12-01, reason: \"a, b]\"}⟦|, {on: 2026-11-23, until: 2027-03-31, reason: not done}⟧]\n---\n# A\n"
        ),
        Sample(
            "a history of blocks",
            "---\nstatus: accepted\nexceptions:\n  - invariant: INV-OPS-001\n    renewed:\n    - on: 2026-06-01\n      until: 2026-12-01\n      reason: late\n⟦|    - on: 2026-11-23\n      until: 2027-03-31\n      reason: not done\n⟧    reason: so\n    until: ⟦2026-12-01|2027-03-31⟧\n---\n# A\n"
        ),
        Sample(
            "an empty history",
            "---\nstatus: accepted\nexceptions:\n  - invariant: INV-OPS-001\n    reason: so\n    renewed:⟦| [{on: 2026-11-23, until: 2027-03-31, reason: not done}]⟧\n    until: ⟦2026-12-01|2027-03-31⟧\n---\n# A\n"
        ),
        Sample(
            "braces",
            "---\nstatus: accepted\nexceptions:\n  - {invariant: INV-OPS-001, reason: 鍵, until: ⟦2026-12-01|2027-03-31⟧⟦|, renewed: [{on: 2026-11-23, until: 2027-03-31, reason: not done}]⟧}\n---\n# A\n"
        ),
        Sample(
            "the second of two, CRLF",
            "---\r\nstatus: accepted\r\nexceptions:\r\n  - invariant: INV-OPS-002\r\n    reason: x\r\n    until: 2026-12-01\r\n  - invariant: INV-OPS-001\r\n    reason: so\r\n    until: ⟦2026-12-01|2027-03-31⟧\r\n⟦|    renewed: [{on: 2026-11-23, until: 2027-03-31, reason: not done}]\r\n⟧---\r\n# A"
        ),
        Sample(
            "a list under a heading",
            "# 7. A\n\nStatus: Accepted\n\n## Exceptions\n\n- INV-OPS-001\n  - Reason: so\n  - Until: ⟦2026-12-01|2027-03-31⟧ (end of term)\n⟦|  - Renewed: 2026-11-23 → 2027-03-31: not done\n⟧  - Scope: `x`\n"
        ),
        Sample(
            "Japanese, with a history",
            "# 7. A\n\nStatus: Accepted\n\n## 例外\n\n- INV-OPS-001\n  - 理由: 古い\n  - 期限: ⟦2026年12月1日|2027年3月31日⟧\n  - 延長: 2026-06-01 → 2026-12-01: 遅れ⟦|\n  - 延長: 2026-11-23 → 2027-03-31: not done⟧"
        ),
    ])
    func aRenewalMovesTheDayAndIsKept(sample: Sample) throws {
        try compare(sample) { folder in
            let choice = ExceptionChoice(invariant: "INV-OPS-001", decision: "7")
            return try folder.workspace().renew(choice, until: try #require(Day(iso: "2027-03-31")), reason: "not done").report.changes.changes.map(\.action)
        }
    }

    @Test func aRenewalIsRefusedWhereItSaysNothing() throws {
        let text =
            "---\nstatus: accepted\nexceptions:\n" + ExceptionEditTests.one
            + "  - invariant: INV-OPS-002\n    reason: a\n    retry: b\n    until: 2026-12-01\n---\n# A\n"
        let folder = try ExceptionEditTests.folder(text)
        let day = try #require(Day(iso: "2026-12-01"))
        func message(_ id: String, _ until: Day, _ reason: String) -> String? {
            do {
                _ = try folder.workspace().renew(ExceptionChoice(invariant: id, decision: "7"), until: until, reason: reason)
                return nil
            } catch { return (error as? Failure)?.message }
        }
        #expect(message("INV-OPS-001", day, "x") == "the exception has no end to extend")
        #expect(message("INV-OPS-002", day, "x") == "it holds until 2026-12-01 already")
        #expect(message("INV-OPS-002", try #require(Day(iso: "2026-11-01")), "x") == "2026-11-01 is past")
        #expect(message("INV-OPS-002", day, "TBD") == "--reason \"TBD\" is only a placeholder")
        #expect(message("INV-OPS-002.1", day, "x") == "ADR-0007 grants no such exception to INV-OPS-002.1")
        #expect(String(decoding: try bytes(folder), as: UTF8.self) == text)
    }

    // MARK: confirm

    @Test(arguments: [
        Sample(
            "a value",
            "---\nstatus: accepted\nexceptions:\n  - invariant: INV-OPS-002\n    seen: ⟦00000000|{seen}⟧ # old\n    reason: so\n    retry: no\n---\n# A\n"),
        Sample(
            "no value yet",
            "---\nstatus: accepted\nexceptions:\n  - invariant: INV-OPS-002\n    reason: so\n    retry: |+\n      no\n\n⟦|    seen: {seen}\n⟧---\n# A\n"),
        Sample("braces", "---\nexceptions: [{seen: ⟦00000000|{seen}⟧, invariant: INV-OPS-002, reason: so, retry: no}]\nstatus: accepted\n---\n# A\n"),
        Sample(
            "two exceptions",
            "---\nstatus: accepted\nexceptions:\n- invariant: INV-OPS-002\n  reason: so\n  paths: [x]\n  seen: ⟦abcdef01|{seen}⟧\n- invariant: INV-OPS-002\n  reason: so\n⟦|  seen: {seen}\n⟧---\n# A\n"
        ),
        Sample("a list under a heading", "# 7. A\n\nStatus: Accepted\n\n## Exceptions\n\n- INV-OPS-002\n  - Reason: so\n  - Seen: `⟦abcdef01|{seen}⟧`\n"),
        Sample("a list under a heading without it", "# 7. A\n\nStatus: Accepted\n\n## 例外\n\n- INV-OPS-002\n  - 理由: so⟦|\n  - 指紋: {seen}⟧"),
    ])
    func confirmingNotesTheText(sample: Sample) throws {
        try compare(sample) { folder in
            try folder.workspace().confirm(ExceptionChoice(invariant: "INV-OPS-002", decision: "7")).report.changes.changes.map(\.action)
        }
    }

    // MARK: Properties

    private static let records = [
        "---\nstatus: accepted\n# a comment\nexceptions:\n  - invariant: INV-OPS-001\n    reason: >-\n      so\n      be it\n    renewed: [{on: 2026-01-01, until: 2026-12-01, reason: x}]\n\ndate: 2026-01-01\n---\n\n# 題\n\n* 箇条書き\n\n本文。\n",
        "---\r\n\"status\": 'accepted'\r\nexceptions:\r\n- {invariant: INV-OPS-001, reason: so}\r\n---\r\n# A\r\n\r\nx",
        "# 7. A\n\nStatus: Accepted\n\n## 例外\n\n- **INV-OPS-001**: 題\n  - 理由: 古い\n  - 期限: 2026年12月1日\n\n## 背景\n\n```\nx\n```\n",
        "# 7. A\n\n## Status\n\nAccepted\n\n## Exceptions\n\n### INV-OPS-001\n\n| Reason | so |\n|---|---|\n| Until | 2026-12-01 |\n\n## Context\n\ntext\n",
    ]

    /// A damaged decision either gets the exception and keeps every other byte, or stays as it was.
    @Test(arguments: 0..<80)
    func damagedDecisionsAreEditedOrLeft(seed: Int) throws {
        var generator = SeededGenerator("exception", seed)
        let before = Mutation.apply(Array(ExceptionEditTests.records[seed % ExceptionEditTests.records.count].utf8), &generator)
        let folder = try ExceptionEditTests.folder("")
        try Data(before).write(to: URL(fileURLWithPath: folder.path + "/ADRs/0007-a.md"))
        let report: ExceptionChangeReport
        do {
            report = try folder.workspace().except(ExceptionEditTests.request).report
        } catch is Failure {
            #expect(try bytes(folder) == before)
            return
        }
        let after = try bytes(folder)
        var position = 0
        for byte in after where position < before.count && byte == before[position] { position += 1 }
        #expect(position == before.count)
        #expect(report.items.map(\.exception.paths) == [["a/**"]])
        #expect(try folder.workspace().except(ExceptionEditTests.request).report.changes.changes.map(\.action) == [.unchanged])
    }

    // MARK: Files that others hold

    @Test func aReadOnlyFileStays() throws {
        let text = "---\nstatus: accepted\n---\n# A\n"
        let folder = try ExceptionEditTests.folder(text)
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder.path + "/ADRs/0007-a.md")
        #expect(throws: Failure.self) { try folder.workspace().except(ExceptionEditTests.request) }
        #expect(String(decoding: try bytes(folder), as: UTF8.self) == text)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/ADRs") == ["0007-a.md"])
    }

    @Test func manyAtOnceLoseNothing() async throws {
        let folder = try ExceptionEditTests.folder("---\nstatus: accepted\n---\n# A\n")
        let root = folder.path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<8 {
                group.addTask {
                    var request = ExceptionEditTests.request
                    request.paths = ["p\(index)/**"]
                    _ = try Workspace(root: root, today: Day(iso: "2026-11-23")).except(request)
                }
            }
            try await group.waitForAll()
        }
        guard case .exceptions(let items) = try folder.workspace().list(.exceptions, ListFilter()).report.items else { return }
        #expect(items.flatMap(\.exception.paths).sorted() == (0..<8).map { "p\($0)/**" })
        #expect(items.allSatisfy { $0.state == .active && !$0.isSuspect })
    }
}
