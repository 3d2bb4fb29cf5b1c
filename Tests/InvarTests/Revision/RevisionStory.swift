import InvarCore

/// A small history told in tests: two-week sprints from 2026-01-05, invariants and notes by hand.
struct RevisionStory {
    var input: RevisionInput
    private var written = 0

    /// Reported at the end of sprint `now`, counted from 1.
    init(now: Int = 12, language: Language = .english) {
        input = RevisionInput(sprint: RevisionStory.sprint(now), earlier: (1..<now).map(RevisionStory.sprint), language: language)
    }

    static func sprint(_ number: Int) -> Sprint {
        let start = RevisionStory.first + 14 * (number - 1)
        return Sprint(name: "S\(number)", start: start, end: start + 13)
    }

    static let first = Day(ordinal: 20_458)

    static func day(_ sprint: Int, _ offset: Int = 0) -> Day { RevisionStory.sprint(sprint).start + offset }

    /// The same history as it stood at the end of another sprint.
    func at(_ now: Int) -> RevisionStory {
        var story = self
        story.input.sprint = RevisionStory.sprint(now)
        story.input.earlier = (1..<now).map(RevisionStory.sprint)
        return story
    }

    var report: ProposalReport { RevisionEngine.report(input) }

    /// Main list and appendix, as `kind invariant-or-clause`.
    var proposed: [String] { report.allProposals.map { "\($0.kind.rawValue) \($0.clause ?? $0.invariant)" } }

    func proposal(_ kind: Proposal.Kind) -> Proposal? { report.allProposals.first { $0.kind == kind } }

    @discardableResult
    mutating func invariant(
        _ id: String, ci: Bool = false, clauses: [String] = ["Every job can be run again.", "Every message may come twice."],
        change: (inout Invariant) -> Void = { _ in }
    ) -> String {
        var invariant = Invariant(id: id, title: "Title of \(id)", position: Position(line: 3))
        invariant.clauses = clauses.enumerated().map { Invariant.Clause(id: "\(id).\($0 + 1)", text: $1, line: 5 + $0) }
        invariant.checks = [Invariant.Check(id: "\(id).C1", text: "Is it so?", audience: ci ? [.ci] : [.human], rules: [], line: 9)]
        change(&invariant)
        input.invariants.append(InvariantItem(path: "Invariants/ops.md", invariant: invariant, exceptions: 0, violations: 0, mentions: 0))
        return id
    }

    /// One note; each has words of its own unless some are given.
    mutating func note(
        _ invariants: [String], _ cause: Note.Cause?, in sprint: Int, severity: Note.Severity? = .s3, by author: String? = "ann", paths: [String] = [],
        incident: String? = nil, text: String? = nil, id: String? = nil
    ) {
        written += 1
        let id = id ?? "N-\(100 + written)"
        var note = Note(
            id: id, kind: invariants.isEmpty ? .observation : .violated, title: text ?? "What happened, number \(written)", position: Position(line: 1))
        note.date = RevisionStory.day(sprint, written % 14)
        note.invariants = invariants
        note.cause = cause
        note.severity = severity
        note.author = author
        note.paths = paths
        note.incident = incident
        input.notes.append(RevisionNote(path: "RawNotes/\(id).md", note: note, folded: text ?? "what happened, number \(written)."))
    }

    /// Several notes of one cause by two people in turn, one a sprint, the last in the sprint that is reported.
    mutating func notes(_ count: Int, _ invariants: [String], _ cause: Note.Cause, severity: Note.Severity = .s2, paths: [String] = []) {
        let now = input.earlier.count + 1
        for index in 0..<count {
            note(invariants, cause, in: now - (count - 1 - index) % 4, severity: severity, by: index % 2 == 0 ? "ann" : "ben", paths: paths)
        }
    }

    /// An accepted decision with one exception.
    mutating func exception(
        _ number: Int, from target: String, paths: [String] = [], until: Day? = nil, renewed: [Day] = [], on day: Day = RevisionStory.first
    ) {
        let id = "ADR-000\(number)"
        var decision = Decision(id: id, number: "000\(number)", title: "Decision \(number)", position: Position(line: 1))
        decision.status = .accepted
        decision.date = day
        let named = Identifier(target)
        var exception = Exception(invariant: named?.id ?? target, clause: named?.part, position: Position(line: 5))
        exception.paths = paths
        exception.reason = "The provider takes no key."
        exception.retry = "By hand."
        exception.until = until
        exception.renewals = renewed.map { Exception.Renewal(on: $0, until: until, reason: "Not ready.") }
        decision.exceptions = [exception]
        let item = DecisionItem(path: "ADRs/000\(number).md", decision: decision, status: .accepted, supersedes: [], supersededBy: [])
        input.decisions.append(item)
        input.exceptions.append(ExceptionItem(path: item.path, exception: exception, decision: item, terms: nil, today: input.sprint.end))
    }
}
