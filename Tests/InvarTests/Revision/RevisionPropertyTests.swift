import InvarCore
import Testing

@Suite("What must not change a proposal")
struct RevisionPropertyTests {
    /// Lively histories, each at a sprint with something to propose.
    private static let inputs: [RevisionInput] = (0..<12).map { seed in
        var history = PlantedHistory(seed: 300 + seed)
        history.invariants = 8
        history.noise = 40
        history.addNoise()
        _ = history.plant(PlantedHistory.regimes[seed % PlantedHistory.regimes.count].regime, from: 10)
        return history.input(at: 13)
    }

    private func text(_ input: RevisionInput) -> String { RevisionEngine.report(input).json().text }

    @Test("the order of the input changes nothing", arguments: inputs.indices)
    func order(_ index: Int) {
        let input = RevisionPropertyTests.inputs[index]
        var dice = PlantedHistory.Dice(index)
        var shuffled = input
        for place in shuffled.notes.indices.reversed() { shuffled.notes.swapAt(place, dice.below(place + 1)) }
        shuffled.invariants.reverse()
        shuffled.earlier.reverse()
        #expect(text(shuffled) == text(input))
    }

    @Test("a note that stands twice counts once", arguments: inputs.indices)
    func duplicates(_ index: Int) {
        let input = RevisionPropertyTests.inputs[index]
        var doubled = input
        for place in stride(from: 0, to: input.notes.count, by: 3) {
            var copy = input.notes[place]
            copy.note.id += "-copy"
            copy.path += "-copy.md"
            doubled.notes.append(copy)
        }
        #expect(text(doubled) == text(input))
    }

    @Test("notes and decisions of later days change nothing", arguments: inputs.indices)
    func later(_ index: Int) {
        let input = RevisionPropertyTests.inputs[index]
        var more = input
        more.notes = input.notes.filter { $0.note.date.map { $0 <= input.sprint.end } ?? false }
        let before = text(more)
        for (place, note) in input.notes.prefix(40).enumerated() {
            var later = note
            later.note.id += "-later"
            later.note.date = input.sprint.end + 1 + place
            later.note.invariants = place % 5 == 0 ? ["INV-OPS-999"] : note.note.invariants
            more.notes.append(later)
        }
        var decision = ProposalDecision(key: "", kind: .tighten, invariant: "INV-OPS-001", state: .rejected, on: input.sprint.end + 1)
        for proposal in RevisionEngine.report(input).allProposals {
            decision.key = proposal.key
            more.decided.append(decision)
        }
        more.revisions.append(AppliedRevision(kind: .tighten, invariant: "INV-OPS-001", on: input.sprint.end + 1))
        #expect(before == text(input))
        #expect(text(more) == before)
    }

    @Test("without its evidence a proposal is gone", arguments: inputs.indices)
    func removal(_ index: Int) {
        let input = RevisionPropertyTests.inputs[index]
        for proposal in RevisionEngine.report(input).allProposals {
            let ids = Set(proposal.evidence.map(\.id))
            var less = input
            less.notes.removeAll { ids.contains($0.note.id) }
            let left = RevisionEngine.report(less)
            #expect(!(left.allProposals + left.watch).contains { $0.key == proposal.key })
        }
    }

    @Test("one more incident of the same never lowers the score", arguments: inputs.indices)
    func oneMore(_ index: Int) {
        let input = RevisionPropertyTests.inputs[index]
        let byID = Dictionary(uniqueKeysWithValues: input.notes.map { ($0.note.id, $0) })
        for proposal in RevisionEngine.report(input).allProposals where proposal.kind != .split && proposal.kind != .merge {
            guard
                var note = proposal.evidence.compactMap({ byID[$0.id] }).max(by: { ($0.note.severity?.rawValue ?? "S4") > ($1.note.severity?.rawValue ?? "S4") }
                )
            else { continue }
            if let clause = proposal.clause, !note.note.invariants.contains(clause) { continue }
            note.note.id += "-more"
            note.path += "-more.md"
            note.folded += " and once more."
            note.note.date = input.sprint.end
            var more = input
            more.notes.append(note)
            let after = RevisionEngine.report(more).allProposals.first { $0.kind == proposal.kind && $0.invariant == proposal.invariant }
            #expect((after?.score ?? 0) >= proposal.score, "\(proposal.kind) \(proposal.invariant)")
        }
    }

    @Test("an S1 turns a weakening into something to enforce")
    func grave() {
        var turned = 0
        for input in RevisionPropertyTests.inputs {
            for proposal in RevisionEngine.report(input).allProposals where proposal.kind.isWeakening {
                var grave = input
                let ids = Set(proposal.evidence.prefix(1).map(\.id))
                for place in grave.notes.indices where ids.contains(grave.notes[place].note.id) { grave.notes[place].note.severity = .s1 }
                let after = RevisionEngine.report(grave).allProposals.filter { $0.invariant == proposal.invariant }
                #expect(!after.contains { $0.kind == proposal.kind && $0.clause == proposal.clause })
                #expect(after.contains { $0.kind == .enforce })
                turned += 1
            }
        }
        #expect(turned > 0)
    }
}
