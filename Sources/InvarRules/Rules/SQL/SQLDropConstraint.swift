import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlDropConstraint = Rule(
        id: "sql/drop-constraint",
        title: Wording(en: "a constraint or a unique index that is dropped", ja: "制約・一意インデックスの削除"),
        why: Wording(
            en: """
                What the database refused so far it now takes: the version that still runs may rest on that, and rows that break the rule cannot be \
                brought under it again. A unique key is often what makes a repeated request or job harmless.
                """,
            ja: """
                これまでデータベースが拒否していた行が入るようになります。稼働中の旧バージョンがそれを前提にしていることもあり、いったん入った不正な行があると\
                制約は付け直せません。一意キーは、再送や再実行を無害にする要であることが多いものです。
                """),
        invariant: "INV-OPS-003", severity: .note,
        violating: [
            Example("ALTER TABLE orders ↓DROP CONSTRAINT orders_user_fk;\n", at: "db/migrations/000002_fk.up.sql", with: [SampleMigrations.down]),
            Example(
                "-- 冪等キーの一意制約を外す\n↓DROP INDEX payments_request_key;\n", at: "migrations/0002_payments.sql",
                with: [
                    (
                        "migrations/0001_payments.sql",
                        "CREATE TABLE payments (request_id uuid);\nCREATE UNIQUE INDEX payments_request_key ON payments (request_id);\n"
                    )
                ], skipping: [.exception: "a key that a request is known by guards another invariant"]),
            Example("ALTER TABLE `users` ↓DROP FOREIGN KEY `fk_team`;\n", at: "db/migrations/000002_team.up.sql", with: [SampleMigrations.down]),
        ],
        conforming: [
            Example(
                "ALTER TABLE orders DROP CONSTRAINT orders_user_fk;\nALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID;\n",
                at: "db/migrations/000002_fk.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE orders DROP CONSTRAINT orders_shop_id_fkey;\nALTER TABLE orders DROP COLUMN shop_id; -- 列ごと削除\n",
                at: "db/migrations/000002_shop.up.sql", with: [SampleMigrations.down]),
            Example("DROP INDEX users_name_idx;\n", at: "db/migrations/000002_index.up.sql", with: [SampleMigrations.down]),
            Example(
                "CREATE TABLE marks (n int, CONSTRAINT n_small CHECK (n < 9));\nALTER TABLE marks DROP CONSTRAINT n_small;\n",
                at: "db/migrations/000002_marks.up.sql", with: [SampleMigrations.down]),
        ],
        matcher: .migration { step in
            let later = LaterKeys(step.script)
            return step.matchesWithSchema(.dropConstraint, .dropIndex) { index, action, schema in
                guard action.object == nil, !step.lifespan.isPutBack(index) else { return nil }
                guard let dropped = DroppedKey(action, schema), !(!dropped.table.name.isEmpty && step.lifespan.isNew(dropped.table, before: index)) else {
                    return nil
                }
                guard !later.replaces(dropped, after: index) else { return nil }
                let name = action.name.isEmpty ? nil : step.name(of: action)
                let table = step.written(
                    dropped.table, in: 0..<0,
                    or: step.script.statements.indices.contains(action.statement) ? step.script.statements[action.statement].span : nil)
                let guardsRepeats = dropped.kind == .unique && dropped.columns.contains(where: DroppedKey.isIdentity)
                var match = step.match(
                    action, guardsRepeats ? .warning : .note, message(dropped, name?.plain, table.plain),
                    hint: StagedChange(
                        en: "drop it only when no version rests on it; to change it, add the new one first",
                        ja: "どのバージョンも前提にしなくなってから削除してください。変更が目的なら、先に新しい制約を追加してください"
                    ).hintOrException)
                if guardsRepeats { match.invariant = "INV-OPS-002" }
                return match
            }
        })

    private static func message(_ dropped: DroppedKey, _ name: String?, _ table: String) -> Wording {
        let named = name.map { " \($0)" } ?? ""
        let on = table.isEmpty ? Wording("") : Wording(en: " of \(table)", ja: "\(table) の")
        let columns = dropped.columns.joined(separator: ", ")
        switch dropped.kind {
        case .unique where !columns.isEmpty:
            return Wording(
                en: "drops the unique key\(named)\(on.en) on \(columns): a repeated insert is no longer refused",
                ja: "\(on.ja)一意キー\(named)（\(columns)）を削除します。同じ行が重ねて INSERT されても拒否されなくなります")
        case .unique:
            return Wording(
                en: "drops the unique key\(named)\(on.en): a repeated insert is no longer refused",
                ja: "\(on.ja)一意キー\(named) を削除します。同じ行が重ねて INSERT されても拒否されなくなります")
        case .primaryKey:
            return Wording(
                en: "drops the primary key\(named)\(on.en): rows can no longer be told apart", ja: "\(on.ja)主キー\(named) を削除します。行を区別できなくなります")
        case .foreignKey:
            return Wording(
                en: "drops the foreign key\(named)\(on.en): rows may point to nothing", ja: "\(on.ja)外部キー\(named) を削除します。参照先のない行が入るようになります")
        default:
            return Wording(
                en: "drops the constraint\(named)\(on.en): what it refused is taken from now on", ja: "\(on.ja)制約\(named) を削除します。これまで拒否していた値が入るようになります")
        }
    }
}
