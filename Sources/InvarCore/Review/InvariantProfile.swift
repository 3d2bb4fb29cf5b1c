/// What an invariant is about, by its own words: topics with how central they are to it, and subjects.
struct InvariantProfile: Sendable {
    /// 0 to 1: in its title 1, in several statements 0.75, in one 0.5.
    private(set) var topics: [Topic: Double] = [:]
    /// Topics that it speaks of within its scope only.
    private(set) var asides: Set<Topic> = []
    /// Where each topic is said, to quote it.
    private(set) var statements: [Topic: String] = [:]
    /// 1 for subjects in the title, less for those of clauses and checks.
    private(set) var subjects: [Int: Double] = [:]

    init(_ invariant: Invariant, _ vocabulary: ReviewVocabulary, _ memory: inout TermMatcher.Memory) {
        let title = InvariantProfile.reading(invariant.title, vocabulary, &memory)
        let others = (invariant.clauses.map(\.text) + invariant.checks.map(\.text)).map { ($0, InvariantProfile.reading($0, vocabulary, &memory)) }
        let scopes = title.topics.filter(\.isScope)
        for topic in title.topics { say(topic, scopes.isEmpty || topic.isScope ? 1 : 0.5, invariant.title) }
        var counts: [Topic: Int] = [:]
        for (_, reading) in others { for topic in reading.topics { counts[topic, default: 0] += 1 } }
        let area = invariant.area.map { InvariantProfile.reading($0, vocabulary, &memory).topics } ?? []
        // A title that names a matter of business and nothing of operation: what its clauses ask for concerns that matter.
        let isGoverned = title.topics.isEmpty && title.subjects.contains { vocabulary.isConcept($0.key) }
        for (text, reading) in others {
            for topic in reading.topics {
                // What a job must be like concerns jobs; it makes nothing of everything that retries.
                if !scopes.isEmpty, !topic.isScope {
                    asides.insert(topic)
                    continue
                }
                let weight = InvariantProfile.weight(count: counts[topic] ?? 0, titled: !title.topics.isEmpty, inArea: area.contains(topic))
                say(topic, isGoverned ? min(weight, 0.4) : weight, text)
            }
        }
        for check in invariant.checks {
            for rule in check.rules { if let topic = Topic(ruleSubject: rule.prefix { $0 != "/" }) { say(topic, 1, check.text) } }
        }
        if topics.isEmpty { for topic in area { say(topic, 0.5, invariant.area ?? "") } }
        for subject in title.subjects { subjects[subject.key] = subject.value }
        for (_, reading) in others { for (subject, weight) in reading.subjects { subjects[subject] = max(subjects[subject] ?? 0, weight * 0.45) } }
    }

    private static func weight(count: Int, titled: Bool, inArea: Bool) -> Double {
        if !titled { return count > 1 || inArea ? 1 : 0.8 }
        return count > 1 ? 0.75 : 0.5
    }

    private mutating func say(_ topic: Topic, _ weight: Double, _ text: String) {
        guard weight > topics[topic] ?? 0 else { return }
        topics[topic] = weight
        statements[topic] = text
    }

    private struct Reading {
        var topics: Set<Topic> = []
        var subjects: [Int: Double] = [:]
    }

    /// One statement. Hints count only where nothing says outright what it is about.
    private static func reading(_ text: String, _ vocabulary: ReviewVocabulary, _ memory: inout TermMatcher.Memory) -> Reading {
        var reading = Reading()
        var hints: Set<Topic> = []
        for term in vocabulary.matcher.terms(in: Pieces(text), &memory) {
            for meaning in vocabulary.meanings[term] {
                switch meaning {
                case .topic(let topic, .prose, _): reading.topics.insert(topic)
                case .topic(let topic, .hint, _): hints.insert(topic)
                case .topic: break
                case .subject(let subject, let weight): reading.subjects[subject] = max(reading.subjects[subject] ?? 0, weight)
                }
            }
        }
        if reading.topics.isEmpty { reading.topics = hints }
        // Deleting a column is a matter of the schema.
        if reading.topics.contains(.schema) { reading.topics.remove(.data) }
        // A log is the means by which data leaks, not what is asked for.
        if !reading.topics.isDisjoint(with: [.privacy, .secrets]) { reading.topics.remove(.observability) }
        return reading
    }
}
