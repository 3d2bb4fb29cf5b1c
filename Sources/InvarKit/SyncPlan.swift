import InvarStore

/// Which files must be read, judged by their stamps.
struct SyncPlan {
    private(set) var toRead: [KnowledgeFile] = []
    /// What the index has of files to be read, by path.
    private(set) var known: [String: StoredFile] = [:]
    private(set) var removed: [(path: String, stored: StoredFile)] = []
    private(set) var unchanged = 0

    /// A file that changed less than this many nanoseconds ago may change again without its times telling: clocks of
    /// file systems tick every few milliseconds.
    static let settling: Int64 = 50_000_000

    /// Files and rows go side by side, as both stand in the order of their paths; the few rows that do not, since they
    /// were written later, are looked up by path.
    init(files: KnowledgeListing, stored: StoredFiles, rereadsAll: Bool) {
        var changed: [Int] = []
        var unmatched: [Int] = []
        var aside: [Int] = []
        var next = 0
        for index in files.items.indices {
            let item = files.items[index]
            var order: Int32 = 1
            while next < stored.files.count {
                order = stored.paths.compareBytes(next, files.paths, item.path)
                guard order < 0 else { break }
                aside.append(next)
                next += 1
            }
            guard next < stored.files.count, order == 0 else {
                unmatched.append(index)
                continue
            }
            if !rereadsAll, stored.files[next].stamp == files.stamps[index] {
                unchanged += 1
            } else {
                changed.append(index)
                known[files.paths[item.path]] = stored.files[next]
            }
            next += 1
        }
        aside += next..<stored.files.count
        var rest = Dictionary(aside.map { (stored.paths[$0], stored.files[$0]) }) { first, _ in first }
        for index in unmatched {
            let path = files.paths[files.items[index].path]
            if let there = rest.removeValue(forKey: path) {
                if !rereadsAll, there.stamp == files.stamps[index] {
                    unchanged += 1
                    continue
                }
                known[path] = there
            }
            changed.append(index)
        }
        toRead = changed.sorted().map { files[$0] }
        removed = rest.map { ($0.key, $0.value) }.sorted { $0.path < $1.path }
    }

    var isNothing: Bool { toRead.isEmpty && removed.isEmpty }
}
