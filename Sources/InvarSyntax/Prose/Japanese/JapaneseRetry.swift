/// Finds statements in Japanese that something must not, cannot or will not be tried again.
enum JapaneseRetry {
    static func claim(in sentence: ProseSentence) -> ProseClaim? {
        var from = 0
        for _ in 0..<ProseSentence.cueLimit {
            guard let word = repetition.first(sentence.bytes, in: from..<sentence.bytes.count) else { return nil }
            from = word.upperBound
            if let claim = claim(in: sentence, word: word) { return claim }
        }
        return nil
    }

    private static let repetition = PhraseSet(["リトライ", "再試行", "再実行", "再送信", "再送", "リラン", "再投入", "再処理", "再発行"])

    private static func claim(in sentence: ProseSentence, word: Range<Int>) -> ProseClaim? {
        let bytes = sentence.bytes
        var at = word.upperBound
        if denials.match(bytes, at: at, in: sentence.whole) == nil, let link = links.match(bytes, at: at, in: sentence.whole) { at = link }
        guard let end = denials.match(bytes, at: at, in: sentence.whole) else { return nil }
        if unmeant.match(bytes, at: end, in: sentence.whole) != nil { return nil }
        if JapaneseGuards.silence(sentence, cue: word.lowerBound..<end) { return nil }
        let warns = warnings.isIn(bytes, end..<bytes.count) || strongDenials.match(bytes, at: at, in: sentence.whole) != nil
        if sentence.has(limits, 0..<word.lowerBound) || sentence.has(JapaneseGuards.errorClass) { return nil }
        if let row = sentence.context.rowSubject, JapaneseGuards.errorClass.isIn(row) { return nil }
        if sentence.has(JapaneseGuards.replay), !warns { return nil }
        let clause = JapaneseClause.start(sentence, before: word.lowerBound)
        if sentence.has(conditions, clause..<word.lowerBound), !sentence.has(failures, clause..<word.lowerBound) { return nil }
        // 「…場合は、」 rules the clause after the comma too.
        if sentence.has(topicConditions, 0..<word.lowerBound), !sentence.has(failures, 0..<word.lowerBound) { return nil }
        if weakDenials.match(bytes, at: at, in: sentence.whole) != nil, !sentence.has(danger), !isAboutWork(sentence) { return nil }
        if JapaneseGuards.errorClass.isIn(sentence.context.before) { return nil }
        // 「再実行してはいけない処理」 describes the work that follows.
        if bytes[..<end].suffix(3).elementsEqual("い".utf8), JapaneseEnding.startsNoun(bytes, at: end),
            decisions.match(bytes, at: end, in: sentence.whole) == nil
        {
            return nil
        }
        if !warns, !sentence.has(danger), !isAboutWork(sentence), bare.match(bytes, at: 0, in: sentence.whole) == nil { return nil }
        return ProseClaim(.notRetryable, .weak, hasContract: sentence.names(JapaneseIdempotence.key))
    }

    private static let links = PhraseSet([
        "は", "を", "も", "が", "処理は", "処理を", "自体を", "自体は", "を自動で", "は自動で", "は一切", "を一切", "は絶対に", "して", "することは", "することが", "する処理は", "機構は", "機能は", "制御は", "については",
        "は原則", "は原則として", "は基本的に", "は行うことが", "処理", ":", "は、", "そのものを", "しても", "など",
    ])

    private static let denials: PhraseSet = {
        var all =
            strong + [
                "しない", "しません", "せず", "行わない", "行いません", "行わず", "おこなわない", "実施しない", "実施しません", "実施せず", "実行しない", "不可", "できない", "できません", "できず", "なし。", "なし)", "なし、",
                "対象外", "対象とせず", "対象としない", "対象にしない", "対象に含めない", "させない", "許可しない",
                "認めない", "出来ない", "ができない", "ができません", "ありません", "掛けない", "かけない", "不可能", "想定しない", "想定していない", "想定していません", "されない", "されません", "に対応していない",
                "に対応していません", "をサポートしない", "をサポートしていない", "サポートしない",
            ]
        all += ["×", "ng"]
        return PhraseSet(all)
    }()

