import InvarCore

extension MigrationFile {
    static func readLiquibaseXML(_ path: String, _ name: MigrationName, _ bytes: [UInt8], _ dialect: SQLDialect?) -> MigrationFile? {
        guard String(decoding: bytes.prefix(8_192), as: UTF8.self).holds("databaseChangeLog") else { return nil }
        let xml = LiquibaseXML(bytes)
        return file(path, name, LiquibaseReader(xml.nodes, masked: xml.masked).changeSets, dialect)
    }

    static func readLiquibaseYAML(_ path: String, _ name: MigrationName, _ bytes: [UInt8], _ dialect: SQLDialect?) -> MigrationFile? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.holds("databaseChangeLog"), let root = try? YAML.parse(text), root["databaseChangeLog"] != nil else { return nil }
        return file(path, name, LiquibaseReader(LiquibaseYAML(root, bytes).nodes, masked: []).changeSets, dialect)
    }

    static func readLiquibaseSQL(_ path: String, _ name: MigrationName, _ bytes: [UInt8], _ dialect: SQLDialect?) -> MigrationFile? {
        guard LiquibaseSQL.isFormatted(bytes) else { return nil }
        let dialect = dialect ?? name.dialect ?? SQLDialect.Cues(bytes).dialect
        return file(path, name, LiquibaseSQL(bytes, dialect).changeSets, dialect)
    }

    /// Puts the changesets of a file together; its way back is that of the one that lacks most.
    private static func file(_ path: String, _ name: MigrationName, _ changeSets: [ChangeSet], _ dialect: SQLDialect?) -> MigrationFile {
        var name = name
        name.layout = .liquibase
        name.role = .both
        name.needsContent = false
        var file = MigrationFile(
            path: path, name: name, dialect: dialect ?? name.dialect ?? .unknown, transaction: .wrapped, up: SQLScript(dialect: dialect ?? .unknown),
            down: SQLScript(dialect: dialect ?? .unknown), wayBack: .derived)
        for set in changeSets {
            file.up.append(set.up)
            file.down.append(set.down)
        }
        for state in [WayBack.missing, .declaredEmpty, .given] where changeSets.contains(where: { $0.wayBack == state && !$0.isRepeatable }) {
            file.wayBack = state
            break
        }
        if !changeSets.isEmpty, changeSets.allSatisfy(\.isUnwrapped) { file.transaction = .unwrapped }
        file.changeSets = changeSets
        return file
    }
}
