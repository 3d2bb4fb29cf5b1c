import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlRenameEnumOrSchema = Rule(
        id: "sql/rename-enum-or-schema",
        title: Wording(en: "an enum value, a type, a schema or another object that is renamed", ja: "列挙値・型・スキーマなどの改名"),
        why: Wording(
            en: """
                The version that still runs writes the old value or names the old object, and PostgreSQL refuses it; what it reads it does not know. Add \
                the new beside the old and let both live until no version uses the old.
                """,
            ja: """
                まだ動いている旧バージョンは古い値や名前を使い続け、PostgreSQL に拒否されます。読み出した新しい値も解釈できません。\
                新しいものを並べて追加し、古いものを使うバージョンがなくなるまで両方を残します。
                """),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example("ALTER TYPE order_state ↓RENAME VALUE 'shipped' TO 'sent';\n", at: "db/migrations/000002_state.up.sql", with: [SampleMigrations.down]),
            Example("ALTER SCHEMA billing ↓RENAME TO invoicing; -- 請求モジュールの改称\n", at: "db/migrations/000002_schema.up.sql", with: [SampleMigrations.down]),
            Example("ALTER SEQUENCE invoice_no ↓RENAME TO invoice_number;\n", at: "db/migrations/000002_sequence.up.sql", with: [SampleMigrations.down]),
        ],
        conforming: [
            Example("ALTER TYPE order_state ADD VALUE 'sent';\n", at: "db/migrations/000002_state.up.sql", with: [SampleMigrations.down]),
            Example(
                "CREATE TYPE mood_next AS ENUM ('good');\nALTER TYPE mood_next RENAME TO mood;\n", at: "db/migrations/000002_mood.up.sql",
                with: [SampleMigrations.down]),
            Example(
                "ALTER TYPE mood RENAME TO mood_old;\nCREATE TYPE mood AS ENUM ('good', 'bad'); -- 同じ名前で作り直す\n", at: "db/migrations/000002_mood.up.sql",
                with: [SampleMigrations.down]),
            Example("ALTER INDEX users_idx RENAME TO users_name_idx;\n", at: "db/migrations/000002_index.up.sql", with: [SampleMigrations.down]),
        ],
        matcher: .migration { step in
            guard step.dialect.mayBePostgreSQL else { return [] }
            let known = ObjectLifespan(step.script)
            return step.matches(.renameEnumValue, .renameObject) { index, action in
                if action.kind == .renameEnumValue { return known.isOwn(index) ? nil : value(action, step) }
                guard let object = action.object, let word = word(object), !known.isOwn(index), !known.standsAgain(index) else { return nil }
                let (name, new) = (step.table(of: action), step.newName(of: action))
                return step.match(
                    action, .warning,
                    Wording(
                        en: "renames \(word.en) \(name.plain) to \(new.plain): the version that still runs asks for \(name.plain)",
                        ja: "\(word.ja) \(name.plain) を \(new.plain) に改名します。稼働中の旧バージョンは \(name.plain) を参照し続けます"),
                    hint: StagedChange(
                        en: "make the new one beside the old, move the application over, and drop the old one a release later",
                        ja: "新しい名前で別に作り、アプリを移してから、次のリリースで元のものを削除してください"
                    ).hintOrException)
            }
        })

    private static func value(_ action: SQLAction, _ step: MigrationStep) -> Match {
        let type = step.table(of: action)
        let (old, new) = (step.name(of: action).plain, step.newName(of: action).plain)
        return step.match(
            action, .warning,
            Wording(
                en: "renames value \(old) of \(type.plain) to \(new): the version that still runs writes \(old) and does not know \(new)",
                ja: "\(type.plain) の値 \(old) を \(new) に改名します。稼働中の旧バージョンは \(old) を書き込み、\(new) を解釈できません"),
            hint: StagedChange(
                en: "add the new value, teach every version to read both, and only then write it", ja: "新しい値を追加し、すべてのバージョンが両方を読めるようになってから書いてください"
            ).step(
                en: "release 1: all versions read both", ja: "リリース 1: 両方を読めるようにする"
            ).sql("ALTER TYPE \(type.quoted) ADD VALUE '\(new)'").step(
                en: "release 2: the application writes \(new); then in batches, for each column of that type",
                ja: "リリース 2: アプリは \(new) を書く。その後、この型の列ごとに少しずつ"
            ).sql(
                en: "UPDATE <table> SET <column> = '\(new)' WHERE <column> = '\(old)'", ja: "UPDATE <テーブル> SET <列> = '\(new)' WHERE <列> = '\(old)'"
            ).hintOrException)
    }

    private static func word(_ object: SQLAction.Object) -> Wording? {
        switch object {
        case .view: Wording(en: "view", ja: "ビュー")
        case .materializedView: Wording(en: "materialized view", ja: "マテリアライズドビュー")
        case .type: Wording(en: "type", ja: "型")
        case .domain: Wording(en: "domain", ja: "ドメイン")
        case .schema: Wording(en: "schema", ja: "スキーマ")
        case .sequence: Wording(en: "sequence", ja: "シーケンス")
        case .function: Wording(en: "function", ja: "関数")
        case .procedure: Wording(en: "procedure", ja: "プロシージャ")
        default: nil
        }
    }
}
