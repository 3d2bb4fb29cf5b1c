import InvarCore
import InvarStore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Walks folders without leaving the root or following a link twice.
struct KnowledgeWalk {
    let root: String
    private let exclude: [Glob]
    private let skippedFolders: Set<String>
    private(set) var listing = KnowledgeListing()
    private(set) var findings: [Finding] = []

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
            guard let entries = FolderListing(folder.isEmpty ? root : root + "/" + folder) else {
                report(folder, .error, "cannot be opened", "check its permissions")
                continue
            }
            for name in entries.badNames { report(folder.isEmpty ? name : folder + "/" + name, .error, "has a name that is not UTF-8", "rename the file") }
            entries.forEach { name, kind in
                guard name.first != 0x2E else { return }
                let isMarkdown = KnowledgeWalk.isMarkdown(name)
                // Most names are Markdown files that nothing excludes, or no Markdown: neither needs a string.
                if kind == .file, exclude.isEmpty, glob == nil {
                    if isMarkdown { listing.append(folder: folder, name, role, stamp: nil) }
                    return
                }
                let path = (folder.isEmpty ? "" : folder + "/") + String(decoding: name, as: UTF8.self)
                if exclude.contains(where: { $0.matches(path) }) { return }
                switch kind {
                case .folder where !skippedFolders.contains(path) && RelativePath.name(path) != "node_modules": folders.append(path)
                case .file where isMarkdown && (glob?.matches(path) ?? true): listing.append(folder: folder, name, role, stamp: nil)
                case .link where isMarkdown || FileSystem.kind(root + "/" + path) == .folder: follow(path, role)
                case .other where isMarkdown: report(path, .error, "is not a regular file", nil)
                default: return
                }
            }
        }
    }

    private static func isMarkdown(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        [".md", ".markdown", ".MD"].contains { (ending: StaticString) in
            name.count >= ending.utf8CodeUnitCount
                && ending.withUTF8Buffer { name[(name.count - $0.count)...].elementsEqual($0) }
        }
    }

    private mutating func visit(_ path: String, _ role: Document.Role) {
        var info = stat()
        guard lstat(root + "/" + path, &info) == 0 else { return }
        FileSystem.kind(info) == .link ? follow(path, role) : listing.append(path, role, stamp: FileSystem.stamp(info))
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
        listing.append(path, role, stamp: FileSystem.stamp(info))
    }

    private mutating func report(_ path: String, _ severity: Severity, _ message: String, _ hint: String?) {
        findings.append(Finding(rule: "file/unreadable", severity: severity, message: message, place: Place(path: path), hint: hint))
    }
}
