import InvarCore
import InvarStore

/// Which files are the knowledge base: the configured folders, files and globs, or the usual ones.
struct KnowledgeFolders: Sendable {
    let root: String
    private let patterns: [(role: Document.Role, patterns: [String], isConfigured: Bool)]
    private let exclude: [Glob]
    private let skippedFolders: Set<String>

    init(root: String, configuration: Configuration) {
        self.root = root
        self.exclude = configuration.exclude.map { Glob($0) }
        self.skippedFolders = [configuration.proposals, configuration.templates]
        self.patterns = Document.Role.allCases.map { role in
            switch role {
            case .invariants: KnowledgeFolders.found(role, configuration.invariants, root)
            case .decisions: KnowledgeFolders.found(role, configuration.adrs, root)
            case .notes: KnowledgeFolders.found(role, configuration.notes, root)
            }
        }
    }

    /// What it looks for, to tell two settings apart.
    var description: String {
        patterns.map { "\($0.role.rawValue)=\($0.patterns.joined(separator: ","))" }.joined(separator: "\n")
    }

    /// Where a new file of a role belongs: the first configured or found folder, else the default one.
    func folder(for role: Document.Role) -> String {
        let patterns = patterns.first { $0.role == role }?.patterns ?? []
        for pattern in patterns {
            let fixed = Glob(pattern).fixedPrefix
            if !fixed.isEmpty, FileSystem.kind(root + "/" + fixed) != .file { return fixed }
        }
        return KnowledgeFolders.candidates(role)[0]
    }

    /// Whether a path lies where knowledge is kept.
    func contains(_ path: String) -> Bool { role(of: path) != nil }

    /// The part of the knowledge base that a path belongs to, whether or not there is such a file.
    func role(of path: String) -> Document.Role? {
        patterns.first { $0.patterns.contains { Glob($0).matches(path) } }?.role
    }

    /// The names looked for when `invar.yml` does not say, in order.
    static func candidates(_ role: Document.Role) -> [String] {
        switch role {
        case .invariants: ["Invariants", "invariants", "docs/Invariants", "docs/invariants"]
        case .decisions:
            [
                "ADRs", "docs/adr", "doc/adr", "docs/adrs", "docs/decisions", "doc/architecture/decisions", "docs/architecture/decisions",
                "docs/ADR", "docs/ADRs", "adr", "adrs", "doc/adrs", "doc/decisions", "docs/architecture/adr", "docs/architecture-decisions",
            ]
        case .notes: ["RawNotes", "raw-notes", "rawnotes", "docs/raw-notes", "docs/RawNotes"]
        }
    }

    private static func found(
        _ role: Document.Role, _ configured: [String]?, _ root: String
    ) -> (role: Document.Role, patterns: [String], isConfigured: Bool) {
        if let configured { return (role, configured, true) }
        if role == .decisions, FileSystem.kind(root + "/ADRs") != .folder, let named = adrDirectory(root) { return (role, [named], false) }
        // `realPath` tells a folder's true spelling on file systems that ignore case.
        if let folder = candidates(role).first(where: { FileSystem.kind(root + "/" + $0) == .folder }) { return (role, [folder], false) }
        return (role, role == .invariants ? looseInvariants(root) : [], false)
    }

    /// A lone `ops_invariants.md` at the root, as people hand one around before there is a folder.
    private static func looseInvariants(_ root: String) -> [String] {
        (FolderListing(root)?.texts ?? []).filter { name in
            name.hasSuffix(".md") && Folding.searchable(name).contains("invariant") && FileSystem.kind(root + "/" + name) == .file
        }.sorted()
    }

    /// What adr-tools keeps in `.adr-dir`.
    private static func adrDirectory(_ root: String) -> String? {
        guard let bytes = try? FileSystem.read(root + "/.adr-dir", limit: 4096) else { return nil }
        let line = String(decoding: bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
        let path = RelativePath.resolve(line, from: "x")
        return path.flatMap { FileSystem.kind(root + "/" + $0) == .folder ? $0 : nil }
    }

    /// All files, sorted by path, and what could not be walked.
    ///
    /// - Throws: ``Failure`` when a configured path matches nothing: a gate must not pass because it looked elsewhere.
    func files() throws(Failure) -> (files: KnowledgeListing, findings: [Finding]) {
        var walk = KnowledgeWalk(root: root, exclude: exclude, skippedFolders: skippedFolders)
        for (role, patterns, isConfigured) in patterns {
            for pattern in patterns {
                let start = Glob(pattern).fixedPrefix
                guard !FileSystem.leaves(root, start) else {
                    throw Failure(
                        "is a link out of the repository", at: Place(path: start),
                        hint: "put the folder itself there, or name another in \(Configuration.fileName)")
                }
                let before = walk.listing.count
                let reported = walk.findings.count
                walk.add(pattern, role)
                let isFolder = FileSystem.kind(root + "/" + pattern) == .folder
                if isConfigured, walk.listing.count == before, walk.findings.count == reported, !isFolder {
                    throw Failure(
                        "\(pattern) matches no Markdown file", at: Place(path: Configuration.fileName),
                        hint: "mend the path under \(role.configurationKey): in \(Configuration.fileName)")
                }
            }
        }
        return (walk.listing.settled(root), walk.findings.sorted(by: Finding.inOrder))
    }

    /// Whether there is anything to index at all.
    var isEmpty: Bool { patterns.allSatisfy { $0.patterns.isEmpty } }
}

extension Document.Role {
    /// The key of `invar.yml` that names its folders.
    var configurationKey: String {
        switch self {
        case .invariants: "invariants"
        case .decisions: "adrs"
        case .notes: "notes"
        }
    }
}
