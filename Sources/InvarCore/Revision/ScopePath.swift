/// A place in the repository as notes name it: a file, a folder or a glob.
struct ScopePath: Hashable, Sendable {
    /// As it is shown.
    let written: String
    /// Without `./` before and `/**` or `/` after, so that a folder is the same however it is written.
    let key: String

    init(_ written: String) {
        var text = Substring(written)
        while text.hasPrefix("./") { text = text.dropFirst(2) }
        while text.hasPrefix("/") { text = text.dropFirst() }
        while true {
            if text.hasSuffix("/**") { text = text.dropLast(3) } else if text.hasSuffix("/") { text = text.dropLast() } else { break }
        }
        self.written = written
        key = String(text)
    }

    /// The folder of a file or of a pattern; a folder is its own.
    var folder: String {
        let parts = key.split(separator: "/").map(String.init)
        let fixed = parts.prefix { !$0.contains { "*?[{".contains($0) } }
        if fixed.count < parts.count { return fixed.joined(separator: "/") }
        guard let last = parts.last, last.dropFirst().contains(".") else { return key }
        return parts.dropLast().joined(separator: "/")
    }

    /// The folder and those above it that are specific enough to name a part of a repository: two levels or more.
    var folders: [String] {
        let parts = folder.split(separator: "/").map(String.init)
        guard parts.count >= 2 else { return [] }
        return (2...parts.count).map { parts.prefix($0).joined(separator: "/") }
    }

    func overlaps(_ other: ScopePath) -> Bool {
        if key == other.key || key.isEmpty || other.key.isEmpty || key == "**" || other.key == "**" { return true }
        return Glob(written).matches(other.key) || Glob(other.written).matches(key)
            || ScopePath.isWithin(folder, other.folder) && ScopePath.isWithin(other.folder, folder)
    }

    static func isWithin(_ path: String, _ folder: String) -> Bool {
        !folder.isEmpty && (path == folder || path.hasPrefix(folder + "/"))
    }

    /// The one place in which at least 60 % of some incidents happened; nil when there is none.
    ///
    /// First among the places as they are written, then among folders; the one with most incidents, of equals the most
    /// specific.
    static func common(to incidents: [Incident]) -> String? {
        let places = incidents.map { $0.paths.prefix(50).map(ScopePath.init) }
        var written: [String: [String: Int]] = [:]
        var exact: [String: Int] = [:]
        var folders: [String: Int] = [:]
        for paths in places {
            for key in Set(paths.map(\.key)) where !key.isEmpty && key != "**" { exact[key, default: 0] += 1 }
            for path in paths { written[path.key, default: [:]][path.written, default: 0] += 1 }
            for folder in Set(paths.flatMap(\.folders)) { folders[folder, default: 0] += 1 }
        }
        if let key = most(exact, of: incidents.count) {
            return (written[key] ?? [:]).min { ($1.value, $0.key) < ($0.value, $1.key) }?.key ?? key
        }
        return most(folders, of: incidents.count).map { $0 + "/**" }
    }

    private static func most(_ counts: [String: Int], of total: Int) -> String? {
        counts.filter { 5 * $0.value >= 3 * total }.min { a, b in
            (-a.value, -a.key.utf8.count, a.key) < (-b.value, -b.key.utf8.count, b.key)
        }?.key
    }
}
