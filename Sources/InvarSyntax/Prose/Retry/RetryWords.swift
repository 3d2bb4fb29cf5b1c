import InvarCore

/// Words by which a text gives a retry strategy.
enum RetryWords {
    /// Whether a text speaks of trying again or of recovering at all.
    static func areIn(_ text: String) -> Bool {
        words.isIn(ProseSentence.folded(text.unicodeScalars))
    }

    /// Whether a text says how a failure is recovered from.
    static func giveStrategy(_ text: String) -> Bool {
        areIn(text) && !mechanisms(in: text).isEmpty
    }

    /// Whether a heading or a label announces a retry strategy.
    static func names(_ name: String) -> Bool {
        japanese.contains { name.holds($0) } || english.isIn(Array(name.utf8))
    }

    static func label(_ text: String) -> Bool {
        guard let name = Label(text)?.name else { return false }
        return names(name)
    }

    private static let japanese = ["リトライ", "再試行", "再送", "再実行", "リカバリ", "リラン", "復旧", "障害時", "失敗時"]
    private static let english = PhraseSet([
        "retry", "retries", "redelivery", "recovery", "rerun", "re-run", "failure handling", "error handling", "on failure", "retry strategy",
    ])

    private static let words = PhraseSet([
        "リトライ", "再試行", "再送", "再実行", "リラン", "リカバリ", "復旧", "補正", "再投入", "再処理", "やり直", "retr*", "rerun*", "re-run*", "resend*", "resubmit*", "redeliver*",
        "recover*", "replay*", "reconcil*", "突合", "照合", "by hand", "manual*", "手動", "手作業", "手で", "人手", "dlq", "補償",
    ])

    /// What the strategy works by; empty when the text only says whether, not how.
    static func mechanisms(in text: String) -> Set<RetryMechanism> {
        let bytes = ProseSentence.folded(text.unicodeScalars)
        var found: Set<RetryMechanism> = []
        for (mechanism, phrases) in vocabulary where phrases.isIn(bytes) { found.insert(mechanism) }
        if countsAttempts(bytes) { found.insert(.limit) }
        if isTimed(bytes) { found.insert(.backoff) }
        return found
    }

    private static let vocabulary: [(RetryMechanism, PhraseSet)] = [
        (
            .limit,
            PhraseSet([
                "上限", "回まで", "一度だけ", "一回だけ", "1回だけ", "maximum", "at most", "up to", "max", "attempts", "once only", "only once", "maxretries", "max_retries",
                "backofflimit", "回数制限", "最大",
            ])
        ),
        (
            .backoff,
            PhraseSet([
                "バックオフ", "間隔", "ジッター", "ジッタ", "待ってから", "待機", "backoff", "back-off", "back off", "jitter", "exponential*", "delay*", "interval*", "wait*", "秒後",
                "分後", "時間後", "翌営業日", "翌日",
            ])
        ),
        (
            .manual,
            PhraseSet([
                "手動", "手作業", "手で", "人手", "手補正", "運用者", "運用担当", "担当者", "オペレータ", "オペレーター", "突合", "照合", "手順書", "目視", "問い合わせ", "manual*", "by hand", "operator*",
                "reconcil*", "runbook*", "on-call", "oncall", "human", "playbook*", "support team", "an engineer",
            ])
        ),
        (
            .dedupe,
            PhraseSet([
                "冪等キー", "冪等性キー", "重複排除", "重複チェック", "重複検知", "重複検出", "一意制約", "ユニーク制約", "処理済みテーブル", "処理済みフラグ", "処理済みか", "idempotency-key", "idempotency key",
                "idempotency_key", "dedup*", "de-dup*", "unique", "processed_events", "inbox", "outbox", "upsert*", "on conflict", "登録済みか", "送信済みか", "実行済みか",
            ])
        ),
        (.deadLetter, PhraseSet(["dlq", "dead-letter*", "dead letter*", "deadletter*", "デッドレター", "デッドレタ", "退避キュー", "parking lot"])),
        (
            .compensation,
            PhraseSet([
                "補償", "取消", "取り消", "打ち消", "相殺", "返金", "赤伝", "逆仕訳", "補正", "compensat*", "refund*", "reversal*", "reverse*", "saga", "void*", "roll back",
                "rollback", "restore*", "復元", "戻す", "戻し",
            ])
        ),
        (
            .inquiry,
            PhraseSet([
                "照会", "結果確認", "状態を確認", "状態確認", "ステータスを確認", "ステータス確認", "問い合わせて", "確認してから", "有無を確認", "status inquiry", "query the status", "check the status",
                "checks the status", "status query", "look up", "looks up", "check whether", "checks whether", "ask the provider", "verify whether", "poll*",
                "inquire*",
            ])
        ),
        (
            .rerun,
            PhraseSet([
                "最初から再", "最初からやり直", "先頭から", "途中から", "同じ日付で", "同じ入力で", "同じファイル", "同じ引数", "対象日を指定", "日付を指定", "範囲を指定", "削除してから", "消してから", "上書き", "洗い替え", "洗替",
                "前の断面", "チェックポイント", "再作成して", "from the start", "from scratch", "from the beginning", "checkpoint*", "with the same", "for the same",
                "after deleting", "after truncating", "overwrit*",
                "次回の実行", "次回実行", "翌日の実行", "next run", "next scheduled run",
            ])
        ),
    ]

    /// 3回, 3 times, 5 attempts.
    private static func countsAttempts(_ bytes: [UInt8]) -> Bool {
        follows(bytes, countUnits)
    }
    private static let countUnits = PhraseSet(["回", " 回", " times", " attempts", " retries", " tries", "x "])

    /// 30秒, 5 minutes.
    private static func isTimed(_ bytes: [UInt8]) -> Bool {
        follows(bytes, timeUnits)
    }
    private static let timeUnits = PhraseSet(["秒", " 秒", "分間", "分ごと", "分おき", "s backoff", " seconds", " minutes", "ms"])

    /// Whether one of the units stands right behind a number.
    private static func follows(_ bytes: [UInt8], _ units: PhraseSet) -> Bool {
        for index in bytes.indices.dropFirst() where (0x30...0x39).contains(bytes[index - 1]) && !(0x30...0x39).contains(bytes[index]) {
            if units.match(bytes, at: index, in: index..<bytes.count) != nil { return true }
        }
        return false
    }
}
