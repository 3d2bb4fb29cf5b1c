import InvarCore
import InvarSyntax

/// A way forth and the way back that belongs to it, wherever its tool keeps that: in a file of its own, in a section, in
/// a changeset.
struct MigrationPair {
    enum WayBack {
        /// There is none.
        case missing
        /// It does nothing.
        case empty
        case given
        /// It is there, but its statements cannot be told: a program, a template, SQL that cannot be read.
        case opaque
    }

    let artifact: Artifact
    let file: MigrationFile
    let up: SQLScript
    /// A changeset's id and where it begins; nil for a whole file.
    let unit: (id: String, start: Int)?
    let wayBack: WayBack
    let down: SQLScript
    /// What holds the way back: the same artifact where it is a section.
    let downArtifacts: [Artifact]
    /// The first version of its folder.
    let isFirst: Bool

    /// How a person calls it: its version, else its title; a changeset's id.
    var name: String { unit?.id ?? MigrationPair.number(of: file) ?? file.name.title }

    /// The version as the path writes it, with its leading zeros.
    static func number(of file: MigrationFile) -> String? {
        guard file.name.version != nil else { return nil }
        let name = RelativePath.name(file.path)
        let isFolder = file.layout == .diesel || file.layout == .prisma
        let base = (isFolder ? RelativePath.name(RelativePath.folder(file.path)) : name).drop { !$0.isNumber }
        let digits = base.prefix { $0.isASCII && ($0.isNumber || "-._".contains($0)) }
        let number = String(digits.reversed().drop { !$0.isNumber }.reversed())
        return number.isEmpty ? file.name.version?.description : number
    }

    /// Whether the way forth stands in SQL or in a change log, so that what it does can be told.
    var isReadable: Bool { !WayBackPath.isOpaque(file.path) }

    /// A match where the unit begins: the first line of a file.
    func matchAtStart(_ message: Wording, hint: Wording?) -> Match {
        guard let unit else {
            var match = artifact.match(at: Position(line: 1), message, hint: hint)
            match.scope = 1...max(1, artifact.lines.count)
            return match
        }
        let position = artifact.lines.position(at: unit.start, in: artifact.bytes)
        var match = artifact.match(at: position, message, hint: hint)
        match.scope = position.line...max(position.line, artifact.lines.count)
        return match
    }

    /// A match over an action of the way forth, found again by its words when lines shift.
    func match(_ action: SQLAction, _ message: Wording, hint: Wording?) -> Match {
        var match = artifact.match(over: action.span, message, hint: hint)
        match.key = String(decoding: artifact.bytes[action.span.clamped(to: 0..<artifact.bytes.count)], as: UTF8.self)
        return match
    }

    /// Where the way back begins: the first line of its file, or the mark of its section.
    var wayBackPlace: Place? {
        guard let first = downArtifacts.first else { return nil }
        if first.path != artifact.path { return Place(path: first.path, position: Position(line: 1)) }
        if let unit { return Place(path: first.path, position: first.lines.position(at: unit.start, in: first.bytes)) }
        guard let section = MigrationSections.read(first.bytes)?.down.first else { return Place(path: first.path, position: Position(line: 1)) }
        return Place(path: first.path, position: Position(line: first.lines.line(at: max(0, section.lowerBound - 1))))
    }
}

/// The ways forth and back of one folder.
struct MigrationPairs {
    let group: MigrationGroup
    let directory: MigrationDirectory
    /// The versions that lead forth, and those of them with a way back.
    let forthCount: Int
    let backCount: Int

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
        let forth = directory.steps.filter { step in step.ups.contains { MigrationPairs.isVersion(group.files[$0]) } }
        forthCount = forth.count
        backCount = forth.count { MigrationDirectory.hasWayBack($0, in: group.files) }
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

    /// In the order of the versions, with the schema before each.
    func forEach(_ body: (MigrationPair, SchemaHistory) -> Void) {
        var places: [Int: (step: MigrationDirectory.Step, isFirst: Bool)] = [:]
        for (number, step) in directory.steps.enumerated() { for up in step.ups { places[up] = (step, number == 0) } }
        directory.forEachUp(in: group.files) { index, history in
            guard let place = places[index], MigrationPairs.isVersion(group.files[index]) else { return }
            if group.files[index].layout == .liquibase { return forEachChangeSet(of: index, history, body) }
            if let pair = pair(index, place.step, isFirst: place.isFirst) { body(pair, history) }
        }
    }

    private func forEachChangeSet(of index: Int, _ history: SchemaHistory, _ body: (MigrationPair, SchemaHistory) -> Void) {
        var history = history
        for set in group.files[index].changeSets where !set.isRepeatable {
            let state: MigrationPair.WayBack =
                switch set.wayBack {
                case .missing, .elsewhere: .missing
                case .declaredEmpty: .empty
                case .derived, .refused: .opaque
                case .given: set.down.statements.isEmpty || set.down.hasTemplates ? .opaque : .given
                }
            let artifact = group.artifacts[index]
            body(
                MigrationPair(
                    artifact: artifact, file: group.files[index], up: set.up, unit: (set.id, set.span.lowerBound), wayBack: state, down: set.down,
                    downArtifacts: [artifact], isFirst: false), history)
            history.apply(set.up)
        }
    }

    /// nil where another way forth of the same version has taken the way back; that is a collision of versions.
    private func pair(_ index: Int, _ step: MigrationDirectory.Step, isFirst: Bool) -> MigrationPair? {
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
