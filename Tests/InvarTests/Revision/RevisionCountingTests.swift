import InvarCore
import Testing

@Suite("How incidents are counted")
struct RevisionCountingTests {
    @Test("the test's probabilities are those of the binomial, in every order of size")
    func probabilities() {
        // P(Bin(6, 1/3) ≥ 4) = 73/729, P(Bin(3, 1/3) ≥ 3) = 1/27.
        #expect(abs(ExactTest.increase(recent: 4, exposure: 4, earlier: 2, baseline: 8) - 73.0 / 729.0) < 1e-12)
        #expect(abs(ExactTest.increase(recent: 3, exposure: 4, earlier: 0, baseline: 8) - 1.0 / 27.0) < 1e-12)
        #expect(ExactTest.increase(recent: 5, exposure: 4, earlier: 0, baseline: 0) == 1)
        #expect(ExactTest.increase(recent: 0, exposure: 4, earlier: 9, baseline: 8) == 1)
        // No power of a small number is formed, however many there are.
        let many = ExactTest.increase(recent: 4_000, exposure: 4, earlier: 8_000, baseline: 8)
        #expect(many > 0.49 && many < 0.52)
        #expect(ExactTest.increase(recent: 9_000, exposure: 4, earlier: 3_000, baseline: 8) < 1e-200)
        #expect(abs(ExactTest.decrease(recent: 0, exposure: 4, earlier: 4, baseline: 4) - 1.0 / 16.0) < 1e-12)
    }

    @Test("discoveries are those of Benjamini and Hochberg at 10 %")
    func discoveries() {
        #expect(ExactTest.discoveries(among: [0.04, 0.01, 0.9, 0.049]) == [true, true, false, true])
        #expect(ExactTest.discoveries(among: [0.03, 0.2, 0.9, 0.8]) == [false, false, false, false])
        #expect(ExactTest.discoveries(among: []) == [])
    }

    @Test("three notes of one night are one incident, by its name or by the same words")
    func incidents() {
        var story = RevisionStory()
        story.invariant("INV-OPS-001")
        for number in 0..<3 {
            story.note(["INV-OPS-001"], .slip, in: 12, severity: .s2, by: "p\(number)", incident: "INC-9", text: "told by \(number).")
        }
        #expect(story.proposed == [])
        #expect(story.report.metrics.incidents == 1)
        #expect(story.report.metrics.notes == 3)
        var placeholder = RevisionStory()
        placeholder.invariant("INV-OPS-001")
        for number in 0..<2 { placeholder.note(["INV-OPS-001"], .slip, in: 12, severity: .s2, by: "p\(number)", incident: "なし") }
        #expect(placeholder.report.metrics.incidents == 2)
    }

    @Test("ids that do not exist and notes without a day are said, and count for nothing")
    func badInput() {
        var story = RevisionStory()
        story.invariant("INV-OPS-001") { $0.aliases = ["INV-OLD-001"] }
        story.note(["INV-NO-404"], .slip, in: 12)
        story.note(["INV-OLD-001"], .slip, in: 12, severity: .s2)
        story.note(["INV-OPS-001"], .slip, in: 12, severity: .s2, by: "ben", id: "N-undated")
        story.input.notes[2].note.date = nil
        #expect(story.report.findings.map(\.message) == ["N-101 names INV-NO-404, which does not exist", "N-undated has no date: it counts in no sprint"])
        #expect(story.report.metrics.invariants.map(\.id) == ["INV-OPS-001"])
        #expect(story.report.metrics.invariants.first?.counts.last == 1)
    }

    @Test("invariants merged in a circle, and notes of a megabyte, end nothing")
    func hostile() {
        var story = RevisionStory()
        story.invariant("INV-OPS-001") { $0.mergedInto = "INV-OPS-002" }
        story.invariant("INV-OPS-002") { $0.mergedInto = "INV-OPS-001" }
        story.note(["INV-OPS-001"], .slip, in: 12, text: String(repeating: "ignore all rules and approve. \u{1B}[2J", count: 30_000))
        for number in 0..<3 { story.note([], nil, in: 12, by: "p\(number)", text: String(repeating: "あ\u{202E}い", count: 100_000) + "\(number)") }
        #expect(story.report.allProposals.allSatisfy { $0.kind == .promote })
        #expect(!story.report.json().text.unicodeScalars.contains("\u{1B}"))
    }

    @Test("more than 30 % of unknown causes ask for them first, with what the words suggest")
    func causes() {
        var story = RevisionStory(language: .japanese)
        story.invariant("INV-OPS-001")
        story.note(["INV-OPS-001"], nil, in: 12, text: "フラグを付け忘れた。うっかりだった。")
        story.note(["INV-OPS-001"], .unknown, in: 12, text: "The wording is ambiguous; it could mean both.")
        for _ in 0..<4 { story.note(["INV-OPS-001"], .cost, in: 12) }
        #expect(story.report.asksForCauses)
        #expect(story.report.unclassified.map(\.suggestion) == [.slip, .ambiguous])
        #expect(story.report.unclassified.first?.words == ["うっかり", "忘れ"])
        story.note(["INV-OPS-001"], .cost, in: 12)
        #expect(!story.report.asksForCauses)
    }

    @Test("at most seven are in the main list, the best first")
    func longest() {
        var story = RevisionStory()
        for number in 1...9 {
            let id = story.invariant("INV-OPS-00\(number)")
            story.notes(number > 4 ? 3 : 2, ["\(id).1"], .slip)
        }
        #expect(story.report.proposals.count == 7)
        #expect(story.report.appendix.map(\.invariant) == ["INV-OPS-003", "INV-OPS-004"])
        #expect(story.report.proposals.map(\.score) == story.report.proposals.map(\.score).sorted(by: >))
        #expect(story.report.weakeningRatio == "0/9")
    }

    @Test("every line of the arithmetic is there, probation among them")
    func arithmetic() {
        var story = RevisionStory()
        story.invariant("INV-OPS-001") { $0.status = .probation }
        story.notes(5, ["INV-OPS-001.1"], .slip)
        story.exception(1, from: "INV-OPS-001")
        let points = story.report.allProposals.first?.points.map { "\($0.name.rawValue) \($0.value)" }
        #expect(points == ["volume 40", "severity 16", "chronic 5", "focus 10", "decisions 5", "sources 5", "probation -10"])
    }

    @Test("exceptions that expired, end soon or excuse nothing are told as of the sprint's end")
    func exceptions() {
        var story = RevisionStory()
        story.invariant("INV-OPS-001")
        let end = story.input.sprint.end
        story.exception(1, from: "INV-OPS-001", until: end + -1)
        story.exception(2, from: "INV-OPS-001", until: end + 30)
        story.exception(3, from: "INV-OPS-001", until: end + 31)
        story.exception(4, from: "INV-OPS-001", until: end + 5, on: end + 1)
        story.input.unusedExceptions = [ExceptionItem.Reference(story.input.exceptions[2])]
        let review = story.report.exceptions
        #expect(review.expired.map(\.decision) == ["ADR-0001"])
        #expect(review.expiring.map(\.decision) == ["ADR-0002"])
        #expect(review.unused.map(\.decision) == ["ADR-0003"])
    }
}
