/// What an English statement is about, and whether that is something of this design or anything at all.
struct EnglishSubject {
    enum Sort: Equatable {
        /// `revoke`, POST /orders, this job, the importer, Cancellation.
        case concrete
        /// Left out, as in 「Writes data; not idempotent.」: the heading or the row says it.
        case elided
        /// POST requests: talk about HTTP.
        case method
        /// Some operations, an operation, operations that …
        case generic
    }

    let sort: Sort

    init(_ words: EnglishWords, _ range: Range<Int>, context: ProseContext) {
        sort = EnglishSubject.sort(words, range, context)
    }

    private static func sort(_ words: EnglishWords, _ whole: Range<Int>, _ context: ProseContext) -> Sort {
        var range = whole.clamped(to: 0..<words.count)
        while let first = range.first,
            openers.contains(words.word(first)) || (words.word(first) == "that" && first > whole.lowerBound && reporters.contains(words.word(first - 1)))
                || words.isMark(first, ["-", "*", "•", "\"", "⚠", "️", "!", "'"])
        { range.removeFirst() }
        while let last = range.last, trailers.contains(words.word(last)) { range.removeLast() }
        if range.isEmpty {
            guard let row = context.rowSubject else { return .elided }
            let inner = EnglishWords(ProseSentence(String(decoding: row, as: UTF8.self).unicodeScalars, range: 0..<0))
            let sort = sort(inner, 0..<inner.count, ProseContext())
            return sort == .method ? .method : .elided
        }
        let texts = range.map { words.words[$0].text }
        if isMethods(texts) || texts == ["method"] { return .method }
        if range.contains(where: { words.isCode($0) && !methods.contains(words.words[$0].text) }) || texts.contains(where: { $0.contains("/") && $0.count > 3 })
        {
            return .concrete
        }
        if let last = range.last, relatives.contains(words.word(last)) { return .generic }
        let first = words.word(range.lowerBound)
        if quantifiers.contains(first) { return .generic }
        let plain = texts.filter { !determiners.contains($0) && !articles.contains($0) }
        let isBare = plain.allSatisfy { genericNouns.contains($0) || genericAdjectives.contains($0) || methods.contains($0) || joiners.contains($0) }
        if first == "the" { return .concrete }
        if articles.contains(first) { return isBare ? .generic : .concrete }
        if determiners.contains(first) { return .concrete }
        return isBare && !plain.isEmpty ? .generic : .concrete
    }

    static func isMethods(_ texts: [String]) -> Bool {
        texts.contains { methods.contains($0) }
            && texts.allSatisfy { methods.contains($0) || aroundMethods.contains($0) || joiners.contains($0) || articles.contains($0) }
    }

    static let methods: Set<String> = [
        "post", "put", "patch", "delete", "get", "posts", "puts", "patches", "deletes", "post/patch", "put/post", "post/put", "post/delete", "patch/post",
        "inserts", "insert",
    ]
    private static let aroundMethods: Set<String> = [
        "http", "rest", "request", "requests", "req", "reqs", "method", "methods", "call", "calls", "operation", "operations", "verb", "verbs", "endpoint",
        "endpoints", "semantics", "itself", "by", "definition", "restful", "api", "apis", "most", "all", "like", "such", "method's",
    ]
    private static let joiners: Set<String> = [",", "and", "or", "&", "/", "+"]
    private static let openers: Set<String> = [
        "and", "but", "or", "so", "also", "note", "warning", "important", "caution", "then", "however", "remember", "because", "since", "additionally",
        "currently", "today", "unfortunately", "generally", "typically", "usually", "in", "practice", "general", "yet", "attention", "nota", "bene", "why",
        "reason",
    ]
    private static let reporters: Set<String> = ["note", "remember", "reason"]
    private static let trailers: Set<String> = [
        "itself", "also", "currently", "still", "by", "default", "therefore", "thus", "themselves", "today", "alone", "generally", "usually", "typically",
        "often", "just", "simply", "explicitly", "intentionally", "deliberately", "inherently", "naturally",
    ]
    static let relatives: Set<String> = ["that", "which", "who", "whose"]
    private static let quantifiers: Set<String> = [
        "some", "many", "most", "certain", "several", "any", "other", "no", "not", "anything", "something", "everything", "what", "those", "few", "these-are",
        "such", "things", "you", "one", "nothing", "either",
    ]
    private static let articles: Set<String> = ["a", "an", "the"]
    private static let determiners: Set<String> = [
        "this", "these", "it", "its", "our", "we", "they", "their", "both", "all", "each", "every", "that", "his", "my",
    ]
    private static let genericNouns: Set<String> = [
        "operation", "operations", "method", "methods", "request", "requests", "endpoint", "endpoints", "handler", "handlers", "job", "jobs", "task", "tasks",
        "function", "functions", "call", "calls", "command", "commands", "message", "messages", "activity", "activities", "mutation", "mutations", "write",
        "writes", "effect", "effects", "update", "updates", "api", "apis", "system",
        "systems", "webhook", "webhooks", "pod", "pods", "workflow", "workflows", "thing", "things", "action", "actions", "increment", "increments", "consumer",
        "consumers", "service", "services", "code", "step", "steps", "tool", "tools", "query", "queries", "statement", "statements", "transaction",
        "transactions", "verb", "verbs", "tests", "callee", "caller", "processing", "event",
        "events", "incrementing", "appending", "retries", "counter", "appends", "side-effects", "migrations", "scripts", "transformations", "mutations",
        "functions",
    ]
    private static let genericAdjectives: Set<String> = [
        "write", "http", "external", "remote", "network", "mutating", "side", "state-changing", "downstream", "upstream", "third-party", "async",
        "asynchronous", "user", "client", "server", "typical", "to", "of", "with", "on", "in", "for", "like", "underlying", "a", "original", "database", "db",
        "rest", "rpc", "given", "same",
    ]
}
