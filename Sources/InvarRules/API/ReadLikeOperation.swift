import InvarCore
import InvarSyntax

/// Tells a POST that only reads (a search, a check, a login) from one that changes something.
enum ReadLikeOperation {
    /// Verbs that change nothing wherever they lead a name.
    private static let verbs: Set<String> = [
        "search", "query", "get", "fetch", "retrieve", "find", "validate", "verify", "estimate", "calculate", "lookup", "introspect", "preview", "batchget",
        "batchretrieve", "simulate", "download", "precheck", "reveal", "compare",
    ]
    /// Words that are verbs or things: they count only where nothing in the name says that something is changed.
    private static let words: Set<String> = ["list", "check", "count", "token", "login", "logout", "graphql"]
    /// What a path names as a whole.
    private static let access: Set<String> = ["token", "accesstoken", "login", "logout", "graphql"]
    private static let changes: Set<String> = [
        "create", "add", "update", "set", "delete", "remove", "send", "submit", "cancel", "capture", "register", "import", "sync", "insert", "upsert", "put",
        "save", "make", "issue", "start", "stop", "run", "execute", "approve", "reject", "confirm", "publish", "enable", "disable", "assign", "attach",
        "detach", "reset", "revoke", "rotate", "renew", "close", "archive", "restore", "complete", "generate", "build", "replace", "copy", "move", "pay",
        "refund", "exchange", "mark", "upload", "new", "invite", "trigger", "store", "write",
    ]

    static func isReadLike(_ operation: APIOperation) -> Bool {
        let names = operation.id.map(identifierWords) ?? []
        let last = operation.path.split(separator: "/").last { !$0.hasPrefix("{") } ?? ""
        if goesOnToAct(names) || goesOnToAct(identifierWords(String(last))) { return false }
        return isReadLike(identifier: names, operation.id ?? "") || isReadLike(path: operation.path, changing: names.contains { changes.contains($0) })
            || isReadLike(summary: operation.summary?.text ?? "")
    }

    /// What a second verb may do after a reading one, as in `validate-and-charge`; alone these words are mostly things.
    private static let effects = changes.union([
        "charge", "book", "order", "reserve", "purchase", "debit", "credit", "transfer", "apply", "commit", "deduct", "ship", "notify", "withdraw", "deposit",
    ])

    /// Whether words go on with a deed: `check-then-pay`, `searchAndReplace`.
    private static func goesOnToAct(_ names: [String]) -> Bool {
        zip(names, names.dropFirst()).contains { ["and", "then", "or"].contains($0) && effects.contains($1) }
    }

    /// The first verb of the operationId, or of its last part as in `users.search`.
    private static func isReadLike(identifier names: [String], _ identifier: String) -> Bool {
        guard let first = names.first else { return false }
        if verbs.contains(first) { return true }
        if ["batch", "bulk"].contains(first), names.count > 1, verbs.contains(names[1]) { return true }
        guard !names.contains(where: { changes.contains($0) }) else { return false }
        if words.contains(first) { return true }
        let parts = identifier.split { "./:#_-".contains($0) }
        if parts.count > 1, let last = parts.last.flatMap({ identifierWords(String($0)).first }), verbs.contains(last) || words.contains(last) { return true }
        return names.last.map { verbs.contains($0) } ?? false
    }

    /// The last segment: `/orders/search`, `/orders:search`, `/checkBalance`, `/graphql`.
    private static func isReadLike(path: String, changing: Bool) -> Bool {
        let segments = path.split(separator: "/")
        guard let last = segments.last(where: { !$0.hasPrefix("{") })?.split(separator: ":").last else { return false }
        let isWhole = segments.last.map { !$0.hasPrefix("{") } ?? false
        let names = identifierWords(String(last))
        guard let first = names.first else { return false }
        if verbs.contains(first) || verbs.contains(names.joined()) { return true }
        if !isWhole { return false }
        if access.contains(names.joined()) { return true }
        if ["batch", "bulk"].contains(first), names.count > 1, verbs.contains(names[1]) { return true }
        // Of `/check-ins` and `/list-items` the first word is no verb; of `/checkBalance` it is.
        let isCamel = !last.contains("-") && !last.contains("_")
        return !changing && words.contains(first) && (names.count == 1 || (isCamel && !access.contains(first)))
    }

    /// `Search orders`, `注文の検索`.
    private static func isReadLike(summary: String) -> Bool {
        let text = Folding.compatible(summary)
        let first = text.split(whereSeparator: { $0 == " " || $0 == "\n" }).first.map { $0.lowercased() } ?? ""
        let verb = first.hasSuffix("s") && first != "s" ? String(first.dropLast()) : first
        if readingVerbs.contains(first) || readingVerbs.contains(verb) || ["searches", "queries", "fetches"].contains(first) { return true }
        var bare = text
        if let open = bare.firstIndex(of: "("), open != bare.startIndex { bare = String(bare[..<open]) }
        while let last = bare.last, last == " " || last == "。" || last == "\n" { bare.removeLast() }
        for ending in ["を行います", "を行う", "します", "する", "できます", "API"] where bare.hasSuffix(ending) { bare.removeLast(ending.count) }
        return readingEndings.contains { bare.hasSuffix($0) }
    }

    private static let readingVerbs: Set<String> = [
        "search", "query", "list", "get", "fetch", "retrieve", "find", "calculate", "estimate", "preview", "lookup",
    ]
    private static let readingEndings = ["検索", "照会", "参照", "取得", "試算", "検証", "プレビュー"]

    /// Lower-case words of a name in any of the usual spellings, without a leading `post` or `api`.
    static func identifierWords(_ name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var previous: Unicode.Scalar?
        let scalars = Array(Folding.compatible(name).unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            guard scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) else {
                if !word.isEmpty { words.append(word.lowercased()) }
                word = ""
                previous = nil
                continue
            }
            let isUpper = ("A"..."Z").contains(scalar)
            let wasUpper = previous.map { ("A"..."Z").contains($0) } ?? false
            let isNextLower = index + 1 < scalars.count && ("a"..."z").contains(scalars[index + 1])
            // `getOrder`, `HTTPServer`, `get3dsVersion`.
            let isNumber = ("0"..."9").contains(scalar) && !(previous.map { ("0"..."9").contains($0) } ?? true)
            if !word.isEmpty, isNumber || (isUpper && (!wasUpper || isNextLower)) {
                words.append(word.lowercased())
                word = ""
            }
            word.unicodeScalars.append(scalar)
            previous = scalar
        }
        if !word.isEmpty { words.append(word.lowercased()) }
        while words.count > 1, let first = words.first, first == "post" || first == "api" { words.removeFirst() }
        return words
    }
}
