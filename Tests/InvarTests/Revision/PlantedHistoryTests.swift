import InvarCore
import Testing

@Suite("Histories made by chance")
struct PlantedHistoryTests {
    /// Proposals a sprint where nothing but noise was planted.
    private func falseRate(histories: Int, _ change: (inout PlantedHistory) -> Void = { _ in }) -> Double {
        var proposals = 0
        var sprints = 0
        for seed in 0..<histories {
            var history = PlantedHistory(seed: seed + 1)
            change(&history)
            history.addNoise()
            for sprint in 4..<history.sprints {
                proposals += history.report(at: sprint).allProposals.count
                sprints += 1
            }
        }
        return Double(proposals) / Double(sprints)
    }

    @Test("noise of 0.25 notes each gives at most 0.2 proposals a sprint of 20 invariants")
    func noise() {
        #expect(falseRate(histories: 12) <= 0.2)
    }

    @Test("so it does with fewer invariants, shorter and longer sprints, and the graver half of severities left out")
    func otherNoise() {
        #expect(falseRate(histories: 8) { $0.invariants = 5 } <= 0.2)
        #expect(falseRate(histories: 5) { $0.daysPerSprint = 7 } <= 0.2)
        #expect(falseRate(histories: 5) { $0.daysPerSprint = 30 } <= 0.2)
        #expect(falseRate(histories: 8) { $0.severities = [(.s3, 60)] } <= 0.2)
    }

    /// How many planted regimes are found within so many sprints after the first.
    private func found(_ planted: (kind: String, weakens: Bool, regime: PlantedHistory.Regime), wrong: Int, within: Int, of histories: Int) -> Int {
        (0..<histories).count { seed in
            var history = PlantedHistory(seed: 1000 + seed)
            history.wrong = wrong
            history.addNoise()
            let start = 9 + seed % 4
            let id = history.plant(planted.regime, from: start)
            return (start...min(start + within, history.sprints - 1)).contains { sprint in
                history.report(at: sprint).allProposals.contains { $0.kind.rawValue == planted.kind && $0.invariant == id }
            }
        }
    }

    @Test("95 of 100 planted regimes are found within two sprints after their first, weakenings within three")
    func planted() {
        let counts = PlantedHistory.regimes.map { found($0, wrong: 0, within: $0.weakens ? 3 : 2, of: 20) }
        #expect(counts.reduce(0, +) * 100 >= 95 * 20 * counts.count)
        #expect(counts.allSatisfy { $0 >= 17 })
    }

    @Test("with 30 of 100 causes wrong, 90 of 100 are found, if later")
    func plantedWithWrongCauses() {
        let counts = PlantedHistory.regimes.map { found($0, wrong: 30, within: 8, of: 10) }
        #expect(counts.reduce(0, +) * 100 >= 90 * 10 * counts.count)
    }

    @Test("nothing is ever weakened against the guards")
    func guards() {
        for seed in 0..<8 {
            var history = PlantedHistory(seed: 5000 + seed)
            history.noise = 80
            history.severities = [(.s1, 10), (.s2, 30), (.s3, 40)]
            history.causes = [.cost, .infeasible, .emergency, .obsolete, .slip]
            history.addNoise()
            let byID = Dictionary(uniqueKeysWithValues: history.notes.map { ($0.note.id, $0.note) })
            for sprint in 4..<history.sprints {
                let report = history.report(at: sprint)
                for proposal in report.allProposals + report.watch where proposal.kind.isWeakening {
                    let notes = proposal.evidence.compactMap { byID[$0.id] }
                    #expect(notes.count >= 3)
                    #expect(Set(notes.compactMap(\.author)).count >= 2)
                    #expect(!notes.contains { $0.severity == .s1 })
                }
            }
        }
    }
}
