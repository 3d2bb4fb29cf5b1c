import InvarCore
import InvarRules
import InvarStore
import InvarSyntax

/// What the file rules say of every file: from the index where nothing changed, else read, parsed once and looked at
/// by all rules on all cores.
struct FileChecks {
    /// What checking one file gave.
    struct Result: Sendable {
        var matches: [Checker.RuleMatch] = []
        var allowances: [PlacedAllowance] = []

        var isEmpty: Bool { matches.isEmpty && allowances.isEmpty }
    }

    /// By path of the file or key of the group, those with nothing to say left out.
    private(set) var results: [String: Result] = [:]
    /// Kinds of files that were met; see ``Artifact/Kind``.
    private(set) var kinds: Set<String> = []
    /// To be kept in the index.
    private(set) var fresh: [String: StoredCheck] = [:]
    private(set) var gone: [String] = []

    /// - Parameters:
    ///   - checksDown: looks at the ways back of migrations, too.
    ///   - progress: called now and then with the number of files done and to do, from any thread.
    init(
        files: [RepositoryFiles.File], stored: [String: StoredCheck], reader: FileReader, rules: [Rule], conventions: TextConventions, stagingTables: [String],
        checksDown: Bool, progress: @escaping @Sendable (Int, Int) -> Void
    ) {
        var stamps = Dictionary(files.map { ($0.path, $0.stamp) }) { first, _ in first }
        let kustomizations = files.filter { Kustomization.isName($0.path) }
        let isKnown: @Sendable (String) -> Bool = { [stamps] path in stamps[path] != nil }
        stamps[CheckPass.allKustomizations] = FileChecks.stamp(of: kustomizations)
        let groups = CheckGroup.all(in: files, for: rules)
        var known = stored
        let staleGroups = groups.filter { !reuse($0.key, members: $0.paths, &known, stamps) }
        let grouped = Set(staleGroups.flatMap(\.paths))
        var stale: [String] = []
        var toRead: [String] = []
        for file in files {
            let isStale = !reuse(file.path, members: [], &known, stamps)
            if isStale { stale.append(file.path) }
            if isStale || grouped.contains(file.path) { toRead.append(file.path) }
        }
        gone = known.keys.sorted()
        let run = CheckPass(
            reader: reader, rules: rules, conventions: conventions, isKnown: isKnown, kustomizations: kustomizations.map(\.path), groups: staleGroups,
            stagingTables: stagingTables, checksDown: checksDown)
        let outcomes = run.outcomes(of: toRead, looking: Set(stale), progress)
        let settledBefore = FileSystem.now - 50_000_000
        for (key, outcome) in outcomes {
            if !outcome.kind.isEmpty { kinds.insert(outcome.kind) }
            if !outcome.result.isEmpty { results[key] = outcome.result }
            let inputs = outcome.members.isEmpty ? [key] : outcome.members
            guard inputs.allSatisfy({ stamps[$0].map { $0.changedAt < settledBefore } ?? true }) else { continue }
            let dependencies = outcome.dependencies.joined(separator: "\n")
            fresh[key] = StoredCheck(
                stamp: FileChecks.stamp(inputs, dependencies, stamps), dependencies: dependencies, result: FileChecks.encode(outcome.result),
                kind: outcome.kind)
        }
    }

    /// Takes over what the index keeps of a file or a group; false when it must be looked at again.
    private mutating func reuse(_ key: String, members: [String], _ known: inout [String: StoredCheck], _ stamps: [String: FileStamp]) -> Bool {
        guard let kept = known.removeValue(forKey: key), kept.stamp == FileChecks.stamp(members.isEmpty ? [key] : members, kept.dependencies, stamps),
            let result = FileChecks.decode(kept.result)
        else { return false }
        if !kept.kind.isEmpty { kinds.insert(kept.kind) }
        if !result.isEmpty { results[key] = result }
        return true
    }

    /// A hash over the stamps of files and of what they were read with; what is not there counts too.
    private static func stamp(_ paths: [String], _ dependencies: String, _ stamps: [String: FileStamp]) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ value: Int64) { hash = (hash ^ UInt64(bitPattern: value)) &* 0x100_0000_01b3 ^ (hash >> 31) }
        func add(_ stamp: FileStamp?) {
            guard let stamp else { return add(-1) }
            add(stamp.size)
            add(stamp.modifiedAt)
            add(stamp.changedAt)
            add(stamp.inode)
        }
        for path in paths { add(stamps[path]) }
        if !dependencies.isEmpty { for other in dependencies.split(separator: "\n") { add(stamps[String(other)]) } }
        return Int64(bitPattern: hash)
    }

    /// One stamp for a list of files: another one as soon as any of them changes, comes or goes.
    private static func stamp(of files: [RepositoryFiles.File]) -> FileStamp {
        let paths = files.map(\.path)
        let stamps = Dictionary(files.map { ($0.path, $0.stamp) }) { first, _ in first }
        var names: UInt64 = 0xcbf2_9ce4_8422_2325
        for path in paths { for byte in path.utf8 { names = (names ^ UInt64(byte)) &* 0x100_0000_01b3 } }
        return FileStamp(
            size: Int64(files.count), modifiedAt: stamp(paths, "", stamps), changedAt: files.map(\.stamp.changedAt).max() ?? 0,
            inode: Int64(bitPattern: names))
    }

    private static func encode(_ result: Result) -> String? {
        result.isEmpty ? nil : CheckCodec.text(of: result)
    }

    /// nil for what an older build wrote otherwise: the file is then looked at again.
    private static func decode(_ text: String?) -> Result? {
        guard let text else { return Result() }
        return CheckCodec.result(of: text)
    }
}
