import InvarCore
import InvarStore

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
    }

    private(set) var paths = PathBuffer()
    private(set) var items: [Item] = []
    /// One for each item, as the file system has it.
    private(set) var stamps: [FileStamp] = []

    var count: Int { items.count }

    subscript(index: Int) -> KnowledgeFile {
        KnowledgeFile(path: paths[items[index].path], role: items[index].role, stamp: stamps[index])
    }

    mutating func append(folder: String = "", _ name: UnsafeBufferPointer<UInt8>, _ role: Document.Role) {
        items.append(Item(path: paths.count, role: role))
        paths.append(folder: folder, name)
    }

    mutating func append(_ path: String, _ role: Document.Role) {
        var path = path
        path.withUTF8 { append($0, role) }
    }

    /// Sorted by path, each file once (the role it was found in first counts), with stamps; files that vanished
    /// meanwhile are left out.
    func settled(_ root: String) -> KnowledgeListing {
        var settled = self
        settled.items = []
        settled.items.reserveCapacity(count)
        for index in paths.sorted {
            if let last = settled.items.last, paths.compareBytes(last.path, paths, items[index].path) == 0 { continue }
            settled.items.append(items[index])
        }
        settled.readStamps(root)
        return settled
    }

    /// Asks the file system on two threads: it is most of the time of a walk.
    private mutating func readStamps(_ root: String) {
        let middle = count < 512 ? 0 : count / 2
        let (paths, items) = (paths, items)
        let halves = Parallel.map([0..<middle, middle..<count]) { range in
            var reader = StampReader(root: root, paths: paths)
            return items[range].map { reader.stamp($0.path) }
        }
        stamps = halves[0] + halves[1]
        guard stamps.contains(StampReader.vanished) else { return }
        let kept = stamps.indices.filter { stamps[$0] != StampReader.vanished }
        (self.items, stamps) = (kept.map { items[$0] }, kept.map { stamps[$0] })
    }
}
