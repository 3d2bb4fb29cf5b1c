import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlBlockingIndex = Rule(
        id: "sql/blocking-index",
        title: Wording(en: "an index made, dropped or rebuilt under a lock", ja: "ロックを取るインデックス操作"),
        why: Wording(
            en: """
                While PostgreSQL builds an index, every INSERT, UPDATE and DELETE of every version waits; CONCURRENTLY takes longer and blocks nobody. MySQL \
                builds indexes online unless ALGORITHM or LOCK says otherwise.
                """,
            ja: """
                PostgreSQL がインデックスを作る間、どのバージョンの INSERT・UPDATE・DELETE も待たされます。CONCURRENTLY なら時間はかかりますが誰も止めません。\
                MySQL は ALGORITHM や LOCK の指定がなければオンラインで作ります。
                """),
        invariant: "INV-OPS-003", severity: .warning, isOptIn: true,
        violating: [
            Example("↓CREATE INDEX orders_at_idx ON orders (ordered_at);\n", at: "db/migrations/000002_at.up.sql", with: [SampleMigrations.down]),
            Example("↓DROP INDEX orders_at_idx; -- 使われていない\n↓REINDEX TABLE orders;\n", at: "db/migrations/000002_at.up.sql", with: [SampleMigrations.down]),
            Example(
                "↓CREATE INDEX `orders_at` ON `orders` (`ordered_at`) ALGORITHM=COPY;\n", at: "db/migrations/000002_at.up.sql", with: [SampleMigrations.down]),
        ],
        conforming: [
            Example("CREATE INDEX CONCURRENTLY orders_at_idx ON orders (ordered_at);\n", at: "db/migrations/000002_at.up.sql", with: [SampleMigrations.down]),
            Example(
                "CREATE TABLE carts (id int);\nCREATE INDEX carts_idx ON carts (id); -- 新しい表\n", at: "db/migrations/000002_carts.up.sql",
                with: [SampleMigrations.down]),
            Example("CREATE INDEX `orders_at` ON `orders` (`ordered_at`);\n", at: "db/migrations/000002_at.up.sql", with: [SampleMigrations.down]),
        ],
        matcher: .migration { step in
            guard step.dialect.mayBePostgreSQL || step.dialect == .mysql else { return [] }
            let known = ObjectLifespan(step.script)
            var own: Set<String> = []
            return step.matches(.createIndex, .dropIndex, .reindex) { index, action in
                let isNew = !action.table.name.isEmpty && (step.isOnNewTable(action, at: index) || known.makesView(action.table))
                defer { if action.kind == .createIndex { own.insert(action.name) } }
                guard !isNew, !action.flags.contains(.concurrently) else { return nil }
                let blocks = action.index?.blocksByOption ?? false
                guard blocks || step.dialect.mayBePostgreSQL && !step.hasTemplate(behind: action) else { return nil }
                if action.kind == .dropIndex, own.contains(action.name) { return nil }
                return match(action, step)
            }
        })

    private static func match(_ action: SQLAction, _ step: MigrationStep) -> Match {
        let name = action.name.isEmpty ? "" : step.name(of: action).plain
        let statement = step.script.statements.indices.contains(action.statement) ? step.script.statements[action.statement].span : action.span
        let table = action.table.name.isEmpty ? nil : step.written(action.table, in: statement)
        let on = table.map { Wording(en: " on \($0.plain)", ja: "\($0.plain) の") } ?? Wording("")
        let message: Wording =
            switch action.kind {
            case .createIndex:
                Wording(en: "builds index \(name)\(on.en) under a lock: every writer waits", ja: "\(on.ja)インデックス \(name) をロックしたまま作ります。書き込みはすべて待たされます")
            case .dropIndex:
                Wording(
                    en: "drops index \(name)\(on.en) under a lock: it waits for every query, and all behind it wait",
                    ja: "\(on.ja)インデックス \(name) をロックを取って削除します。実行中のクエリを待ち、後続もすべて待たされます")
            default:
                Wording(
                    en: "rebuilds \(name.isEmpty ? table?.plain ?? "" : name) under a lock: every writer waits",
                    ja: "\(name.isEmpty ? table?.plain ?? "" : name) をロックしたまま再構築します。書き込みはすべて待たされます")
            }
        let text = String(decoding: step.artifact.bytes[statement.clamped(to: 0..<step.artifact.bytes.count)].prefix(400), as: UTF8.self)
        let change = StagedChange(
            en: "do it CONCURRENTLY, in a migration of its own that runs outside a transaction", ja: "CONCURRENTLY を付け、トランザクションの外で動く単独のマイグレーションにしてください")
        guard step.dialect.mayBePostgreSQL, statement.count <= 400 else { return step.match(action, .warning, message, hint: change.hintOrException) }
        return step.match(action, .warning, message, hint: change.sql(concurrent(text)).hintOrException)
    }

    /// The statement with the word that is missing behind `INDEX` or `TABLE`.
    private static func concurrent(_ statement: String) -> String {
        var words = statement.split(whereSeparator: \.isWhitespace).map(String.init)
        if let place = words.prefix(4).firstIndex(where: { ["INDEX", "TABLE", "SCHEMA", "DATABASE"].contains($0.uppercased()) }) {
            words.insert("CONCURRENTLY", at: place + 1)
        }
        return words.joined(separator: " ")
    }
}
