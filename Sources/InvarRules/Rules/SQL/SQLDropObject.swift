import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlDropObject = Rule(
        id: "sql/drop-object",
        title: Wording(en: "a view, type, function or other object that is dropped", ja: "ビュー・型・関数などの削除"),
        why: Wording(
            en: """
                The version that still runs names the object in its queries and fails without it. It is no harm when the same file creates it anew. A \
                schema or a database takes everything in it along.
                """,
            ja: """
                まだ動いている旧バージョンのクエリがそのオブジェクトを使っていれば失敗します。同じファイルで作り直すなら問題ありません。\
                スキーマやデータベースの削除では、その中のものがすべて失われます。
                """),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example("↓DROP VIEW monthly_sales;\n", at: "db/migrations/000002_sales.up.sql", with: [SampleMigrations.down]),
            Example("↓DROP SCHEMA legacy CASCADE; -- 旧システムのスキーマ\n", at: "db/migrations/000002_legacy.up.sql", with: [SampleMigrations.down]),
            Example(
                "↓DROP FUNCTION next_invoice_no(int);\n↓DROP TRIGGER keep_history ON orders;\n", at: "db/migrations/000002_functions.up.sql",
                with: [SampleMigrations.down]),
        ],
        conforming: [
            Example(
                "DROP VIEW monthly_sales;\nCREATE VIEW monthly_sales AS SELECT 1 AS total;\n", at: "db/migrations/000002_sales.up.sql",
                with: [SampleMigrations.down]),
            Example(
                "CREATE OR REPLACE VIEW monthly_sales AS SELECT 2 AS total;\n", at: "db/migrations/000002_sales.up.sql", with: [SampleMigrations.down]),
            Example(
                """
                -- 列挙型の値を減らすため作り直す
                ALTER TYPE state RENAME TO state_old;
                CREATE TYPE state AS ENUM ('open', 'closed');
                ALTER TABLE issues ALTER COLUMN state TYPE state USING state::text::state;
                DROP TYPE state_old;

                """, at: "db/migrations/000002_state.up.sql", with: [SampleMigrations.down]),
            Example("DROP VIEW monthly_sales;\n", at: "db/migrations/000002_sales.down.sql"),
        ],
        matcher: .migration { step in
            let known = ObjectLifespan(step.script)
            return step.matches(.dropObject, .dropAttribute) { index, action in
                if action.kind == .dropAttribute { return attribute(action, step) }
                guard let object = action.object, let word = word(object), !known.isOwn(index), !known.standsAgain(index) else { return nil }
                if !action.table.name.isEmpty, object == .trigger || object == .policy, step.isOnNewTable(action, at: index) || known.dropsTable(of: action) {
                    return nil
                }
                let name = action.name.isEmpty ? step.written(action.table, in: action.span) : step.name(of: action)
                let isWhole = object == .schema || object == .database
                let on = action.name.isEmpty || action.table.name.isEmpty ? "" : " ON " + step.written(action.table, in: 0..<0).quoted
                return step.match(
                    action, isWhole ? .error : .warning,
                    isWhole
                        ? Wording(en: "drops \(word.en) \(name.plain) with all that is in it", ja: "\(word.ja) \(name.plain) を中身ごと削除します")
                        : Wording(
                            en: "drops \(word.en) \(name.plain): the version that still runs may use it",
                            ja: "\(word.ja) \(name.plain) を削除します。稼働中の旧バージョンがまだ使っている可能性があります"),
                    hint: StagedChange(
                        en: "drop it a release after the last version that uses it; to change it, create it anew in the same file",
                        ja: "使っているバージョンがなくなった次のリリースで削除してください。変更が目的なら、同じファイルで作り直してください"
                    ).step(
                        en: "a release after the last use", ja: "最後に使うバージョンの次のリリースで"
                    ).sql("DROP \(word.en.uppercased()) \(name.quoted)\(on)").hintOrException)
            }
        })

    private static func attribute(_ action: SQLAction, _ step: MigrationStep) -> Match {
        let (type, name) = (step.table(of: action), step.name(of: action))
        return step.match(
            action, .warning,
            Wording(
                en: "drops attribute \(name.plain) of type \(type.plain): the version that still runs reads it",
                ja: "型 \(type.plain) の属性 \(name.plain) を削除します。稼働中の旧バージョンはまだこの属性を読みます"),
            hint: StagedChange(
                en: "stop using it first, and drop it a release later", ja: "先に使うのをやめ、次のリリースで削除してください"
            ).hintOrException)
    }

    private static func word(_ object: SQLAction.Object) -> Wording? {
        switch object {
        case .view: Wording(en: "view", ja: "ビュー")
        case .materializedView: Wording(en: "materialized view", ja: "マテリアライズドビュー")
        case .type: Wording(en: "type", ja: "型")
        case .schema: Wording(en: "schema", ja: "スキーマ")
        case .database: Wording(en: "database", ja: "データベース")
        case .sequence: Wording(en: "sequence", ja: "シーケンス")
        case .function: Wording(en: "function", ja: "関数")
        case .procedure: Wording(en: "procedure", ja: "プロシージャ")
        case .aggregate: Wording(en: "aggregate", ja: "集約関数")
        case .domain: Wording(en: "domain", ja: "ドメイン")
        case .extension: Wording(en: "extension", ja: "拡張")
        case .trigger: Wording(en: "trigger", ja: "トリガー")
        case .policy: Wording(en: "policy", ja: "ポリシー")
        case .event: Wording(en: "event", ja: "イベント")
        case .dictionary: Wording(en: "dictionary", ja: "ディクショナリ")
        case .role, .rule, .other: nil
        }
    }
}
