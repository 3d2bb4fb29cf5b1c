/// Words that turn an English statement into something else: a question, a condition, history, an example.
enum EnglishGuards {
    /// Whether the whole sentence is no statement about the present design, whatever cue it holds.
    static func silence(_ sentence: ProseSentence, _ words: EnglishWords, cue: Int) -> Bool {
        guard words.words.indices.contains(cue) else { return true }
        if sentence.isQuoted(words.words[cue].start) || isQuestion(words) { return true }
        if marks.match(sentence.bytes, at: 0, in: sentence.whole) != nil { return true }
        if sentence.has(history, 0..<words.words[cue].start) { return true }
        return sentence.has(denial)
    }

    static func isQuestion(_ words: EnglishWords) -> Bool {
        var last = words.count - 1
        while last >= 0, words.isMark(last, ["\"", ")", "'", "!"]) { last -= 1 }
        return words.isMark(last, ["?"])
    }

    private static let marks = PhraseSet([
        "❌", "✗", "✘", "✅", "☐", "☑", "□", "[ ]", "[x]", "bad:", "good:", "example:", "e.g.", "for example", "for instance", "suppose*", "imagine*", "assume*", "consider*", "what if", "q:", "q.", "fix:", "fixed*", "fixes*", "bug:", "anti-pattern*", "myth*", "wrong:", "do:", "don't:", "avoid*", "never write*",
        "ensure*", "make sure*", "verify*", "check that*", "check whether*", "test*", "given*", "let's say",
    ])

    private static let history = PhraseSet([
        "previously", "formerly", "originally", "historically", "in the past", "used to", "earlier versions", "earlier version", "earlier drafts", "before this change", "before this pr", "prior to", "old implementation", "old behavior", "old behaviour", "in older", "initially", "at first", "until now", "until recently", "back then", "root cause", "legacy behavior", "no longer",
        "earlier draft", "previous version", "previous implementation", "prior implementation", "prior version", "the bug",
    ])

    private static let denial = PhraseSet([
        "is a myth", "not mean", "does not imply", "doesn't imply", "misconception", "is wrong", "is not true", "not the case", "incorrectly", "mistakenly", "people say", "some say", "would be rejected", "rejected because", "we rejected", "was rejected", "considered and rejected", "out of the question",
    ])

    /// What a condition begins with.
    static let conditions: Set<String> = [
        "if", "when", "whenever", "unless", "where", "whether", "once", "until", "assuming", "suppose", "supposing", "provided", "wherever", "case", "cases", "till",
    ]

    /// What makes the denial a possibility or a demand.
    static let modals: Set<String> = ["must", "should", "shall", "may", "might", "could", "would", "need", "needs", "ought", "required", "expected", "supposed", "perhaps", "possibly", "mustn't", "shouldn't", "needn't", "seems", "seem", "appear", "appears", "likely", "potentially", "wouldn't", "couldn't"]

    /// What is said against a thing or of its prevention rather than of the thing.
    static let protective: Set<String> = [
        "avoid", "avoids", "avoiding", "prevent", "prevents", "preventing", "forbid", "forbids", "reject", "rejects", "detect", "detects", "detecting", "eliminate", "eliminates", "protect", "protects", "guard", "guards", "against", "without", "regardless", "even", "never", "nothing", "none", "neither", "whether", "handle", "handles", "fix", "fixes", "fixed", "solve",
        "solves", "flag", "flags", "find", "finds", "catch", "catches", "disallow", "disallows", "ban", "bans", "refuse", "refuses", "stop", "stops", "ensure", "ensures", "verify", "verifies", "convert", "replace", "replaces",
    ]

    static let past: Set<String> = ["was", "were", "wasn't", "weren't", "had", "been", "hadn't"]

    /// A key that the caller may give.
    static let key = PhraseSet([
        "idempotency-key", "idempotency_key", "idempotencykey", "idempotency key", "idempotency keys", "idempotency token", "request_id", "requestid", "request id", "x-request-id", "dedupe key", "dedup key", "deduplication key", "deduplication id", "client token", "client_token", "external_ref", "if-match", "idempotency header", "etag", "client-supplied id", "operation id", "transaction id",
        "dedupe token", "clienttoken", "nonce",
    ])
}
