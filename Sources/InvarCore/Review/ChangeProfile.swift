/// What one changed file is about: topics with how sure that is, and subjects, each with the line that shows it.
struct ChangeProfile {
    struct Evidence {
        var strength: Double
        /// Lines that show it.
        var count: Int
        var line: Patch.Line?
    }

    private(set) var topics: [Topic: Evidence] = [:]
    /// By subject; a subject of the path has no line.
    private(set) var subjects: [Int: Patch.Line?] = [:]
    let kind: ChangedFileKind
    private let path: String
    private let enclosing: EnclosingKeys
    /// Whether it is declared rather than programmed.
    private let isDeclaration: Bool

    init(_ file: Patch.File, _ vocabulary: ReviewVocabulary, _ memory: inout TermMatcher.Memory) {
        kind = ChangedFileKind(path: file.path)
        path = file.path
        enclosing = EnclosingKeys(file)
        isDeclaration = ["yaml", "yml", "json", "toml", "cron", "timer", "crontab"].contains(RelativePath.suffix(file.path))
        guard kind.weight > 0, file.content == .text else { return }
        let changed = ChangedLines(file, kind)
        guard !changed.lines.isEmpty else { return }
        for term in vocabulary.matcher.terms(in: Pieces(file.path), &memory) {
            for case .subject(let subject, _) in vocabulary.meanings[term] { subjects[subject] = .some(nil) }
        }
        switch kind {
        case .interface: read(InterfaceChange(file))
        case .configuration where InterfaceChange.describesInterface(file): read(InterfaceChange(file))
        case .dependency: show(.dependency, 1, changed.lines[0])
        default: break
        }
        for line in changed.lines {
            if kind == .pipeline, ChangeProfile.isActionReference(line) {
                show(.dependency, 0.8, line)
            } else {
                read(line, vocabulary, &memory)
            }
        }
        readKind(changed.lines)
        if kind == .document || kind == .guide { fadePassing(of: changed.lines.count) }
    }

    /// A long document speaks of nearly everything once: what stands on fewer than one line in fifteen is said in passing.
    private mutating func fadePassing(of lines: Int) {
        for (topic, evidence) in topics where evidence.count * 15 < lines { topics[topic]?.strength = evidence.strength / 2 }
    }

    /// How sure a sentence of a document makes it.
    private static let said = 0.7

    /// What the kind of file alone says of any change that does something.
    private mutating func readKind(_ lines: [Patch.Line]) {
        guard let first = lines.first else { return }
        switch kind {
        case .migration: show(.schema, 1, topics[.schema]?.line ?? first)
        case .job: show(.job, 0.8, topics[.job]?.line ?? topics.values.max { ($0.strength, $1.count) < ($1.strength, $0.count) }?.line ?? first)
        case .alerting: show(.observability, 0.9, topics[.observability]?.line ?? first)
        default: break
        }
    }

    private mutating func read(_ interface: InterfaceChange) {
        for (topic, strength, line) in interface.evidence { show(topic, strength, line) }
    }

    private mutating func show(_ topic: Topic, _ strength: Double, _ line: Patch.Line?) {
        var evidence = topics[topic] ?? Evidence(strength: 0, count: 0, line: line)
        evidence.count += 1
        if strength * kind.weight > evidence.strength {
            evidence.strength = strength * kind.weight
            evidence.line = line
        }
        topics[topic] = evidence
    }

    private mutating func read(_ line: Patch.Line, _ vocabulary: ReviewVocabulary, _ memory: inout TermMatcher.Memory) {
        let isCode = [.code, .view, .tool, .job, .script, .configuration].contains(kind)
        guard !(kind == .configuration && enclosing.isMark(line)) else { return }
        var pieces = Pieces(isCode ? CodeLine.withoutProse(line.plain) : String(line.plain))
        if kind == .configuration { for key in enclosing.keys(of: line).suffix(3) { pieces.words += [""] + Pieces(key).words } }
        var strongest: [Topic: Double] = [:]
        for term in vocabulary.matcher.terms(in: pieces, &memory) {
            for meaning in vocabulary.meanings[term] {
                switch meaning {
                case .topic(let topic, let realm, let strength):
                    guard let strength = strengthHere(topic, realm, strength) else { continue }
                    strongest[topic] = max(strongest[topic] ?? 0, strength)
                case .subject(let subject, _):
                    if subjects[subject] == nil || subjects[subject] == .some(nil) { subjects[subject] = .some(line) }
                }
            }
        }
        if kind == .code || kind == .view || kind == .job || kind == .tool {
            for (topic, strength) in CodeLine.shapes(of: line.plain, path: path) { strongest[topic] = max(strongest[topic] ?? 0, strength) }
        }
        if strongest[.observability] != nil, isCode, kind != .configuration, CodeLine.namesPersonalData(pieces) {
            strongest[.privacy] = 0.95
            // What it is about is the person; that something is logged there is the means.
            strongest[.observability] = 0.4
        }
        for (topic, strength) in strongest.sorted(by: { $0.key < $1.key }) { show(topic, strength, line) }
    }

    /// How much a phrase of a realm says in this kind of file; nil when it means nothing there.
    private func strengthHere(_ topic: Topic, _ realm: TopicVocabulary.Realm, _ strength: Double) -> Double? {
        switch kind {
        case .document, .guide: return realm == .prose ? ChangeProfile.said : nil
        case .code, .view, .tool: return realm == .code ? strength : nil
        case .job, .script: return realm == .code || realm == .command || (realm == .config && isDeclaration) ? strength : nil
        case .migration, .sql: return realm == .code && [.schema, .data, .concurrency].contains(topic) ? strength : nil
        case .configuration, .alerting: return realm == .config || realm == .command ? strength : nil
        case .pipeline: return realm == .command || (realm == .config && ChangeProfile.ofPipelines.contains(topic) && strength > 0.7) ? strength : nil
        case .interface, .dependency, .silent: return nil
        }
    }

    /// Which action a step takes from elsewhere says nothing of what it does to the system.
    private static func isActionReference(_ line: Patch.Line) -> Bool {
        line.plain.drop { $0 == " " || $0 == "-" }.hasPrefix("uses:")
    }

    /// A build's own strategy, caches and images are no matter of operation.
    private static let ofPipelines: Set<Topic> = [.job, .access, .secrets, .data]
}
