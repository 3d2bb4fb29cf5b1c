/// One file of migrations, read: what it does forth, what it says about the way back.
package struct MigrationFile: Sendable {
    /// What a file says about its own way back.
    package enum WayBack: String, Hashable, Sendable {
        /// Not here: in another file, or nowhere.
        case elsewhere
        /// A section, method or element of its own.
        case given
        /// The tool derives it from the way forth.
        case derived
        /// The section is there, and empty by declaration (`RunPython.noop`, `--rollback empty`, `pass` alone).
        case declaredEmpty
        /// It refuses: `raise`, `IrreversibleMigration`.
        case refused
        /// The tool keeps it in the file, and it is not there.
        case missing
    }

    /// A changeset of Liquibase: a unit with its own way back.
    package struct ChangeSet: Hashable, Sendable {
        /// `author:id`.
        package var id: String
        package var span: Range<Int>
        package var up: SQLScript
        package var down: SQLScript
        package var wayBack: WayBack
        package var isRepeatable: Bool
        package var isUnwrapped: Bool
    }

    /// What only migrations in a program's language have.
    package enum Program: Sendable {
        case django(DjangoMigration)
        case alembic(AlembicMigration)
        case rails(RailsMigration)
    }

    package var path: String
    package var name: MigrationName
    package var dialect: SQLDialect
    package var transaction: MigrationTransaction
    /// The way forth; for a file of the way back alone, empty.
    package var up: SQLScript
    /// The way back, from a section of this file or the whole of it.
    package var down: SQLScript
    package var wayBack: WayBack
    package var changeSets: [ChangeSet] = []
    package var program: Program?

    package var layout: MigrationLayout { name.layout }

    /// The changes that would be made by migrating forth are the file's own; those of ``down`` never count as a danger.
    package var isForth: Bool { name.role != .down && name.role != .support }

    /// Whether an action of ``up`` runs in a transaction: the script's own, or the one that the tool wraps the file in.
    package func runsInTransaction(_ action: SQLAction) -> Bool {
        switch transaction {
        case .wrapped: true
        case .wrappedIfSeveral: action.inTransaction || up.statements.count > 1
        case .unwrapped, .unknown: action.inTransaction
        }
    }

    /// Whether comparing the way back with the way forth, action by action, means something: people wrote both.
    package var spellsOutWayBack: Bool {
        switch layout {
        case .django, .liquibase: false
        case .rails: if case .rails(let program)? = program { program.hasUp && program.hasDown } else { false }
        default: true
        }
    }

    /// Reads a file; nil if neither its path nor its marks make it a migration.
    ///
    /// - Parameter dialect: what the configuration or the folder says; nil to go by the name, then by the words.
    package static func read(path: String, bytes: [UInt8], dialect: SQLDialect? = nil) -> MigrationFile? {
        guard let name = MigrationName.read(path) else { return nil }
        let suffix = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
        switch suffix {
        case "py": return readPython(path, name, bytes)
        case "rb": return readRuby(path, name, bytes)
        case "xml": return readLiquibaseXML(path, name, bytes, dialect)
        case "yaml", "yml": return readLiquibaseYAML(path, name, bytes, dialect)
        case "go", "fizz", "cql": return opaque(path, name)
        default: return readScript(path, name, bytes, dialect)
        }
    }

    /// A file in a language that is not read: it counts as a version or as a way back.
    private static func opaque(_ path: String, _ name: MigrationName) -> MigrationFile {
        MigrationFile(
            path: path, name: name, dialect: .unknown, transaction: .unknown, up: SQLScript(), down: SQLScript(),
            wayBack: name.role == .down ? .given : .elsewhere)
    }

    private static func readScript(_ path: String, _ name: MigrationName, _ bytes: [UInt8], _ given: SQLDialect?) -> MigrationFile? {
        if let file = readLiquibaseSQL(path, name, bytes, given) { return file }
        let dialect = given ?? name.dialect ?? SQLDialect.Cues(bytes).dialect
        if let sections = MigrationSections.read(bytes) { return readSections(path, name, bytes, sections, dialect) }
        guard !name.needsContent else { return nil }
        let script = SQLScript.read(bytes, dialect: dialect)
        let isDown = name.role == .down
        return MigrationFile(
            path: path, name: name, dialect: dialect, transaction: transaction(name, bytes), up: isDown ? SQLScript(dialect: dialect) : script,
            down: isDown ? script : SQLScript(dialect: dialect), wayBack: isDown ? .given : .elsewhere)
    }

    private static func readSections(
        _ path: String, _ name: MigrationName, _ bytes: [UInt8], _ sections: MigrationSections, _ dialect: SQLDialect
    ) -> MigrationFile {
        var name = name
        name.layout = sections.layout
        name.role = .both
        name.needsContent = false
        let down = SQLScript.read(bytes, ranges: sections.down, dialect: dialect)
        return MigrationFile(
            path: path, name: name, dialect: dialect, transaction: sections.isUnwrapped ? .unwrapped : .wrapped,
            up: SQLScript.read(bytes, ranges: sections.up, dialect: dialect), down: down, wayBack: sections.hasDown ? .given : .missing)
    }

    private static func transaction(_ name: MigrationName, _ bytes: [UInt8]) -> MigrationTransaction {
        if MigrationSections.isMarkedUnwrapped(bytes) { return .unwrapped }
        switch name.layout {
        case .diesel, .sqitch: return .wrapped
        case .pop: return name.isAutocommit ? .unwrapped : .wrapped
        case .golangMigrate, .prisma: return .wrappedIfSeveral
        case .flyway: return .unwrapped
        default: return .unknown
        }
    }
}

extension SQLScript {
    /// Reads several parts of a file as one script.
    package static func read(_ bytes: [UInt8], ranges: [Range<Int>], dialect: SQLDialect) -> SQLScript {
        guard let first = ranges.first else { return SQLScript(dialect: dialect) }
        var script = read(bytes, range: first, dialect: dialect)
        for range in ranges.dropFirst() { script.append(read(bytes, range: range, dialect: dialect)) }
        return script
    }

    /// Puts another script behind this one.
    package mutating func append(_ other: SQLScript) {
        let offset = statements.count
        statements += other.statements
        actions += other.actions.map { action in
            var action = action
            action.statement += offset
            return action
        }
        problems += other.problems
        hasTemplates = hasTemplates || other.hasTemplates
    }
}
