/// Finds statements in Japanese that something is delivered at most once.
enum JapaneseDelivery {
    static func claim(in sentence: ProseSentence) -> ProseClaim? {
        let bytes = sentence.bytes
        guard let cue = cues.first(bytes, in: sentence.whole), sentence.has(things) else { return nil }
        if JapaneseGuards.silence(sentence, cue: cue) { return nil }
        guard let decision = decided.first(bytes, in: cue.upperBound..<bytes.count) ?? lossy.first(bytes, in: sentence.whole) else { return nil }
        if sentence.has(others) || sentence.has(undecided, decision.lowerBound..<bytes.count) { return nil }
        let clause = JapaneseClause.start(sentence, before: cue.lowerBound)
        if sentence.has(conditions, clause..<cue.lowerBound) { return nil }
        return ProseClaim(.atMostOnce, .weak)
    }

    static let cues = PhraseSet(["at-most-once", "at most once", "最大1回", "最大一回", "高々1回", "高々一回", "qos 0", "qos0", "多くとも1回", "多くても1回"])
    private static let things = PhraseSet(["配信", "配送", "配達", "送信", "通知", "メッセージ", "イベント", "キュー", "トピック", "webhook", "メール", "publish*", "delivery", "発行", "ジョブ", "qos"])
    private static let decided = PhraseSet(["とする", "とし", "を採用", "採用する", "である", "です", "で配信", "で送信", "で配送", "で発行", "で通知", "で送る", "で運用", "を選択", "を使う", "を使用", "しか配信", "しか届", "しか送", "のみ配信", "配信。", "配送。", "になる", "となる", "配信する", "送信する", "実行する", "で publish"])
    private static let lossy = PhraseSet(["欠損を許容", "欠落を許容", "消失を許容", "ロストを許容", "失われる"])
    private static let others = PhraseSet(["at-least-once", "at least once", "exactly-once", "exactly once", "少なくとも1回", "少なくとも一回", "qos 1", "qos1", "それぞれ", "比較"])
    private static let undecided = PhraseSet(["しない", "しません", "ではない", "ではなく", "禁止", "避け", "べきでは", "べきでない", "不可", "とは", "意味"])
    private static let conditions = PhraseSet(["場合", "とき", "なら", "たら", "れば"])
}
