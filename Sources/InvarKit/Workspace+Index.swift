package import InvarCore
import InvarStore

/// The index, brought up to date, with what that took.
struct SyncedStore {
    var store: Store
    var added: [String] = []
    var modified: [String] = []
    var removed: [String] = []
    var unchanged = 0
    /// What the walk could not read.
    var findings: [Finding] = []
    /// The files of the knowledge base.
    var files: [KnowledgeFile] = []

    var isChanged: Bool { !(added.isEmpty && modified.isEmpty && removed.isEmpty) }
}

extension Workspace {
    /// Brings the index up to date and says what changed.
    package func index(rebuild: Bool = false) throws -> (report: IndexReport, language: Language) {
        try withStore(rebuild: rebuild) { synced in
            let totals = try synced.store.totals()
            let report = IndexReport(
                added: synced.added, modified: synced.modified, removed: synced.removed, unchanged: synced.unchanged, total: totals.documents,
                entries: IndexReport.Entries(
                    invariants: totals.invariants, clauses: totals.clauses, checks: totals.checks, decisions: totals.decisions, notes: totals.notes),
                links: totals.links, danglingLinks: totals.dangling, findings: try findings(synced), isInMemory: synced.store.isInMemory)
            return (report, try language(synced.store))
        }
    }

    /// The language of what people read: configured, else that of most invariants, never the environment's.
    func language(_ store: Store) throws -> Language {
        if let language = configuration.language { return language }
        return try store.mostSpokenLanguage() ?? .english
    }

    /// All findings about the knowledge base's files, in order.
    func findings(_ synced: SyncedStore) throws -> [Finding] {
        let gaps = try NumberGaps.findings(try synced.store.numberedDecisions()) { try synced.store.documentPaths(in: $0) }
        return (try synced.store.findings() + synced.findings + gaps).sorted(by: Finding.inOrder)
    }

    /// Runs `body` on an index that agrees with the files, building it anew once when it proves damaged, and in memory
    /// when nothing can be written.
    func withStore<T>(rebuild: Bool = false, _ body: (SyncedStore) throws -> T) throws -> T {
        guard !knowledgeFolders.isEmpty else {
            throw Failure(
                "there is nothing to index: no Invariants, ADRs or RawNotes folder in \(root)",
                hint: "run `invar init`, or name the folders in \(Configuration.fileName)")
        }
        return try withStoreOrNothing(rebuild: rebuild, body)
    }

    /// Like ``withStore(rebuild:_:)``, also for a repository that has no knowledge base yet.
    func withStoreOrNothing<T>(rebuild: Bool = false, _ body: (SyncedStore) throws -> T) throws -> T {
        let (files, findings) = try knowledgeFolders.files()
        do {
            let store = try openStore(rebuild: rebuild)
            return try body(try synced(store, files, findings))
        } catch let error where Store.isDamage(error) {
            do {
                return try body(try synced(try openStore(rebuild: true), files, findings))
            } catch let error where Store.isDamage(error) || Store.isUnwritable(error) {
                return try body(try synced(try Store.inMemory(), files, findings))
            }
        } catch let error where Store.isUnwritable(error) {
            return try body(try synced(try Store.inMemory(), files, findings))
        }
    }

    private func openStore(rebuild: Bool) throws -> Store {
        do {
            try prepareIndexFolder()
        } catch {
            return try Store.inMemory()
        }
        return rebuild ? Store.rebuild(folder: indexFolder) : Store.open(folder: indexFolder)
    }

    /// `.invar` hides itself from git.
    private func prepareIndexFolder() throws(Failure) {
        guard FileSystem.kind(indexFolder + "/.gitignore") == nil else { return }
        try FileSystem.makeFolder(indexFolder)
        _ = try FileSystem.create(indexFolder + "/.gitignore", Array("*\n".utf8))
    }

    private func synced(_ store: Store, _ files: [KnowledgeFile], _ findings: [Finding]) throws -> SyncedStore {
        var synced = SyncedStore(store: store, findings: findings, files: files)
        let fingerprint = configuration.readingFingerprint
        let isEmpty = try store.isEmpty()
        let rereadsAll = try !isEmpty && store.property("reading") != fingerprint
        let plan = SyncPlan(files: files, stored: isEmpty ? [:] : try store.files(), rereadsAll: rereadsAll)
        guard isEmpty || rereadsAll || !plan.isNothing else {
            synced.unchanged = files.count
            return synced
        }
        try store.sync { session in
            // Another process may have been here between the look above and this transaction.
            let plan = SyncPlan(files: files, stored: try session.files(), rereadsAll: rereadsAll)
            synced.unchanged = plan.unchanged
            for (path, stored) in plan.removed {
                try session.remove(stored.id)
                synced.removed.append(path)
            }
            let settledBefore = FileSystem.now - SyncPlan.settling
            try DocumentLoader(root: root, configuration: configuration).forEach(plan.toRead) { loaded in
                let path = loaded.file.path
                let stamp = loaded.file.stamp.changedAt < settledBefore ? loaded.file.stamp : .unsettled
                if let stored = plan.stored[path] {
                    if stored.contentHash == loaded.contentHash, loaded.contentHash != 0, !rereadsAll {
                        try session.touch(stored.id, stamp: stamp)
                        synced.unchanged += 1
                        return
                    }
                    try session.remove(stored.id)
                    synced.modified.append(path)
                } else {
                    synced.added.append(path)
                }
                try session.insert(loaded.document, stamp: stamp, contentHash: loaded.contentHash)
            }
            if isEmpty || rereadsAll { try session.setProperty("reading", fingerprint) }
        }
        return synced
    }
}

/// Which files must be read, judged by their stamps.
private struct SyncPlan {
    let stored: [String: StoredFile]
    private(set) var toRead: [KnowledgeFile] = []
    private(set) var removed: [(path: String, stored: StoredFile)] = []
    private(set) var unchanged = 0

    /// A file that changed less than this many nanoseconds ago may change again without its times telling: clocks of
    /// file systems tick every few milliseconds.
    static let settling: Int64 = 50_000_000

    init(files: [KnowledgeFile], stored: [String: StoredFile], rereadsAll: Bool) {
        self.stored = stored
        var gone = stored
        for file in files {
            if let known = gone.removeValue(forKey: file.path), known.stamp == file.stamp, !rereadsAll {
                unchanged += 1
            } else {
                toRead.append(file)
            }
        }
        removed = gone.map { ($0.key, $0.value) }.sorted { $0.path < $1.path }
    }

    var isNothing: Bool { toRead.isEmpty && removed.isEmpty }
}
