import InvarCore
import Testing

@Suite("What calls for which revision")
struct RevisionTriggerTests {
    private func story(ci: Bool = false, waivable: Bool = true, _ tell: (inout RevisionStory) -> Void) -> RevisionStory {
        var story = RevisionStory()
        story.invariant("INV-OPS-001", ci: ci) { $0.waivable = waivable }
        tell(&story)
        return story
    }

    private let clause = ["INV-OPS-001.1"]

    @Test("two slips without a ci check ask for one; one slip does not, unless it was an S1")
    func addCheck() {
        #expect(story { $0.notes(2, clause, .slip) }.proposed == ["add-check INV-OPS-001.1"])
        #expect(story { $0.notes(1, clause, .slip) }.proposed == [])
        #expect(story { $0.notes(1, clause, .undetected, severity: .s1) }.proposed == ["add-check INV-OPS-001.1"])
    }

    @Test("with a ci check the words get stronger, but only for a signal, something chronic or an S1")
    func tighten() {
        #expect(story(ci: true) { $0.notes(2, clause, .slip) }.proposed == [])
        #expect(story(ci: true) { $0.notes(3, clause, .slip) }.proposed == ["tighten INV-OPS-001.1"])
        #expect(story(ci: true) { $0.notes(1, clause, .slip, severity: .s1) }.proposed == ["tighten INV-OPS-001.1"])
        let burst = story(ci: true) { story in
            story.note(["INV-OPS-001.2"], .cost, in: 1)
            for _ in 0..<4 { story.note(clause, .slip, in: 12, severity: .s2) }
        }
        #expect(burst.proposed == ["tighten INV-OPS-001.1"])
        #expect(burst.proposal(.tighten)?.points.map(\.name) == [.volume, .severity, .signal, .focus])
    }

