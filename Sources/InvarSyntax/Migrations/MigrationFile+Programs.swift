import InvarCore

extension MigrationFile {
    static func readPython(_ path: String, _ name: MigrationName, _ bytes: [UInt8]) -> MigrationFile? {
        let text = String(decoding: bytes, as: UTF8.self)
        if text.holds("migrations.Migration") { return readDjango(path, name, bytes) }
        if text.holds("def upgrade("), text.holds("alembic") || text.holds("down_revision") { return readAlembic(path, name, bytes) }
        return nil
    }

    private static func readDjango(_ path: String, _ name: MigrationName, _ bytes: [UInt8]) -> MigrationFile {
        var name = name
        name.layout = .django
        name.needsContent = false
        let reader = DjangoReader(bytes)
        var program = reader.migration
        program.isAtomic = !isSet("atomic", to: "False", in: reader.source)
        let reverses = program.operations.filter { !$0.isStateOnly }.map(\.reverse)
        let wayBack: WayBack = reverses.contains(.missing) ? .missing : reverses.contains(.given) ? .given : .derived
        return MigrationFile(
            path: path, name: name, dialect: .unknown, transaction: program.isAtomic ? .wrapped : .unwrapped, up: reader.up, down: reader.down,
            wayBack: wayBack, program: .django(program))
    }

    private static func readAlembic(_ path: String, _ name: MigrationName, _ bytes: [UInt8]) -> MigrationFile {
        var name = name
        name.layout = .alembic
        name.needsContent = false
        let reader = AlembicReader(bytes)
        let wayBack: WayBack =
            switch reader.migration.downgrade {
            case .missing: .missing
            case .empty: .declaredEmpty
            case .raises: .refused
            case .acts: .given
            }
        return MigrationFile(
            path: path, name: name, dialect: .unknown, transaction: reader.migration.hasAutocommitBlock ? .unwrapped : .wrapped, up: reader.up,
            down: reader.down, wayBack: wayBack, program: .alembic(reader.migration))
    }

    static func readRuby(_ path: String, _ name: MigrationName, _ bytes: [UInt8]) -> MigrationFile? {
        guard String(decoding: bytes, as: UTF8.self).holds("Migration") else { return nil }
        let reader = RailsReader(bytes)
        let program = reader.migration
        guard program.hasUp || program.hasDown || program.hasChange else { return nil }
        let refuses = program.irreversible.contains { $0.call == "raise" }
        let wayBack: WayBack = refuses ? .refused : program.hasDown ? .given : program.hasUp ? .missing : program.irreversible.isEmpty ? .derived : .missing
        return MigrationFile(
            path: path, name: name, dialect: .unknown, transaction: program.isUnwrapped ? .unwrapped : .wrapped, up: reader.up, down: reader.down,
            wayBack: wayBack, program: .rails(program))
    }

    /// Whether a line of a Python class says `name = value`.
    private static func isSet(_ name: String, to value: String, in source: SourceReader) -> Bool {
        let tokens = source.tokens
        return tokens.indices.dropLast(2).contains { index in
            tokens[index].indentation > 0 && source.text(tokens[index].range) == name && source.text(tokens[index + 1].range) == "="
                && source.text(tokens[index + 2].range) == value
        }
    }
}
