import InvarCore
import InvarSyntax

extension Rule {
    package static let sqlAddUnvalidatedConstraint = Rule(
        id: "sql/add-unvalidated-constraint",
        title: Wording(en: "a constraint that checks a table in use in one go", ja: "既存行をその場で検査する制約の追加"),
        why: Wording(
            en: """
                While PostgreSQL checks every row, or builds the index of a UNIQUE, every version waits for the lock; a foreign key also blocks the table \
                it points to. Add it NOT VALID and validate it in a second migration; build the index CONCURRENTLY first.
                """,
            ja: """
                PostgreSQL が全行を検査したり UNIQUE のインデックスを作ったりする間、どのバージョンもロック待ちになります。外部キーは参照先の表も止めます。\
                NOT VALID で追加して別のマイグレーションで検証し、インデックスは先に CONCURRENTLY で作ります。
                """),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example(
                "ALTER TABLE orders ↓ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id);\n", at: "db/migrations/000002_fk.up.sql",
                with: [SampleMigrations.down]),
            Example("ALTER TABLE users ↓ADD UNIQUE (email); -- 重複登録を防ぐ\n", at: "db/migrations/000002_unique.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE orders ↓ADD COLUMN shop_id bigint REFERENCES shops (id);\n", at: "db/migrations/000002_shop.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE rooms ↓ADD CONSTRAINT no_overlap EXCLUDE USING gist (period WITH &&), ↓ADD CHECK (size > 0);\n",
                at: "db/migrations/000002_rooms.up.sql", with: [SampleMigrations.down]),
            // What NOT VALID spares is paid after all: the lock is held until the transaction ends.
            Example(
                "BEGIN;\nALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\nALTER TABLE orders ↓VALIDATE CONSTRAINT orders_user_fk;\nCOMMIT;\n",
                at: "db/migrations/000002_fk.up.sql", with: [SampleMigrations.down]),
        ],
        conforming: [
            Example(
                "BEGIN;\nALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\nCOMMIT;\nALTER TABLE orders VALIDATE CONSTRAINT orders_user_fk;\n",
                at: "db/migrations/000002_fk.up.sql", with: [SampleMigrations.down]),
            Example(
                "ALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\n",
                at: "db/migrations/000002_fk.up.sql", with: [SampleMigrations.down]),
            Example(
                """
                CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email); -- トランザクションの外で
                ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;

                """, at: "db/migrations/000002_unique.up.sql", with: [SampleMigrations.down]),
            Example(
                "CREATE TABLE carts (user_id int);\nALTER TABLE carts ADD FOREIGN KEY (user_id) REFERENCES users (id);\n",
                at: "db/migrations/000002_carts.up.sql", with: [SampleMigrations.down]),
            Example("ALTER TABLE orders VALIDATE CONSTRAINT orders_user_fk;\n", at: "db/migrations/000002_validate.up.sql", with: [SampleMigrations.down]),
        ],
        matcher: .migration { step in
            guard step.dialect != .clickhouse else { return [] }
            let severity: Severity = step.dialect.mayBePostgreSQL ? .warning : .note
            return step.matches(.addConstraint, .addColumn, .validateConstraint) { index, action in
                if action.kind == .validateConstraint { return validated(action, at: index, step) }
                guard !step.isOnNewTable(action, at: index), action.object == nil, !step.hasTemplate(behind: action) else { return nil }
                guard let constraint = action.constraint ?? inline(action), isChecked(constraint) else { return nil }
                let table = step.table(of: action)
                let target = constraint.references.map { step.written($0, in: action.span).plain }
                return step.match(action, severity, message(constraint, table.plain, target), hint: hint(constraint, action, table, step))
            }
        })

    /// Validated in the transaction that adds it.
    private static func validated(_ action: SQLAction, at index: Int, _ step: MigrationStep) -> Match? {
        guard step.dialect.mayBePostgreSQL, action.inTransaction || step.file?.transaction == .wrapped else { return nil }
        let added = step.script.actions[..<index].suffix(400).last {
            $0.kind == .addConstraint && $0.name == action.name && $0.table.denotes(action.table) && $0.constraint?.isNotValid ?? false
        }
        guard let added, !step.isOnNewTable(action, at: index), !hasCommit(step, added.statement..<action.statement) else { return nil }
        let table = step.table(of: action)
        var match = step.match(
            action, .warning,
            Wording(
                en: "validates \(step.name(of: action).plain) in the transaction that adds it: all rows of \(table.plain) are read while the lock is held",
                ja: "\(step.name(of: action).plain) を、追加したのと同じトランザクションで検証しています。ロックを持ったまま \(table.plain) の全行を読みます"),
            hint: StagedChange(
                en: "validate it in the next migration, in a transaction of its own", ja: "検証は次のマイグレーションで、別のトランザクションとして行ってください"
            ).sql("ALTER TABLE \(table.quoted) VALIDATE CONSTRAINT \(step.name(of: action).quoted)").hintOrException)
        match.related = [step.related(added, Wording(en: "added here", ja: "ここで追加しています"))]
        return match
    }

    private static func hasCommit(_ step: MigrationStep, _ statements: Range<Int>) -> Bool {
        step.script.statements[statements.clamped(to: step.script.statements.indices)].contains { $0.kind == .commit && $0.context == .statement }
    }

    private static func isChecked(_ constraint: SQLConstraint) -> Bool {
        switch constraint.kind {
        case .foreignKey, .check: !constraint.isNotValid
        case .unique, .primaryKey: !constraint.usesIndex
        case .exclude: true
        case .notNull, .unknown: false
        }
    }

    /// What a new column brings along: a foreign key still blocks the table that it points to.
    private static func inline(_ action: SQLAction) -> SQLConstraint? {
        guard let column = action.column else { return nil }
        if let references = column.references { return SQLConstraint(.foreignKey, columns: [column.name], references: references) }
        return column.traits.contains(.unique) ? SQLConstraint(.unique, columns: [column.name]) : nil
    }

    private static func message(_ constraint: SQLConstraint, _ table: String, _ target: String?) -> Wording {
        switch constraint.kind {
        case .foreignKey:
            Wording(
                en: "adds a foreign key to \(table): all rows are checked under a lock, and writers of \(target ?? "the other table") wait, too",
                ja: "\(table) に外部キーを追加します。ロックしたまま全行を検査し、\(target ?? "参照先の表") への書き込みも待たされます")
        case .primaryKey:
            Wording(
                en: "adds a primary key to \(table): its index is built under a lock, and every version waits",
                ja: "\(table) に主キーを追加します。ロックしたままインデックスを作るため、どのバージョンも待たされます")
        case .unique:
            Wording(
                en: "adds a unique constraint to \(table): its index is built under a lock, and every version waits",
                ja: "\(table) に一意制約を追加します。ロックしたままインデックスを作るため、どのバージョンも待たされます")
        case .exclude:
            Wording(
                en: "adds an exclusion constraint to \(table): its index is built under a lock, and every version waits",
                ja: "\(table) に排他制約を追加します。ロックしたままインデックスを作るため、どのバージョンも待たされます")
        default:
            Wording(
                en: "adds a check to \(table): all rows are read under a lock, and the version that still runs may write what it forbids",
                ja: "\(table) に CHECK 制約を追加します。ロックしたまま全行を読み、稼働中の旧バージョンが制約に反する値を書く可能性もあります")
        }
    }

    private static func hint(_ constraint: SQLConstraint, _ action: SQLAction, _ table: WrittenName, _ step: MigrationStep) -> Wording {
        guard step.dialect.mayBePostgreSQL else {
            return StagedChange(
                en: "run it when few write, or with an online schema change tool, after every version keeps to it",
                ja: "全バージョンが制約を守るようになってから、書き込みの少ない時間か、オンラインのスキーマ変更ツールで行ってください"
            ).hintOrException
        }
        let columns = constraint.columns.map { step.written($0, in: action.span) }
        let list = columns.map(\.quoted).joined(separator: ", ")
        let plain = columns.map(\.plain)
        let given = constraint.name.isEmpty ? nil : step.written(constraint.name, in: action.span).quoted
        switch constraint.kind {
        case .unique, .primaryKey:
            let isPrimary = constraint.kind == .primaryKey
            let name = given ?? table.constraint(isPrimary ? [] : plain, isPrimary ? "pkey" : "key")
            return StagedChange(
                en: "build the index without a lock, then let the constraint take it over", ja: "先にロックなしでインデックスを作り、制約に引き継がせてください"
            ).sql(action.kind == .addColumn ? bare(action, table, step) : nil).step(
                en: "a migration of its own, outside a transaction", ja: "トランザクションの外で動く、別のマイグレーションで"
            ).sql("CREATE UNIQUE INDEX CONCURRENTLY \(name) ON \(table.quoted) (\(list))").step(en: "the next one", ja: "その次のマイグレーションで")
                .sql("ALTER TABLE \(table.quoted) ADD CONSTRAINT \(name) \(isPrimary ? "PRIMARY KEY" : "UNIQUE") USING INDEX \(name)").hintOrException
        case .exclude:
            return StagedChange(
                en: "there is no way without the lock: set a lock_timeout and run it when few write", ja: "ロックは避けられません。lock_timeout を付け、書き込みの少ない時間に実行してください"
            ).hintOrException
        default:
            let name = given ?? table.constraint(plain, constraint.kind == .check ? "check" : "fkey")
            let definition =
                constraint.kind == .foreignKey
                ? "FOREIGN KEY (\(list)) REFERENCES \(constraint.references.map { step.written($0, in: action.span).quoted } ?? "…")" : body(action, step)
            return StagedChange(
                en: "add it for new rows only, and validate the old ones in the next migration", ja: "まず新しい行だけに適用し、既存行の検証は次のマイグレーションで行ってください"
            ).sql(action.kind == .addColumn ? bare(action, table, step) : nil).sql(
                "ALTER TABLE \(table.quoted) ADD CONSTRAINT \(name) \(definition) NOT VALID"
            ).step(en: "the next migration", ja: "次のマイグレーションで").sql("ALTER TABLE \(table.quoted) VALIDATE CONSTRAINT \(name)").hintOrException
        }
    }

    private static func bare(_ action: SQLAction, _ table: WrittenName, _ step: MigrationStep) -> String {
        "ALTER TABLE \(table.quoted) ADD COLUMN \(step.name(of: action).quoted) \(action.column?.type?.description ?? "bigint")"
    }

    /// `CHECK (…)` as it is written, where it is short enough to be read again.
    private static func body(_ action: SQLAction, _ step: MigrationStep) -> String {
        let text = String(decoding: step.artifact.bytes[action.span.clamped(to: 0..<step.artifact.bytes.count)].prefix(400), as: UTF8.self)
        let lower = text.lowercased()
        guard action.span.count <= 400, let start = (lower.firstRange(of: "check (") ?? lower.firstRange(of: "check("))?.lowerBound else { return "CHECK (…)" }
        return text.dropFirst(lower.distance(from: lower.startIndex, to: start)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
