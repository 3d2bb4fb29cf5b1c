import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlDownDoesNotUndo = Rule(
        id: "sql/down-does-not-undo",
        title: Wording(en: "a way back that leaves something undone", ja: "元へ戻しきらない戻し方"),
        why: Wording(
            en: """
                After going back, a table or column is still there, or still gone. The next way forth fails with "already exists", and the application of the \
                earlier version does not find what it reads. Tables and columns that were created, dropped or renamed are compared; an inverse in a DO block counts.
                """,
            ja: """
                戻したあとも、作った表や列が残っている、または消した表や列が戻っていません。次に進めるときに「already exists」で失敗し、前の版のアプリは\
                読むはずのものを見つけられません。作成・削除・改名された表と列を比べます。DO ブロックの中で戻していても数えます。
                """),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example(
                "CREATE TABLE carts (id bigint);\n↓CREATE TABLE cart_items (cart_id bigint);\n", at: "db/migrations/000002_carts.up.sql",
                with: [("db/migrations/000002_carts.down.sql", "-- 明細の表を消し忘れている\nDROP TABLE carts;\n")], skipping: SampleMigrations.paired),
            Example(
                files: [
                    ("m/2026-04-01-000000_name/up.sql", "ALTER TABLE users ↓RENAME COLUMN name TO full_name, ↓ADD COLUMN kana text;\n"),
                    ("m/2026-04-01-000000_name/down.sql", "ALTER TABLE users ALTER COLUMN full_name DROP NOT NULL;\n"),
                ], skipping: SampleMigrations.paired),
            Example(
                "-- +goose Up\nALTER TABLE users ↓DROP COLUMN fax;\n-- +goose Down\nALTER TABLE users ADD COLUMN phone text;\n",
                at: "db/migrations/00003_fax.sql", skipping: SampleMigrations.paired),
        ],
        conforming: [
            Example(
                "CREATE TABLE carts (id bigint);\nCREATE TABLE work (id bigint);\nDROP TABLE work;\n", at: "db/migrations/000002_carts.up.sql",
                with: [("db/migrations/000002_carts.down.sql", "DO $$ BEGIN\n  DROP TABLE IF EXISTS carts;\nEND $$;\n")]),
            Example(
                "CREATE SCHEMA audit;\nCREATE TABLE audit.log (id bigint);\n", at: "db/migrations/000003_audit.up.sql",
                with: [("db/migrations/000003_audit.down.sql", "DROP SCHEMA audit CASCADE;\n")]),
            Example(
                "ALTER TABLE users RENAME TO members;\nALTER TABLE members ADD COLUMN kana text;\n", at: "db/migrations/000004_members.up.sql",
                with: [("db/migrations/000004_members.down.sql", "ALTER TABLE members DROP COLUMN kana;\nALTER TABLE members RENAME TO users;\n")]),
            Example(files: SampleMigrations.split),
            Example(
                "ALTER TABLE t DROP COLUMN at;\nALTER TABLE t ADD COLUMN at timestamptz;\n", at: "db/migrations/000006_t.up.sql",
                with: [("db/migrations/000006_t.down.sql", "ALTER TABLE t DROP COLUMN at;\nALTER TABLE t ADD COLUMN at bigint;\n")]),
            Example(
                "CREATE TABLE t (id bigint);\n", at: "db/migrations/000005_t.up.sql",
                with: [("db/migrations/000005_t.down.sql", "{{ template \"drop\" . }}\nSELECT 1;\n")]),
        ],
        matcher: .group(.migrations) { group, _ in
            MigrationPairs.all(in: group.migrations).flatMap { folder in
                let split = SplitDowns(in: folder)
                var matches: [Match] = []
                var ordinal = 0
                folder.forEach { pair, history in
                    let missing = split.leftOver[ordinal] ?? []
                    ordinal += 1
                    guard pair.wayBack == .given else { return }
                    for index in missing { matches.append(leftOver(index, pair, history)) }
                }
                return matches
            }
        })

    private static func leftOver(_ index: Int, _ pair: MigrationPair, _ history: SchemaHistory) -> Match {
        let action = pair.up.actions[index]
        let undo = UndoStatements(of: pair.up, in: pair.artifact.bytes, history: history, only: [index])
        let place = pair.wayBackFile.map { Wording(en: "add to \($0)", ja: "\($0) に次の文を足してください") } ?? Wording(en: "add to the way back", ja: "戻し方に次の文を足してください")
        var match = pair.match(action, leftOver(action), hint: place + Wording("\n") + undo.text)
        match.causes = pair.downArtifacts.map(\.path).filter { $0 != pair.artifact.path }
        if pair.wayBackFile == nil { match.scope = 1...max(1, pair.artifact.lines.count) }
        if let place = pair.wayBackPlace { match.related = [Match.Related(place: place, message: Wording(en: "the way back", ja: "戻し方"))] }
        return match
    }

    private static func leftOver(_ action: SQLAction) -> Wording {
        let table = action.table.name
        switch action.kind {
        case .createTable:
            return Wording(
                en: "the way back leaves table \(table) behind: going forth again fails on it", ja: "戻しても表 \(table) が残ります。もう一度進めると、ここで失敗します")
        case .addColumn:
            return Wording(
                en: "the way back leaves column \(action.name) of \(table) behind: going forth again fails on it",
                ja: "戻しても \(table) の列 \(action.name) が残ります。もう一度進めると、ここで失敗します")
        case .dropTable:
            return Wording(
                en: "the way back does not bring table \(table) back: the earlier application does not find it",
                ja: "戻しても表 \(table) が復元されません。前の版のアプリが読めずに失敗します")
        case .dropColumn:
            return Wording(
                en: "the way back does not bring column \(action.name) of \(table) back: the earlier application does not find it",
                ja: "戻しても \(table) の列 \(action.name) が復元されません。前の版のアプリが読めずに失敗します")
        case .renameTable:
            return Wording(
                en: "the way back does not name \(action.newName ?? "it") \(table) again: the earlier application does not find it",
                ja: "戻しても表の名前が \(action.newName ?? "") から \(table) に戻りません。前の版のアプリが読めずに失敗します")
        default:
            return Wording(
                en: "the way back does not name column \(action.newName ?? "it") of \(table) \(action.name) again: the earlier application does not find it",
                ja: "戻しても \(table) の列名が \(action.newName ?? "") から \(action.name) に戻りません。前の版のアプリが読めずに失敗します")
        }
    }
}
