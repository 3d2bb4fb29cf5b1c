import Foundation
import InvarCore
import InvarKit
import Testing

/// `note set` changes the fields that it is asked for, and no other byte.
@Suite struct NoteEditTests {
    private let invariants = "**INV-OPS-001: 題**\n\n- 文。\n"

    private func bytes(_ folder: TemporaryFolder) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/RawNotes/n.md")))
    }

    private var slip: NoteDraft {
        var draft = NoteDraft()
        draft.cause = .slip
        return draft
    }

    @Test(arguments: [
        // With front matter: a new last line of it, or the empty value filled.
        ("---\nid: N\n---\n# T\n", "---\nid: N\ncause: slip\n---\n# T\n"),
        ("\u{FEFF}---\r\nid: N\r\ncause:\r\n---\r\n# T\r\n\r\nlast", "\u{FEFF}---\r\nid: N\r\ncause: slip\r\n---\r\n# T\r\n\r\nlast"),
        ("---\nid: N\ncause: null # later\n---\nx\n", "---\nid: N\ncause: slip # later\n---\nx\n"),
        ("---\nid: N\ncause:\t# later\n---\nx\n", "---\nid: N\ncause: slip\t# later\n---\nx\n"),
        ("---\n\"cause\": ~\n'id': N\n...\nx", "---\n\"cause\": slip\n'id': N\n...\nx"),
        ("---\nid: N\ntext: |+\n  cause:\n\n---\nx\n", "---\nid: N\ntext: |+\n  cause:\n\ncause: slip\n---\nx\n"),
        ("---\n  id: N\n  x: 1\n---\nx\n", "---\n  id: N\n  x: 1\n  cause: slip\n---\nx\n"),
        ("---\rid: N\r---\rx\r", "---\rid: N\rcause: slip\r---\rx\r"),
        ("---\nid: N\nother: {cause: x}\n# cause:\n---\nx\n", "---\nid: N\nother: {cause: x}\n# cause:\ncause: slip\n---\nx\n"),
    ])
    func onlyTheAskedFieldChanges(before: String, after: String) throws {
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants, "RawNotes/n.md": before])
        #expect(try folder.workspace().setNote("N", slip).report.changes.map(\.action) == [.edited])
        #expect(String(decoding: try bytes(folder), as: UTF8.self).unicodeScalars.elementsEqual(after.unicodeScalars))
        #expect(try folder.workspace().setNote("N", slip).report.changes.map(\.action) == [.unchanged])
    }

    @Test(arguments: [
        ("x\n", "---\ncause: slip\n---\n\nx\n"), ("\u{FEFF}# T\r\n\r\nx", "\u{FEFF}---\r\ncause: slip\r\n---\r\n\r\n# T\r\n\r\nx"),
        ("---\n\nx\n\n---\n", "---\ncause: slip\n---\n\n---\n\nx\n\n---\n"), ("---\n---\nx\n", "---\ncause: slip\n---\nx\n"),
    ])
    func withoutFrontMatterItGetsOne(before: String, after: String) throws {
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants, "RawNotes/n.md": before])
        _ = try folder.workspace().setNote("N-n", slip)
        #expect(String(decoding: try bytes(folder), as: UTF8.self).unicodeScalars.elementsEqual(after.unicodeScalars))
    }

    @Test func oneOfSeveralNotesGetsItems() throws {
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants, "RawNotes/n.md": "## A\nx\n\nB\n-\ny\n## C"])
        var fields = slip
        fields.invariants = ["INV-OPS-001"]
        fields.kind = .violated
        fields.paths = ["a b/**", "c"]
        for id in ["N-a", "N-b", "N-c"] { _ = try folder.workspace().setNote(id, fields) }
        let items = "\n- kind: violated\n- invariants: INV-OPS-001\n- cause: slip\n- paths: `a b/**`, `c`\n"
        #expect(String(decoding: try bytes(folder), as: UTF8.self) == "## A\n\(items)\nx\n\nB\n-\n\(items)\ny\n## C\n\(items)")
        for id in ["N-a", "N-b", "N-c"] { #expect(try folder.workspace().setNote(id, fields).report.changes.map(\.action) == [.unchanged]) }
    }

    @Test(arguments: [
        "---\n{id: N}\n---\nx\n", "---\nid: N\ncause: slow\n---\nx\n", "---\nid: N\n? cause\n:\n---\nx\n", "---\nid: N\ncause: [a]\n---\nx\n",
        "---\nid: N\ncause: &a\nother: *a\n---\nx\n",
    ])
    func whatCannotBeEditedSafelyStays(text: String) throws {
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants, "RawNotes/n.md": text])
        #expect(throws: Failure.self) { try folder.workspace().setNote("N", slip) }
        #expect(String(decoding: try bytes(folder), as: UTF8.self) == text)
    }

    private static let notes = [
        "---\nid: N\ndate: 2026-11-02\nkind: observation # so far\ncause:\npaths: []\n---\n\n# 題\n\n* 箇条書き\n\n本文。\n",
        "---\r\n# a comment\r\n\"id\": \"N\"\r\ntext: >-\r\n  folded\r\n  severity: S9\r\nincident: ~\r\n---\r\nINV-OPS-001 を守れなかった。",
        "# 題\n\nINV-OPS-001 を守れなかった。\n",
        "## A\n\nx\n\n## B\n\ny\n",
    ]

    /// A damaged note is either edited so that only additions stand in it, or left as it was.
    @Test(arguments: 0..<80)
    func damagedNotesAreEditedOrLeft(seed: Int) throws {
        var generator = SeededGenerator("note", seed)
        let before = Mutation.apply(Array(NoteEditTests.notes[seed % NoteEditTests.notes.count].utf8), &generator)
        let folder = try TemporaryFolder(["Invariants/ops.md": invariants])
        try folder.write("RawNotes/n.md", "")
        try Data(before).write(to: URL(fileURLWithPath: folder.path + "/RawNotes/n.md"))
        guard case .notes(let items) = try folder.workspace().list(.notes, ListFilter()).report.items, let item = items.first else { return }
        var fields = slip
        fields.severity = .s2
        fields.paths = ["jobs/**"]
        do {
            guard try folder.workspace().setNote(item.note.id, fields).report.changes.map(\.action) == [.edited] else { return }
        } catch is Failure {
            #expect(try bytes(folder) == before)
            return
        }
        let after = try bytes(folder)
        #expect(NoteEditTests.isAddition(from: before, to: after))
        #expect(try folder.workspace().setNote(item.note.id, fields).report.changes.map(\.action) == [.unchanged])
        #expect(try bytes(folder) == after)
    }

    /// Whether `after` holds all bytes of `before` in their order, but for values that say nothing.
    private static func isAddition(from before: [UInt8], to after: [UInt8]) -> Bool {
        let lines = before.split(omittingEmptySubsequences: false) { $0 == 0x0A || $0 == 0x0D }
        let kept = lines.flatMap { line -> [UInt8] in
            let text = String(decoding: line, as: UTF8.self)
            let isEmptyField = ["kind: observation", "paths: []", "incident: ~"].contains { text.hasPrefix($0) }
            return isEmptyField ? Array(line.prefix { $0 != 0x3A }) : Array(line)
        }
        var position = 0
        for byte in after where position < kept.count && byte == kept[position] { position += 1 }
        return position == kept.count
    }
}