    @Test("two who did not understand ask for an example when that is most of it")
    func clarify() {
        let two: (inout RevisionStory) -> Void = { $0.notes(2, clause, .ambiguous) }
        #expect(story(two).proposed == ["clarify INV-OPS-001.1"])
        // 2 of 3 is 66 %, 2 of 4 is half.
        let third = story {
            two(&$0); $0.note(clause, .cost, in: 10)
        }
        #expect(third.proposed == ["clarify INV-OPS-001.1"])
        #expect(
            story {
                two(&$0); $0.note(clause, .cost, in: 10); $0.note(clause, nil, in: 10)
            }.proposed == [])
    }

    @Test("two false alarms narrow the check that they name")
    func fixCheck() {
        var story = RevisionStory()
        story.invariant("INV-OPS-001")
        story.notes(2, clause, .falseAlarm)
        for index in story.input.notes.indices { story.input.notes[index].note.rule = "sql/drop-column" }
        #expect(story.proposed == ["fix-check INV-OPS-001.1"])
        #expect(story.proposal(.fixCheck)?.material.rule == "sql/drop-column")
        #expect(self.story { $0.notes(1, clause, .falseAlarm) }.proposed == [])
    }

    @Test("a conflict needs a second id, and is asked once")
    func precedence() {
        var story = RevisionStory()
        story.invariant("INV-OPS-001")
        story.invariant("INV-OPS-002")
        var alone = story
        alone.notes(2, ["INV-OPS-001.1"], .conflict)
        #expect(alone.proposed == [])
        story.notes(2, ["INV-OPS-002.1", "INV-OPS-001.1"], .conflict)
        #expect(story.proposed == ["precedence INV-OPS-002.1"])
        #expect(story.proposal(.precedence)?.partner == "INV-OPS-001")
    }

    @Test("three that could not keep it in one scope carve that out; without a scope the rule gets weaker")
    func carveOutAndRelax() {
        let billing = ["services/billing/**"]
        #expect(story { $0.notes(3, clause, .infeasible, paths: billing) }.proposed == ["carve-out INV-OPS-001.1"])
        #expect(story { $0.notes(3, clause, .infeasible, paths: billing) }.proposal(.carveOut)?.scope == "services/billing/**")
        #expect(story { $0.notes(2, clause, .infeasible, paths: billing) }.proposed == [])
        #expect(story { $0.notes(3, clause, .infeasible) }.proposed == ["relax INV-OPS-001.1"])
        // An emergency somewhere is no reason to weaken it everywhere.
        #expect(story { $0.notes(3, clause, .emergency) }.proposed == [])
        #expect(story { $0.notes(3, clause, .cost) }.proposed == ["relax INV-OPS-001.1"])
        #expect(story { $0.notes(2, clause, .cost) }.proposed == [])
        // Files of one folder are one scope, though each is another file.
        let files = story { story in
            for (index, name) in ["a", "b", "c"].enumerated() {
                story.note(clause, .infeasible, in: 10 + index, severity: .s2, by: name, paths: ["services/billing/\(name).py"])
            }
        }
        #expect(files.proposal(.carveOut)?.scope == "services/billing/**")
    }

    @Test("nothing is weakened for one person, after an S1, or where nothing may be waived: then it is enforced")
    func enforce() {
        #expect(story(waivable: false) { $0.notes(3, clause, .cost) }.proposed == ["enforce INV-OPS-001.1"])
        let grave = story {
            $0.notes(3, clause, .cost); $0.note(clause, .cost, in: 12, severity: .s1, by: "ben")
        }
        #expect(grave.proposed == ["enforce INV-OPS-001.1"])
        let alone: (inout RevisionStory) -> Void = { for sprint in 10...12 { $0.note(clause, .cost, in: sprint, severity: .s2) } }
        #expect(story(alone).proposed == ["enforce INV-OPS-001.1"])
        // An accepted decision speaks like a second person.
        #expect(
            story {
                alone(&$0); $0.exception(1, from: "INV-OPS-001")
            }.proposed == ["relax INV-OPS-001.1"])
        #expect(
            story {
                $0.notes(3, clause, .obsolete, severity: .s2); $0.note(clause, .obsolete, in: 12, severity: .s1)
            }.proposed == ["enforce INV-OPS-001"])
    }

    @Test("three who found it obsolete retire it; the absence of violations does not")
    func retire() {
        #expect(story { $0.notes(3, clause, .obsolete) }.proposed == ["retire INV-OPS-001"])
        #expect(story { $0.notes(2, clause, .obsolete) }.proposed == [])
        #expect(story { _ in }.proposed == [])
    }

    @Test("paths that match no file retire it, where there are files at all")
    func orphaned() {
        var story = RevisionStory()
        story.invariant("INV-OPS-001") { $0.paths = ["legacy/**"] }
        story.input.files = ["README.md", "invar.yml"]
        #expect(story.proposed == [])
        story.input.files = ["src/main.go"]
        #expect(story.proposed == ["retire INV-OPS-001"])
        var moved = story
        moved.input.files = ["legacy/main.go"]
        #expect(moved.proposed == [])
        story.note([], nil, in: 11, paths: ["legacy/old.go"])
        #expect(story.proposed == [])
    }

    @Test("an exception renewed twice, or three on one clause, are the rule")
    func codify() {
        let far = RevisionStory.day(40)
        let renewals = [RevisionStory.day(3), RevisionStory.day(6)]
        #expect(story { $0.exception(1, from: "INV-OPS-001.2", until: far, renewed: renewals) }.proposed == ["codify-exception INV-OPS-001.2"])
        #expect(story { $0.exception(1, from: "INV-OPS-001.2", until: far, renewed: [renewals[0]]) }.proposed == [])
        // Renewed again only after the sprint.
        #expect(story { $0.exception(1, from: "INV-OPS-001.2", until: far, renewed: [renewals[0], RevisionStory.day(13)]) }.proposed == [])
        let three = story { story in for number in 1...3 { story.exception(number, from: "INV-OPS-001.2", paths: ["a\(number)/**"]) } }
        #expect(three.proposed == ["codify-exception INV-OPS-001.2"])
        #expect(three.proposal(.codifyException)?.material.decisions == ["ADR-0001", "ADR-0002", "ADR-0003"])
        #expect(
            story {
                $0.exception(1, from: "INV-OPS-001.2"); $0.exception(2, from: "INV-OPS-001.1"); $0.exception(3, from: "INV-OPS-001.2")
            }.proposed == [])
        #expect(three.proposal(.codifyException)?.score == 50)
    }

    @Test("two clauses that fail for different reasons are two invariants")
    func split() {
        let both = story { story in
            story.notes(2, ["INV-OPS-001.1"], .ambiguous)
            story.notes(2, ["INV-OPS-001.2"], .cost)
        }
        #expect(both.proposed == ["split INV-OPS-001"])
        #expect(both.proposal(.split)?.material.clauses == ["INV-OPS-001.2"])
        #expect(both.proposal(.split)?.material.draft?.id == "INV-OPS-002")
        #expect(
            story {
                $0.notes(2, ["INV-OPS-001.1"], .ambiguous); $0.notes(2, ["INV-OPS-001.2"], .unaware)
            }.proposed == ["clarify INV-OPS-001"])
    }

    @Test("two invariants that share their incidents and say the same become one")
    func merge() {
        func pair(_ text: String, shared: Int, alone: Int = 0) -> RevisionStory {
            var story = RevisionStory()
            story.invariant("INV-OPS-001", clauses: ["Every nightly job can be run again without harm."])
            story.invariant("INV-OPS-002", clauses: [text])
            story.notes(shared, ["INV-OPS-001", "INV-OPS-002"], .deliberate)
            if alone > 0 { story.notes(alone, ["INV-OPS-002"], .deliberate) }
            return story
        }
        let same = "Nightly jobs can be run again without harm."
        #expect(pair(same, shared: 3).proposed == ["merge INV-OPS-001"])
        #expect(pair(same, shared: 3).proposal(.merge)?.partner == "INV-OPS-002")
        #expect(pair(same, shared: 2).proposed == [])
        #expect(pair(same, shared: 3, alone: 3).proposed == [])
        #expect(pair("Log lines hold no personal data.", shared: 3).proposed == [])
    }

    @Test("notes about one thing that no invariant names become a draft")
    func promote() {
        func notes(_ texts: [String], authors: [String] = ["ann", "ben"]) -> RevisionStory {
            var story = RevisionStory()
            story.invariant("INV-OPS-004")
            for (index, text) in texts.enumerated() {
                story.note([], nil, in: 12 - index, severity: .s2, by: authors[index % authors.count], text: text)
            }
            story.note([], nil, in: 12, text: "the lunch menu was late again.")
            return story
        }
        let texts = [
            "the certificate of the mail gateway expired on sunday.", "an expired certificate stopped the partner gateway. certificates must be renewed early.",
            "nobody renewed the gateway certificate before it expired.",
        ]
        let story = notes(texts)
        #expect(story.proposed == ["promote INV-OPS-005"])
        let draft = story.proposal(.promote)?.material.draft
        #expect(draft?.clauses.first == "certificates must be renewed early.")
        #expect(notes(Array(texts.prefix(2))).proposed == [])
        #expect(notes(texts, authors: ["ann"]).proposed == [])
    }
}
