import Foundation
import InvarCore
import InvarSyntax
import Testing

/// Edits of documents in every style: real git takes the diffs, and what is read again is what was meant.
@Suite struct RevisionEditorTests {
    private static let sprint = Sprint(name: "S22", start: Day(iso: "2026-10-26") ?? Day(ordinal: 0), end: Day(iso: "2026-11-08") ?? Day(ordinal: 0))

    /// A sentence that tries everything.
    private static let evil = "- Check: `sql/drop-column` <!-- invar:end --> INV-OPS-009\n\n**INV-OPS-010: 乗っ取り**\u{1B}[31m"

    private func proposal(_ kind: Proposal.Kind, _ style: DocumentStyle, quote: String? = nil) -> Proposal {
        let language = style.language
        var proposal = Proposal(key: "3f9a1c", kind: kind, invariant: style.target)
        let usesClause = ![.addCheck, .fixCheck, .merge, .retire, .promote, .split, .codifyException].contains(kind)
        if usesClause { proposal.clause = style.target + ".1" }
        proposal.incidents = 3
        proposal.evidence = ["N-20261101-night", "N-20261102-夜間"].map {
            Proposal.Evidence(kind: .note, id: $0, place: Place(path: "RawNotes/\($0).md"), hash: "00000000")
        }
        proposal.material.quotes = [
            Proposal.Quote(note: "N-20261101-night", text: quote ?? language.pick(en: "the nightly batch ran twice", ja: "夜間バッチが二重に実行された"))
        ]
        switch kind {
        case .tighten, .relax:
            proposal.material.obligation = Proposal.Obligation(
                written: language.pick(en: "should", ja: "するべきである"), stronger: language.pick(en: "must", ja: "しなければならない"),
                weaker: language.pick(en: "may", ja: "することが望ましい"), language: language)
        case .addCheck: proposal.material.rule = "job/append-write"
        case .fixCheck: proposal.material.check = style.target + ".C1"
        case .precedence, .merge: proposal.partner = DocumentStyle.third
        case .carveOut:
            proposal.scope = "services/billing/**"
            proposal.material.decisions = ["ADR-0007"]
            proposal.material.until = Day(iso: "2027-03-31")
        case .retire: proposal.material.reasonCode = "obsolete"
        case .split, .promote:
            proposal.material.clauses = [style.target + ".2"]
            proposal.material.draft = Proposal.Draft(
                id: "INV-OPS-004", title: language.pick(en: "Ways back are tried", ja: "戻し方は試されていること"),
                clauses: [language.pick(en: "A way back is tried before it is needed.", ja: "戻し方は事前に試すこと。"), "例: " + (quote ?? "x")],
                checks: [language.pick(en: "Was it tried?", ja: "試したか")], path: style.path, language: language)
        case .clarify, .codifyException, .enforce: break
        }
        return proposal
    }

    /// The style's file, with a third invariant elsewhere where the style has one a file.
    private func files(_ style: DocumentStyle) -> RevisionFiles {
        var files = [style.path: style.bytes]
        if style.format == .wholeFile {
            var other = style
            other.ending = .lf
            let text = String(decoding: other.bytes, as: UTF8.self).replacingOccurrences(of: style.target, with: DocumentStyle.third)
            files[style.path + ".other.md"] = Array(text.utf8)
        }
        return RevisionFiles(invariants: files, folder: "Invariants")
    }

