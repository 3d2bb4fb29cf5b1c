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
                report(folder, .error, Wording(en: "cannot be opened", ja: "開けません"), Wording(en: "check its permissions", ja: "権限を確かめてください"))
                continue
            }
            for name in entries.badNames {
                report(
                    folder.isEmpty ? name : folder + "/" + name, .error, Wording(en: "has a name that is not UTF-8", ja: "ファイル名が UTF-8 ではありません"),
                    Wording(en: "rename the file", ja: "ファイル名を変えてください"))
            }
            entries.forEach { name, kind in
                guard name.first != 0x2E else { return }
                let isMarkdown = KnowledgeWalk.isMarkdown(name)
                // Most names are Markdown files that nothing excludes, or no Markdown: neither needs a string.
                if kind == .file, exclude.isEmpty, glob == nil {
                    if isMarkdown { listing.append(folder: folder, name, role) }
                    return
                }
                let path = (folder.isEmpty ? "" : folder + "/") + String(decoding: name, as: UTF8.self)
                if exclude.contains(where: { $0.matches(path) }) { return }
                switch kind {
                case .folder where !skippedFolders.contains(path) && RelativePath.name(path) != "node_modules": folders.append(path)
                case .file where isMarkdown && (glob?.matches(path) ?? true): listing.append(folder: folder, name, role)
                case .link where isMarkdown || FileSystem.kind(root + "/" + path) == .folder: follow(path, role)
                case .other where isMarkdown: report(path, .error, Wording(en: "is not a regular file", ja: "通常のファイルではありません"), nil)
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
        FileSystem.kind(info) == .link ? follow(path, role) : listing.append(path, role)
    }

    /// A link to a file inside the root is read; anything else is said.
    private mutating func follow(_ path: String, _ role: Document.Role) {
        guard let target = FileSystem.realPath(root + "/" + path) else {
            return report(
                path, .warning, Wording(en: "is a link that leads nowhere", ja: "リンク先がありません"),
                Wording(en: "remove it or mend its target", ja: "取り除くか、リンク先を直してください"))
        }
        guard target.hasPrefix(root == "/" ? "/" : root + "/") else {
            return report(
                path, .warning, Wording(en: "is a link out of the repository, not followed", ja: "リポジトリの外を指すリンクのため、たどりません"),
                Wording(en: "keep a copy of the file here", ja: "ファイルの写しをここに置いてください"))
        }
        var info = stat()
        guard stat(target, &info) == 0, FileSystem.kind(info) == .file else {
            return report(
                path, .note, Wording(en: "is a link to a folder, not followed", ja: "フォルダーへのリンクのため、たどりません"),
                Wording(en: "name the folder itself in invar.yml", ja: "フォルダーそのものを invar.yml に書いてください"))
        }
        listing.append(path, role)
    }

    private mutating func report(_ path: String, _ severity: Severity, _ message: Wording, _ hint: Wording?) {
        findings.append(Finding(rule: "file/unreadable", severity: severity, message: message, place: Place(path: path), hint: hint))
    }
}
