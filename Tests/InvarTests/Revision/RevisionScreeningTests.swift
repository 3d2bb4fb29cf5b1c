import InvarCore
import Testing

@Suite("What was decided before")
struct RevisionScreeningTests {
    private func story(_ count: Int = 3, cause: Note.Cause = .cost) -> RevisionStory {
        var story = RevisionStory()
        story.invariant("INV-OPS-001")
        story.notes(count, ["INV-OPS-001.1"], cause)
        return story
    }

    private func decision(_ proposal: Proposal, _ state: Proposal.State, on day: Day) -> ProposalDecision {
        var decision = ProposalDecision(
            key: proposal.key, kind: proposal.kind, invariant: proposal.invariant, clause: proposal.clause, scope: proposal.scope, state: state, on: day)
        decision.evidence = proposal.evidence
        decision.basis = proposal.basis
        return decision
    }

    @Test("keys are the same in every sprint and tell kind, invariant, clause and scope apart")
    func keys() {
        let story = story()
        let now = story.report.proposals.first
        var next = story.at(13)
        next.note(["INV-OPS-001.1"], .cost, in: 13, by: "ben")
        #expect(now?.key == next.report.proposals.first?.key)
        #expect(now?.key.count == 6)
        #expect(now?.id(in: story.input.sprint) == "PROP-S12-\(now?.key ?? "")")
        let keys = Set(
            [nil, "INV-OPS-001.1"].flatMap { clause in
                [nil, "a/**"].map { Proposal.key(kind: .relax, invariant: "INV-OPS-001", clause: clause, scope: $0) }
            })
        #expect(keys.count == 4)
    }

    @Test("a rejected one returns with two new incidents, or half of the old, and says so")
    func rejected() throws {
        var story = story(6)
        let proposal = try #require(story.proposal(.relax))
        story.input.decided = [decision(proposal, .rejected, on: story.input.sprint.end)]
        #expect(story.proposed == [])
        #expect(story.report.setAside.map(\.why.en) == ["rejected \(story.input.sprint.end); 0 new incidents, it returns with 3"])
        var next = story.at(13)
        for _ in 0..<2 { next.note(["INV-OPS-001.1"], .cost, in: 13, by: "cho") }
        #expect(next.proposed == [])
        next.note(["INV-OPS-001.1"], .cost, in: 13, by: "dai")
        #expect(next.proposal(.relax)?.news?.en == "3 new incidents since it was decided")
        // One incident, told three times, is one.
        var told = story.at(13)
        for index in 0..<3 { told.note(["INV-OPS-001.1"], .cost, in: 13, by: "cho", incident: "INC-1", text: "told again \(index).") }
        #expect(told.proposed == [])
    }

    @Test("or with a new S1, other words, another decision behind it, or a day that passed")
    func otherNews() throws {
        var checked = RevisionStory()
        checked.invariant("INV-OPS-001")
        checked.notes(2, ["INV-OPS-001.1"], .slip)
        let slip = try #require(checked.proposal(.addCheck))
        checked.input.decided = [decision(slip, .rejected, on: checked.input.sprint.end)]
        var grave = checked.at(13)
        grave.note(["INV-OPS-001.1"], .slip, in: 13, severity: .s1, id: "N-grave")
        #expect(grave.proposal(.addCheck)?.news?.en == "a new S1: N-grave")

        var story = story()
        let proposal = try #require(story.proposal(.relax))
        story.input.decided = [decision(proposal, .rejected, on: story.input.sprint.end)]
        var changed = story
        changed.input.invariants[0].invariant.clauses[0].text = "Most jobs can be run again."
        #expect(changed.proposal(.relax)?.news?.en == "the words it is about have changed since")
        story.input.decided[0].until = story.input.sprint.end
        #expect(story.proposal(.relax)?.news?.en == "it was put off until \(story.input.sprint.end), which has passed")
        story.input.decided[0].until = story.input.sprint.end + 1
        #expect(story.proposed == [])
    }

