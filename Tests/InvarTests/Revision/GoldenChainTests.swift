import InvarCore
import Testing

/// What public rule histories tell: dates and what happened, in our words. The months are the sprints.
@Suite("Rules that really changed")
struct GoldenChainTests {
    /// One thing that was recorded in public.
    private struct Event {
        var day: String
        var cause: Note.Cause
        var by: String
        var severity = Note.Severity.s3
        var paths: [String] = []
    }

    private func month(_ year: Int, _ month: Int) throws -> Sprint {
        let start = try #require(Day(year: year, month: month, day: 1))
        let next = try #require(month == 12 ? Day(year: year + 1, month: 1, day: 1) : Day(year: year, month: month + 1, day: 1))
        return Sprint(name: "\(year)-\(month)", start: start, end: next + -1)
    }

    /// The first two proposals at the end of a month, with fifteen months before it.
    private func topTwo(_ year: Int, _ number: Int, rule: String, _ events: [Event], ci: Bool = false) throws -> [String] {
        let earlier = try (1...15).reversed().map { back in
            let index = year * 12 + number - 1 - back
            return try month(index / 12, index % 12 + 1)
        }
        var story = RevisionStory()
        story.input = RevisionInput(sprint: try month(year, number), earlier: earlier, language: .english)
        story.invariant("INV-PUB-001", ci: ci, clauses: [rule])
        story.invariant("INV-PUB-002", clauses: ["Changes are announced before they take effect."])
        for (index, event) in events.enumerated() {
            story.note(["INV-PUB-001.1"], event.cause, in: 1, severity: event.severity, by: event.by, paths: event.paths)
            story.input.notes[index].note.date = Day(iso: event.day)
        }
        return story.report.proposals.prefix(2).map(\.kind.rawValue)
    }

    @Test("CA/Browser Forum: 22 wrong certificates in six months came before linting became a must (ballot SC-75, 5 August 2024)")
    func linting() throws {
        // How many and in which half-year is known; they are spread evenly here.
        let events = (0..<22).map { number in
            Event(day: "2024-0\(2 + number * 6 / 22)-\(10 + number % 18)", cause: .undetected, by: "authority \(number % 7)", severity: .s2)
        }
        #expect(try topTwo(2024, 7, rule: "The fields of a certificate are those of its profile.", events).contains("add-check"))
        // It would have been proposed as early as March.
        #expect(try topTwo(2024, 3, rule: "The fields of a certificate are those of its profile.", events).contains("add-check"))
    }

    @Test("CA/Browser Forum: DNSSEC for all validation (SC-85, 18 June 2025) got an exception for e-mail methods (SC-94, 15 January 2026)")
    func dnssec() throws {
        // The exception names three e-mail methods; its discussion began on 19 December 2025, with a proposer and endorsers.
        let events = ["3.2.2.4.4", "3.2.2.4.13", "3.2.2.4.14"].enumerated().map { index, method in
            Event(day: "2025-12-19", cause: .infeasible, by: "member \(index)", paths: ["validation/email/\(method).md"])
        }
        #expect(try topTwo(2025, 12, rule: "DNSSEC is validated on every lookup.", events).contains("carve-out"))
    }

    @Test("Clippy: false alarms of or_fun_call (16 October and 10 November 2022) moved it out of what is on by default (Rust 1.67)")
    func falseAlarms() throws {
        let events = [
            Event(day: "2022-10-16", cause: .falseAlarm, by: "reporter of issue 9663"),
            Event(day: "2022-11-10", cause: .falseAlarm, by: "author of request 9829"),
        ]
        #expect(try topTwo(2022, 11, rule: "A default that costs something is computed lazily.", events, ci: true).contains("fix-check"))
    }

    @Test("Debian policy: what init scripts cost was told in autumn 2019; in January 2020 they were no longer recommended (4.5.0)")
    func initScripts() throws {
        let events = [
            Event(day: "2019-10-13", cause: .cost, by: "the project leader"), Event(day: "2019-11-16", cause: .cost, by: "a proposer"),
            Event(day: "2019-12-07", cause: .cost, by: "the voters"),
        ]
        #expect(try topTwo(2019, 12, rule: "Every service should include an init script.", events).contains("relax"))
        #expect(try topTwo(2019, 11, rule: "Every service should include an init script.", events) == [])
    }

    @Test("the three invariants with most notes would have named no kind, and no quiet rule")
    func baseline() throws {
        #expect(try topTwo(2019, 12, rule: "Every service should include an init script.", []) == [])
    }
}
