import Foundation
import InvarCore
import InvarSyntax
import Testing

/// Histories thrown by dice over documents in every style: whatever the engine proposes, real git takes each diff, and every
/// kind comes up.
@Suite struct GeneratedHistoryTests {
    private static let causes: [Note.Cause] = [
        .slip, .undetected, .ambiguous, .unaware, .infeasible, .emergency, .cost, .conflict, .falseAlarm, .obsolete, .deliberate, .unknown,
    ]

    @Test func gitTakesEveryDiffOfEveryHistory() throws {
        let folder = try TemporaryFolder([:])
        try folder.git("init", "-q", "-b", "main")
        var kinds: Set<Proposal.Kind> = []
        var without: [String] = []
        var diffs = ""
        var count = 0
        for (number, style) in DocumentStyle.all.enumerated() where number % 9 == 0 {
            var history = GeneratedHistory(style, seed: number)
            let report = RevisionEngine.report(history.input(causes: GeneratedHistoryTests.causes))
            let editor = RevisionEditor(files: history.files, sprint: report.sprint, exceptions: history.exceptions)
            for proposal in report.allProposals {
                let edits = editor.edits(proposal)
                guard !edits.isEmpty else {
                    if proposal.kind != .enforce, style.format != .paragraphs { without.append("\(proposal.kind) \(style)") }
                    continue
                }
                kinds.insert(proposal.kind)
                count += 1
                for edit in edits {
                    let moved = FileEdit(path: "\(count)/" + edit.path, before: edit.before, after: edit.after)
                    if let before = moved.before { try folder.write(moved.path, bytes: before) }
                    diffs += UnifiedDiff.text(of: [moved])
                }
            }
        }
        try folder.write("all.diff", bytes: Array(diffs.utf8))
        try folder.git("apply", "--check", "all.diff")
        #expect(without == [])
        #expect(count > 60)
        #expect(kinds.count >= 6, "\(kinds)")
    }
}

/// Notes and exceptions over a document, the same for the same seed.
struct GeneratedHistory {
    let style: DocumentStyle
    let files: RevisionFiles
    private(set) var exceptions: [ExceptionItem] = []
    private var dice: SeededGenerator
    private let paths: [String: [UInt8]]
    private let sprint = Sprint(name: "S12", start: Day(ordinal: 20_612), end: Day(ordinal: 20_625))

    init(_ style: DocumentStyle, seed: Int) {
        self.style = style
        dice = SeededGenerator("history", seed)
        var paths = [style.path: style.bytes]
        if style.format == .wholeFile {
            var other = style
            other.ending = .lf
            paths[style.path + ".other.md"] = Array(
                String(decoding: other.bytes, as: UTF8.self).replacingOccurrences(of: style.target, with: DocumentStyle.third).utf8)
        }
        self.paths = paths
        files = RevisionFiles(invariants: paths, decisions: ["ADRs/0007-a.md": GeneratedHistory.decision], folder: "Invariants")
    }

    private static let decision = Array(
        """
        ---
        status: accepted
        date: 2026-02-01
        exceptions:
          - invariant: INV-OPS-002
            paths: ["jobs/**"]
            reason: the vendor refuses
            retry: by hand
            until: 2027-03-31
            renewed: [{on: 2026-03-01, until: 2026-09-01, reason: a}, {on: 2026-05-01, until: 2027-03-31, reason: b}]
        ---
        # A decision

        """.utf8)

    mutating func input(causes: [Note.Cause]) -> RevisionInput {
        let earlier = (1..<12).map { number in
            Sprint(name: "S\(number)", start: Day(ordinal: 20_458 + 14 * (number - 1)), end: Day(ordinal: 20_471 + 14 * (number - 1)))
        }
        var input = RevisionInput(sprint: sprint, earlier: earlier, language: style.language)
        let reader = KnowledgeReader(vocabulary: StatusVocabulary())
        for (path, bytes) in paths.sorted(by: { $0.key < $1.key }) {
            for entry in reader.read(bytes, path: path, role: .invariants).entries {
                if case .invariant(let invariant) = entry.content {
                    input.invariants.append(InvariantItem(path: path, invariant: invariant, exceptions: 0, violations: 0, mentions: 0))
                }
            }
        }
        for entry in reader.read(GeneratedHistory.decision, path: "ADRs/0007-a.md", role: .decisions).entries {
            guard case .decision(let decision) = entry.content else { continue }
            let item = DecisionItem(path: "ADRs/0007-a.md", decision: decision, status: .accepted, supersedes: [], supersededBy: [])
            input.decisions.append(item)
            exceptions += decision.exceptions.map { ExceptionItem(path: item.path, exception: $0, decision: item, terms: nil, today: sprint.end) }
        }
        input.exceptions = exceptions
        let ids = input.invariants.map(\.invariant.id)
        // Two regimes and some noise, so that triggers are met.
        for _ in 0..<2 {
            let cause = causes.randomElement(using: &dice) ?? .slip
            let clause = (ids.randomElement(using: &dice) ?? "") + ".\(Int.random(in: 1...3, using: &dice))"
            let other = cause == .conflict || Bool.random(using: &dice) ? ids.filter { !clause.hasPrefix($0) }.prefix(1) : []
            for _ in 0..<Int.random(in: 3...6, using: &dice) { note([clause] + other, cause, &input) }
        }
        for _ in 0..<5 { note([], .slip, &input) }
        return input
    }

    private mutating func note(_ invariants: [String], _ cause: Note.Cause, _ input: inout RevisionInput) {
        let number = input.notes.count
        let words = style.language.pick(en: "the backup of the ledger was not restored in time", ja: "台帳のバックアップの復元が間に合わなかった")
        var note = Note(id: "N-\(number)", kind: invariants.isEmpty ? .observation : .violated, title: "\(words) \(number)", position: Position(line: 1))
        note.date = sprint.start + Int.random(in: -30...13, using: &dice)
        note.invariants = invariants
        note.cause = cause
        note.severity = [Note.Severity.s2, .s3].randomElement(using: &dice)
        note.paths = ["jobs/billing/run.sql"]
        note.author = ["a", "b", "c"].randomElement(using: &dice)
        note.incident = "INC-\(number)"
        input.notes.append(
            RevisionNote(path: "RawNotes/\(number).md", note: note, folded: Folding.searchable(note.title), text: "# \(note.title)\n\n\(words)。\n"))
    }
}
