import InvarCore
import InvarSyntax

/// The ways forth and back of one folder.
struct MigrationPairs {
    let group: MigrationGroup
    let directory: MigrationDirectory
    /// The versions that lead forth, and those of them with a way back.
    let forthCount: Int
    let backCount: Int
    /// In the order of the versions.
    let pairs: [MigrationPair]
    /// By the index of a pair: the index of its file.
    private let sources: [Int]
    private let dialects: FolderDialect
    private let sharing = Once<SplitDowns>()

    /// The folders whose ways back are told by SQL or by a change log; frameworks' own languages have rules of their own.
    static func all(in group: MigrationGroup) -> [MigrationPairs] {
        group.directories.compactMap { directory in
            // Test data are nobody's database.
            if ExemptPath.isTest(directory.path + "/x") { return nil }
            switch directory.layout {
            case .django, .alembic, .rails: return nil
            default:
                let pairs = MigrationPairs(group, directory)
                return pairs.forthCount > 0 ? pairs : nil
            }
        }
    }

    private init(_ group: MigrationGroup, _ directory: MigrationDirectory) {
        self.group = group
        self.directory = directory
        dialects = FolderDialect(directory, group.files)
        let forth = directory.steps.filter { step in step.ups.contains { MigrationPairs.isVersion(group.files[$0]) } }
        forthCount = forth.count
        backCount = forth.count { MigrationDirectory.hasWayBack($0, in: group.files) }
        var pairs: [MigrationPair] = []
        var sources: [Int] = []
        for (step, index) in directory.orderedUps(in: group.files) where MigrationPairs.isVersion(group.files[index]) {
            let found =
                group.files[index].layout == .liquibase
                ? MigrationPairs.changeSets(of: index, group)
                : [MigrationPairs.pair(index, directory.steps[step], isFirst: step == 0, group)].compactMap(\.self)
            pairs += found
            sources += found.map { _ in index }
        }
        self.pairs = pairs
        self.sources = sources
    }

    /// Whether a file is one of those that its folder orders: a script without a number beside them is run by hand.
    private static func isVersion(_ file: MigrationFile) -> Bool {
        switch file.layout {
        case .rails, .alembic, .django: false
        case .plain: file.name.version != nil || file.name.role == .up
        default: true
        }
    }

    /// Whether a version without a way back is an oversight there.
    var isReversible: Bool {
        guard directory.layout == .liquibase else { return backCount > 0 && 2 * backCount >= forthCount }
        // Liquibase derives half of them by itself: only a rollback that somebody wrote shows that they are kept.
        let states = changeSets.filter { !$0.isRepeatable && !$0.up.isNoOp }.map(\.wayBack)
        guard states.contains(.given) else { return false }
        return 2 * states.count { $0 != .missing } >= states.count
    }

    var changeSets: [MigrationFile.ChangeSet] {
        directory.steps.flatMap(\.ups).flatMap { group.files[$0].changeSets }
    }

    /// What the ways back of versions that belong together leave undone.
    var split: SplitDowns {
        sharing.value { SplitDowns(in: pairs) }
    }

    /// The dialect of a pair: its own, or that of most files of the folder.
    func dialect(of pair: MigrationPair) -> SQLDialect { dialects.dialect(of: pair.file) }

    /// Goes over some pairs in the order of the versions, with the schema before each.
    ///
    /// - Parameters:
    ///   - chosen: indices of ``pairs``.
    ///   - body: gets the index, too.
    func forEach(_ chosen: Set<Int>, _ body: (Int, MigrationPair, SchemaHistory) -> Void) {
        guard let last = chosen.max() else { return }
        var next = 0
        directory.forEachUp(in: group.files) { file, history in
            guard next <= last, next < sources.count, sources[next] == file else { return }
            // The changesets of a file follow one another.
            var history = pairs[next].unit == nil ? history : history.restricted(to: pairs[next].file.up)
            while next < sources.count, sources[next] == file {
                if chosen.contains(next) { body(next, pairs[next], history) }
                if pairs[next].unit != nil { history.apply(pairs[next].up) }
                next += 1
            }
        }
    }

    /// By the path of what holds the way back.
    static func inOrderOfWaysBack(_ a: MigrationPair, _ b: MigrationPair) -> Bool {
        (a.downArtifacts.first?.path ?? "") < (b.downArtifacts.first?.path ?? "")
    }

    private static func changeSets(of index: Int, _ group: MigrationGroup) -> [MigrationPair] {
        group.files[index].changeSets.filter { !$0.isRepeatable }.map { set in
            let state: MigrationPair.WayBack =
                switch set.wayBack {
                case .missing, .elsewhere: .missing
                case .declaredEmpty: .empty
                case .derived, .refused: .opaque
                case .given: set.down.statements.isEmpty || set.down.hasTemplates ? .opaque : .given
                }
            let artifact = group.artifacts[index]
            return MigrationPair(
                artifact: artifact, file: group.files[index], up: set.up, unit: (set.id, set.span.lowerBound), wayBack: state, down: set.down,
                downArtifacts: [artifact], isFirst: false)
        }
    }

    /// nil where another way forth of the same version has taken the way back; that is a collision of versions.
    private static func pair(_ index: Int, _ step: MigrationDirectory.Step, isFirst: Bool, _ group: MigrationGroup) -> MigrationPair? {
        let file = group.files[index]
        var downs = MigrationDirectory.waysBack(from: index, of: step, in: group.files)
        if downs.isEmpty, file.name.dialect == nil { downs = step.downs }
        let rivals = step.ups.filter { $0 != index && MigrationVariant(group.files[$0]) == MigrationVariant(file) }
        if !rivals.isEmpty, !step.downs.isEmpty {
            downs = downs.filter { group.files[$0].name.title == file.name.title }
            if downs.isEmpty { return nil }
        }
        let down: SQLScript
        let state: MigrationPair.WayBack
        if let first = downs.first {
            down = downs.dropFirst().reduce(into: group.files[first].down) { $0.append(group.files[$1].down) }
            let isOpaque = downs.contains { WayBackPath.isOpaque(group.files[$0].path) }
            state = isOpaque || down.hasTemplates || !down.problems.isEmpty ? .opaque : down.isNoOp ? .empty : .given
        } else {
            down = file.down
            let hasOwn = file.wayBack != .elsewhere && file.wayBack != .missing
            state = !hasOwn ? .missing : down.hasTemplates || !down.problems.isEmpty ? .opaque : down.isNoOp ? .empty : .given
        }
        return MigrationPair(
            artifact: group.artifacts[index], file: file, up: file.up, unit: nil, wayBack: state, down: down,
            downArtifacts: downs.isEmpty ? [group.artifacts[index]] : downs.map { group.artifacts[$0] }, isFirst: isFirst)
    }
}
