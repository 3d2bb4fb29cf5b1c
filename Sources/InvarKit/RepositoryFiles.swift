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
    /// Pages that quote what was wrong; finding it there again would say nothing.
    private let proposals: String

    init(root: String, configuration: Configuration) {
        self.root = root
        self.include = configuration.include == ["**"] ? [] : configuration.include.map { Glob($0) }
        self.exclude = configuration.exclude.map { Glob($0) }
        self.proposals = configuration.proposals + "/"
    }

    /// A regular file as the file system has it now.
    struct File: Sendable {
        /// Relative to the root.
        var path: String
        var stamp: FileStamp
    }

    /// All files as a few numbers each, sorted by path and once each: cheap enough to ask whether anything changed.
    struct Listing: Sendable {
        fileprivate(set) var paths = PathBuffer()
        fileprivate(set) var items: [(path: Int, stamp: FileStamp)] = []

        /// A hash over all paths and stamps.
        var fingerprint: Int64 {
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(items.count)
            func add(_ value: UInt64) { hash = ((hash ^ value) &* 0x100_0000_01b3) ^ (hash >> 29) }
            for item in items {
                _ = paths.withCString(item.path) { text in
                    var next = text
                    while next.pointee != 0 {
                        add(UInt64(UInt8(bitPattern: next.pointee)))
                        next += 1
                    }
                }
                for number in [item.stamp.size, item.stamp.modifiedAt, item.stamp.changedAt, item.stamp.inode] { add(UInt64(bitPattern: number)) }
            }
            return Int64(bitPattern: hash)
        }

        /// Nanoseconds since 1970 of the latest change.
        var changedAt: Int64 { items.reduce(0) { max($0, $1.stamp.changedAt) } }
    }

    /// Regular files only. Links are left out: what they lead to is checked under its own name.
    func listing() throws(Failure) -> Listing {
        let git = Git(root: root)
        var paths = PathBuffer()
        if git.isWorkTree {
            let output = try git.output(
                ["ls-files", "-z", "-co", "--exclude-standard"], hint: "git must be able to list the files of the repository that it is run in")
            output.withUnsafeBufferPointer { bytes in
                var start = 0
                for end in bytes.indices where bytes[end] == 0 {
                    if end > start { paths.append(UnsafeBufferPointer(rebasing: bytes[start..<end])) }
                    start = end + 1
                }
            }
        } else {
            for path in walked() {
                var path = path
                path.withUTF8 { paths.append($0) }
            }
        }
        return stamped(paths)
    }

    /// Asks the file system in parallel: it is most of the time.
    private func stamped(_ paths: PathBuffer) -> Listing {
        var listing = Listing()
        listing.paths = paths
        let folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return listing }
        defer { close(folder) }
        var indices: [Int] = []
        for index in paths.sorted {
            if let last = indices.last, paths.compareBytes(last, paths, index) == 0 { continue }
            indices.append(index)
        }
        let half = indices.count / 2
        let halves = indices.count < 512 ? [indices] : [Array(indices[..<half]), Array(indices[half...])]
        listing.items = Parallel.map(halves) { half in
            half.compactMap { index -> (path: Int, stamp: FileStamp)? in
                var info = stat()
                let found = paths.withCString(index) { fstatat(folder, $0, &info, AT_SYMLINK_NOFOLLOW) }
                guard found == 0, FileSystem.kind(info) == .file else { return nil }
                return (index, FileSystem.stamp(info))
            }
        }.flatMap { $0 }
        return listing
    }

    /// Those of a listing that are to be checked, in byte order of their paths.
    func files(of listing: Listing) -> [File] {
        listing.items.compactMap { item in
            let path = listing.paths[item.path]
            return isWanted(path) ? File(path: path, stamp: item.stamp) : nil
        }.sorted { RepositoryFiles.inOrder($0.path, $1.path) }
    }

    /// Whether the configuration lets a path be checked.
    func isWanted(_ path: String) -> Bool {
        if path.hasPrefix(".invar/") || path.hasPrefix(proposals) { return false }
        if !include.isEmpty, !include.contains(where: { $0.matches(path) }) { return false }
        return !exclude.contains { $0.matches(path) }
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
