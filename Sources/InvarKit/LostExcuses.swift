import InvarCore
import InvarRules
import InvarSyntax

/// What a diff takes away that excused something: an exception in a decision, an entry of the baseline, a setting that kept
/// a rule quiet. A finding that comes to light by that is brought about by the diff, wherever it stands.
struct LostExcuses: Sendable {
    private let exceptions: [Exception]
    private let baseline: Set<String>
    private let changedRules: Set<String>
    /// Invariants whose documents changed: they may allow no exception any more.
    private let changedInvariants: Set<String>

    init(change: Change, commit: String, git: GitChange, workspace: Workspace, knowledge: Knowledge) throws(Failure) {
        let configuration = workspace.configuration
        let folders = workspace.knowledgeFolders
        let touched = change.files.filter { $0.value.kind != .added }.map { (now: $0.key, old: $0.value.oldPath ?? $0.key) }
        let wanted = touched.map(\.old).filter { path in
            folders.role(of: path) != nil || path == Configuration.fileName || path == configuration.baseline
        }
        let before = try git.contents(of: wanted, in: commit)
        let reader = KnowledgeReader(vocabulary: StatusVocabulary(adding: configuration.statusWords))
        exceptions = before.filter { folders.role(of: $0.key) == .decisions }.flatMap { path, bytes in
            reader.read(bytes, path: path, role: .decisions).entries.flatMap { LostExcuses.granted(by: $0, on: workspace.today) }
        }
        changedInvariants = Set(
            knowledge.invariants.filter { item in change.files[item.path] != nil }.map(\.invariant.id))
        baseline = LostExcuses.fingerprints(before[configuration.baseline])
        changedRules = LostExcuses.rules(
            before[Configuration.fileName], now: configuration, isChanged: change.files[Configuration.fileName] != nil)
    }

    /// Whether it may have been excused before.
    func concern(_ judged: Checker.Judged) -> Bool {
        let finding = judged.finding
        if baseline.contains(finding.fingerprint) || changedRules.contains(finding.rule) { return true }
        guard finding.state == .open, let invariant = finding.invariant else { return false }
        if changedInvariants.contains(invariant), !finding.remarks.isEmpty { return true }
        return exceptions.contains { exception in
            EntryName.key(id: exception.invariant) == EntryName.key(id: invariant) && exception.covers(path: judged.match.path)
                && (exception.operations.isEmpty || judged.match.operations.contains { exception.covers(operation: $0) })
        }
    }

    /// The exceptions that an accepted decision granted and that had not ended.
    private static func granted(by entry: Entry, on today: Day) -> [Exception] {
        guard case .decision(let decision) = entry.content, decision.status == .accepted else { return [] }
        return decision.exceptions.filter { exception in
            exception.unread.isEmpty && exception.unreadUntil == nil && exception.until.map { $0 >= today } ?? true && exception.missing(nil).isEmpty
        }
    }

    private static func fingerprints(_ bytes: [UInt8]?) -> Set<String> {
        guard let bytes, let yaml = YAMLStream(bytes).documents.first else { return [] }
        return Set((yaml["findings"]?.items ?? []).compactMap { $0["fingerprint"]?.text })
    }

    /// The rules that `invar.yml` says something else about than before.
    private static func rules(_ bytes: [UInt8]?, now: Configuration, isChanged: Bool) -> Set<String> {
        guard isChanged else { return [] }
        let old = bytes.flatMap { try? Configuration(yaml: String(decoding: $0, as: UTF8.self)) } ?? Configuration()
        var changed: Set<String> = []
        for id in Set(old.checking.overrides.keys).union(now.checking.overrides.keys) where old.checking.overrides[id] != now.checking.overrides[id] {
            changed.insert(id)
        }
        for convention in now.checking.conventions where !old.checking.conventions.contains(convention) { changed.insert(convention.ruleID) }
        return changed
    }
}