    /// Often the state of a record (取消済みは再実行不可) rather than a property of the work.
    private static let weakDenials = PhraseSet([
        "不可", "できない", "できません", "できず", "対象外", "対象とせず", "対象としない", "対象にしない", "対象に含めない", "出来ない", "ができない", "ができません", "不可能", "許可しない", "認めない", "ありません", "されない",
        "されません", "なし。", "なし)", "なし、", "ng", "×",
    ])

    private static let work = PhraseSet([
        "バッチ", "ジョブ", "スクリプト", "マイグレーション", "post", "patch", "更新系", "書き込み", "送金", "振込", "決済", "本処理", "本手順", "この手順", "この処理", "本api", "当api", "インポート", "取込",
        "取り込み", "移行", "コマンド", "通知", "メール", "送信", "登録", "連携", "課金", "請求", "支払", "入金", "出金", "注文", "予約", "発注", "発行", "更新", "キュー", "queue*", "job", "jobs",
        "batch*", "migration*", "書込", "投稿", "配信", "sdk", "publish*", "write*", "呼び出し", "呼出", "手順", "リリース", "デプロイ", "実行は1回", "出力先",
    ])

    private static func isAboutWork(_ sentence: ProseSentence) -> Bool {
        sentence.has(work) || work.isIn(sentence.context.heading) || work.isIn(sentence.context.before)
            || (sentence.context.rowSubject.map { work.isIn($0) } ?? false)
    }

    private static let strong = [
        "してはならない", "してはいけない", "してはなりません", "してはいけません", "してはだめ", "してはダメ", "しては駄目", "しないこと", "しないで", "しないよう", "禁止", "厳禁", "させないこと", "行ってはならない", "行ってはいけない",
        "行わないこと", "すべきでない", "すべきではない", "すべきではありません", "行わないよう", "べきでない", "べきではない",
        "すると危険", "は危険", "するな", "ならない", "いけない", "せぬこと",
    ]
    private static let strongDenials = PhraseSet(strong)
    private static let warnings = PhraseSet(["注意", "危険", "厳守", "厳禁", "禁止"])

    /// What makes the denial a condition, an option or something else.
    private static let unmeant = PhraseSet([
        "場合", "とき", "時", "なら", "と、", "と二", "と復", "限り", "くても", "ければ", "問題", "状況", "エラー", "例外", "失敗", "条件", "設定", "オプション", "理由", "かっ", "ケース", "種類", "種別", "もの",
        "か。", "か?", "かを", "かど", "と判断", "と判定", "まま", "フラグ", "ステータス", "状態", "なって", "くな", "と言", "という", "こと",
        "例外", "と見", "メッセージ", "バグ", "ということ", "である", "レスポンス", "として扱", "として分類", "に分類", "クラス", "ジョブは", "タイプ",
    ])

    /// A bound on repetition, not a denial of it.
    private static let limits = PhraseSet([
        "せず再", "せずに再", "ず再実行", "タイマー", "無限", "超えて", "超えた", "以上", "以降", "上限", "回目", "すぐに", "即座に", "直ちに", "同時に", "並行して", "それ以上", "これ以上", "回数を", "max*", "連続",
        "自分で", "勝手に", "重複して",
    ])

    private static let conditions = PhraseSet(["場合", "とき", "時は", "時、", "なら", "たら", "れば", "際は", "際に", "ケース", "のみ", "限り", "中は", "間は", "までは", "以外"])

    /// A policy stated on its own speaks for what stands above it.
    private static let bare = PhraseSet(["自動リトライ", "自動再試行", "自動再送", "自動で再試行", "自動でリトライ", "自動での再試行", "- 自動リトライ"])

    private static let topicConditions = PhraseSet(["場合は、", "場合、", "場合には、", "ときは、", "とき、", "時は、", "なら、", "ならば、", "たら、", "限り、", "場合:", "時:"])
    private static let decisions = PhraseSet(["点", "旨", "方針", "仕様", "設計", "運用", "こと", "前提"])

    /// A repetition only ever follows a failure: this condition restricts nothing.
    private static let failures = PhraseSet(["失敗", "タイムアウト", "異常終了", "異常時", "エラー時", "障害", "通信エラー", "応答なし", "結果不明", "不明な場合", "落ちた", "途中で"])

    private static let danger = PhraseSet(["非冪等", "冪等で", "冪等性", "重複", "課金", "二重", "副作用"])
}