    @Test(arguments: Proposal.Kind.allCases.filter { $0 != .enforce })
    func everyStyleHasAnEditThatGitTakes(kind: Proposal.Kind) throws {
        let folder = try TemporaryFolder([:])
        try folder.git("init", "-q", "-b", "main")
        var diffs = ""
        var expected: [String: [UInt8]] = [:]
        // Each kind takes a third of the styles, so that together they take all.
        let third = (Proposal.Kind.allCases.firstIndex(of: kind) ?? 0) % 3
        for (number, style) in DocumentStyle.all.enumerated() where number % 3 == third {
            // One invariant's paragraphs cannot be nested under.
            let edits = RevisionEditor(files: files(style), sprint: RevisionEditorTests.sprint, exceptions: []).edits(proposal(kind, style))
            #expect(!edits.isEmpty || style.format == .paragraphs, "\(kind) \(style)")
            // Each style is one folder, so that all diffs can be tried at once.
            let prefix = style.description + "/"
            let moved = edits.map { FileEdit(path: prefix + $0.path, before: $0.before, after: $0.after) }
            for edit in moved {
                if let before = edit.before { try folder.write(edit.path, bytes: before) }
                expected[edit.path] = edit.after
            }
            diffs += UnifiedDiff.text(of: moved)
            for edit in edits { try roundTrip(edit) }
        }
        try folder.write("all.diff", bytes: Array(diffs.utf8))
        try folder.git("apply", "--check", "all.diff")
        try folder.git("apply", "all.diff")
        for (path, after) in expected { #expect(try folder.bytes(path) == after, "\(kind) \(path)") }
    }

    /// Our own patch reader agrees with git, also with line ends that an editor changed.
    private func roundTrip(_ edit: FileEdit) throws {
        let text = UnifiedDiff.text(of: [edit])
        let patch = try UnifiedPatch(text)
        #expect(patch.files.map(\.path) == [edit.path])
        #expect(try patch.files.first?.applied(to: edit.before ?? []) == edit.after)
        if let before = edit.before {
            let stripped = try UnifiedPatch(String(text.unicodeScalars.filter { $0 != "\r" }))
            #expect(try stripped.files.first?.applied(to: before) == edit.after)
            #expect(throws: UnifiedPatch.Problem.self) { try patch.files.first?.applied(to: Array("# other\n".utf8)) }
        }
    }

    @Test(arguments: Proposal.Kind.allCases.filter { $0 != .enforce })
    func wordsOfNotesAreInert(kind: Proposal.Kind) throws {
        for style in DocumentStyle.all where style.marker == "-" && style.ending == .lf && style.hasLog {
            let edits = RevisionEditor(files: files(style), sprint: RevisionEditorTests.sprint, exceptions: []).edits(
                proposal(kind, style, quote: RevisionEditorTests.evil))
            for edit in edits {
                let text = String(decoding: edit.after, as: UTF8.self)
                #expect(!text.contains("\u{1B}") && !text.contains("\n<!-- invar") && !text.contains("\n**INV-OPS-010"), "\(kind) \(style)")
                let ids = KnowledgeReader(vocabulary: StatusVocabulary()).read(edit.after, path: edit.path, role: .invariants).entries.map(\.id)
                #expect(!ids.contains("INV-OPS-010"))
            }
        }
    }

    @Test func onlyChangedWordsChangeTheFingerprint() throws {
        let same: Set<Proposal.Kind> = [.addCheck, .fixCheck, .clarify, .retire, .promote]
        for kind in Proposal.Kind.allCases where kind != .enforce {
            for style in DocumentStyle.all where style.marker == "-" && style.ending == .lf && !(kind == .merge && style.format == .wholeFile) {
                for edit in RevisionEditor(files: files(style), sprint: RevisionEditorTests.sprint, exceptions: []).edits(proposal(kind, style)) {
                    guard let before = edit.before else { continue }
                    let (old, new) = (fingerprints(before), fingerprints(edit.after))
                    for (id, fingerprint) in old {
                        let isTarget = id == style.target && !same.contains(kind)
                        #expect((new[id] == fingerprint) != isTarget, "\(kind) \(style) \(id)")
                    }
                }
            }
        }
    }

    private func fingerprints(_ bytes: [UInt8]) -> [String: String] {
        let entries = KnowledgeReader(vocabulary: StatusVocabulary()).read(bytes, path: "x.md", role: .invariants).entries
        return Dictionary(
            uniqueKeysWithValues: entries.compactMap { entry in
                if case .invariant(let invariant) = entry.content { (invariant.id, invariant.fingerprint) } else { nil }
            })
    }

    /// What the seed document becomes, word for word.
    @Test func theDiffOfACarveOut() {
        let style = DocumentStyle(language: .japanese, format: .seed, marker: "-", ending: .lf, hasLog: false)
        let files = RevisionFiles(invariants: ["Invariants/ops.md": style.bytes], folder: "Invariants")
        let diff = RevisionEditor(files: files, sprint: RevisionEditorTests.sprint, exceptions: []).diff(proposal(.carveOut, style))
        let lines = diff.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.prefix(2) == ["--- a/Invariants/ops.md", "+++ b/Invariants/ops.md"])
        #expect(!lines.dropFirst(2).contains { $0.hasPrefix("-") })
        #expect(
            lines.dropFirst(2).filter { $0.hasPrefix("+") && $0 != "+" } == [
                "+  - ただし、`services/billing/**` では「夜間バッチが二重に実行された」のような場合に限り適用しない。代替策: 影響を受けた処理とデータを記録し、後から補正できるようにする（ADR-0007、期限 2027-03-31）。",
                "+> 改訂履歴  ",
                "+> - 2026-11-08: INV-OPS-002.1 から `services/billing/**` を除外（PROP-S22-3f9a1c、根拠: N-20261101-night、N-20261102-夜間）",
            ])
    }
}

extension TemporaryFolder {
    func write(_ name: String, bytes: [UInt8]) throws {
        try write(name, "")
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
    }
}
