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
    var files = KnowledgeListing()

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
        do {
            return try withOpenStore(rebuild: rebuild, body)
        } catch let error where Store.isDamage(error) {
            // The damaged store is let go by now: building anew waits until nobody has it open.
            let (files, findings) = try knowledgeFolders.files()
            do {
                return try body(try synced(try openStore(rebuild: true), files, findings))
            } catch let error where Store.isDamage(error) || Store.isUnwritable(error) {
                return try body(try synced(try opened(Store.inMemory()), files, findings))
            }
        } catch let error where Store.isUnwritable(error) {
            let (files, findings) = try knowledgeFolders.files()
            return try body(try synced(try opened(Store.inMemory()), files, findings))
        }
    }

    private func withOpenStore<T>(rebuild: Bool, _ body: (SyncedStore) throws -> T) throws -> T {
        // A link that leads nowhere is no place to write to: the index is then kept in memory.
        if FileSystem.kind(indexFolder) != nil { try confirmInside(".invar") }
        try confirmInside(".invar/index.sqlite")
        // An index that is there is opened and read while the folders are walked.
        let early = rebuild ? nil : earlyStore()
        let (files, findings) = try knowledgeFolders.files()
        let store = try early?.value.get() ?? openStore(rebuild: rebuild)
        return try body(try synced(store, files, findings))
    }

    /// A store with what it holds.
    private struct Opened: Sendable {
        var store: Store
        var contents: Store.Contents
    }

    private func earlyStore() -> Parallel.Task<Result<Opened, any Error>>? {
        guard FileSystem.kind(indexFolder + "/.gitignore") != nil, FileSystem.kind(indexFolder + "/index.sqlite") == .file else { return nil }
        return Parallel.Task { Result { try opened(Store.open(folder: indexFolder)) } }
    }

    private func opened(_ store: Store) throws -> Opened {
        Opened(store: store, contents: try store.contents())
    }

    private func openStore(rebuild: Bool) throws -> Opened {
        do {
            try prepareIndexFolder()
        } catch {
            return try opened(Store.inMemory())
        }
        return try opened(rebuild ? Store.rebuild(folder: indexFolder) : Store.open(folder: indexFolder))
    }

    /// `.invar` hides itself from git.
    private func prepareIndexFolder() throws(Failure) {
        guard FileSystem.kind(indexFolder + "/.gitignore") == nil else { return }
        try FileSystem.makeFolder(indexFolder)
        _ = try FileSystem.create(indexFolder + "/.gitignore", Array("*\n".utf8))
    }

    private func synced(_ opened: Opened, _ files: KnowledgeListing, _ findings: [Finding]) throws -> SyncedStore {
        let store = opened.store
        var synced = SyncedStore(store: store, findings: findings, files: files)
        let fingerprint = configuration.readingFingerprint
        let isEmpty = opened.contents.isEmpty
        let rereadsAll = !isEmpty && opened.contents.reading != fingerprint
        let plan = SyncPlan(files: files, stored: opened.contents.files, rereadsAll: rereadsAll)
        guard isEmpty || rereadsAll || !plan.isNothing else {
            synced.unchanged = files.count
            return synced
        }
        try store.sync { session in
            // Another process may have been here between the look above and this transaction.
            let plan = try session.files(unless: opened.contents).map { SyncPlan(files: files, stored: $0, rereadsAll: rereadsAll) } ?? plan
            synced.unchanged = plan.unchanged
            for (path, stored) in plan.removed {
                try session.remove(stored.id)
                synced.removed.append(path)
            }
            let settledBefore = FileSystem.now - SyncPlan.settling
            try DocumentLoader(root: root, configuration: configuration).forEach(plan.toRead) { loaded in
                let path = loaded.file.path
                let stamp = loaded.file.stamp.changedAt < settledBefore ? loaded.file.stamp : .unsettled
                if let stored = plan.known[path] {
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
