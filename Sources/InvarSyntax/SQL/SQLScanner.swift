/// Cuts a file into statements and hands each to a ``SQLStatementReader``; goes into bodies, keeps the transaction's state.
///
/// Bodies of `DO` blocks and routines wait on a stack of their own, of bounded depth.
struct SQLScanner {
    let bytes: [UInt8]
    private(set) var script: SQLScript
    private var lexer: SQLLexer
    private var chunk = Chunk()
    private var outer: [Frame] = []
    private var context: SQLAction.Context = .statement
    private var inTransaction = false
    private var routines: [SQLRoutine] = []
    private var called: Set<String> = []

    /// What was being read when a body began.
    private struct Frame {
        var lexer: SQLLexer
        var context: SQLAction.Context
        var blocks: Int
        var routine: Int?
    }

    /// The tokens of the statement so far, and where it stands.
    private struct Chunk {
        var tokens: [SQLToken] = []
        var parentheses = 0
        /// Open `BEGIN`s and `CASE`s of a routine's or a block's body that is not quoted.
        var blocks = 0
        var blockContext = SQLAction.Context.block
        /// The routine whose unquoted body is being read.
        var routine: Int?
        /// Open `CASE` expressions of the statement.
        var cases = 0
        var afterEnd = false
        /// The rows of an INSERT: their tokens are of no interest.
        var isInValues = false
        var isTooLong = false
    }

    /// Deeper bodies in bodies are not read.
    private static let maximumDepth = 4
    /// Tokens of one statement that are kept whole; then only those outside parentheses, up to the second number.
    private static let keptTokens = 400_000
    private static let keptTokensAtMost = 1_000_000

    init(bytes: [UInt8], range: Range<Int>, dialect: SQLDialect) {
        self.bytes = bytes
        script = SQLScript(dialect: dialect)
        lexer = SQLLexer(bytes: bytes, range: range, dialect: dialect)
    }

    /// Reads to the end.
    mutating func run() {
        while true {
            if let token = lexer.next() {
                accept(token)
            } else {
                let depth = outer.count
                endStatement()
                // The last statement had a body: this lexer is asked again when that is read.
                if outer.count > depth { continue }
                script.problems += lexer.problems
                script.hasTemplates = script.hasTemplates || lexer.hasTemplates
                guard let frame = outer.popLast() else { break }
                if let routine = frame.routine { routines[routine].end = script.actions.count }
                lexer = frame.lexer
                context = frame.context
                chunk.blocks = frame.blocks
            }
        }
        script.problems.sort { ($0.offset, $0.kind.rawValue) < ($1.offset, $1.kind.rawValue) }
        settleCalledRoutines()
    }

    // MARK: Where statements end

    private mutating func accept(_ token: SQLToken) {
        switch token.kind {
        case .terminator:
            chunk.blocks = 0
            endStatement()
            return
        case .semicolon:
            if chunk.afterEnd { closeBlock(before: .none) }
            if chunk.blocks > 0 { endChunk() } else { endStatement() }
            return
        case .open: chunk.parentheses += 1
        case .close: chunk.parentheses = max(0, chunk.parentheses - 1)
        case .word where chunk.parentheses == 0:
            if acceptWord(token) { return }
        default:
            if chunk.afterEnd { closeBlock(before: .none) }
            if isAnonymousBlock(token) { openBlock() }
        }
        keep(token)
    }

    private mutating func keep(_ token: SQLToken) {
        let isNested = chunk.parentheses > (token.kind == .open ? 1 : 0)
        if isNested, chunk.isInValues || chunk.tokens.count >= SQLScanner.keptTokens { return }
        if chunk.tokens.count >= SQLScanner.keptTokensAtMost {
            if !chunk.isTooLong { script.problems.append(SQLProblem(kind: .statementTooLong, offset: token.start)) }
            chunk.isTooLong = true
            return
        }
        chunk.tokens.append(token)
    }

    /// Keeps track of blocks; true if the word was only a separator of statements.
    private mutating func acceptWord(_ token: SQLToken) -> Bool {
        let keyword = token.keyword
        if script.dialect == .sqlserver, !chunk.tokens.isEmpty, beginsStatement(token) { endChunk() }
        if chunk.afterEnd {
            if closeBlock(before: keyword) { return false }
        } else if isAnonymousBlock(token) {
            openBlock()
        }
        if keyword == .values, let first = chunk.tokens.first?.keyword, first == .insert || first == .replace || first == .with {
            chunk.isInValues = true
            return false
        }
        guard context != .statement || chunk.blocks > 0 else { return keyword == .begin && beginsRoutineBody() }
        return acceptWordInBody(keyword)
    }

    private mutating func acceptWordInBody(_ keyword: SQLKeyword) -> Bool {
        let first = chunk.tokens.first?.keyword ?? .none
        switch keyword {
        case .begin where chunk.cases == 0:
            endChunk()
            if chunk.blocks > 0 { chunk.blocks += 1 }
            return true
        case .case:
            if chunk.tokens.isEmpty {
                if chunk.blocks > 0 { chunk.blocks += 1 }
            } else {
                chunk.cases += 1
            }
        case .end where chunk.cases > 0: chunk.cases -= 1
        case .end where chunk.blocks > 0: chunk.afterEnd = true
        case .then, .else, .loop:
            guard chunk.cases == 0, first != .merge else { return false }
            endChunk()
            return true
        case .do where first == .while || first == .for:
            endChunk()
            return true
        default: break
        }
        return false
    }

