import Dispatch
import InvarCore
import InvarRules
import InvarSyntax
import Synchronization

/// Files that belong together, by path.
struct CheckGroup: Sendable {
    let kind: FileGroup.Kind
    let folder: String
    /// Sorted.
    var paths: [String]

    /// The name under which its result is kept; no path begins with a line feed.
    var key: String { "\n\(kind.rawValue)\n\(folder)" }

    /// The groups that some rule looks at.
    static func all(in files: [RepositoryFiles.File], for rules: [Rule]) -> [CheckGroup] {
        let kinds = FileGroup.Kind.allCases.filter { kind in
            rules.contains { rule in
                switch rule.matcher {
                case .group(let wanted, _): wanted == kind
                case .migration, .statements: kind == .migrations
                default: false
                }
            }
        }
        // Taking thousands of names apart is worth all cores.
        let halves = Parallel.map([files.prefix(files.count / 2), files.suffix(files.count - files.count / 2)]) { half in
            half.map { file in kinds.map { $0.folder(of: file.path) } }
        }
        var groups: [String: CheckGroup] = [:]
        for (file, folders) in zip(files, halves.joined()) {
            for (kind, folder) in zip(kinds, folders) {
                guard let folder else { continue }
                let group = CheckGroup(kind: kind, folder: folder, paths: [])
                groups[group.key, default: group].paths.append(file.path)
            }
        }
        return groups.values.sorted { $0.key < $1.key }
    }
}

/// One pass over files that must be looked at: each is read and parsed once, on all cores; a group is judged as soon as
/// its last file is there, and its files are let go.
struct CheckPass: Sendable {
    let reader: FileReader
    let rules: [Rule]
    let conventions: TextConventions
    /// Whether a path is one of the repository's files.
    let isKnown: @Sendable (String) -> Bool
    /// The paths of all kustomizations.
    let kustomizations: [String]
    let groups: [CheckGroup]
    /// Table name patterns that hold nothing of value.
    let stagingTables: [String]
    /// Whether the ways back of migrations are looked at, too.
    let checksDown: Bool

    /// Stands for all kustomizations among the dependencies: a file may be laid over by one that comes tomorrow.
    static let allKustomizations = "*/kustomization"

    /// What looking at a file or a group gave.
    struct Outcome: Sendable {
        var result = FileChecks.Result()
        var kind = ""
        var dependencies: [String] = []
        /// The files of a group; empty for a file.
        var members: [String] = []
    }

    private static let batch = 8
    /// Files of a group from which on its rules are worth a second thread.
    private static let largeGroup = 64

    /// By path or group key.
    ///
    /// - Parameter looking: the paths that file rules must look at; the others are read for their group alone.
    func outcomes(of paths: [String], looking: Set<String>, _ progress: @escaping @Sendable (Int, Int) -> Void) -> [String: Outcome] {
        let outcomes = Mutex([String: Outcome]())
        let shared = SharedArtifacts(reader: reader, isKnown: isKnown, kustomizations: kustomizations)
        let waiting = WaitingGroups(groups)
        let done = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: (paths.count + CheckPass.batch - 1) / CheckPass.batch) { index in
            var found: [(String, Outcome)] = []
            for path in paths[(index * CheckPass.batch)..<min(paths.count, (index + 1) * CheckPass.batch)] {
                let artifact = reader.artifact(at: path)
                if looking.contains(path) { found.append((path, look(at: artifact, shared))) }
                for (group, artifacts) in waiting.arrived(artifact) { found.append((group.key, look(at: group, artifacts, shared))) }
            }
            outcomes.withLock { outcomes in for (key, outcome) in found { outcomes[key] = outcome } }
            let count = done.withLock { count in
                count += CheckPass.batch
                return count
            }
            progress(min(count, paths.count), paths.count)
        }
        return outcomes.withLock { $0 }
    }

    private func look(at artifact: Artifact, _ shared: SharedArtifacts) -> Outcome {
        let surroundings = RecordingSurroundings(shared)
        var outcome = Outcome()
        outcome.kind = artifact.kind?.rawValue ?? "nothing"
        for problem in artifact.problems {
            var match = artifact.match(at: problem.position, problem.message, hint: problem.hint)
            match.severity = problem.severity
            match.key = problem.message.en
            outcome.result.matches.append(Checker.RuleMatch(rule: problem.rule, match: match))
        }
        for rule in rules {
            guard let kind = artifact.kind, let find = rule.matcher.finder(of: kind) else { continue }
            let matches = find(artifact, surroundings.surroundings(role: reader.role(of: artifact.path)))
            outcome.result.matches += matches.map { Checker.RuleMatch(rule: rule.id, match: $0) }
        }
        lookAtStatements(artifact, surroundings, &outcome)
        outcome.result.matches += conventions.matches(in: artifact)
        outcome.result.allowances = artifact.allowances.map {
            PlacedAllowance(path: artifact.path, allowance: $0, excerpt: artifact.text(ofLine: $0.line))
        }
        outcome.dependencies = surroundings.paths
        return outcome
    }

    private func look(at group: CheckGroup, _ artifacts: [Artifact], _ shared: SharedArtifacts) -> Outcome {
        let surroundings = RecordingSurroundings(shared)
        let files = FileGroup(folder: group.folder, artifacts: artifacts.sorted { RepositoryFiles.inOrder($0.path, $1.path) })
        var outcome = Outcome()
        outcome.members = group.paths
        guard group.kind == .migrations, group.paths.count >= CheckPass.largeGroup else {
            outcome.result.matches = lookAtWhole(group, files, surroundings)
            if group.kind == .migrations { outcome.result.matches += lookAtSteps(files, surroundings) }
            outcome.dependencies = surroundings.paths
            return outcome
        }
        // One folder may hold most of a repository: nobody should wait for a single thread then.
        let halves = Mutex<[Int: [Checker.RuleMatch]]>([:])
        DispatchQueue.concurrentPerform(iterations: 2) { half in
            let found = half == 0 ? lookAtWhole(group, files, surroundings) : lookAtSteps(files, surroundings)
            halves.withLock { $0[half] = found }
        }
        outcome.result.matches = halves.withLock { ($0[0] ?? []) + ($0[1] ?? []) }
        outcome.dependencies = surroundings.paths
        return outcome
    }

    private func lookAtWhole(_ group: CheckGroup, _ files: FileGroup, _ surroundings: RecordingSurroundings) -> [Checker.RuleMatch] {
        rules.flatMap { rule -> [Checker.RuleMatch] in
            guard case .group(group.kind, let find) = rule.matcher else { return [] }
            return find(files, surroundings.surroundings(role: nil)).map { Checker.RuleMatch(rule: rule.id, match: $0) }
        }
    }

    private func lookAtSteps(_ files: FileGroup, _ surroundings: RecordingSurroundings) -> [Checker.RuleMatch] {
        let finders = rules.compactMap { rule -> (String, @Sendable (MigrationStep) -> [Match])? in
            switch rule.matcher {
            case .migration(let find), .statements(let find): (rule.id, find)
            default: nil
            }
        }
        var found: [Checker.RuleMatch] = []
        files.migrations.forEachStep(
            stagingTables: stagingTables, surroundings: surroundings.surroundings(role: nil), goingBack: checksDown
        ) { step in
            for (id, find) in finders { found += find(step).map { Checker.RuleMatch(rule: id, match: $0, isOnWayBack: step.isWayBack) } }
        }
        return found
    }

    private func lookAtStatements(_ artifact: Artifact, _ surroundings: RecordingSurroundings, _ outcome: inout Outcome) {
        guard artifact.kind == .script,
            let step = MigrationStep(artifact, stagingTables: stagingTables, surroundings: surroundings.surroundings(role: nil))
        else { return }
        for rule in rules {
            guard case .statements(let find) = rule.matcher else { continue }
            outcome.result.matches += find(step).map { Checker.RuleMatch(rule: rule.id, match: $0) }
        }
    }
}

