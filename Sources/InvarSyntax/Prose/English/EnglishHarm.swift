/// Finds statements in English that a repetition does harm: running it twice will create duplicates.
enum EnglishHarm {
    static func claim(in sentence: ProseSentence, _ words: EnglishWords) -> ProseClaim? {
        let bytes = sentence.bytes
        guard let repetition = repetitions.first(bytes, in: sentence.whole) else { return nil }
        let far = repetition.upperBound..<min(bytes.count, repetition.upperBound + 120)
        guard let index = words.words.lastIndex(where: { $0.start <= repetition.lowerBound }) else { return nil }
        let next = words.words.firstIndex { $0.start >= repetition.upperBound } ?? words.count
        let phrase = harms.first(bytes, in: far).flatMap { harm in words.words.lastIndex { $0.start <= harm.lowerBound } }
        guard let last = phrase ?? actsTwice(words, next) else { return nil }
        if EnglishGuards.silence(sentence, words, cue: index) { return nil }
        // What is feared, denied or prevented does not happen.
        let said = max(words.clauseStart(before: index), index - 6)..<min(words.count, last + 8)
        if words.holds(unreal, in: said) || sentence.has(prevented) { return nil }
        let before = words.clauseStart(before: index)..<index
        if words.holds(["unless", "until", "whether", "without", "suppose", "imagine", "why"], in: 0..<index) { return nil }
        if words.holds(EnglishGuards.past, in: before) { return nil }
        return ProseClaim(.nonIdempotent, .weak, hasContract: sentence.names(EnglishGuards.key))
    }

    /// "sends the newsletter twice": the verb and the word may be some words apart.
    private static func actsTwice(_ words: EnglishWords, _ start: Int) -> Int? {
        for index in start..<max(start, min(words.count, start + 8)) where acts.contains(words.word(index)) {
            for at in (index + 1)..<max(index + 1, min(words.count, index + 8)) where ["twice", "again"].contains(words.word(at)) { return at }
        }
        return nil
    }

    private static let acts: Set<String> = [
        "sends", "send", "charges", "charge", "bills", "bill", "pays", "pay", "books", "book", "posts", "post", "applies", "apply", "debits", "debit",
        "credits", "credit", "counts", "count", "inserts", "insert", "creates", "create", "writes", "write", "deducts", "deduct", "increments", "increment",
        "refunds", "refund", "ships", "ship", "orders", "order", "publishes", "publish", "adds", "add",
    ]

    private static let repetitions: PhraseSet = {
        var all: [String] = []
        for verb in [
            "running", "executing", "calling", "invoking", "sending", "submitting", "applying", "posting", "replaying", "processing", "importing", "triggering",
            "repeating", "starting", "delivering", "run", "executed", "called", "invoked", "sent", "submitted", "applied", "runs", "posted",
        ] {
            for object in [
                "", " it", " this", " the script", " the job", " the command", " the request", " the same request", " the same command", " the migration",
                " the same message", " the step", " them", " the task", " the import", " the same file", " this script", " this job", " this command",
                " the endpoint",
            ] {
                for again in ["twice", "again", "a second time", "more than once", "multiple times", "repeatedly", "two times"] {
                    all.append(verb + object + " " + again)
                }
            }
        }
        all += [
            "retrying", "re-running", "rerunning", "re-run of", "rerun of", "re-sending", "resending", "resubmitting", "re-submitting", "re-executing",
            "a retry", "retries of", "each retry", "every retry", "any retry", "a rerun", "a re-run", "a second call", "a second run", "a second request",
            "a second invocation", "a second execution", "every run", "each run", "every call", "each call", "every invocation", "each invocation",
            "each request", "a repeated call", "repeated calls", "repeated runs", "a redelivery", "redelivery of", "redelivered messages",
            "a redelivered message", "duplicate requests", "duplicate calls", "a duplicate request", "replaying", "a replay", "re-importing", "reimporting",
            "a repeat call", "second time", "running it twice", "if retried", "when retried", "retried requests", "a retried request", "a retried call",
        ]
        return PhraseSet(all)
    }()

    private static let harms: PhraseSet = {
        var all: [String] = []
        for verb in [
            "creates", "create", "inserts", "insert", "adds", "add", "produces", "produce", "generates", "generate", "sends", "send", "posts", "post", "writes",
            "write", "enqueues", "books", "book", "publishes", "issues", "appends", "leaves", "results in", "result in", "leads to", "lead to", "causes",
            "cause", "yields", "makes", "make", "files", "opens", "registers",
        ] {
            for object in ["duplicate*", "a duplicate*", "duplicated*", "double*", "a second", "another", "extra", "an additional", "the same row twice"] {
                all.append(verb + " " + object)
            }
        }
        for verb in [
            "charge", "charges", "charged", "bill", "bills", "billed", "double-charge*", "double-bill*", "double-count*", "double-book*", "double-send*",
            "double-insert*", "double-post*", "double-appl*", "double-spend*", "duplicates", "duplicate the", "double the", "doubles the", "double charge*",
            "double-credit*", "double-debit*", "double-increment*", "double-write*", "double-deduct*",
        ] {
            if verb.hasPrefix("double") || verb.hasPrefix("duplicate") {
                all.append(verb)
            } else {
                for object in [
                    "twice", "the customer twice", "them twice", "the card twice", "the user twice", "again", "customers twice", "the account twice",
                    "a second time", "the customer again", "the card again", "the buyer twice",
                ] { all.append(verb + " " + object) }
            }
        }
        for verb in [
            "sent", "inserted", "created", "applied", "counted", "posted", "deducted", "credited", "debited", "processed", "incremented", "written", "booked",
            "paid", "refunded", "sends it", "applies it", "increments it", "applied", "sends", "increments", "applies",
        ] { all += [verb + " twice", verb + " a second time", verb + " again"] }
        return PhraseSet(all)
    }()

    private static let unreal: Set<String> = [
        "not", "never", "no", "without", "won't", "doesn't", "don't", "cannot", "can't", "couldn't", "might", "may", "could", "avoid", "avoids", "prevent",
        "prevents", "preventing", "instead", "rather", "nor", "nothing", "neither", "should", "must", "ensure", "ensures", "risk", "risks", "risking", "safely",
        "safe", "harmless", "unlikely", "isn't", "idempotent", "shouldn't", "wouldn't", "rejected", "rejects", "ignored", "ignores",
        "skips", "skip", "deduplicated", "deduplicates", "dedupes", "upserts", "refuses", "fails", "otherwise", "wasn't", "mustn't", "possibly", "potentially",
        "deletes", "replaces", "overwrites",
    ]
    private static let prevented = PhraseSet([
        "so that", "to avoid", "to prevent", "instead of", "rather than", "guards against", "protects against", "is safe", "are safe", "safe to", "is harmless",
        "no duplicates", "idempotency key is", "must be idempotent", "should be idempotent", "needs to be idempotent", "need to be idempotent", "idempotent so",
        "same result", "on purpose", "new attempt", "to make sure",
    ])
}
