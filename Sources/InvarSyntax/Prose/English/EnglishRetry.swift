/// Finds statements in English that something must not, cannot or will not be tried again.
enum EnglishRetry {
    static func claim(in sentence: ProseSentence, _ words: EnglishWords) -> ProseClaim? {
        guard let cue = cues.first(sentence.bytes, in: sentence.whole), let index = words.words.lastIndex(where: { $0.start <= cue.lowerBound }) else {
            return nil
        }
        if EnglishGuards.silence(sentence, words, cue: index) { return nil }
        let hasReason = sentence.has(reasons)
        // "… are not retried" only tells what a client does, unless the reason is that the work cannot bear it.
        if !hasReason, descriptive.match(sentence.bytes, at: cue.lowerBound, in: sentence.whole) != nil { return nil }
        if sentence.has(errorClass), !hasReason { return nil }
        if let row = sentence.context.rowSubject, errorClass.isIn(row) { return nil }
        if errorClass.isIn(sentence.context.before), !hasReason { return nil }
        if sentence.has(limits) || sentence.has(errorNames) { return nil }
        let start = words.clauseStart(before: index)
        if words.holds(EnglishGuards.conditions, in: start..<index) || words.holds(EnglishGuards.past, in: start..<index) { return nil }
        if words.holds(["either", "whether", "means", "mean"], in: start..<index) || EnglishSubject.relatives.contains(words.word(index - 1)) { return nil }
        let next = words.words.firstIndex { $0.start >= cue.upperBound } ?? words.count
        let end = words.clauseEnd(after: next)
        let key = sentence.names(EnglishGuards.key)
        if words.holds(["if", "when", "unless", "until", "whenever", "without", "once"], in: next..<end), !key, !hasReason { return nil }
        let subject = EnglishSubject(words, subjectRange(words, start, index), context: sentence.context)
        switch subject.sort {
        case .generic, .method: if !hasReason || words.holds(["some", "any", "many", "most", "certain", "an", "a"], in: start..<index) { return nil }
        case .elided: if !hasReason && !sentence.hasCode(sentence.whole) { return nil }
        case .concrete: if !hasReason && !isAboutWork(sentence) && !sentence.has(unsafe) { return nil }
        }
        return ProseClaim(.notRetryable, .weak, hasContract: key)
    }

    private static let cues: PhraseSet = {
        var all: [String] = []
        let acts = [
            "retried", "re-run", "rerun", "re-executed", "reexecuted", "resent", "re-sent", "resubmitted", "re-submitted", "reissued", "re-issued", "run twice",
            "run again", "executed twice", "executed again", "run more than once", "executed more than once", "called twice", "invoked twice",
            "submitted twice", "sent twice", "applied twice", "replayed safely",
        ]
        for act in acts {
            for modal in [
                "must not be", "must never be", "should not be", "should never be", "cannot be", "can not be", "can't be", "can never be", "may not be",
                "shall not be", "is not", "are not", "is never", "are never", "isn't", "aren't", "will not be", "won't be", "mustn't be", "shouldn't be",
            ] {
                for adverb in ["", "automatically ", "safely ", "blindly ", "transparently ", "simply "] { all.append(modal + " " + adverb + act) }
            }
        }
        for phrase in [
            "retry", "rerun", "re-run", "repeat", "resend", "replay", "run twice", "run again", "run more than once", "call twice", "execute twice",
            "re-execute", "resubmit", "apply twice", "invoke twice", "run repeatedly",
        ] {
            all += [
                "not safe to " + phrase, "isn't safe to " + phrase, "aren't safe to " + phrase, "unsafe to " + phrase, "never safe to " + phrase,
                "dangerous to " + phrase,
            ]
        }
        for phrase in [
            "not retryable", "not retriable", "non-retryable", "non-retriable", "not retry-safe", "not safely retryable", "not re-runnable", "not rerunnable",
            "not re-entrant", "not restartable", "not repeatable", "not safe for retries", "not safe under retry", "not retry safe",
        ] { all += ["is " + phrase, "are " + phrase, "remains " + phrase] }
        all += [
            "do not retry", "don't retry", "never retry", "must not retry", "must never retry", "do not re-run", "do not rerun", "don't rerun", "don't re-run",
            "never rerun", "never re-run", "cannot retry", "can't retry", "does not retry", "do not automatically retry", "never auto-retry",
            "never automatically retry", "no automatic retry", "no automatic retries",
            "never retries", "does not automatically retry", "do not run it twice", "never run it twice", "not run it twice", "not run this twice",
            "can only be run once", "can be run only once", "may only be run once", "may be run only once", "must be run only once", "must only be run once",
            "must be run exactly once", "should only be run once", "should be run only once",
            "run it only once", "run this only once", "only be executed once", "only safe to run once", "clients must not retry",
            "must be executed exactly once", "should only be executed once", "must only be executed once",
        ]
        return PhraseSet(all)
    }()

    private static let descriptive = PhraseSet([
        "is not*", "are not*", "is never*", "are never*", "isn't*", "aren't*", "no automatic*", "never retries", "does not*", "will not be*", "won't be*",
    ])

    private static let reasons = PhraseSet([
        "idempot*", "non-idempot*", "duplicat*", "twice", "double*", "already been", "may have succeeded", "might have succeeded", "may have committed",
        "may already", "side effect*", "side-effect*", "ambiguous", "is unknown", "side effects", "second time", "charge*", "again would", "corrupt*",
    ])

    private static let errorClass = PhraseSet([
        "error", "errors", "exception*", "4xx", "400", "401", "403", "404", "409", "410", "422", "429", "invalid*", "validation*", "permission*", "unauthor*",
        "forbidden", "auth*", "status code*", "bad request", "bad input", "malformed", "rejection*", "fatal", "permanent*", "terminal", "not found",
        "failure mode*", "client-side", "quota", "credential*", "unknown host", "deterministic*",
        "exit code*", "config*", "parse*", "cancel*", "expired", "schema mismatch", "business rule*", "insufficient*", "declined", "ratelimit*", "rate-limit*",
        "rate limit*", "poison*", "failures", "failed tests",
    ])
    private static let errorNames = PhraseSet(["test must", "tests must", "flaky*", "assert*", "poll*", "should or should not", "must or must not"])
    private static let limits = PhraseSet([
        "more than three", "more than 3", "more than 5", "more than five", "indefinitely", "infinitely", "immediately", "forever", "endlessly", "in a loop",
        "retry budget", "more than two", "attempts",
    ])

    private static let unsafe = PhraseSet(["safely", "safe to", "unsafe to"])

    private static let work = PhraseSet([
        "payment*", "charge", "charges", "transfer*", "refund*", "email*", "e-mail*", "notification*", "order", "orders", "job", "jobs", "script*",
        "migration*", "batch*", "write", "writes", "mutation*", "insert*", "publish*", "import*", "export*", "backfill*", "command", "step", "task", "request",
        "requests", "call", "calls", "operation*", "deployment*", "procedure*", "transaction*", "webhook*", "upload*",
        "submission*", "post", "create*", "append*", "increment*", "activity", "workflow*", "settlement*", "payout*", "withdrawal*", "invoice*", "booking*",
    ])

    private static func isAboutWork(_ sentence: ProseSentence) -> Bool {
        sentence.has(work) || sentence.hasCode(sentence.whole)
    }

    private static func subjectRange(_ words: EnglishWords, _ start: Int, _ index: Int) -> Range<Int> {
        var end = index
        while end > start, ["is", "are", "it's", "must", "should", "can", "will"].contains(words.word(end - 1)) { end -= 1 }
        return start..<max(start, end)
    }
}
