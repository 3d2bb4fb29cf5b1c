import Dispatch
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

/// The files that a walk found: each a few numbers, so that ten thousand unchanged ones cost next to nothing.
struct KnowledgeListing: Sendable {
    struct Item: Sendable {
        /// The index of its path.
        var path: Int
        var role: Document.Role
        /// nil until the file was looked at.
        var stamp: FileStamp?
    }

    private(set) var paths = PathBuffer()
    private(set) var items: [Item] = []

    var count: Int { items.count }

    subscript(index: Int) -> KnowledgeFile {
        KnowledgeFile(path: paths[items[index].path], role: items[index].role, stamp: items[index].stamp ?? .unsettled)
    }

    mutating func append(folder: String = "", _ name: UnsafeBufferPointer<UInt8>, _ role: Document.Role, stamp: FileStamp?) {
        items.append(Item(path: paths.count, role: role, stamp: stamp))
        paths.append(folder: folder, name)
    }

    mutating func append(_ path: String, _ role: Document.Role, stamp: FileStamp) {
        var path = path
        path.withUTF8 { append($0, role, stamp: stamp) }
    }

    /// Sorted by path, each file once (the role it was found in first counts), with the stamps that were missing; files
    /// that vanished meanwhile are left out.
    func settled(_ root: String) -> KnowledgeListing {
        var settled = self
        settled.items = []
        settled.items.reserveCapacity(count)
        for item in paths.sorted.map({ items[$0] }) {
            if let last = settled.items.last, paths.compareBytes(last.path, paths, item.path) == 0 { continue }
            settled.items.append(item)
        }
        settled.readStamps(root)
        return settled
    }

    /// Asks the file system in parallel: it is most of the time of a walk.
    private mutating func readStamps(_ root: String) {
        let folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return items = [] }
        defer { close(folder) }
        let parts = items.count < 512 ? 1 : 2
        let size = (items.count + parts - 1) / parts
        let halves = (0..<parts).map { Array(items[min($0 * size, items.count)..<min(($0 + 1) * size, items.count)]) }
        let paths = paths
        items = Parallel.map(halves) { half in
            half.compactMap { item in
                var item = item
                if item.stamp == nil { item.stamp = paths.withCString(item.path) { KnowledgeListing.stamp($0, in: folder) } ?? nil }
                return item.stamp == nil ? nil : item
            }
        }.flatMap { $0 }
    }

    private static func stamp(_ path: UnsafePointer<CChar>, in folder: Int32) -> FileStamp? {
        var info = stat()
        guard fstatat(folder, path, &info, AT_SYMLINK_NOFOLLOW) == 0, FileSystem.kind(info) == .file else { return nil }
        return FileSystem.stamp(info)
    }
}
