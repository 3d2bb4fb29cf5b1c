import InvarCore
import InvarSyntax

/// The files in which tools look for the way back of a migration.
enum WayBackPath {
    /// The paths that would be one, the most likely first; none where the tool keeps it in the same file.
    static func candidates(for file: MigrationFile) -> [String] {
        guard !file.layout.keepsWayBackInFile else { return [] }
        let folder = RelativePath.folder(file.path)
        let name = RelativePath.name(file.path)
        let paths = names(for: name, file).map { folder.isEmpty ? $0 : folder + "/" + $0 }
        return paths + siblings(folder, name)
    }

    private static func names(for name: String, _ file: MigrationFile) -> [String] {
        let lowered = name.lowercased()
        if lowered == "up.sql" || lowered == "migration.sql" { return ["down.sql"] }
        let words = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if let mark = words.lastIndex(where: { $0.lowercased() == "up" }), mark > 0, mark + 1 < words.count {
            var exact = words
            exact[mark] = "down"
            var plain = exact.filter { $0 != "autocommit" }
            let rest = [words[0], "down"]
            plain[plain.count - 1] = "sql"
            return unique([exact, plain, rest + ["sql"], rest + ["go"]].map { $0.joined(separator: ".") })
        }
        if file.layout == .flyway, name.hasPrefix("V") || name.hasPrefix("B") { return ["U" + name.dropFirst()] }
        let stem = RelativePath.stem(name)
        for (up, down) in [("up", "down"), ("forward", "backward"), ("forwards", "backwards"), ("upgrade", "downgrade")] {
            for bar in ["_", "-", "."] {
                if stem.lowercased().hasSuffix(bar + up) { return [stem.dropLast(up.count) + down + ".sql"] }
                if stem.lowercased().hasPrefix(up + bar) { return [down + stem.dropFirst(up.count) + ".sql"] }
            }
        }
        return [stem + ".down.sql", stem + "_down.sql", stem + ".rollback.sql", stem + "_rollback.sql"]
    }

    /// `up/1.sql` and `down/1.sql`, `deploy/x.sql` and `revert/x.sql`, `1.sql` and `down/1.sql`.
    private static func siblings(_ folder: String, _ name: String) -> [String] {
        let own = ["up": ["down"], "ups": ["downs"], "deploy": ["revert"]][RelativePath.name(folder)]
        let base = own == nil ? folder : RelativePath.folder(folder)
        return (own ?? ["down", "rollback", "undo", "revert"]).map { (base.isEmpty ? "" : base + "/") + $0 + "/" + name }
    }

    private static func unique(_ names: [String]) -> [String] {
        names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// In a language whose statements are not read.
    static func isOpaque(_ path: String) -> Bool {
        ["go", "fizz", "cql", "tmpl"].contains(path.split(separator: ".").last.map { $0.lowercased() } ?? "")
    }
}
