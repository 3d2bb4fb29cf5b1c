import InvarCore
import InvarSyntax

/// A migration that the base branch has, and that a change touches.
struct AppliedMigration {
    let path: String
    let before: Artifact
    let old: MigrationFile
    /// Its file now; nil when it was deleted.
    let after: Artifact?

    static func all(in view: ChangeView) -> [AppliedMigration] {
        touched(in: view).filter { $0.after != nil }
    }

    private static func touched(in view: ChangeView) -> [AppliedMigration] {
        // A file that was renamed and rewritten looks to git like one deleted and one added.
        let added = view.change.files.filter { $0.value.kind == .added }.keys.compactMap { path in
            MigrationName.read(path).flatMap { key($0, path) }.map { ($0, path) }
        }
        let successors = Dictionary(added) { min($0, $1) }
        let moved = movedContents(in: view)
        return view.change.files.keys.sorted().compactMap { path in
            guard let change = view.change.files[path], change.kind != .added, MigrationName.read(change.oldPath ?? path) != nil,
                let before = view.before(path), case .migration(let old) = before.content, old.isForth, old.name.role != .repeatable,
                isVersioned(old)
            else { return nil }
            if change.kind == .deleted, let next = moved[before.bytes] ?? key(old.name, path).flatMap({ successors[$0] }) {
                return AppliedMigration(path: next, before: before, old: old, after: view.after(next))
            }
            return AppliedMigration(path: path, before: before, old: old, after: view.after(path))
        }
    }

    /// The added files by what they hold: a rename that git has not been told of yet.
    private static func movedContents(in view: ChangeView) -> [[UInt8]: String] {
        guard view.change.files.values.contains(where: { $0.kind == .deleted }) else { return [:] }
        var found: [[UInt8]: String] = [:]
        for path in view.change.files.keys.sorted().reversed() where view.change.files[path]?.kind == .added && MigrationName.read(path) != nil {
            if let bytes = view.after(path)?.bytes, !bytes.isEmpty { found[bytes] = path }
        }
        return found
    }

    /// Whether some tool runs it once. A script that no convention numbers may be run by hand, again and again.
    private static func isVersioned(_ file: MigrationFile) -> Bool {
        file.layout == .liquibase ? !file.changeSets.isEmpty : file.name.version != nil || file.layout != .plain
    }

    func match(in view: ChangeView) -> Match? {
        guard let after, case .migration(let new) = after.content else { return nil }
        if let match = renamed(new, after) { return match }
        switch new.edit(since: old, bytes: after.bytes, oldBytes: before.bytes) {
        case .none: return nil
        case .textOnly: return keepsChecksum ? textOnly(after) : nil
        case .statements(let offset): return edited(after, new, offset, view)
        }
    }

    /// The tool refuses a file whose text is another, whatever it does.
    private var keepsChecksum: Bool { old.layout == .flyway || old.layout == .prisma }

    private func edited(_ after: Artifact, _ new: MigrationFile, _ offset: Int?, _ view: ChangeView) -> Match {
        let change = view.change.files[path]
        let line = change?.lines.first?.lowerBound ?? max(1, change?.deletedAfter.first ?? 1)
        let position = offset.map { after.lines.position(at: $0, in: after.bytes) } ?? Position(line: min(line, max(1, after.lines.count)))
        var match = after.match(
            at: position,
            Wording(
                en: "\(called.en) was applied already: databases that have it will not get this change",
                ja: "\(called.ja)は適用済みです。適用したデータベースには、この変更が反映されません"),
            hint: Wording(
                en: "put this file back, and make the change in a new version\ngit checkout \(view.change.base) -- \(path)",
                ja: "このファイルは元に戻し、変更は新しいバージョンに書いてください\ngit checkout \(view.change.base) -- \(path)"))
        match.key = "edited"
        match.scope = 1...max(1, after.lines.count)
        return match
    }

