import InvarCore

/// What the path of a migration says about it.
package struct MigrationName: Hashable, Sendable {
    package enum Role: String, Hashable, Sendable {
        case up, down
        /// One file for both ways, or for the only one.
        case both
        /// Run again whenever it changes (`R__x.sql`).
        case repeatable
        /// Belongs to the tool, changes nothing (`verify/x.sql`).
        case support
    }

    /// The folder that orders its versions: of diesel's `m/2020-01-01-000000_x/up.sql` it is `m`.
    package var container: String
    package var layout: MigrationLayout
    package var role: Role
    package var version: MigrationVersion?
    package var title: String
    /// The dialect that the name gives.
    package var dialect: SQLDialect?
    /// What the name calls the dialect, where files of one version differ by it: `cockroach` is not `postgres` here.
    package var variant: String?
    /// pop's `.autocommit`: not in a transaction.
    package var isAutocommit = false
    /// Only the content can tell whether it is one.
    package var needsContent = false

    private static let suffixes: Set<String> = ["sql", "go", "fizz", "cql", "ddl", "tmpl", "rb", "py", "xml", "yaml", "yml"]

    /// Reads a path with `/`; nil if no convention has such a name.
    package static func read(_ path: String) -> MigrationName? {
        let suffix = RelativePath.suffix(path)
        guard suffixes.contains(suffix) else { return nil }
        let parts = RelativePath.segments(path)
        guard let file = parts.last else { return nil }
        let folders = Array(parts.dropLast())
        let words = file.utf8.split(separator: 0x2E, omittingEmptySubsequences: false).map { String(Substring($0)) }
        guard words.count >= 2 else { return nil }
        switch suffix {
        case "sql", "go", "fizz", "cql", "ddl", "tmpl": break
        case "rb", "py": return readSource(folders, words, suffix)
        case "xml", "yaml", "yml": return readChangeLog(folders, words)
        default: return nil
        }
        if let name = readVersionFolder(folders, file) ?? readMarked(folders, words) ?? readFlyway(folders, file) { return name }
        return suffix == "sql" ? readPlain(folders, words) : nil
    }

    // MARK: The conventions

    /// diesel's and Hasura's `up.sql` and `down.sql`, Prisma's `migration.sql`, each in the folder of its version.
    private static func readVersionFolder(_ folders: [String], _ file: String) -> MigrationName? {
        guard let folder = folders.last, let (version, title) = splitVersion(folder) else { return nil }
        let container = folders.dropLast().joined(separator: "/")
        let dialect = SQLDialect.named(inPath: container)
        switch file.lowercased() {
        case "up.sql": return MigrationName(container, .diesel, .up, version, title, dialect)
        case "down.sql": return MigrationName(container, .diesel, .down, version, title, dialect)
        case "migration.sql": return MigrationName(container, .prisma, .up, version, title, dialect)
        default: return nil
        }
    }

    /// `1_title.up.sql`, `1_title.postgres.autocommit.down.sql`, `1_title.down.go`.
    private static func readMarked(_ folders: [String], _ words: [String]) -> MigrationName? {
        guard words.count >= 3, let mark = words.indices.dropFirst().dropLast().last(where: { ["up", "down"].contains(words[$0].lowercased()) }) else {
            return nil
        }
        let (version, title) = splitVersion(words[0]) ?? splitVersion(afterLetter: words[0], rest: words[1]) ?? (nil, words[0])
        var name = MigrationName("", .golangMigrate, words[mark].lowercased() == "up" ? .up : .down, version, title, nil)
        for word in words[1...] {
            if word.lowercased() == "autocommit" { name.isAutocommit = true }
            guard let dialect = SQLDialect(word: word) else { continue }
            name.dialect = dialect
            name.variant = word.lowercased()
        }
        if words.last == "fizz" || name.isAutocommit || name.dialect != nil && (version?.parts.first?.utf8.count ?? 0) >= 14 { name.layout = .pop }
        return name.placed(in: folders)
    }

    /// `V1_2__title.sql`, `U1.2__title.sql`, `R__title.sql`, `B1__title.sql`.
    private static func readFlyway(_ folders: [String], _ file: String) -> MigrationName? {
        let bytes = Array(file.utf8)
        guard let first = bytes.first, let bar = bytes.indices.dropLast().first(where: { bytes[$0] == 0x5F && bytes[$0 + 1] == 0x5F }), bar > 0 else {
            return nil
        }
        let role: Role
        switch first {
        case 0x56, 0x42: role = .up
        case 0x55: role = .down
        case 0x52: role = .repeatable
        default: return nil
        }
        let digits = bytes[1..<bar]
        guard digits.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x5F }), digits.isEmpty == (role == .repeatable) else { return nil }
        let title = bytes[(bar + 2)...].split(separator: 0x2E).first.map { String(decoding: $0, as: UTF8.self) } ?? ""
        let parts = digits.split { $0 == 0x2E || $0 == 0x5F }.map { String(decoding: $0, as: UTF8.self) }
        let version = MigrationVersion(parts).withoutTrailingZeros
        var name = MigrationName("", .flyway, role, role == .repeatable ? nil : version, title, nil)
        name.dialect = SQLDialect.named(inPath: folders.joined(separator: "/"))
        let isNumbered = folders.last.map { splitVersion($0)?.title.isEmpty ?? false } ?? false
        name.container = (isNumbered ? folders.dropLast() : folders[...]).joined(separator: "/")
        return name
    }

    private static func readSource(_ folders: [String], _ words: [String], _ suffix: String) -> MigrationName? {
        let stem = words[0]
        let container = folders.joined(separator: "/")
        if suffix == "rb" {
            guard folders.contains(where: { $0 == "migrate" || $0 == "post_migrate" }), let (version, title) = splitVersion(stem) else { return nil }
            return MigrationName(container, .rails, .both, version, title, nil)
        }
        guard stem != "__init__", stem != "env" else { return nil }
        let version = splitVersion(stem)?.version
        let layout: MigrationLayout
        switch folders.last {
        case "migrations": layout = .django
        case "versions": layout = .alembic
        default:
            guard folders.contains(where: { ["alembic", "migrations", "versions"].contains($0) }) else { return nil }
            layout = .alembic
        }
        var name = MigrationName(container, layout, .both, version, stem, nil)
        name.needsContent = true
        return name
    }

    private static func readChangeLog(_ folders: [String], _ words: [String]) -> MigrationName? {
        var name = MigrationName(folders.joined(separator: "/"), .liquibase, .both, nil, words[0], nil)
        name.needsContent = true
        return name
    }

    // MARK: Pieces

    init(_ container: String, _ layout: MigrationLayout, _ role: Role, _ version: MigrationVersion?, _ title: String, _ dialect: SQLDialect?) {
        self.container = container
        self.layout = layout
        self.role = role
        self.version = version
        self.title = title
        self.dialect = dialect
    }

    /// In the folder, or, where that is numbered itself (`99/01_x.up.sql`), in the one above with both numbers.
    func placed(in folders: [String]) -> MigrationName {
        var name = self
        name.container = folders.joined(separator: "/")
        if let folder = folders.last, let (outer, title) = MigrationName.splitVersion(folder), title.isEmpty, let version {
            name.container = folders.dropLast().joined(separator: "/")
            name.version = MigrationVersion(outer.parts + version.parts)
        }
        if name.dialect == nil { name.dialect = SQLDialect.named(inPath: name.container) }
        return name
    }

    /// `V0007` before `.title` → its number, with the title that follows.
    private static func splitVersion(afterLetter stem: String, rest: String) -> (MigrationVersion?, String)? {
        guard stem.first == "V" || stem.first == "v", let (version, title) = splitVersion(String(stem.dropFirst())) else { return nil }
        return (version, title.isEmpty ? rest : title)
    }

    /// `2020-10-07-234221_fix` → its number and its title; nil if it does not begin with a digit.
    static func splitVersion(_ stem: String) -> (version: MigrationVersion, title: String)? {
        let bytes = Array(stem.utf8)
        var index = 0
        var parts: [String] = []
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
            let start = index
            while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
            parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
            guard index + 1 < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2E, (0x30...0x39).contains(bytes[index + 1]) else { break }
            index += 1
        }
        guard !parts.isEmpty else { return nil }
        // diesel leaves the dashes of a moment out: 2017-09-23-210614 is later than 20140930082104.
        if parts.count >= 4, zip(parts, [4, 2, 2, 6]).allSatisfy({ $0.utf8.count == $1 }) { parts[..<4] = [parts[..<4].joined()] }
        let title = bytes[index...].drop { $0 == 0x5F || $0 == 0x2D || $0 == 0x2E || $0 == 0x20 }
        return (MigrationVersion(parts), String(decoding: title, as: UTF8.self))
    }
}
