import InvarCore
import InvarStore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A file of the knowledge base as the file system has it now.
struct KnowledgeFile: Sendable {
    /// Relative to the root.
    var path: String
    var role: Document.Role
    var stamp: FileStamp
}

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
        (FolderListing(root)?.names ?? []).filter { name in
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
    func files() throws(Failure) -> (files: [KnowledgeFile], findings: [Finding]) {
        var walk = KnowledgeWalk(root: root, exclude: exclude, skippedFolders: skippedFolders)
        for (role, patterns, isConfigured) in patterns {
            for pattern in patterns {
                let before = walk.files.count
                let reported = walk.findings.count
                walk.add(pattern, role)
                let isFolder = FileSystem.kind(root + "/" + pattern) == .folder
                if isConfigured, walk.files.count == before, walk.findings.count == reported, !isFolder {
                    throw Failure(
                        "\(pattern) matches no Markdown file", at: Place(path: Configuration.fileName),
                        hint: "mend the path under \(role.configurationKey): in \(Configuration.fileName)")
                }
            }
        }
        return (walk.files.values.sorted { $0.path < $1.path }, walk.findings.sorted(by: Finding.inOrder))
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

/// Walks folders without leaving the root or following a link twice.
private struct KnowledgeWalk {
    let root: String
    let exclude: [Glob]
    let skippedFolders: Set<String>
    var files: [String: KnowledgeFile] = [:]
    var findings: [Finding] = []

    init(root: String, exclude: [Glob], skippedFolders: Set<String>) {
        self.root = root
        self.exclude = exclude
        self.skippedFolders = skippedFolders
    }

    mutating func add(_ pattern: String, _ role: Document.Role) {
        let glob = Glob(pattern)
        let start = glob.fixedPrefix
        let absolute = start.isEmpty ? root : root + "/" + start
        switch FileSystem.kind(absolute) {
        case .folder: walk(start, role, matching: glob.hasWildcard ? glob : nil)
        case .file: visit(start, role)
        case .link, .other, nil: break
        }
    }

    private mutating func walk(_ start: String, _ role: Document.Role, matching glob: Glob?) {
        var folders = [start]
        while let folder = folders.popLast() {
            guard let listing = FolderListing(folder.isEmpty ? root : root + "/" + folder) else {
                report(folder, .error, "cannot be opened", "check its permissions")
                continue
            }
            for name in listing.badNames { report(folder.isEmpty ? name : folder + "/" + name, .error, "has a name that is not UTF-8", "rename the file") }
            for name in listing.names where !name.hasPrefix(".") {
                let path = folder.isEmpty ? name : folder + "/" + name
                var info = stat()
                // A name without a Markdown ending that is no folder is not ours; the type saves most calls of stat.
                let isMarkdown = name.hasSuffix(".md") || name.hasSuffix(".markdown") || name.hasSuffix(".MD")
                guard fstatat(listing.descriptor, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
                if exclude.contains(where: { $0.matches(path) }) { continue }
                switch FileSystem.kind(info) {
                case .folder where !skippedFolders.contains(path) && name != "node_modules": folders.append(path)
                case .file where isMarkdown && (glob?.matches(path) ?? true): insert(path, role, FileSystem.stamp(info))
                case .link where isMarkdown || FileSystem.kind(root + "/" + path) == .folder: follow(path, role)
                case .other where isMarkdown: report(path, .error, "is not a regular file", nil)
                default: continue
                }
            }
        }
    }

    private mutating func visit(_ path: String, _ role: Document.Role) {
        var info = stat()
        guard lstat(root + "/" + path, &info) == 0 else { return }
        FileSystem.kind(info) == .link ? follow(path, role) : insert(path, role, FileSystem.stamp(info))
    }

    private mutating func insert(_ path: String, _ role: Document.Role, _ stamp: FileStamp) {
        if files[path] == nil { files[path] = KnowledgeFile(path: path, role: role, stamp: stamp) }
    }

    /// A link to a file inside the root is read; anything else is said.
    private mutating func follow(_ path: String, _ role: Document.Role) {
        guard let target = FileSystem.realPath(root + "/" + path) else {
            return report(path, .warning, "is a link that leads nowhere", "remove it or mend its target")
        }
        guard target.hasPrefix(root == "/" ? "/" : root + "/") else {
            return report(path, .warning, "is a link out of the repository, not followed", "keep a copy of the file here")
        }
        var info = stat()
        guard stat(target, &info) == 0, FileSystem.kind(info) == .file else {
            return report(path, .note, "is a link to a folder, not followed", "name the folder itself in invar.yml")
        }
        insert(path, role, FileSystem.stamp(info))
    }

    private mutating func report(_ path: String, _ severity: Severity, _ message: String, _ hint: String?) {
        findings.append(Finding(rule: "file/unreadable", severity: severity, message: message, place: Place(path: path), hint: hint))
    }
}

/// The names in one folder; the descriptor stays open as long as it lives.
private final class FolderListing {
    let descriptor: Int32
    private(set) var names: [String] = []
    /// Names that are not UTF-8, with the bad bytes replaced.
    private(set) var badNames: [String] = []

    init?(_ path: String) {
        guard let folder = opendir(path) else { return nil }
        descriptor = dup(dirfd(folder))
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { chars in
                    (String(validatingCString: chars), String(cString: chars))
                }
            }
            guard let valid = name.0 else {
                badNames.append(name.1)
                continue
            }
            if valid != "." && valid != ".." { names.append(valid) }
        }
        closedir(folder)
    }

    deinit {
        close(descriptor)
    }
}
