package import InvarCore
import InvarSyntax

extension Workspace {
    /// Scaffolds a knowledge base: nothing that stands there is ever overwritten, and folders that serve already
    /// (`docs/adr`, …) are used as they are.
    ///
    /// - Parameters:
    ///   - seed: a Markdown file of invariants to begin with, copied byte for byte.
    ///   - language: of the starter files; nil takes the seed's, else English.
    package func scaffold(seed: String? = nil, language: Language? = nil) throws -> (report: ChangeReport, language: Language) {
        let seedBytes = try seed.map { try FileSystem.read($0, limit: KnowledgeReader.maximumBytes) }
        let spoken = language ?? configuration.language ?? seedBytes.map { Language.of(String(decoding: $0, as: UTF8.self)) } ?? .english
        var changes: [ChangeReport.Change] = []
        let folders = knowledgeFolders
        let invariants = folders.folder(for: .invariants)
        if let seed, let seedBytes {
            changes.append(try write(seedBytes, to: invariants + "/" + RelativePath.name(seed)))
        } else if FileSystem.kind(root + "/" + invariants) == nil {
            changes.append(
                try write(
                    spoken == .japanese ? PackageResources.starter_invariants_ja_md : PackageResources.starter_invariants_md,
                    to: invariants + "/ops_invariants.md"))
        }
        for role in [Document.Role.decisions, .notes] {
            let folder = folders.folder(for: role)
            if FileSystem.kind(root + "/" + folder) == nil { changes.append(try write([], to: folder + "/.gitkeep")) }
        }
        let templates = configuration.templates
        changes.append(try write(PackageResources.adr_nygard_md, to: templates + "/adr-nygard.md"))
        changes.append(try write(PackageResources.adr_madr_md, to: templates + "/adr-madr.md"))
        changes.append(
            try write(spoken == .japanese ? PackageResources.adr_invar_ja_md : PackageResources.adr_invar_md, to: templates + "/adr-invar.md"))
        changes.append(try write(PackageResources.note_md, to: templates + "/note.md"))
        changes.append(try write(PackageResources.starter_configuration_yml, to: Configuration.fileName))
        return (ChangeReport(changes: changes), spoken)
    }

    /// Makes a new file with its folders; one that stands there stays as it is.
    private func write(_ bytes: [UInt8], to path: String) throws(Failure) -> ChangeReport.Change {
        try FileSystem.makeFolder(root + "/" + RelativePath.folder(path))
        return ChangeReport.Change(try FileSystem.create(root + "/" + path, bytes) ? .created : .unchanged, path)
    }
}
