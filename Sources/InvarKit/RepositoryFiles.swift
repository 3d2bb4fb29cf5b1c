import InvarCore
import InvarStore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The files that `check` reads: those that git knows or does not ignore, else all below the root.
struct RepositoryFiles: Sendable {
    private let root: String
    private let include: [Glob]
    private let exclude: [Glob]

    init(root: String, configuration: Configuration) {
        self.root = root
        self.include = configuration.include == ["**"] ? [] : configuration.include.map { Glob($0) }
        self.exclude = configuration.exclude.map { Glob($0) }
    }

    /// A regular file as the file system has it now.
    struct File: Sendable {
        /// Relative to the root.
        var path: String
        var stamp: FileStamp
    }

    /// Sorted by path. Links are left out: what they lead to is checked under its own name.
    func list() throws(Failure) -> [File] {
        let git = Git(root: root)
        let paths = git.isWorkTree ? try gitPaths(git) : walked()
        var files: [File] = []
        files.reserveCapacity(paths.count)
        var last = ""
        for path in paths where path != last && isWanted(path) {
            last = path
            var info = stat()
            guard lstat(root + "/" + path, &info) == 0, FileSystem.kind(info) == .file else { continue }
            files.append(File(path: path, stamp: FileSystem.stamp(info)))
        }
        return files
    }

    /// Whether the configuration lets a path be checked.
    func isWanted(_ path: String) -> Bool {
        if path.hasPrefix(".invar/") { return false }
        if !include.isEmpty, !include.contains(where: { $0.matches(path) }) { return false }
        return !exclude.contains { $0.matches(path) }
    }

    private func gitPaths(_ git: Git) throws(Failure) -> [String] {
        let output = try git.output(
            ["ls-files", "-z", "-co", "--exclude-standard"], hint: "git must be able to list the files of the repository that it is run in")
        return output.split(separator: 0).compactMap { String(validating: $0, as: UTF8.self) }.sorted(by: RepositoryFiles.inOrder)
    }

    /// Byte order, which is the same everywhere.
    static func inOrder(_ a: String, _ b: String) -> Bool {
        a.utf8.lexicographicallyPrecedes(b.utf8)
    }

    private func walked() -> [String] {
        var paths: [String] = []
        var folders = [""]
        while let folder = folders.popLast() {
            guard let handle = opendir(folder.isEmpty ? root : root + "/" + folder) else { continue }
            defer { closedir(handle) }
            while let entry = readdir(handle) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard name != ".", name != "..", name != ".git", name != ".invar" else { continue }
                let path = folder.isEmpty ? name : folder + "/" + name
                switch FileSystem.kind(root + "/" + path, followingLinks: false) {
                case .folder: if !exclude.contains(where: { $0.matches(path) }) { folders.append(path) }
                case .file: paths.append(path)
                case .link, .other, nil: continue
                }
            }
        }
        return paths.sorted(by: RepositoryFiles.inOrder)
    }
}
