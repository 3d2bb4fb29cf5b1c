import InvarCore

/// Finds statements in English that something is not idempotent.
enum EnglishIdempotence {
    static func claim(in sentence: ProseSentence, _ words: EnglishWords) -> ProseClaim? {
        let cues = (0..<words.count).lazy.filter {
            words.words[$0].kind == .word && words.words[$0].text.utf8.count > 9 && words.words[$0].text.holds("idempoten")
        }
        for index in cues.prefix(ProseSentence.cueLimit) {
            let text = words.words[index].text
            let claim: ProseClaim? =
                switch text {
                case "idempotent", "idempotently": denied(sentence, words, index)
                case "non-idempotent", "nonidempotent", "un-idempotent", "not-idempotent": prefixed(sentence, words, index)
                case "idempotency", "idempotence": missing(sentence, words, index)
                case "idempotency-safe": nil
                default: nil
                }
            if let claim { return claim }
        }
        return nil
    }

    // MARK: not idempotent

    private static let fillers: Set<String> = [
        "fully", "truly", "strictly", "naturally", "inherently", "itself", "yet", "always", "currently", "really", "actually", "entirely", "generally", "by",
        "default", "an", "a", "be", "made", "guaranteed", "to", "safe", "or", "and", "atomic", "retryable", "reentrant", "re-entrant", "transactional",
        "reversible", "completely", "automatically", "technically", "quite", "in", "itself",
        "intrinsically", "necessarily", "100", "perfectly", "designed", "intended", "implemented", "as", "resumable", "cacheable", "semantically", "themselves",
        "considered", "deterministic", "read-only", "destructive", "cleanly", "restartable", "being",
    ]
    private static let negators: Set<String> = [
        "not", "isn't", "aren't", "isnt", "arent", "never", "nor", "neither", "cannot", "can't", "won't", "ain't", "wasn't", "weren't", "don't", "doesn't",
    ]
    private static let copulas: Set<String> = ["is", "are", "be", "it's", "they're", "remains", "remain", "that's", "isn't", "aren't", "am", "becomes"]

    /// "merely" and "only" turn the denial round.
    private static func isFiller(_ word: String) -> Bool {
        fillers.contains(word) || (word.count > 4 && word.hasSuffix("ly") && !["only", "merely", "simply"].contains(word))
    }

    private static func denied(_ sentence: ProseSentence, _ words: EnglishWords, _ index: Int) -> ProseClaim? {
        var at = index - 1
        var steps = 0
        while at >= 0, steps < 6, isFiller(words.word(at)) || words.isMark(at, [",", "/"]) {
            at -= 1
            steps += 1
        }
        guard at >= 0, negators.contains(words.word(at)) else { return nil }
        if words.word(at) == "never", words.word(at + 1) == "be" { return nil }
        // "necessarily", "considered": not said outright.
        if words.holds(["necessarily", "considered", "guaranteed", "being"], in: at..<index) && words.holds(["necessarily", "being"], in: at..<index) {
            return nil
        }
        if words.holds(["made", "be"], in: at..<index), words.word(at) == "not", EnglishGuards.modals.contains(words.word(at - 1)) { return nil }
        return judge(sentence, words, cue: index, negator: at)
    }

    /// "is non-idempotent", "is a non-idempotent call"; a bare "non-idempotent calls" only names them.
    private static func prefixed(_ sentence: ProseSentence, _ words: EnglishWords, _ index: Int) -> ProseClaim? {
        var at = index - 1
        while at >= 0, isFiller(words.word(at)), words.word(at) != "and", words.word(at) != "or", words.word(at) != "be" { at -= 1 }
        let next = words.word(index + 1)
        let isFinal = index + 1 >= words.count || words.isMark(index + 1, EnglishWords.ends) || predicateFollowers.contains(next)
        if copulas.contains(words.word(at)) {
            return judge(sentence, words, cue: index, negator: at)
        }
        guard isFinal, index == words.clauseStart(before: index) || ["and", "or"].contains(words.word(at)) else { return nil }
        // "Non-idempotent: …" defines the word.
        if words.isMark(index + 1, [":", "—", "–"]) && index == 0 { return nil }
        return judge(sentence, words, cue: index, negator: index)
    }
    private static let predicateFollowers: Set<String> = [
        "because", "since", "and", "but", "by", "so", "as", "in", "with", "due", "on", "unless", "without", "when", "if",
    ]

    // MARK: no idempotency

    private static let lacking: Set<String> = ["no", "lacks", "lack", "lacking", "missing", "zero"]
    private static let verbs: Set<String> = [
        "support", "provide", "guarantee", "offer", "have", "implement", "enforce", "ensure", "accept", "honor", "honour", "give", "promise", "expose",
        "supports", "take", "use",
    ]
    private static let holders: Set<String> = [
        "has", "have", "offers", "provides", "supports", "with", "there", "is", "are", "accepts", "implements", "guarantees", "exposes", "gives", ":", "lacks",
        "lack", "so", "and", ",",
    ]

