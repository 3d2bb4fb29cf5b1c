/// Reads one statement: what kind it is, the actions in it, and the quoted bodies that are to be read next.
struct SQLStatementReader {
    var cursor: SQLCursor
    let dialect: SQLDialect
    let context: SQLAction.Context
    let statement: Int
    let inTransaction: Bool
    private(set) var kind = SQLStatement.Kind.other
    var actions: [SQLAction] = []
    var bodies: [SQLBody] = []
    /// The routines that it calls.
    var called: Set<String> = []
    /// `COPY … FROM stdin`: rows follow it.
    var readsCopyData = false

    init(_ cursor: SQLCursor, dialect: SQLDialect, context: SQLAction.Context, statement: Int, inTransaction: Bool) {
        self.cursor = cursor
        self.dialect = dialect
        self.context = context
        self.statement = statement
        self.inTransaction = inTransaction
    }

    mutating func read() {
        skipToVerb()
        kind = kindOfVerb(cursor.keyword)
        switch cursor.keyword {
        case .create: readCreate()
        case .alter: readAlter()
        case .drop: readDrop()
        case .rename: readRenameTables()
        case .exchange: readExchange()
        case .reindex: readReindex()
        case .insert, .replace: readInsert()
        case .update: readUpdate()
        case .delete: readDelete()
        case .truncate: readTruncate()
        case .merge: readMerge()
        case .copy: readCopy()
        case .load: readLoad()
        case .with: readWith()
        case .begin, .end: readFrame()
        case .do: readDo()
        case .execute, .exec, .prepare, .set, .call, .perform: readCall()
        case .select: readSelect()
        default: break
        }
    }

    private func kindOfVerb(_ keyword: SQLKeyword) -> SQLStatement.Kind {
        switch keyword {
        case .create, .alter, .drop, .rename, .exchange, .reindex, .attach, .detach, .refresh: .schema
        case .comment: .comment
        case .insert, .replace, .update, .delete, .truncate, .merge, .copy, .load: .data
        case .select, .values, .explain, .show, .describe, .perform, .with, .table: .query
        case .set, .pragma, .use, .lock, .reset, .analyze, .vacuum, .notify, .unlock, .flush, .print, .deallocate, .cluster: .setting
        case .begin, .start: .begin
        case .commit, .end: .commit
        case .rollback, .abort: cursor.keyword(ahead: 1) == .to ? .setting : .rollback
        case .savepoint, .release: .setting
        case .grant, .revoke, .deny: .grant
        case .call, .exec, .execute, .prepare: .call
        case .do: .block
        default: cursor.kind == .open ? .query : .other
        }
    }

    /// `END` and `BEGIN` frame a transaction only outside bodies.
    private mutating func readFrame() {
        if context != .statement { kind = .other }
    }

    /// Over template tags, labels, `TRY`, and conditions before the verb (`IF …`, `FOR … IN`, `RETURN QUERY`).
    private mutating func skipToVerb() {
        while cursor.kind == .template || cursor.keyword == .repeat || cursor.kind == .symbol && cursor.symbol != 0x40 {
            cursor.at += 1
        }
        switch cursor.keyword {
        case .if, .for, .return: break
        case .none where cursor.kind == .word && isTryOrCatch: break
        default: return
        }
        let start = cursor.at
        while !cursor.isAtEnd {
            switch cursor.keyword {
            case .alter, .drop, .create, .insert, .update, .delete, .truncate, .merge, .exec: return
            case .execute where context != .statement: return
            default: cursor.skip()
            }
        }
        cursor.at = start
    }

    private var isTryOrCatch: Bool {
        guard let token = cursor.token else { return false }
        let word = SQLCursor.text(of: token, in: cursor.bytes)
        return word == "try" || word == "catch"
    }

    // MARK: For the readers of single verbs

    /// Takes note of an action that began at the byte `start` and ends where the cursor stands.
    mutating func add(
        _ kind: SQLAction.Kind, from start: Int, to end: Int? = nil, object: SQLAction.Object? = nil, table: SQLName, name: String = "",
        newName: String? = nil, flags: SQLAction.Flags = [], detail: SQLAction.Detail = .none
    ) {
        actions.append(
            SQLAction(
                kind, object: object, table: table, name: name, newName: newName, flags: flags, detail: detail, context: context,
                inTransaction: inTransaction, statement: statement, span: start..<max(start, end ?? cursor.previousEnd)
            )
        )
    }

    /// For a statement that turned out to be another kind than its first word says.
    mutating func settle(_ kind: SQLStatement.Kind) { self.kind = kind }

    /// `CASCADE`, if it stands before the next comma.
    mutating func takeCascade() -> Bool {
        if cursor.take(.cascade) { return true }
        _ = cursor.take(.restrict)
        return false
    }
}
