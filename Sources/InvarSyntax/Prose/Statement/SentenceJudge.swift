/// What one sentence says, by the readers of its language: the strictest claim first.
enum SentenceJudge {
    static func claim(in sentence: ProseSentence) -> ProseClaim? {
        if sentence.isJapanese {
            if let claim = JapaneseIdempotence.claim(in: sentence) { return claim }
            if let claim = JapaneseRetry.claim(in: sentence) { return claim }
            if let claim = JapaneseHarm.claim(in: sentence) { return claim }
            if let claim = JapaneseHarm.doubled(in: sentence) { return claim }
            if let claim = rowClaim(in: sentence) { return claim }
            if let claim = JapaneseReversal.claim(in: sentence) { return claim }
            return JapaneseDelivery.claim(in: sentence)
        }
        let words = EnglishWords(sentence)
        if let claim = EnglishIdempotence.claim(in: sentence, words) { return claim }
        if let claim = EnglishRetry.claim(in: sentence, words) { return claim }
        if let claim = EnglishHarm.claim(in: sentence, words) { return claim }
        if let claim = EnglishReversal.claim(in: sentence, words) { return claim }
        return EnglishDelivery.claim(in: sentence, words)
    }

    /// `| POST | × | 冪等でない可能性を避けるため |`: a row that says no, and why, has decided.
    private static func rowClaim(in sentence: ProseSentence) -> ProseClaim? {
        guard sentence.context.rowSaysNo, sentence.has(denials), sentence.has(causes) else { return nil }
        return ProseClaim(.notRetryable, .weak)
    }

    private static let denials = PhraseSet(["冪等でない", "冪等ではない", "非冪等", "冪等性がない", "冪等性がなく"])
    private static let causes = PhraseSet(["ため", "ので", "から"])
}
