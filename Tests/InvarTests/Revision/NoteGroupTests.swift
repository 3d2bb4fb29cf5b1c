@testable import InvarCore
import Testing

@Suite("Notes that name no invariant")
struct NoteGroupTests {
    /// Notes about four things in two languages, and two about nothing else.
    private static let notes = [
        ("backup", "バックアップからの復元手順が古く、リストアに 5 時間かかった。"), ("backup", "the restore was never rehearsed; it took the whole night."),
        ("backup", "nightly backup of the orders database had been failing for a week."), ("certificate", "証明書の期限切れで外部連携が止まった。"),
        ("certificate", "tls certificate of the gateway expired on sunday."), ("certificate", "証明書の更新を担当者しか知らず、失効寸前だった。"),
        ("lock", "在庫数がマイナスになった。排他ロックが足りない。"), ("lock", "two orders took the last item at once: a lost update."),
        ("lock", "ロックの順序が違い、デッドロックが起きた。"), ("clock", "the report used utc while the invoices use jst."),
        ("clock", "夏時間の切り替えで時刻がずれた。"), ("clock", "タイムゾーンの扱いが違い、締めの集計が 9 時間ずれた。"), ("none", "the coffee machine is broken."), ("none", "会議室の予約が重なった。"),
    ]

    private static let glossary = """
        backup\tバックアップ
        restore\tリストア\t復元
        certificate expiry\t証明書の期限切れ
        certificate renewal\t証明書の更新
        exclusive lock\t排他ロック
        deadlock\tデッドロック
        lost update\t更新の消失
        time zone\tタイムゾーン
        """

    private func story() -> RevisionStory {
        var story = RevisionStory()
        story.invariant("INV-OPS-001")
        story.input.glossary.add(NoteGroupTests.glossary)
        for (index, note) in NoteGroupTests.notes.enumerated() {
            story.note([], nil, in: 10 + index % 3, by: index % 2 == 0 ? "ann" : "ben", text: Folding.searchable(note.1), id: "N-\(note.0)-\(index)")
        }
        return story
    }

    @Test("what belongs together is found together in both languages")
    func groups() {
        let found = story().report.allProposals.map { proposal in
            proposal.evidence.map { $0.id.split(separator: "-")[1] }.joined(separator: " ")
        }
        #expect(found.sorted() == ["backup backup backup", "certificate certificate certificate", "clock clock clock", "lock lock lock"])
    }

    @Test("the key stays that of the earliest note, and drafts take ids that are free one after the other")
    func keys() {
        let report = story().report
        #expect(Set(report.allProposals.map(\.invariant)) == ["INV-OPS-002", "INV-OPS-003", "INV-OPS-004", "INV-OPS-005"])
        var more = story()
        more.note([], nil, in: 12, by: "cho", text: "the backup of the ledger could not be restored either.")
        #expect(Set(more.report.allProposals.map(\.key)) == Set(report.allProposals.map(\.key)))
    }

    @Test("clustering joins what is alike in the mean, whatever the order")
    func averageLink() {
        let points = [0.0, 0.1, 0.2, 5.0, 5.1, 9.0]
        func groups(_ points: [Double]) -> [[Double]] {
            AverageLink.groups(count: points.count, threshold: 0.5) { 1 / (1 + abs(points[$0] - points[$1])) }
                .map { $0.map { points[$0] }.sorted() }.sorted { $0[0] < $1[0] }
        }
        #expect(groups(points) == [[0.0, 0.1, 0.2], [5.0, 5.1], [9.0]])
        #expect(groups(points.reversed()) == groups(points))
        #expect(AverageLink.groups(count: 0, threshold: 0.1) { _, _ in 1 } == [])
    }

    @Test("logarithms come out as the library's, to the last digits")
    func logarithms() {
        for (value, expected) in [(1.0, 0.0), (2, 0.6931471805599453), (10, 2.302585092994046), (0.5, -0.6931471805599453), (12345, 9.42100640177928)] {
            #expect(abs(StableLog.ln(value) - expected) < 1e-14 * max(1, abs(expected)))
        }
    }

    @Test("obligations are taken from the clause's own words")
    func obligations() {
        #expect(ObligationWords.of("更新系 API は、原則として冪等であること。").map { [$0.written, $0.stronger] } == ["こと", "ことを必須とする"])
        #expect(ObligationWords.of("マイグレーションは原則禁止。").map { [$0.written, $0.stronger] } == ["原則禁止", "禁止"])
        #expect(ObligationWords.of("段階的リリースを前提とする。").map { [$0.written, $0.weaker] } == ["を前提とする", "を推奨する"])
        #expect(ObligationWords.of("Every job should be safe to run again.").map { [$0.written, $0.stronger, $0.weaker] } == ["should", "must", "may"])
        #expect(ObligationWords.of("A job must not delete rows.").map { [$0.written, $0.weaker] } == ["must not", "should not"])
        #expect(ObligationWords.of("The mustard is here.") == nil)
    }
}
