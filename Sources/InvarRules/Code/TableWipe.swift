import InvarCore
import InvarSyntax

/// All rows of a table taken out, and rows put in again later.
struct TableWipe {
    /// Of what takes the rows out, in bytes of the file.
    var span: Range<Int>
    /// `DELETE FROM totals`.
    var what: String
    /// The table or model.
    var table: String
    /// Of what puts rows in.
    var insertion: Range<Int>

    /// One step of a job, in the order of the text.
    struct Step {
        var isWipe: Bool
        var table: SQLName
        /// A model's name is compared without case, a table's as SQL does.
        var isModel: Bool
        var span: Range<Int>
        var what: String
        /// The index of the outermost function it stands in; -1 outside of all.
        var function: Int
        /// The table or model as it is written.
        var shown: String
    }

    static let cues = CueSet(["delete", "truncate", "destroy_all", "clear("])

    /// In source code: SQL in its literals, and calls of an ORM.
    static func all(in code: CodeText) -> [TableWipe] {
        let functions = code.functions
        func function(at token: Int) -> Int { functions.index(holding: token) ?? -1 }
        var steps: [Step] = []
        for piece in EmbeddedSQL(code).pieces { steps += self.steps(piece.script, function: function(at: piece.token)) }
        steps += ModelCalls.steps(in: code, function: function)
        guard steps.contains(where: \.isWipe) else { return [] }
        // Each pair of functions is looked for in the whole file, so only so many are.
        var known: [[Int]: Bool] = [:]
        return paired(steps.sorted { $0.span.lowerBound < $1.span.lowerBound }) { wipe, insertion in
            if wipe == insertion { return true }
            guard wipe >= 0, insertion >= 0 else { return false }
            if let answer = known[[wipe, insertion]] { return answer }
            guard known.count < 64 else { return false }
            let answer = areCalledInTurn(functions[wipe].name, functions[insertion].name, code, functions)
            known[[wipe, insertion]] = answer
            return answer
        }
    }

    private static func steps(_ script: SQLScript, function: Int) -> [Step] {
        let lifespan = Set(script.actions.filter { $0.kind == .createTable }.map(\.table))
        return script.actions.compactMap { action in
            let isWipe =
                action.kind == .truncate || (action.kind == .delete && (action.data?.touchesAllRows ?? false) && action.data?.constantCondition != false)
            let isInsert = action.kind == .insert && action.data?.source != SQLData.Source.none
            guard isWipe || isInsert, action.context != .routine, !lifespan.contains(where: { $0.denotes(action.table) }) else { return nil }
            guard !isWipe || !StagingName.isStaging(action.table.name) else { return nil }
            let what = action.kind == .truncate ? "TRUNCATE \(action.table)" : isWipe ? "DELETE FROM \(action.table)" : "INSERT INTO \(action.table)"
            return Step(isWipe: isWipe, table: action.table, isModel: false, span: action.span, what: what, function: function, shown: action.table.description)
        }
    }

    private static func paired(_ steps: [Step], inTurn: (Int, Int) -> Bool) -> [TableWipe] {
        var found: [TableWipe] = []
        for (index, step) in steps.enumerated() where step.isWipe {
            let insertion = steps[(index + 1)...].prefix(400).first { other in
                !other.isWipe && other.isModel == step.isModel && other.table.denotes(step.table) && inTurn(step.function, other.function)
            }
            guard let insertion else { continue }
            // The last wipe before the rows come is the one.
            if let last = found.last, last.table == step.shown, last.insertion == insertion.span { continue }
            found.append(TableWipe(span: step.span, what: step.what, table: step.shown, insertion: insertion.span))
        }
        return found
    }

    /// Whether some function, or the file itself, names first the one and then the other.
    private static func areCalledInTurn(_ first: String, _ second: String, _ code: CodeText, _ functions: [CodeFunction]) -> Bool {
        guard !first.isEmpty, !second.isEmpty, first != second else { return false }
        var seen: Set<Int> = []
        var function = 0
        for index in code.tokens.indices where code.tokens[index].kind == .word {
            while function < functions.count, functions[function].tokens.upperBound <= index { function += 1 }
            let scope = function < functions.count && functions[function].tokens.contains(index) ? function : -1
            if ["def", "func", "fun", "function", "fn", "void"].contains(code.text(index - 1)) { continue }
            let word = code.text(index)
            if word == first { seen.insert(scope) }
            if word == second, seen.contains(scope), scope < 0 || functions[scope].name != second { return true }
        }
        return false
    }
}

