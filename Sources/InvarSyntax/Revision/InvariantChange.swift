import InvarCore

/// What a revision means to change in one invariant; everything else must read as before.
struct InvariantChange {
    var id: String
    /// Clauses whose text changes, by position, with the words that must then be in it.
    var changedClauses: [Int: String] = [:]
    var appendedClauses = 0
    var changedChecks: Set<Int> = []
    var appendedChecks = 0
    /// A rule that one of the changed or added checks must name.
    var boundRule: String?
    var status: Invariant.Status?
    var mergedInto: String?
    /// Whether it is new.
    var isNew = false

    init(id: String) {
        self.id = id
    }

    /// Whether the invariant became what was meant, and nothing else.
    func holds(_ before: Invariant, _ after: Invariant) -> Bool {
        guard after.clauses.count == before.clauses.count + appendedClauses, after.checks.count == before.checks.count + appendedChecks else { return false }
        for (index, clause) in before.clauses.enumerated() {
            guard let words = changedClauses[index] else {
                if clause.text != after.clauses[index].text { return false }
                continue
            }
            guard clause.text != after.clauses[index].text, words.isEmpty || InvariantChange.holds(after.clauses[index].text, words) else { return false }
            // What is nested goes on with the clause.
            if words.isEmpty, !after.clauses[index].text.hasPrefix(clause.text) { return false }
        }
        for (index, check) in before.checks.enumerated() {
            let other = after.checks[index]
            guard check.audience == other.audience, check.rules.allSatisfy(other.rules.contains) else { return false }
            if !changedChecks.contains(index), check.text != other.text || check.rules != other.rules { return false }
        }
        if let boundRule, !after.checks.contains(where: { $0.rules.contains(boundRule) }) { return false }
        return rest(before) == rest(after)
    }

    private static func holds(_ text: String, _ words: String) -> Bool {
        Folding.unwrapped(text).contains(Folding.unwrapped(words)) || text.contains(words.prefix { $0 != "\\" && $0 != "`" })
    }

    /// What neither clauses nor checks say, as it is to be.
    private func rest(_ invariant: Invariant) -> Invariant {
        var rest = InvariantChange.withoutPlaces(invariant)
        rest.clauses = []
        rest.checks = []
        if let status { rest.status = status }
        if let mergedInto { rest.mergedInto = mergedInto }
        return rest
    }

    static func withoutPlaces(_ invariant: Invariant) -> Invariant {
        var invariant = invariant
        invariant.position = Position(line: 1)
        for index in invariant.clauses.indices { invariant.clauses[index].line = 1 }
        for index in invariant.checks.indices { invariant.checks[index].line = 1 }
        return invariant
    }
}

/// Reads a file of invariants before and after an edit and compares.
enum RevisionProof {
    static func holds(_ before: Reading, _ after: Reading, _ changes: [InvariantChange]) -> Bool {
        let (old, new) = (before.invariants, after.invariants)
        guard after.problems.count <= before.problems.count else { return false }
        let added = Set(changes.filter(\.isNew).map(\.id))
        guard new.map(\.id).filter({ !added.contains($0) }) == old.map(\.id), added.allSatisfy({ id in new.count { $0.id == id } == 1 }) else { return false }
        for (before, after) in zip(old, new.filter { !added.contains($0.id) }) {
            if let change = changes.first(where: { $0.id == before.id }) {
                guard change.holds(before, after) else { return false }
            } else if InvariantChange.withoutPlaces(before) != InvariantChange.withoutPlaces(after) {
                return false
            }
        }
        return changes.filter(\.isNew).allSatisfy { change in
            guard let made = new.first(where: { $0.id == change.id }) else { return false }
            return made.clauses.count == change.appendedClauses && made.checks.count == change.appendedChecks && made.status == change.status ?? .accepted
                && !made.title.isEmpty
        }
    }

    /// What a file says, and what is wrong with it.
    struct Reading: Sendable {
        var invariants: [Invariant]
        var problems: [String]

        init(_ file: MarkdownFile) {
            self.init(file, InvariantReader.read(file))
        }

        init(_ file: MarkdownFile, _ read: (entries: [Entry], findings: [Finding])) {
            invariants = read.entries.compactMap { entry -> Invariant? in
                if case .invariant(let invariant) = entry.content { invariant } else { nil }
            }
            problems = (file.frontMatter.problem.map { [$0.message] } ?? []) + read.findings.map(\.message)
        }
    }
}