    /// Decides by the token after an `END` whether it closed a block; true if that token belongs to the `END`.
    @discardableResult
    private mutating func closeBlock(before keyword: SQLKeyword) -> Bool {
        chunk.afterEnd = false
        switch keyword {
        case .if, .loop, .while, .repeat, .for: return true
        case .case:
            chunk.blocks = max(0, chunk.blocks - 1)
            return true
        default:
            chunk.blocks = max(0, chunk.blocks - 1)
            return false
        }
    }

    /// SQL Server needs no semicolons: a verb with its object first on a line begins a statement.
    private func beginsStatement(_ token: SQLToken) -> Bool {
        switch token.keyword {
        case .create, .alter, .drop, .insert, .delete, .update, .truncate, .exec, .if: break
        default: return false
        }
        var index = token.start
        while index > 0, bytes[index - 1] == 0x20 || bytes[index - 1] == 0x09 { index -= 1 }
        guard index == 0 || bytes[index - 1] == 0x0A, let last = chunk.tokens.last?.keyword else { return false }
        guard ![.on, .after, .for, .of, .then, .else, .as].contains(last) else { return false }
        guard token.keyword == .alter || token.keyword == .drop else { return true }
        var probe = lexer
        switch probe.next()?.keyword {
        case .table, .index, .view, .procedure, .function, .trigger, .schema, .type, .database, .sequence: return true
        default: return false
        }
    }

    /// `CREATE TRIGGER|PROCEDURE|FUNCTION|EVENT … BEGIN`: the header is read, the body begins.
    private mutating func beginsRoutineBody() -> Bool {
        guard let first = chunk.tokens.first?.keyword, first == .create || first == .alter else { return false }
        let head = chunk.tokens.prefix(16)
        guard head.contains(where: { [.trigger, .procedure, .function, .event, .package].contains($0.keyword) }) else { return false }
        endChunk()
        chunk.blocks = 1
        chunk.blockContext = .routine
        if let name = script.actions.last?.table.name {
            chunk.routine = routines.count
            routines.append(SQLRoutine(name: name, first: script.actions.count))
        }
        return true
    }

    /// A lone `BEGIN` before anything but the words of a transaction.
    private func isAnonymousBlock(_ token: SQLToken) -> Bool {
        guard chunk.tokens.count == 1, chunk.tokens[0].keyword == .begin, context == .statement else { return false }
        switch token.keyword {
        case .transaction, .work, .isolation, .read, .not, .deferrable, .deferred, .immediate, .exclusive: return false
        default: break
        }
        let word = SQLCursor.text(of: token, in: bytes)
        return word != "tran" && word != "concurrent"
    }

    private mutating func openBlock() {
        if script.dialect == .postgresql || script.dialect == .sqlite {
            endStatement()
        } else {
            chunk.tokens.removeAll(keepingCapacity: true)
            chunk.blocks = 1
            chunk.blockContext = .block
        }
    }

    // MARK: Reading

    private mutating func endStatement() {
        if chunk.afterEnd { closeBlock(before: .none) }
        endChunk()
        chunk.blocks = 0
        if let routine = chunk.routine { routines[routine].end = script.actions.count }
        chunk.routine = nil
    }

    /// Reads what was collected and makes room for the next.
    private mutating func endChunk() {
        defer {
            chunk.tokens.removeAll(keepingCapacity: true)
            chunk.parentheses = 0
            chunk.cases = 0
            chunk.isInValues = false
            chunk.isTooLong = false
        }
        guard let first = chunk.tokens.first, let last = chunk.tokens.last else { return }
        let context = chunk.blocks > 0 && self.context == .statement ? chunk.blockContext : self.context
        var reader = SQLStatementReader(
            SQLCursor(bytes: bytes, tokens: chunk.tokens), dialect: script.dialect, context: context, statement: script.statements.count,
            inTransaction: inTransaction
        )
        reader.read()
        if context == .statement {
            if reader.kind == .begin { inTransaction = true }
            if reader.kind == .commit || reader.kind == .rollback { inTransaction = false }
        }
        let span = first.start..<max(first.start, last.end)
        script.statements.append(SQLStatement(kind: reader.kind, span: span, inTransaction: inTransaction, context: context))
        script.actions += reader.actions
        called.formUnion(reader.called)
        if reader.readsCopyData, outer.isEmpty { lexer.skipCopyData(from: first.start) }
        enter(reader)
    }

    /// Goes on in the bodies that a statement quotes, first body first.
    private mutating func enter(_ reader: SQLStatementReader) {
        guard outer.count < SQLScanner.maximumDepth else { return }
        for body in reader.bodies.reversed() {
            var routine: Int?
            if let name = body.routine {
                routine = routines.count
                routines.append(SQLRoutine(name: name, first: script.actions.count))
            }
            outer.append(Frame(lexer: lexer, context: context, blocks: chunk.blocks, routine: routine))
            lexer = SQLLexer(bytes: bytes, range: body.range, dialect: script.dialect, isDynamic: body.isDynamic)
            context = body.context
            chunk.blocks = 0
        }
    }

    /// What a called routine does is done by the script.
    private mutating func settleCalledRoutines() {
        for routine in routines where called.contains(routine.name) {
            for index in routine.first..<max(routine.first, routine.end) where script.actions[index].context == .routine {
                script.actions[index].context = .block
            }
        }
    }
}