    @Test("what was accepted waits to be applied; what was applied is answered until it happens again")
    func applied() throws {
        var story = story(2, cause: .slip)
        let proposal = try #require(story.proposal(.addCheck))
        story.input.decided = [decision(proposal, .accepted, on: story.input.sprint.end)]
        #expect(story.proposed == [])
        #expect(story.report.setAside.map(\.decision.state) == [.accepted])
        story.input.decided = [decision(proposal, .applied, on: story.input.sprint.end)]
        story.input.revisions = [AppliedRevision(kind: .addCheck, invariant: "INV-OPS-001", clause: "INV-OPS-001.1", on: story.input.sprint.end)]
        var next = story.at(13)
        next.note(["INV-OPS-001.1"], .slip, in: 13, severity: .s2, by: "cho")
        #expect(next.proposed == [])
        next.note(["INV-OPS-001.1"], .slip, in: 13, severity: .s2, by: "dai")
        #expect(next.proposed == ["add-check INV-OPS-001.1"])
    }

    @Test("the opposite of a revision of the last three sprints is only watched, and says which")
    func hysteresis() {
        func after(_ sprints: Int, severity: Note.Severity = .s2) -> ProposalReport {
            var story = RevisionStory()
            story.invariant("INV-OPS-001", ci: true)
            story.input.revisions = [AppliedRevision(kind: .tighten, invariant: "INV-OPS-001", clause: "INV-OPS-001.1", on: RevisionStory.day(12 - sprints, 2))]
            for _ in 0..<4 { story.note(["INV-OPS-001.1"], .cost, in: 12, severity: severity, by: "ann") }
            story.note(["INV-OPS-001.1"], .cost, in: 12, severity: severity, by: "ben")
            return story.report
        }
        #expect(after(3).allProposals.isEmpty)
        #expect(after(3).watch.map(\.kind) == [.relax])
        #expect(after(3).watch.first?.against.en.hasPrefix("tighten was applied on \(RevisionStory.day(9, 2))") == true)
        #expect(after(4).allProposals.map(\.kind) == [.relax])
        #expect(after(3, severity: .s1).allProposals.map(\.kind) == [.enforce])
    }

    @Test("a revision restarts the baseline, and the baseline never rolls")
    func baselines() {
        var story = RevisionStory(now: 30)
        story.invariant("INV-OPS-001")
        for sprint in 1...30 { story.note(["INV-OPS-001.1"], .slip, in: sprint, severity: .s4) }
        for sprint in 27...30 { for _ in 0..<2 { story.note(["INV-OPS-001.1"], .slip, in: sprint, severity: .s4, by: "ben") } }
        // 12 of 20 incidents in a third of the time, against the first eight sprints and not the eight before.
        #expect(story.proposal(.addCheck)?.points.first { $0.name == .signal }?.reason.en == "12 incidents in 4 sprints against 8 in 8 before (P 1.30 %)")
        story.input.revisions = [AppliedRevision(kind: .clarify, invariant: "INV-OPS-001", on: RevisionStory.day(28))]
        #expect(story.proposal(.addCheck)?.points.contains { $0.name == .signal } == false)
    }

    @Test("after four sprints the rates before and after are compared exactly")
    func effects() {
        func effect(before: Int, after: Int) -> RevisionEffect? {
            var story = RevisionStory()
            story.invariant("INV-OPS-001")
            for index in 0..<before { story.note(["INV-OPS-001"], .slip, in: 4 + index % 4) }
            for index in 0..<after { story.note(["INV-OPS-001"], .slip, in: 9 + index % 4) }
            story.input.revisions = [AppliedRevision(kind: .addCheck, invariant: "INV-OPS-001", on: RevisionStory.day(8, 3))]
            return story.report.metrics.effects.first
        }
        #expect(effect(before: 6, after: 1)?.verdict == .effective)
        #expect(effect(before: 3, after: 2)?.verdict == .noChange)
        #expect(effect(before: 1, after: 6)?.verdict == .worse)
        #expect(effect(before: 6, after: 1)?.sprintsBefore == 4)
        var early = RevisionStory(now: 11)
        early.invariant("INV-OPS-001")
        early.note(["INV-OPS-001"], .slip, in: 5)
        early.input.revisions = [AppliedRevision(kind: .addCheck, invariant: "INV-OPS-001", on: RevisionStory.day(8, 3))]
        #expect(early.report.metrics.effects.isEmpty)
    }
}
