package import InvarCore
package import InvarSyntax

/// Everything that was judged, for the rules that can only speak last: what excuses nothing, what solved itself.
package struct Judgement: Sendable {
    package let knowledge: Knowledge
    package let surroundings: KnowledgeSurroundings
    /// Whether the whole repository was looked at with all rules; what is absent shows only then.
    package let isWhole: Bool
    /// The exceptions that excused something, as indices of the knowledge's exceptions.
    package let usedExceptions: Set<Int>
    /// All `invar:allow` comments with their files.
    package let allowances: [PlacedAllowance]
    /// Those that excused something, as indices.
    package let usedAllowances: Set<Int>
    /// Why an allowance excused nothing although a finding stands there, by index.
    package let refusals: [Int: Wording]
    /// Rules that looked at no file at all.
    package let idleRules: Set<String>
    /// Invariants that some enabled rule can find a threat to.
    package let watchedInvariants: Set<String>
    /// Baseline entries that matched no finding.
    package let solved: [Baseline.Entry]
    /// The baseline's path, where solved entries stand.
    package let baselinePath: String

    package init(
        knowledge: Knowledge, surroundings: KnowledgeSurroundings, isWhole: Bool, usedExceptions: Set<Int>, allowances: [PlacedAllowance],
        usedAllowances: Set<Int>, refusals: [Int: Wording], idleRules: Set<String>, watchedInvariants: Set<String>, solved: [Baseline.Entry],
        baselinePath: String
    ) {
        self.knowledge = knowledge
        self.surroundings = surroundings
        self.isWhole = isWhole
        self.usedExceptions = usedExceptions
        self.allowances = allowances
        self.usedAllowances = usedAllowances
        self.refusals = refusals
        self.idleRules = idleRules
        self.watchedInvariants = watchedInvariants
        self.solved = solved
        self.baselinePath = baselinePath
    }

    /// Whether a rule could find something against an invariant, whatever name it is called by.
    package func isWatched(_ invariant: String) -> Bool {
        watchedInvariants.contains(knowledge.invariant(invariant)?.invariant.id ?? invariant)
    }
}

/// An `invar:allow` comment in its file.
package struct PlacedAllowance: Hashable, Sendable {
    package var path: String
    package var allowance: Allowance
    /// The words of its line.
    package var excerpt: String

    package init(path: String, allowance: Allowance, excerpt: String) {
        self.path = path
        self.allowance = allowance
        self.excerpt = excerpt
    }
}
