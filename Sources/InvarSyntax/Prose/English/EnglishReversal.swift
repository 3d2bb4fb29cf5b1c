/// Finds statements in English that a change cannot be rolled back.
enum EnglishReversal {
    static func claim(in sentence: ProseSentence, _ words: EnglishWords) -> ProseClaim? {
        guard sentence.has(topics) || sentence.context.rowSubject.map({ topics.isIn($0) }) == true else { return nil }
        guard let cue = cues.first(sentence.bytes, in: sentence.whole), let index = words.words.lastIndex(where: { $0.start <= cue.lowerBound }) else {
            return nil
        }
        if EnglishGuards.silence(sentence, words, cue: index) { return nil }
        let start = words.clauseStart(before: index)
        if words.holds(EnglishGuards.conditions, in: start..<index) || words.holds(EnglishGuards.past, in: start..<index) { return nil }
        if words.holds(EnglishGuards.protective.subtracting(["without"]), in: start..<index)
            || words.holds(["any", "some", "no", "may", "might", "could", "would", "should", "either", "or", "whose"], in: start..<index)
        {
            return nil
        }
        if EnglishSubject.relatives.contains(words.word(index - 1)) { return nil }
        let end = words.clauseEnd(after: index + 1)
        if words.holds(["if", "unless", "until", "when"], in: (index + 1)..<end) { return nil }
        if ["do", "never", "avoid", "don't", "require", "confirm"].contains(words.word(0)) { return nil }
        let subject = EnglishSubject(words, start..<index, context: sentence.context)
        if subject.sort == .generic && !sentence.has(plain, 0..<cue.lowerBound) { return nil }
        if sentence.has(general) { return nil }
        return ProseClaim(.irreversible, .strict)
    }

    private static let cues: PhraseSet = {
        var all: [String] = []
        for act in ["rolled back", "undone", "reversed", "reverted", "rolled-back"] {
            for modal in ["cannot be", "can not be", "can't be", "can never be", "could not be"] {
                for adverb in ["", "safely ", "easily ", "cleanly ", "automatically ", "simply "] { all.append(modal + " " + adverb + act) }
            }
        }
        for act in ["roll back", "rollback", "undo", "revert", "go back"] {
            all += ["no way to " + act, "not possible to " + act, "impossible to " + act, "cannot " + act, "can't " + act, "unable to " + act]
        }
        for phrase in [
            "irreversible", "not reversible", "non-reversible", "not backwards reversible", "forward-only", "a one-way door", "a one-way migration", "one-way",
            "not rollbackable", "not revertible", "unrecoverable by rollback",
        ] {
            for verb in ["is", "are", "is effectively", "is therefore", "are effectively", "is deliberately", "is an", "is intentionally"] {
                all.append(verb + " " + phrase)
            }
        }
        all += [
            "has no rollback", "have no rollback", "no rollback path", "there is no rollback", "no down migration", "rollback is not possible",
            "rollback is impossible", "rollback is not supported", "rollback: not possible", "rollback not possible",
        ]
        return PhraseSet(all)
    }()

    private static let topics = PhraseSet([
        "migration*", "migrat*", "schema*", "release*", "deploy*", "upgrade*", "rollout*", "cutover*", "cut-over*", "column*", "table", "tables", "drop",
        "drops", "dropped", "dropping", "alter", "backfill*", "version bump*", "data conversion*", "step",
    ])
    private static let plain = PhraseSet(["this", "the", "our", "it", "these", "each", "all", "both"])
    private static let general = PhraseSet(["in mysql", "in oracle", "truncate", "most databases", "some databases", "blockchain", "hash*"])
}
