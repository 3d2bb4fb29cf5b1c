import InvarCore

extension MigrationName {
    /// A script without a tool's marks in its name, in a folder that speaks of migrations.
    ///
    /// goose, sql-migrate, dbmate and Liquibase mark the content instead; ``MigrationFile`` looks there.
    static func readPlain(_ folders: [String], _ words: [String]) -> MigrationName? {
        let stem = words.dropLast().joined(separator: ".")
        var name = MigrationName("", .plain, .both, nil, stem, nil)
        let pieces = stem.lowercased().split { $0 == "_" || $0 == "-" || $0 == "." || $0 == " " }.map(String.init)
        var inner = stem
        if let last = pieces.last, pieces.count > 1, let role = role(of: last) {
            name.role = role
            inner = String(stem.dropLast(last.count + 1))
        } else if let first = pieces.first, pieces.count > 1, let role = role(of: first) {
            name.role = role
            inner = String(stem.dropFirst(first.count + 1))
        }
        if let (version, title) = splitVersion(inner) {
            name.version = version
            name.title = title
        } else {
            name.title = inner
        }
        for word in words.dropFirst().dropLast() {
            guard let dialect = SQLDialect(word: word) else { continue }
            name.dialect = dialect
            name.variant = word.lowercased()
        }
        guard let folder = folders.last?.lowercased() else {
            name.needsContent = true
            return name
        }
        if let role = folderRole(folder), folders.count > 1 || name.role != .both || folder != "up" {
            if role != .both || folder == "deploy" { name.role = name.role == .both ? role : name.role }
            name.layout = ["deploy", "revert", "verify"].contains(folder) ? .sqitch : .plain
            return name.placed(in: Array(folders.dropLast()))
        }
        name.needsContent = !folders.contains { speaksOfMigrations($0.lowercased()) }
        return name.placed(in: folders)
    }

    private static func role(of word: String) -> Role? {
        switch word {
        case "down", "rollback", "revert", "undo", "downgrade", "backward", "backwards", "reverse": .down
        case "up", "forward", "forwards", "upgrade": .up
        default: nil
        }
    }

    private static func folderRole(_ folder: String) -> Role? {
        switch folder {
        case "down", "downs", "rollback", "rollbacks", "revert", "reverts", "undo", "undos", "downgrade", "downgrades": .down
        case "up", "ups", "deploy": .up
        case "verify": .support
        default: nil
        }
    }

    private static func speaksOfMigrations(_ folder: String) -> Bool {
        ["migration", "migrate", "changelog", "evolution"].contains { folder.holds($0) } || ["changes", "deploy", "upgrades", "updates"].contains(folder)
    }
}
