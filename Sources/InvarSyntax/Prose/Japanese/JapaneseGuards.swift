/// Words that turn a Japanese statement into something else: a question, history, an example, an error class.
enum JapaneseGuards {
    /// Whether the whole sentence is no statement about the present design, whatever cue it holds at `cue`.
    static func silence(_ sentence: ProseSentence, cue: Range<Int>) -> Bool {
        if isQuestion(sentence) || sentence.isQuoted(cue.lowerBound) || beginsAsExample(sentence) { return true }
        if sentence.has(history, 0..<cue.lowerBound) { return true }
        if sentence.has(repair, cue.upperBound..<sentence.bytes.count) { return true }
        if sentence.has(denial, cue.upperBound..<sentence.bytes.count) { return true }
        let clause = JapaneseClause.start(sentence, before: cue.lowerBound)
        return sentence.has(supposition, clause..<cue.lowerBound)
    }

    static func isQuestion(_ sentence: ProseSentence) -> Bool {
        var end = sentence.bytes.count
        while end > 0, [0x3F, 0x21, 0x22, 0x29].contains(sentence.bytes[end - 1]) {
            if sentence.bytes[end - 1] == 0x3F { return true }
            end -= 1
        }
        return questionEnds.contains { sentence.bytes[..<end].suffix($0.count).elementsEqual($0) }
    }

    private static let questionEnds = ["か。", "か", "かな。", "のか」"].map { Array($0.utf8) }

    private static func beginsAsExample(_ sentence: ProseSentence) -> Bool {
        exampleMarks.match(sentence.bytes, at: 0, in: sentence.whole) != nil
    }

    private static let exampleMarks = PhraseSet([
        "❌", "✗", "✘", "✅", "⭕", "○", "🙅", "×", "ng:", "ng例", "悪い例", "良い例", "アンチパターン", "例:", "例)", "例えば", "たとえば", "q.", "q:", "bad:", "good:", "[ ]", "[x]",
        "□", "☐", "☑",
    ])

    private static let history = PhraseSet([
        "以前は", "以前の", "以前、", "従来は", "従来の", "かつて", "もともと", "元々", "当初は", "当初の", "過去に", "過去の", "これまで", "今までは", "旧実装", "旧方式", "旧版", "旧バージョン", "旧システム", "旧設計",
        "初版では", "修正前",
        "改修前", "移行前", "変更前", "改善前", "リファクタ前", "前バージョン", "v1では", "だったため", "であったため",
    ])

    private static let repair = PhraseSet([
        "を修正した", "を修正する", "を修正。", "を修正", "問題を解消", "を解消", "を解決", "を是正", "バグ", "不具合", "ように直", "に直した", "に変更した", "に改修", "に修正した", "に書き換えた", "ようにした。", "だった。", "でした。",
        "かった。", "冪等化した", "冪等化する", "冪等にする。", "冪等にした",
        "不採用", "採用しない", "採用しなかった", "却下", "見送",
    ])

    private static let denial = PhraseSet([
        "わけではない", "わけではありません", "わけでは無い", "とは限らない", "とは限りません", "とは言えない", "とは言い切れない", "というのは誤り", "という誤解", "は誤り", "は誤解", "と思われがち", "という意味ではない", "=絶対", "と失敗",
    ])

    private static let supposition = PhraseSet([
        "もし", "必ずしも", "仮に", "万一", "万が一", "例えば", "たとえば", "なぜ", "どれが", "何が", "いずれか", "かどうか", "がなければ", "がないと", "が無いと", "がない場合", "が無い場合", "なしでは", "でない限り", "ない限り",
    ])

    /// Failures that a repetition cannot cure: not trying them again says nothing about the operation.
    static let errorClass = PhraseSet([
        "invalid*", "入力誤り", "入力不正", "入力エラー", "入力値", "4xx", "5xx以外", "400", "401", "403", "404", "409", "410", "413", "415", "422", "認可", "認証", "権限",
        "permission*", "unauth*", "forbidden", "notfound", "not_found", "バリデーション", "検証エラー",
        "形式エラー", "恒久", "永続エラー", "永続的なエラー", "永続的エラー", "致命的", "fatal", "業務エラー", "ビジネスエラー", "論理エラー", "クライアントエラー", "設定エラー", "設定ミス", "構文エラー", "パースエラー", "エラーはリトライ",
        "エラーは再", "エラーの場合は",
        "エラー時はリトライ", "例外はリトライ", "例外は再", "非リトライ", "スキーマ不一致", "不正な", "不正リクエスト", "データ不備", "期限切れ", "ratelimit*", "rate_limit*", "429", "oauth", "permanent*",
        "ログインエラー", "networkerror", "typeerror", "valueerror", "残高不足", "存在しない", "見つからない", "サーキットブレーカー", "回復不能", "回復不可", "復旧不能", "エラーコード", "ステータスコード", "例外クラス",
        "poison", "quota", "レート制限", "refusal", "キャンセル済",
    ])

    /// A repetition that was recognised as one: what prevents duplicates, not what suffers from them.
    static let replay = PhraseSet([
        "成功した", "成功済", "完了した", "完了済", "処理済", "送信済", "登録済", "受信済", "実行済", "適用済", "取込済", "既に処理", "同一キー", "同じキー", "前回の応答", "前回応答", "前回結果", "キャッシュ済", "スキップ",
        "重複を検知", "重複検知", "replay", "重複は", "既読", "業務処理は再実行",
        "冪等なので", "冪等であるため", "冪等のため", "冪等性により",
    ])

    /// What stands between a hazard and harm.
    static let prevention = PhraseSet([
        "防ぐ", "防ぎ", "防い", "防止", "防御", "避ける", "避け", "回避", "抑止", "抑制", "排除", "除外", "検出", "検知", "除去", "スキップ", "弾く", "弾か", "拒否", "無視", "破棄", "一意制約", "ユニーク制約",
        "unique", "ロック", "排他", "冪等キー", "冪等性キー", "idempotency*",
        "対策", "吸収", "されない", "されません", "しない", "しません", "ならない", "なりません", "起きない", "起こらない", "発生しない", "発生しません", "増えない", "増えません", "起きません", "ないこと", "ないよう", "ないため", "ずに",
        "不要", "許容", "問題ない", "問題な", "影響な", "影響はな", "409", "エラーになる",
        "エラーとなる", "エラーにな", "エラーを返", "upsert", "on conflict", "守る", "保護", "冪等に", "冪等で", "冪等性", "冪等化", "かを確認", "ことを確認", "べき", "なければ", "テスト", "検証", "事故を", "懸念",
        "べからず", "できない", "できません", "られない", "ことはない", "ことがない", "ことは無い", "心配",
    ])

    /// A harm that is only feared.
    static let doubt = PhraseSet([
        "可能性", "恐れ", "おそれ", "怖れ", "虞", "リスク", "かもしれ", "かねない", "かねません", "得る", "うる", "がち", "懸念", "危険", "場合がある", "場合があり", "ことがある", "ことがあり", "ことも", "しかね", "やす",
    ])
}
