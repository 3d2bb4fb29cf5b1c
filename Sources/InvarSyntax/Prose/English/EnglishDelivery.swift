/// Finds statements in English that something is delivered at most once.
enum EnglishDelivery {
    static func claim(in sentence: ProseSentence, _ words: EnglishWords) -> ProseClaim? {
        guard let cue = cues.first(sentence.bytes, in: sentence.whole), sentence.has(things), !sentence.has(others) else { return nil }
        guard let index = words.words.lastIndex(where: { $0.start <= cue.lowerBound }) else { return nil }
        if EnglishGuards.silence(sentence, words, cue: index) { return nil }
        let start = words.clauseStart(before: index)
        let next = words.words.firstIndex { $0.start >= cue.upperBound } ?? words.count
        if words.holds(EnglishGuards.conditions, in: start..<index) || words.holds(EnglishGuards.conditions, in: next..<words.clauseEnd(after: next))
            || words.holds(EnglishGuards.modals, in: start..<index) || words.holds(EnglishGuards.past, in: start..<index)
        {
            return nil
        }
        if words.holds(["not", "never", "no", "doesn't", "isn't", "don't", "cannot", "avoid", "instead", "any", "a", "an", "means"], in: start..<index) {
            return nil
        }
        guard words.holds(verbs, in: start..<index) || lossy.isIn(sentence.bytes) else { return nil }
        let subject = EnglishSubject(words, start..<index, context: sentence.context)
        guard subject.sort == .concrete else { return nil }
        return ProseClaim(.atMostOnce, .weak)
    }

    static let cues = PhraseSet(["at-most-once", "at most once", "qos 0", "qos0", "qos level 0"])
    private static let things = PhraseSet([
        "deliver*", "message", "messages", "event", "events", "notification*", "queue*", "topic*", "webhook*", "publish*", "semantics", "email*", "qos",
        "pub/sub", "fire-and-forget",
    ])
    private static let others = PhraseSet([
        "at-least-once", "at least once", "exactly-once", "exactly once", "qos 1", "per hour", "per day", "per second", "per minute", "per block", "options",
        "or at",
    ])
    private static let verbs: Set<String> = [
        "is", "are", "use", "uses", "delivers", "deliver", "delivered", "sent", "publishes", "published", "chose", "choose", "chooses", "provides", "has",
        "have", "offers", "guarantees", "with", "receives", "processes", "processed",
    ]
    private static let lossy = PhraseSet([
        "may be lost", "can be lost", "is lost", "are lost", "loss is accept*", "loss is tolerat*", "are dropped", "is dropped",
    ])
}
