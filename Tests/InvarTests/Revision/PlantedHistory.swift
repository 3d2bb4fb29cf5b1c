import InvarCore

/// Histories made by chance from a seed. It knows the causes by name and nothing of families, triggers or scores.
struct PlantedHistory {
    /// SplitMix64 (Steele, Lea and Flood 2014).
    struct Dice {
        private var state: UInt64

        init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x2545_F491_4F6C_DD1D }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }

        mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
        mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
        mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }

        /// A count of a mean given in hundredths, as if each of 100 moments had its chance.
        mutating func count(mean hundredths: Int) -> Int { (0..<100).count { _ in below(10_000) < hundredths } }
    }

    /// What goes wrong again and again somewhere.
    struct Regime {
        var causes: [Note.Cause]
        var checked = false
        var scope: String?
        /// Names the next invariant, too.
        var isShared = false
    }

    static let regimes: [(kind: String, weakens: Bool, regime: Regime)] = [
        ("add-check", false, Regime(causes: [.slip, .undetected])),
        ("tighten", false, Regime(causes: [.slip], checked: true)),
        ("clarify", false, Regime(causes: [.ambiguous, .unaware])),
        ("precedence", false, Regime(causes: [.conflict], isShared: true)),
        ("fix-check", false, Regime(causes: [.falseAlarm])),
        ("carve-out", true, Regime(causes: [.infeasible, .emergency], scope: "services/billing/**")),
        ("relax", true, Regime(causes: [.cost])),
        ("retire", true, Regime(causes: [.obsolete])),
    ]

    var invariants = 20
    var sprints = 20
    var daysPerSprint = 14
    /// Hundredths of a note per invariant and sprint.
    var noise = 25
    /// Severities by hundredths; the rest is S4.
    var severities: [(Note.Severity, Int)] = [(.s1, 2), (.s2, 18), (.s3, 50)]
    var causes = Note.Cause.allCases
    /// Percent of planted causes that are written down wrong.
    var wrong = 0
    private(set) var dice: Dice
    private(set) var notes: [RevisionNote] = []

    init(seed: Int) { dice = Dice(seed) }

    func sprint(_ number: Int) -> Sprint {
        let start = RevisionStory.first + number * daysPerSprint
        return Sprint(name: "S\(number + 1)", start: start, end: start + (daysPerSprint - 1))
    }

    func id(_ number: Int) -> String { "INV-OPS-" + String(1000 + number).dropFirst() }

    /// The first half has ci checks.
    var items: [InvariantItem] {
        (0..<invariants).map { number in
            var invariant = Invariant(id: id(number), title: "Rule \(number)", position: Position(line: 3))
            invariant.clauses = (1...3).map { Invariant.Clause(id: "\(id(number)).\($0)", text: "Part \($0) of rule \(number) holds.", line: 4 + $0) }
            invariant.checks = [
                Invariant.Check(id: "\(id(number)).C1", text: "Does it?", audience: number * 2 < invariants ? [.ci] : [.human], rules: [], line: 9)
            ]
            return InvariantItem(path: "Invariants/ops.md", invariant: invariant, exceptions: 0, violations: 0, mentions: 0)
        }
    }

    private var severity: Note.Severity {
        mutating get {
            var left = dice.below(100)
            for (severity, share) in severities {
                if left < share { return severity }
                left -= share
            }
            return .s4
        }
    }

    mutating func add(_ ids: [String], _ cause: Note.Cause, _ severity: Note.Severity, in sprint: Int, paths: [String]) {
        let number = notes.count
        var note = Note(id: "N-\(number)", kind: .violated, title: "Event \(number)", position: Position(line: 1))
        note.date = self.sprint(sprint).start + dice.below(daysPerSprint)
        note.invariants = ids
        note.cause = cause
        note.severity = severity
        note.author = dice.pick(["ann", "ben", "cho", "dai", "eve"])
        note.paths = paths
        notes.append(RevisionNote(path: "RawNotes/\(number).md", note: note, folded: "event \(number) of the log."))
    }

    mutating func addNoise() {
        for sprint in 0..<sprints {
            for number in 0..<invariants {
                for _ in 0..<dice.count(mean: noise) {
                    add(
                        ["\(id(number)).\(1 + dice.below(3))"], dice.pick(causes), severity, in: sprint,
                        paths: ["services/\(dice.pick(["web", "api", "mail", "sales"]))/**"])
                }
            }
        }
    }

    /// Plants a regime from a sprint on: a note every sprint, and a second one in one of five, 1.2 in the mean.
    ///
    /// - Returns: the invariant it is planted in.
    mutating func plant(_ regime: Regime, from start: Int) -> String {
        let half = invariants / 2
        let number = regime.checked ? dice.below(half) : half + dice.below(invariants - half)
        let clause = "\(id(number)).\(1 + dice.below(3))"
        for sprint in start..<sprints {
            for _ in 0..<(dice.chance(20) ? 2 : 1) {
                let cause = dice.chance(wrong) ? dice.pick(Note.Cause.allCases) : dice.pick(regime.causes)
                let paths = [regime.scope ?? "services/\(dice.pick(["web", "api", "mail", "sales"]))/**"]
                add([clause] + (regime.isShared ? [id((number + 1) % invariants)] : []), cause, dice.pick([.s2, .s3]), in: sprint, paths: paths)
            }
        }
        return id(number)
    }

    func input(at sprint: Int) -> RevisionInput {
        var input = RevisionInput(sprint: self.sprint(sprint), earlier: (0..<sprint).map(self.sprint), language: .english)
        input.invariants = items
        input.notes = notes
        return input
    }

    func report(at sprint: Int) -> ProposalReport { RevisionEngine.report(input(at: sprint)) }
}
