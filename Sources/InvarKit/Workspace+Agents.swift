package import InvarCore
import InvarStore

extension Workspace {
    /// Keeps what programming assistants read true: one marked block of AGENTS.md with all invariants, and a file in
    /// `.github/instructions` for each set of paths that invariants name.
    ///
    /// - Parameter checking: writes nothing; `edited` and `created` then say what is stale.
    /// - Throws: ``Failure`` for marks that do not pair; nothing is written then.
    package func agents(checking: Bool) throws -> (report: ChangeReport, language: Language) {
        try withStore { synced in
            let knowledge = try knowledge(synced)
            let files = try AgentsFiles(knowledge: knowledge, glossary: glossaryText()).files { try current($0) }
            let orphans = try orphanedInstructions(besides: Set(files.map(\.path)), AgentsText(knowledge.language))
            var changes: [ChangeReport.Change] = []
            for file in (files + orphans).sorted(by: { $0.path < $1.path }) {
                guard file.old != file.new else {
                    changes.append(ChangeReport.Change(.unchanged, file.path))
                    continue
                }
                changes.append(ChangeReport.Change(file.old == nil ? .created : .edited, file.path))
                if !checking { try write(file) }
            }
            return (ChangeReport(changes: changes), knowledge.language)
        }
    }

    /// A file as it is and as it should be.
    struct AgentsFile {
        var path: String
        /// nil when there is none.
        var old: [UInt8]?
        var new: [UInt8]
    }

    private func current(_ path: String) throws(Failure) -> [UInt8]? {
        let full = root + "/" + path
        guard FileSystem.kind(full, followingLinks: false) != nil else { return nil }
        guard let real = FileSystem.realPath(full), real.hasPrefix(root + "/") else { throw Failure("leads out of the root", at: Place(path: path)) }
        return try FileSystem.read(full, limit: 1 << 20)
    }

    private func write(_ file: AgentsFile) throws(Failure) {
        let full = root + "/" + file.path
        if let old = file.old { return try FileSystem.replace(full, expected: old, with: file.new) }
        try FileSystem.makeFolder(RelativePath.folder(full))
        guard try FileSystem.create(full, file.new) else {
            throw Failure("was made by somebody else meanwhile", at: Place(path: file.path), hint: "run the command again")
        }
    }

    /// Files that an earlier run wrote for paths that no invariant names any more.
    private func orphanedInstructions(besides known: Set<String>, _ text: AgentsText) throws -> [AgentsFile] {
        let files = RepositoryFiles(root: root, configuration: configuration)
        let paths = files.files(of: try files.listing()).map(\.path).filter { path in
            path.hasPrefix(AgentsFiles.folder + "/" + AgentsFiles.prefix) && path.hasSuffix(AgentsFiles.suffix) && !known.contains(path)
        }
        return try paths.compactMap { path in
            guard let old = try current(path) else { return nil }
            return AgentsFile(path: path, old: old, new: try AgentsFiles.replacing(old, text.block([], within: AgentsText.longestFile), path))
        }
    }
}
