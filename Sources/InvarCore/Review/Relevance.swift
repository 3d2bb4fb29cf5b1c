/// Which invariants a change touches by its words: what its artifacts are about, joined with what the invariants are
/// about.
///
/// Both sides are read with the same vocabulary. A file's evidence for a topic (how sure, 0 to 1) times the topic's place
/// in an invariant (title 1, several statements 0.75, one 0.5) is the score; subjects that both name (在庫 and `stock`)
/// add to it, rare ones more. An invariant that speaks of a topic in passing is left out where another is about it.
package struct Relevance: Sendable {
    private let invariants: [Invariant]
    private let profiles: [InvariantProfile]
    private let vocabulary: ReviewVocabulary
    /// Invariants by topic, passing mentions left out where others are about it.
    private let byTopic: [Topic: [Int]]
    /// Topics that no invariant is about, by those that ask for something of them within their scope.
    private let asides: [Topic: [Int]]
    /// By subject.
    private let bySubject: [Int: [Int]]
    private let paths: [[Glob]]

    /// The score from which an invariant is touched.
    private static let threshold = 0.45
    /// With so many invariants of one topic, subjects decide among them.
    private static let crowd = 6

    /// - Parameter glossary: a project's own concepts, in the form of a glossary file.
    package init(_ invariants: [Invariant], glossary: String = "") {
        var vocabulary = ReviewVocabulary()
        if !glossary.isEmpty { vocabulary.add(glossary: glossary) }
        for invariant in invariants {
            for text in [invariant.title] + invariant.clauses.map(\.text) + invariant.checks.map(\.text) {
                for (word, weight) in ReviewVocabulary.subjects(of: Pieces(text)) { vocabulary.addWord(word, weight: weight) }
            }
        }
        var memory = TermMatcher.Memory()
        let profiles = invariants.map { InvariantProfile($0, vocabulary, &memory) }
        let live = invariants.indices.filter { invariants[$0].status != .retired }
        var byTopic: [Topic: [Int]] = [:]
        for topic in Topic.allCases {
            let speaking = live.filter { profiles[$0].topics[topic] != nil }
            let most = speaking.map { profiles[$0].topics[topic] ?? 0 }.max() ?? 0
            byTopic[topic] = speaking.filter { (profiles[$0].topics[topic] ?? 0) >= 0.6 * most }
        }
        var asides: [Topic: [Int]] = [:]
        for topic in Topic.allCases where byTopic[topic]?.isEmpty ?? true { asides[topic] = live.filter { profiles[$0].asides.contains(topic) } }
        var bySubject: [Int: [Int]] = [:]
        for index in live { for subject in profiles[index].subjects.keys { bySubject[subject, default: []].append(index) } }
        self.invariants = invariants
        self.profiles = profiles
        self.vocabulary = vocabulary
        self.byTopic = byTopic
        self.asides = asides
        self.bySubject = bySubject
        self.paths = invariants.map { $0.paths.map { Glob($0) } }
    }

    /// An invariant that a change touches, with what in the change says so.
    package struct Touch: Sendable {
        /// Index of the invariant.
        package var invariant: Int
        /// 0 to 1 and a little more.
        package var score: Double
        /// The topic that they share most; nil when they share subjects alone.
        package var topic: Topic?
        /// Of all that they share: schema 0, data 1, deployment 2, anything else 3.
        package var irreversibility: Int
        package var path: String
        /// The line that shows it; nil for the path itself.
        package var line: Patch.Line?
        /// The invariant's statement that it is matched with.
        package var statement: String
    }

    /// How irreversible it is to break an invariant, by what its title and most of its statements are about: schema 0,
    /// data 1, deployment 2, anything else 3.
    package func irreversibility(of index: Int) -> Int {
        profiles[index].topics.filter { $0.value >= 0.75 }.keys.map(\.irreversibility).min() ?? 3
    }

    /// The touches of each file, the strongest of an invariant in a file.
    package func touches(of patch: Patch) -> [Touch] {
        var memory = TermMatcher.Memory()
        return patch.files.flatMap { touches(of: $0, &memory) }
    }

    private func touches(of file: Patch.File, _ memory: inout TermMatcher.Memory) -> [Touch] {
        let change = ChangeProfile(file, vocabulary, &memory)
        guard change.kind.weight > 0 else { return [] }
        var shared: [Int: (score: Double, names: Int, line: Patch.Line?)] = [:]
        for (subject, line) in change.subjects {
            let holders = bySubject[subject] ?? []
            let rarity = holders.count > max(3, invariants.count / 5) ? 0.4 : 1
            for index in holders {
                let weight = (profiles[index].subjects[subject] ?? 0) * rarity * change.kind.weight
                let known = shared[index] ?? (0, 0, nil)
                shared[index] = (known.score + 0.35 * weight, known.names + 1, known.line ?? line)
            }
        }
        var best: [Int: Touch] = [:]
        for (topic, evidence) in change.topics.sorted(by: { $0.key < $1.key }) {
            var candidates = byTopic[topic] ?? []
            if candidates.count > Relevance.crowd {
                let named = candidates.filter { (shared[$0]?.score ?? 0) > 0.1 }
                candidates = named.isEmpty ? Array(candidates.prefix(Relevance.crowd)) : named
            }
            let isAside = candidates.isEmpty && change.kind != .migration
            if isAside { candidates = asides[topic] ?? [] }
            for index in candidates where isWithin(index, file.path) {
                let score = evidence.strength * (isAside ? asideWeight(change.kind) : profiles[index].topics[topic] ?? 0)
                guard score > best[index]?.score ?? 0 else { continue }
                best[index] = Touch(
                    invariant: index, score: score, topic: topic, irreversibility: irreversibility(index, change), path: file.path, line: evidence.line,
                    statement: profiles[index].statements[topic] ?? invariants[index].title)
            }
        }
        for (index, common) in shared where isWithin(index, file.path) {
            let bonus = min(0.7, common.score)
            if var touch = best[index] {
                touch.score += touch.score >= Relevance.threshold ? bonus * 0.3 : bonus
                best[index] = touch
            } else if common.names > 1, bonus >= 0.6, let line = common.line {
                best[index] = Touch(
                    invariant: index, score: bonus, topic: nil, irreversibility: 3, path: file.path, line: line, statement: invariants[index].title)
            }
        }
        return best.values.filter { $0.score >= Relevance.threshold }.sorted { $0.invariant < $1.invariant }
    }

    /// What a job must not do may be done elsewhere, too, less likely in the code of a service.
    private func asideWeight(_ kind: ChangedFileKind) -> Double { kind == .code ? 0.5 : 0.65 }

    private func irreversibility(_ index: Int, _ change: ChangeProfile) -> Int {
        let profile = profiles[index]
        let shared = change.topics.filter { topic, evidence in
            evidence.strength * (profile.topics[topic] ?? (profile.asides.contains(topic) ? 1 : 0)) >= Relevance.threshold
        }
        return shared.keys.map(\.irreversibility).min() ?? 3
    }

    /// An invariant that says which files it is about is touched in no others.
    private func isWithin(_ index: Int, _ path: String) -> Bool {
        paths[index].isEmpty || paths[index].contains { $0.matches(path) }
    }
}