/// Calls of object-relational mappers that take out or put in rows.
private enum ModelCalls {
    static func steps(in code: CodeText, function: (Int) -> Int) -> [TableWipe.Step] {
        var steps: [TableWipe.Step] = []
        for index in code.tokens.indices where code.tokens[index].kind == .word && code.tokens[index].end - code.tokens[index].start <= 24 {
            let word = code.text(index)
            let isWipe = wiping.contains(word)
            guard isWipe || inserting.contains(word), code.isToken(index - 1, ".") || code.isToken(index - 1, ":") || code.isToken(index - 1, ">") else {
                continue
            }
            let call = code.call(at: index)
            if call == nil, code.language != .ruby { continue }
            let (chain, first) = code.chain(endingAt: index)
            let last = call?.last ?? index
            guard let model = isWipe ? wiped(code, chain, call) : inserted(code, chain, call) else { continue }
            let span = code.tokens[first].start..<code.tokens[last].end
            for name in model where !isStaging(name) {
                steps.append(
                    TableWipe.Step(
                        isWipe: isWipe, table: SQLName(normalised(name)), isModel: true, span: span, what: String(code.text(in: span).prefix(60)),
                        function: function(index), shown: name))
            }
        }
        return steps
    }

    private static let wiping: Set<String> = [
        "delete_all", "destroy_all", "deleteMany", "deleteAll", "deleteAllInBatch", "delete", "truncate", "clear", "remove", "Delete", "DeleteMany", "del",
    ]
    private static let inserting: Set<String> = [
        "create", "createMany", "create!", "bulk_create", "insert_all", "insert_all!", "import", "import!", "saveAll", "save", "insertMany", "insert",
        "bulkCreate",
        "bulk_insert_mappings", "bulk_save_objects", "add_all", "bulk_insert", "upsert_all", "InsertMany", "Create", "CreateInBatches", "saveAllAndFlush",
        "to_sql",
        "insert_many", "add",
    ]

    /// The model whose rows are all taken out; nil where a condition names some of them.
    private static func wiped(_ code: CodeText, _ chain: [String], _ call: CodeCall?) -> [String]? {
        let names = Array(chain.dropLast())
        let content = call.map { $0.content } ?? 0..<0
        switch chain.last {
        case "delete_all", "destroy_all":
            // `User.delete_all`, not `User.where(…).delete_all`.
            guard content.isEmpty, names.count == 1 else { return nil }
            return names
        case "deleteMany", "DeleteMany", "remove":
            guard isEmptyFilter(code, content), chain.last != "remove" || code.isToken(content.lowerBound, "{") else { return nil }
            return names.last.map { [$0] }
        case "deleteAll", "deleteAllInBatch":
            return content.isEmpty ? names.last.map { [$0] } : nil
        case "delete":
            // `X.objects.all().delete()`, `session.query(X).delete()`, `X.query.delete()`.
            guard content.isEmpty else { return nil }
            if names.suffix(2) == ["objects", "all"] { return names.dropLast(2).last.map { [$0] } }
            if names.last == "query" || names.last == "session" { return queried(code, call) ?? (names.count > 1 ? [names[names.count - 2]] : nil) }
            return nil
        case "truncate":
            guard content.isEmpty, code.language == .php || code.language == .javascript || code.language == .python, let name = names.last else { return nil }
            return name == "table" || name == "knex" ? nil : [name]
        case "clear":
            guard content.isEmpty, code.language == .javascript, let name = names.last, name.hasSuffix("Repository") || name.hasSuffix("Repo") else {
                return nil
            }
            return [name]
        default: return nil
        }
    }

    /// `()`, `({})`, `({ where: {} })`.
    private static func isEmptyFilter(_ code: CodeText, _ content: Range<Int>) -> Bool {
        let words = content.filter { code.kind($0) == .word }
        return !content.contains { code.kind($0) == .quoteOpen || code.kind($0) == .number }
            && words.allSatisfy { code.isToken($0, "where") || code.isToken($0, "ctx") }
    }

    /// The argument of `query(X)`.
    private static func queried(_ code: CodeText, _ call: CodeCall?) -> [String]? {
        guard let call, let open = code.opening(of: call.name - 2), code.isToken(open - 1, "query"), code.isWord(open + 1), code.closing(of: open) == open + 2
        else { return nil }
        return [code.text(open + 1)]
    }

    /// The models that rows may be put into: what it is called on, and what its arguments are made of.
    private static func inserted(_ code: CodeText, _ chain: [String], _ call: CodeCall?) -> [String]? {
        var names = chain.dropLast().filter { !["objects", "session", "db", "query", "prisma", "this", "self", "tx"].contains($0) }.suffix(1)
        for index in (call?.content ?? 0..<0).prefix(60) where code.kind(index) == .word {
            let word = code.text(index)
            if word.first?.isUppercase ?? false { names.append(word) }
        }
        return names.isEmpty ? nil : Array(names)
    }

    private static func normalised(_ name: String) -> String {
        var name = name.lowercased()
        for ending in ["repository", "repo", "dao", "mapper", "model"] where name.hasSuffix(ending) && name.count > ending.count {
            name.removeLast(ending.count)
        }
        return name
    }

    private static func isStaging(_ name: String) -> Bool {
        let words = CodeWords.of(name)
        return words.contains { ["tmp", "temp", "temporary", "staging", "stg", "work", "wrk", "cache", "caches"].contains($0) }
    }
}
