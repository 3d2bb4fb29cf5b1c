import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlNotRerunnableDDL = Rule(
        id: "sql/not-rerunnable-ddl",
        title: Wording(en: "DDL outside a transaction that cannot run again", ja: "トランザクション外で再実行できない DDL"),
        why: Wording(
            en: """
                Outside a transaction, and always in MySQL, what ran before a failure stays: the second run then fails on the first statement. IF [NOT] \
                EXISTS lets it go on. An index that was built CONCURRENTLY and failed stays behind, invalid, and has to be dropped first.
                """,
            ja: """
                トランザクションの外（MySQL では常に）では、失敗する前に実行された文の結果が残り、再実行は最初の文で失敗します。IF [NOT] EXISTS があれば\
                先へ進めます。CONCURRENTLY に失敗したインデックスは無効なまま残るので、先に削除します。
                """),
        invariant: "INV-OPS-004", severity: .note, isOptIn: true,
        violating: [
            Example(
                "↓CREATE TABLE `tags` (`id` int) ENGINE=InnoDB;\n↓DROP TABLE `labels`;\n", at: "db/migrations/000002_tags.up.sql", with: [SampleMigrations.down]
            ),
            Example(
                "-- 単独で実行する\n↓CREATE INDEX CONCURRENTLY orders_at ON orders (ordered_at);\n", at: "db/migrations/000002_at.up.sql",
                with: [SampleMigrations.down]),
        ],
        conforming: [
            Example(
                "CREATE TABLE IF NOT EXISTS `tags` (`id` int) ENGINE=InnoDB;\nDROP TABLE IF EXISTS `labels`;\n", at: "db/migrations/000002_tags.up.sql",
                with: [SampleMigrations.down]),
            Example("CREATE TABLE tags (id serial);\n", at: "db/migrations/000002_tags.up.sql", with: [SampleMigrations.down]),
            Example(
                "DROP INDEX CONCURRENTLY IF EXISTS orders_at; -- 前回失敗したものを片付ける\nCREATE INDEX CONCURRENTLY orders_at ON orders (ordered_at);\n",
                at: "db/migrations/000002_at.up.sql", with: [SampleMigrations.down]),
        ],
        matcher: .migration { step in
            guard step.dialect == .mysql || isUnwrapped(step) else { return [] }
            var cleared: Set<String> = []
            return step.matches(.createTable, .dropTable, .createIndex, .dropIndex, .addColumn, .dropColumn, .createObject, .dropObject) { _, action in
                guard action.context != .routine else { return nil }
                let key = "\(action.table.name)\u{0}\(action.name)"
                let isDrop = [.dropTable, .dropIndex, .dropColumn, .dropObject].contains(action.kind)
                if isDrop { cleared.insert(action.kind == .dropIndex ? "\u{0}\(action.name)" : key) }
                let isCleared = !isDrop && cleared.contains(action.kind == .createIndex ? "\u{0}\(action.name)" : key)
                guard !isCleared, action.flags.isDisjoint(with: [.ifExists, .ifNotExists, .orReplace, .temporary]), let cure = cure(action, step) else {
                    return nil
                }
                let name = action.name.isEmpty ? step.written(action.table, in: action.span).plain : step.name(of: action).plain
                return step.match(
                    action, .note,
                    Wording(
                        en: "cannot run again after a failure: outside a transaction \(name) stays as it was left",
                        ja: "失敗後に再実行できません。トランザクションの外では \(name) が途中の状態で残ります"),
                    hint: cure)
            }
        })

    /// The file says so, or CONCURRENTLY wants it so. Flyway wraps what it can.
    private static func isUnwrapped(_ step: MigrationStep) -> Bool {
        if step.file?.transaction == .unwrapped, step.file?.layout != .flyway { return true }
        return step.script.actions.contains { $0.flags.contains(.concurrently) }
    }

    /// What to write where the dialect has a word for it; nil where it has none.
    private static func cure(_ action: SQLAction, _ step: MigrationStep) -> Wording? {
        let isMySQL = step.dialect == .mysql
        let lacksWord = isMySQL && [.addColumn, .dropColumn, .createIndex, .dropIndex].contains(action.kind)
        if lacksWord {
            guard step.script.statements.count(where: { $0.kind == .schema }) > 1 else { return nil }
            return StagedChange(en: "give it a file of its own: MySQL has no IF EXISTS here", ja: "MySQL には IF EXISTS がないため、単独のファイルに分けてください").hint
        }
        switch action.kind {
        case .createIndex where action.flags.contains(.concurrently):
            guard !action.name.isEmpty else { return nil }
            return StagedChange(
                en: "drop what a failed run left behind, then build it", ja: "失敗した実行の残りを削除してから作ってください"
            ).sql("DROP INDEX CONCURRENTLY IF EXISTS \(step.name(of: action).quoted)").hint
        case .createTable, .createIndex, .addColumn: return StagedChange(en: "write IF NOT EXISTS", ja: "IF NOT EXISTS を付けてください").hint
        case .dropTable, .dropIndex, .dropColumn, .dropObject: return StagedChange(en: "write IF EXISTS", ja: "IF EXISTS を付けてください").hint
        case .createObject:
            switch action.object {
            case .schema, .database, .sequence, .extension: return StagedChange(en: "write IF NOT EXISTS", ja: "IF NOT EXISTS を付けてください").hint
            case .view: return StagedChange(en: "write CREATE OR REPLACE", ja: "CREATE OR REPLACE を使ってください").hint
            case .function, .procedure:
                return isMySQL ? nil : StagedChange(en: "write CREATE OR REPLACE", ja: "CREATE OR REPLACE を使ってください").hint
            default: return nil
            }
        default: return nil
        }
    }
}
