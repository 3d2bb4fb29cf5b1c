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
            // The table was there before: going back does not bring the old one.
            Example(
                files: [
                    ("m/0001_offers.up.sql", "CREATE TABLE offers (id bigint, body text);\n"), ("m/0001_offers.down.sql", "DROP TABLE offers;\n"),
                    ("m/0002_offers.up.sql", "↓DROP TABLE offers;\nCREATE TABLE offers (id bigint, title text);\n"),
                    ("m/0002_offers.down.sql", "DROP TABLE offers;\n"),
                ], skipping: SampleMigrations.paired),
            // Made anew, with a column less.
            Example(
                files: [
                    ("m/0001_roles.up.sql", "CREATE TABLE roles (id bigint, name text, is_admin boolean);\n"), ("m/0001_roles.down.sql", "DROP TABLE roles;\n"),
                    ("m/0002_no_roles.up.sql", "↓DROP TABLE roles;\n"), ("m/0002_no_roles.down.sql", "CREATE TABLE roles (id bigint, name text);\n"),
                ], skipping: SampleMigrations.paired),
            Example(
                files: [
                    ("m/0001_parts.up.sql", "CREATE TABLE parts (id bigint, code text);\n"), ("m/0001_parts.down.sql", "DROP TABLE parts;\n"),
                    ("m/0002_code.up.sql", "ALTER TABLE parts RENAME COLUMN code TO part_code;\n"),
                    ("m/0002_code.down.sql", "ALTER TABLE parts RENAME COLUMN part_code TO code;\nALTER TABLE parts ↓ADD COLUMN revision text;\n"),
                ], skipping: SampleMigrations.paired),
            // The order of the drops: the lines still refer to their order.
            Example(
                files: [
                    (
                        "m/0001_orders.up.sql",
                        "↓CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE TABLE order_lines (id bigint, order_id bigint REFERENCES orders (id));\n"
                    ), ("m/0001_orders.down.sql", "DROP TABLE orders;\nDROP TABLE order_lines;\n"),
                ], skipping: SampleMigrations.paired),
            Example(
                files: [
                    ("sqlite/0001_repos.up.sql", "CREATE TABLE repos (id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT);\n"),
                    ("sqlite/0001_repos.down.sql", "DROP TABLE repos;\n"),
                    (
                        "sqlite/0002_deleted.up.sql",
                        "ALTER TABLE repos ↓ADD COLUMN deleted INTEGER;\nCREATE UNIQUE INDEX repos_uid ON repos (uid, deleted);\n"
                    ), ("sqlite/0002_deleted.down.sql", "ALTER TABLE repos DROP COLUMN deleted;\nDROP INDEX repos_uid;\n"),
                ], skipping: SampleMigrations.paired),
            // The earlier version of the application asks for a status that went with its type.
            Example(
                files: [
                    ("m/0001_jobs.up.sql", "CREATE TYPE state AS ENUM ('new', 'done');\nCREATE TABLE jobs (id bigint, state state);\n"),
                    ("m/0001_jobs.down.sql", "DROP TABLE jobs;\nDROP TYPE state;\n"),
                    (
                        "m/0002_state.up.sql",
                        "CREATE TYPE state_2 AS ENUM ('new');\nALTER TABLE jobs ↓ALTER COLUMN state TYPE state_2 USING state::text::state_2;\nDROP TYPE state;\nALTER TYPE state_2 RENAME TO state;\n"
                    ),
                    (
                        "m/0002_state.down.sql",
                        "CREATE TYPE state_1 AS ENUM ('new', 'done');\nDROP TYPE state CASCADE;\nALTER TYPE state_1 RENAME TO state;\n"
                    ),
                ], skipping: SampleMigrations.paired),
        ],
        conforming: [
            // Moved out of the way, copied, dropped; and a table that nobody ever made.
            Example(
                files: [
                    ("m/0001_keys.up.sql", "CREATE TABLE keys (id bigint);\n"), ("m/0001_keys.down.sql", "DROP TABLE keys;\n"),
                    (
                        "m/0002_devices.up.sql",
                        "ALTER TABLE keys RENAME TO bak_keys;\nCREATE TABLE devices (id bigint);\nINSERT INTO devices SELECT id FROM bak_keys;\nDROP TABLE IF EXISTS bak_keys;\nDROP TABLE IF EXISTS old_keys;\n"
                    ),
                    (
                        "m/0002_devices.down.sql",
                        "CREATE TABLE keys (id bigint);\nINSERT INTO keys SELECT id FROM devices;\nDROP TABLE devices;\n"
                    ),
                ]),
            // In case: the table and the column were there before.
            Example(
                files: [
                    ("m/0001_meta.up.sql", "CREATE TABLE meta (id bigint, pruned_at timestamptz);\n"), ("m/0001_meta.down.sql", "DROP TABLE meta;\n"),
                    (
                        "m/0002_meta.up.sql",
                        "CREATE TABLE IF NOT EXISTS meta (id bigint, pruned_at timestamptz);\nALTER TABLE meta ADD COLUMN IF NOT EXISTS pruned_at timestamptz;\nALTER TABLE meta ADD COLUMN note text;\n"
                    ), ("m/0002_meta.down.sql", "ALTER TABLE meta DROP COLUMN note;\n"),
                    ("m/0003_meta.up.sql", "ALTER TABLE meta DROP COLUMN IF EXISTS old_note;\nALTER TABLE meta ADD COLUMN kana text;\n"),
                    ("m/0003_meta.down.sql", "ALTER TABLE meta DROP COLUMN kana;\n"),
                ]),
            Example(
                files: [
                    (
                        "m/0001_orders.up.sql",
                        "CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE TABLE order_lines (id bigint, order_id bigint REFERENCES orders (id));\n"
                    ), ("m/0001_orders.down.sql", "DROP TABLE orders, order_lines;\n"),
                    (
                        "m/0002_carts.up.sql",
                        "CREATE TABLE carts (id bigint);\nCREATE TABLE cart_lines (cart_id bigint, CONSTRAINT of_cart FOREIGN KEY (cart_id) REFERENCES carts (id));\n"
                    ), ("m/0002_carts.down.sql", "ALTER TABLE cart_lines DROP CONSTRAINT of_cart;\nDROP TABLE carts;\nDROP TABLE cart_lines;\n"),
                ]),
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
            group.waysBack.flatMap { folder in
                let given = folder.pairs.indices.filter { folder.pairs[$0].wayBack == .given }
                var matches: [Match] = []
                folder.forEach(Set(given)) { index, pair, history in
                    let gaps = WayBackGaps(
                        pair, leftOver: folder.split.leftOver[index] ?? [],
                        isShared: folder.split.shared.contains(index),
                        dialect: folder.dialect(of: pair), history)
                    for gap in gaps.found { matches.append(doesNotUndo(gap, pair)) }
                }
                return matches
            }
        })

    private static func doesNotUndo(_ gap: WayBackGaps.Gap, _ pair: MigrationPair) -> Match {
        let place = pair.wayBackFile.map { Wording(en: "in \($0)", ja: "\($0) を直してください") } ?? Wording(en: "in the way back", ja: "戻し方を直してください")
        let hint = gap.advice + Wording(en: " ", ja: "。") + place + Wording("\n") + gap.statements
        guard case .forth(let index) = gap.place else {
            // What the way back does of its own accord stands there.
            guard case .back(let index) = gap.place, let artifact = pair.downArtifacts.first else { return pair.matchAtStart(gap.message, hint: hint) }
            let action = pair.down.actions[index]
            var match = artifact.match(over: action.span, gap.message, hint: hint)
            match.key = gap.message.en
            match.causes = [pair.artifact.path]
            match.related = [
                Match.Related(place: Place(path: pair.artifact.path, position: Position(line: 1)), message: Wording(en: "the way forth", ja: "進める側"))
            ]
            return match
        }
        var match = pair.match(pair.up.actions[index], gap.message, hint: hint)
        match.causes = pair.downArtifacts.map(\.path).filter { $0 != pair.artifact.path }
        if pair.wayBackFile == nil { match.scope = 1...max(1, pair.artifact.lines.count) }
        if let place = pair.wayBackPlace { match.related = [Match.Related(place: place, message: Wording(en: "the way back", ja: "戻し方"))] }
        return match
    }
}
