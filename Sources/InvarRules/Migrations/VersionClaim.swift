package import InvarCore
package import InvarSyntax

/// A migration's claim to be the only one of its version.
package enum VersionClaim {
    /// Whether the tool goes by the version alone: Django, Alembic and sqitch follow a plan, sql-migrate goes by the whole
    /// file name, a date before a title orders and does not number.
    package static func isExclusive(_ name: MigrationName) -> Bool {
        guard let version = name.version, name.role != .down, name.role != .support, name.role != .repeatable else { return false }
        switch name.layout {
        case .django, .alembic, .liquibase, .sqitch, .prisma, .sqlMigrate: return false
        case .plain: return !isDate(version)
        default: return true
        }
    }

    /// `2026-01-05`, `20260105`.
    private static func isDate(_ version: MigrationVersion) -> Bool {
        let parts = version.parts.compactMap { Int($0) }
        guard let first = parts.first, parts.count == version.parts.count else { return false }
        if parts.count >= 3, (1970...2200).contains(first), (1...12).contains(parts[1]), (1...31).contains(parts[2]) { return true }
        return parts.count == 1 && version.parts[0].utf8.count == 8 && (1970...2200).contains(first / 10_000)
    }

    /// What tells the claims of one folder apart: version and dialect.
    package static func key(_ name: MigrationName, path: String) -> String? {
        guard isExclusive(name), let version = name.version else { return nil }
        return [name.container, version.description, MigrationVariant(name, path: path).description].joined(separator: "\n")
    }

    /// - Parameters:
    ///   - taken: the file that has the version already.
    ///   - base: the branch that it stands on, if not here.
    package static func match(_ artifact: Artifact, _ name: MigrationName, taken: String, on base: String? = nil) -> Match {
        let version = name.version?.description ?? ""
        let file = RelativePath.name(taken)
        let message =
            base.map { base in
                Wording(
                    en: "\(base) has given version \(version) to \(file) meanwhile: after the merge a database runs only one of the two",
                    ja: "\(base) ではバージョン \(version) がすでに \(file) に使われています。マージすると片方しか実行されません")
            }
            ?? Wording(
                en: "version \(version) is taken by \(file): a database runs only one of the two", ja: "バージョン \(version) は \(file) と重なっています。片方しか実行されません")
        var match = artifact.match(
            at: Position(line: 1), message,
            hint: Wording(
                en: "give the one that is not released yet the next free version, its way back too\ngit mv \(artifact.path) …",
                ja: "まだリリースしていない方を、戻し方のファイルと一緒に、空いている次のバージョンへ付け替えてください\ngit mv \(artifact.path) …"))
        match.key = version + " " + file
        match.causes = base == nil ? [taken] : [artifact.path]
        if base == nil {
            match.related = [Match.Related(place: Place(path: taken, position: Position(line: 1)), message: Wording(en: "the same version", ja: "同じバージョン"))]
        }
        return match
    }
}
