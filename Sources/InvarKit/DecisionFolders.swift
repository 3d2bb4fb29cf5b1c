import InvarCore
import InvarSyntax

/// The folders in which another tool keeps its decisions, and which tool that is.
struct DecisionFolders: Sendable {
    struct Folder: Hashable, Sendable {
        /// Relative to the root.
        var path: String
        /// nil where only the records themselves can tell.
        var tool: String?
    }

    let root: String

    /// What the settings of adr-tools and log4brains name, and what `invar.yml` does; without them the usual folders that
    /// hold Markdown.
    ///
    /// - Parameter configured: what `adrs:` says.
    func found(configured: [String]) -> [Folder] {
        var folders: [Folder] = []
        func add(_ path: String?, _ tool: String?) {
            guard let path, isInside(path), FileSystem.kind(root + "/" + path) == .folder, !folders.contains(where: { isSame($0.path, path) }) else { return }
            folders.append(Folder(path: path, tool: tool))
        }
        for path in log4brains { add(path, "log4brains") }
        add(adrTools, "adr-tools")
        for path in configured { add(path, nil) }
        if folders.isEmpty {
            for path in KnowledgeFolders.candidates(.decisions) where holdsMarkdown(path) { add(path, nil) }
        }
        return folders
    }

    /// Folders that settings name and that are not there, each with the settings.
    var lost: [(path: String, setting: String)] {
        let named = log4brains.map { ($0, ".log4brains.yml") } + [adrTools].compactMap { $0 }.map { ($0, ".adr-dir") }
        return named.filter { FileSystem.kind(root + "/" + $0.0) != .folder }
    }

    /// A folder that somebody named, relative to the root.
    ///
    /// - Parameter name: relative to the working folder.
    func named(_ name: String) throws(Failure) -> Folder {
        let hint = "name a folder below \(root)"
        guard let real = FileSystem.realPath(name), FileSystem.kind(real) == .folder else { throw Failure("\(name) is not a folder", hint: hint) }
        guard real.hasPrefix(root == "/" ? root : root + "/") else { throw Failure("\(name) lies outside of the repository", hint: hint) }
        let path = String(real.dropFirst(root == "/" ? 1 : root.utf8.count + 1))
        return found(configured: []).first { isSame($0.path, path) } ?? Folder(path: path, tool: nil)
    }

    /// A folder further down that is named as such folders are, for whoever has none in the usual places.
    func likely() -> String? {
        var folders = [""]
        var looked = 0
        while let folder = folders.popLast(), looked < 20_000 {
            looked += 1
            var below: [String] = []
            FolderListing(folder.isEmpty ? root : root + "/" + folder)?.forEach { name, kind in
                guard kind == .folder, name.first != 0x2E else { return }
                let name = String(decoding: name, as: UTF8.self)
                if name != "node_modules", name != "vendor" { below.append((folder.isEmpty ? "" : folder + "/") + name) }
            }
            below.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            if let named = below.first(where: { DecisionFolders.names.contains(RelativePath.name($0).lowercased()) && holdsMarkdown($0) }) { return named }
            folders += below.reversed()
        }
        return nil
    }

    private static let names: Set<String> = [
        "adr", "adrs", "decisions", "adl", "architecture-decisions", "architecture_decisions", "decision-records", "decision-log",
    ]

    /// Whether a folder is in the repository, wherever links lead.
    private func isInside(_ path: String) -> Bool {
        FileSystem.realPath(root + "/" + path).map { $0.hasPrefix(root == "/" ? root : root + "/") } ?? false
    }

    /// `docs/ADR` and `docs/adr` are one folder on file systems that ignore case.
    private func isSame(_ a: String, _ b: String) -> Bool {
        a == b || FileSystem.realPath(root + "/" + a) == FileSystem.realPath(root + "/" + b)
    }

    private func holdsMarkdown(_ path: String) -> Bool {
        guard FileSystem.kind(root + "/" + path) == .folder else { return false }
        var walk = KnowledgeWalk(root: root, exclude: [], skippedFolders: [])
        walk.add(path, .decisions)
        return walk.listing.count > 0
    }

    /// What `.adr-dir` says.
    private var adrTools: String? {
        guard let bytes = try? FileSystem.read(root + "/.adr-dir", limit: 4096) else { return nil }
        let line = String(decoding: bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self).trimmingBlanks
        return RelativePath.resolve(line, from: "x")
    }

    /// The `adrFolder` of the project and of its packages in `.log4brains.yml`.
    private var log4brains: [String] {
        guard let bytes = try? FileSystem.read(root + "/.log4brains.yml", limit: 1 << 20), let text = String(validating: bytes, as: UTF8.self),
            let project = (try? YAML.parse(text))?["project"]
        else { return [] }
        let named = [project["adrFolder"]] + (project["packages"]?.items ?? []).map { $0["adrFolder"] }
        return named.compactMap { $0?.text }.compactMap { RelativePath.resolve($0, from: "x") }
    }

    /// The template that most records follow, as people name it.
    static func template(of records: [[UInt8]]) -> String {
        let marks: [(name: String, headings: [String])] = [
            ("MADR", ["## Context and Problem Statement", "## Considered Options", "## Decision Outcome"]),
            ("Nygard", ["## Status\n", "## Status\r"]),
        ]
        let counts = marks.map { mark in
            records.count { bytes in mark.headings.contains { ByteSearch.firstIndex(of: Array($0.utf8), in: bytes) != nil } }
        }
        guard let most = counts.max(), most * 2 > records.count, let index = counts.firstIndex(of: most) else { return "Markdown" }
        return marks[index].name
    }
}
