/// Which changed files patterns name, each pattern looked at once.
struct ChangedPaths: Sendable {
    /// Sorted by bytes.
    private let paths: [String]
    private let quiet: Set<String>
    private var hits: [String: Hit] = [:]

    private struct Hit: Sendable {
        var first: String?
        /// The first that does something: no test, no style, no translation.
        var firstLoud: String?
    }

    init(_ patch: Patch, patterns: [String]) {
        paths = Set(patch.files.map(\.path)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        quiet = Set(paths.filter { ChangedFileKind(path: $0) == .silent })
        for pattern in patterns where hits[pattern] == nil { hits[pattern] = look(Glob(pattern)) }
    }

    func first(matching patterns: [String]) -> (path: String, pattern: String)? {
        for pattern in patterns { if let path = hits[pattern]?.first { return (path, pattern) } }
        return nil
    }

    func firstLoud(matching patterns: [String]) -> (path: String, pattern: String)? {
        for pattern in patterns { if let path = hits[pattern]?.firstLoud { return (path, pattern) } }
        return nil
    }

    /// Only below the pattern's fixed folder.
    private func look(_ glob: Glob) -> Hit {
        let prefix = glob.fixedPrefix
        var low = 0
        var high = paths.count
        while low < high {
            let middle = (low + high) / 2
            if paths[middle].utf8.lexicographicallyPrecedes(prefix.utf8) { low = middle + 1 } else { high = middle }
        }
        var hit = Hit()
        for path in paths[low...] {
            guard path.utf8.starts(with: prefix.utf8) else { break }
            guard hit.first == nil || !quiet.contains(path), glob.matches(path) else { continue }
            hit.first = hit.first ?? path
            if !quiet.contains(path) {
                hit.firstLoud = path
                break
            }
        }
        return hit
    }
}