    private static func missing(_ sentence: ProseSentence, _ words: EnglishWords, _ index: Int) -> ProseClaim? {
        let next = words.word(index + 1)
        let before = words.word(index - 1)
        // "idempotency is not guaranteed", "idempotency keys are not supported".
        let predicate = (index + 1)..<min(words.count, index + 6)
        for at in predicate where ["not", "isn't", "aren't", "never"].contains(words.word(at)) {
            if words.holds(
                ["guaranteed", "supported", "provided", "enforced", "implemented", "ensured", "possible", "available", "accepted"],
                in: at..<min(words.count, at + 3))
            {
                guard !["if", "when", "unless"].contains(before) else { return nil }
                return judge(sentence, words, cue: index, negator: at, isKey: true)
            }
        }
        var at = index - 1
        while at >= 0, ["any", "an", "the", "a", "real", "true", "built-in", "native", "of", "explicit", "server-side"].contains(words.word(at)) { at -= 1 }
        let word = words.word(at)
        if lacking.contains(word) {
            let isHeld = at == 0 || holders.contains(words.word(at - 1)) || words.isMark(at - 1, [":", ",", ";", "(", "—", "–", "|"]) || word.hasPrefix("lack")
            let isWhole = ![
                "issue", "issues", "problem", "problems", "concern", "concerns", "violation", "violations", "guard", "needed", "required", "risk", "bug",
                "bugs", "requirement", "requirements", "tests", "test",
            ].contains(next)
            guard isHeld, isWhole, words.word(at - 1) != "with" else { return nil }
            return judge(sentence, words, cue: index, negator: at, isKey: true)
        }
        if verbs.contains(word), negators.contains(words.word(at - 1)) {
            return judge(sentence, words, cue: index, negator: at - 1, isKey: true)
        }
        return nil
    }

    // MARK: Whether it is said

    private static func judge(_ sentence: ProseSentence, _ words: EnglishWords, cue: Int, negator: Int, isKey: Bool = false) -> ProseClaim? {
        if EnglishGuards.silence(sentence, words, cue: cue) { return nil }
        let start = words.clauseStart(before: negator)
        let end = words.clauseEnd(after: cue + 1)
        let key = !isKey && sentence.names(EnglishGuards.key)
        let before = start..<negator
        if words.holds(EnglishGuards.conditions, in: before), !key { return nil }
        if words.holds(EnglishGuards.modals, in: before) || words.holds(EnglishGuards.past, in: start..<cue) { return nil }
        if words.holds(key ? EnglishGuards.protective.subtracting(["without"]) : EnglishGuards.protective, in: before) { return nil }
        let after = (cue + 1)..<end
        if words.holds(["if", "when", "unless", "until", "whenever", "without", "once"], in: after), !key { return nil }
        if isDoubleNegation(words, before) || isPartOfRule(words, start, negator) || isImperative(words) { return nil }
        var from = start
        // The subject of "X writes data, and is not idempotent" stands in an earlier clause; "which" has its noun there.
        let subject = EnglishSubject(words, subjectRange(words, &from, negator), context: sentence.context)
        switch subject.sort {
        case .method, .generic: return nil
        case .elided:
            if sentence.context.isFragment && cue > 12 { return nil }
            // "Not idempotent by default:" opens a list.
            if let last = words.words.last, last.text == ":" { return nil }
        case .concrete:
            if sentence.context.isFragment, ["the", "a", "an", "you", "it", "your"].contains(words.word(0)) { return nil }
        }
        return ProseClaim(.nonIdempotent, .strict, hasContract: key)
    }

    /// From the clause's start to the verb before the negator.
    private static func subjectRange(_ words: EnglishWords, _ start: inout Int, _ negator: Int) -> Range<Int> {
        var end = negator
        while end > start, copulas.contains(words.word(end - 1)) || ["does", "do", "can", "will", "has", "have", "there", "to"].contains(words.word(end - 1)) {
            end -= 1
        }
        let range = start..<max(start, end)
        // "calls `charge`, which is not idempotent": the noun stands before the comma.
        if range.count == 1, words.word(range.lowerBound) == "which", start > 1 {
            // "POST, which is not idempotent": the noun is the word before the comma.
            let noun = words.word(start - 2)
            if EnglishSubject.methods.contains(noun) || (noun == "method" && EnglishSubject.methods.contains(words.word(start - 3))) {
                return (start - 2)..<(start - 1)
            }
            let earlier = words.clauseStart(before: start - 1)
            return earlier..<max(earlier, start - 1)
        }
        return range
    }

    /// "No operation is not idempotent."
    private static func isDoubleNegation(_ words: EnglishWords, _ range: Range<Int>) -> Bool {
        words.holds(["no", "nothing", "none", "not", "never", "cannot", "don't", "doesn't"], in: range)
    }

    /// "must either be idempotent or non-retryable", "whether or not".
    private static func isPartOfRule(_ words: EnglishWords, _ start: Int, _ negator: Int) -> Bool {
        words.holds(["either", "whether", "any", "anything"], in: start..<negator)
    }

    /// "Do not use …", "Never call an endpoint that is not idempotent".
    private static func isImperative(_ words: EnglishWords) -> Bool {
        ["avoid", "never", "don't", "prefer", "use", "mark", "treat", "identify", "list", "flag", "document", "make", "ensure", "reject"].contains(
            words.word(0)) || (words.word(0) == "do" && words.word(1) == "not")
    }
}