/// What rules see beside their file, with a record of what they read.
private final class RecordingSurroundings: Sendable {
    private let shared: SharedArtifacts
    private let reads = Mutex(Set<String>())

    init(_ shared: SharedArtifacts) {
        self.shared = shared
    }

    var paths: [String] { reads.withLock { $0.sorted() } }

    func surroundings(role: Document.Role?) -> FileSurroundings {
        FileSurroundings(
            role: role,
            reading: { [self] path in
                reads.withLock { _ = $0.insert(path) }
                return shared.artifact(at: path)
            },
            kustomizing: { [self] in
                reads.withLock { _ = $0.insert(CheckPass.allKustomizations) }
                return shared.kustomizations
            })
    }
}

/// Groups whose files are still being read.
private final class WaitingGroups: Sendable {
    private struct State {
        var artifacts: [Artifact] = []
        var missing: Int
    }

    private let groups: [CheckGroup]
    private let places: [String: [Int]]
    private let states: Mutex<[State]>

    init(_ groups: [CheckGroup]) {
        self.groups = groups
        places = Dictionary(groups.enumerated().flatMap { item in item.element.paths.map { ($0, [item.offset]) } }) { $0 + $1 }
        states = Mutex(groups.map { State(missing: $0.paths.count) })
    }

    /// The groups that have all their files now, with them.
    func arrived(_ artifact: Artifact) -> [(CheckGroup, [Artifact])] {
        guard let own = places[artifact.path] else { return [] }
        return states.withLock { states in
            own.compactMap { place in
                if groups[place].kind.isWanted(artifact) { states[place].artifacts.append(artifact) }
                states[place].missing -= 1
                guard states[place].missing == 0 else { return nil }
                let artifacts = states[place].artifacts
                states[place].artifacts = []
                return (groups[place], artifacts)
            }
        }
    }
}

/// Files that others are read with, each parsed once.
private final class SharedArtifacts: Sendable {
    let reader: FileReader
    private let isKnown: @Sendable (String) -> Bool
    private let kustomizationPaths: [String]
    private let parsed = Mutex([String: Artifact]())
    private let index = Mutex<KustomizationIndex?>(nil)

    init(reader: FileReader, isKnown: @escaping @Sendable (String) -> Bool, kustomizations: [String]) {
        self.reader = reader
        self.isKnown = isKnown
        kustomizationPaths = kustomizations
    }

    var kustomizations: KustomizationIndex {
        index.withLock { index in
            if let index { return index }
            let made = KustomizationIndex(kustomizationPaths.compactMap { Kustomization(reader.artifact(at: $0)) })
            index = made
            return made
        }
    }

    func artifact(at path: String) -> Artifact? {
        guard isKnown(path) else { return nil }
        if let known = parsed.withLock({ $0[path] }) { return known }
        let artifact = reader.artifact(at: path)
        parsed.withLock { $0[path] = artifact }
        return artifact
    }
}