    private func textOnly(_ after: Artifact) -> Match {
        var match = after.match(
            at: Position(line: 1),
            Wording(
                en: "\(called.en) was applied already: its checksum changes, though only comments or white space do",
                ja: "\(called.ja)は適用済みです。変わったのはコメントや空白だけですが、チェックサムは変わります"),
            hint: Wording(
                en: "put the file back as it was, or run the tool's repair everywhere\nflyway repair", ja: "ファイルを元に戻すか、すべての環境でツールの修復を実行してください\nflyway repair"))
        match.key = "text"
        match.severity = .note
        return match
    }

    private var called: Wording {
        MigrationPair.number(of: old).map { Wording(en: "version \($0)", ja: "バージョン \($0) ") } ?? Wording(en: "\(old.name.title)", ja: "\(old.name.title) ")
    }

    /// A rename under which the tool takes it for another one.
    private func renamed(_ new: MigrationFile, _ after: Artifact) -> Match? {
        guard before.path != after.path, isOther(new) else { return nil }
        var match = after.match(
            at: Position(line: 1),
            Wording(
                en: "\(called.en) was applied as \(RelativePath.name(before.path)): under its new name it runs once more",
                ja: "\(called.ja)は \(RelativePath.name(before.path)) として適用済みです。名前を変えると、もう一度実行されます"),
            hint: Wording(en: "give it its old name back\ngit mv \(after.path) \(before.path)", ja: "元の名前に戻してください\ngit mv \(after.path) \(before.path)"))
        match.key = "renamed " + before.path
        match.scope = 1...max(1, after.lines.count)
        return match
    }

    /// Tools differ in what they know a migration by; a folder that moves as a whole is none of it.
    private func isOther(_ new: MigrationFile) -> Bool {
        switch old.layout {
        case .liquibase: return false
        case .prisma, .sqitch, .django: return old.name.title != new.name.title || old.name.version != new.name.version
        case .flyway: return old.name.version != new.name.version || old.name.title != new.name.title
        case .alembic: return false
        case .plain: return old.name.version != new.name.version || old.name.version == nil && old.name.title != new.name.title
        default: return old.name.version != new.name.version
        }
    }

    // MARK: Deleted ones

    /// More in one folder are reported as one: somebody squashed them.
    private static let apartAtMost = 3

    static func deletions(in view: ChangeView) -> [Match] {
        let gone = touched(in: view).filter { $0.after == nil }
        let folders = Dictionary(grouping: gone) { $0.old.name.container }
        return folders.keys.sorted().flatMap { folder -> [Match] in
            let members = folders[folder] ?? []
            guard members.count > apartAtMost, let first = members.first else { return members.map { $0.deleted(view.change.base) } }
            var match = first.deleted(view.change.base)
            match.message = Wording(
                en: "\(members.count) versions in \(folder) were applied and are deleted: a database that stands between them cannot go on",
                ja: "\(folder) の適用済みの \(members.count) 版が削除されています。途中の版にいるデータベースは先へ進めません")
            match.key = "deleted folder"
            match.causes = members.prefix(100).map(\.path)
            match.related = members.dropFirst().prefix(20).map {
                Match.Related(place: Place(path: $0.path, position: Position(line: 1)), message: Wording(en: "deleted, too", ja: "これも削除"))
            }
            return [match]
        }
    }

    private static func key(_ name: MigrationName, _ path: String) -> String? {
        name.version.map { [name.container, $0.description, name.role.rawValue, MigrationVariant(name, path: path).description].joined(separator: "\n") }
    }

    private func deleted(_ base: String) -> Match {
        var match = Match(
            path: path, start: Position(line: 1), end: Position(line: 1),
            message: Wording(
                en: "\(called.en) was applied and is deleted: databases keep what it did, and new ones never get it",
                ja: "\(called.ja)は適用済みですが、削除されています。既存のデータベースにはその変更が残り、新しいデータベースには入りません"),
            hint: Wording(
                en: "put it back, and undo what it did in a new version\ngit checkout \(base) -- \(path)",
                ja: "元に戻し、打ち消す変更は新しいバージョンに書いてください\ngit checkout \(base) -- \(path)"))
        match.excerpt = before.text(ofLine: 1)
        match.key = "deleted"
        match.causes = [path]
        return match
    }
}
