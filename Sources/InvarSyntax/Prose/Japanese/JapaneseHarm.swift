/// Finds statements in Japanese that a repetition does harm: 二回実行すると二重に登録される.
enum JapaneseHarm {
    static func claim(in sentence: ProseSentence) -> ProseClaim? {
        let bytes = sentence.bytes
        var from = 0
        for _ in 0..<ProseSentence.cueLimit {
            guard let word = repetitions.first(bytes, in: from..<bytes.count) else { return nil }
            from = word.upperBound
            guard let condition = conditionEnd(sentence, after: word.upperBound) else { continue }
            guard let harm = harms.first(bytes, in: condition..<bytes.count) else { continue }
            let said = bytes.count - harm.upperBound < 240 ? bytes.count : harm.upperBound + 240
            let tail = harm.upperBound..<said
            if happens.first(bytes, in: tail.lowerBound..<min(tail.upperBound, harm.upperBound + 45)) == nil, !isFinal(bytes, harm.upperBound) { continue }
            if JapaneseGuards.silence(sentence, cue: word.lowerBound..<harm.upperBound) { return nil }
            let quiet = condition..<harm.lowerBound
            if sentence.has(JapaneseGuards.prevention, tail) || sentence.has(JapaneseGuards.prevention, quiet) { return nil }
            if sentence.has(JapaneseGuards.doubt, tail), !sentence.has(decisions) { return nil }
            if sentence.has(without, 0..<harm.lowerBound) { return nil }
            return ProseClaim(.nonIdempotent, .weak, hasContract: sentence.names(JapaneseIdempotence.key))
        }
        return nil
    }

    /// 「…と同じ本が二重に登録される」: the harm itself says that something happened before.
    static func doubled(in sentence: ProseSentence) -> ProseClaim? {
        let bytes = sentence.bytes
        guard let harm = passives.first(bytes, in: sentence.whole), bytes.count - harm.upperBound < 60 else { return nil }
        guard conditions.isIn(bytes, 0..<harm.lowerBound) || choices.isIn(bytes, 0..<harm.lowerBound), !afterPassive.isIn(bytes, harm.upperBound..<bytes.count)
        else { return nil }
        if JapaneseGuards.silence(sentence, cue: harm) || sentence.has(without, 0..<harm.lowerBound) { return nil }
        if sentence.has(JapaneseGuards.prevention) || sentence.has(JapaneseGuards.doubt, harm.upperBound..<bytes.count) { return nil }
        return ProseClaim(.nonIdempotent, .weak, hasContract: false)
    }

    private static let choices = PhraseSet(["ぶと", "すと", "くと", "うと", "ると", "つと", "れば"])
    private static let afterPassive = PhraseSet(["こと", "場合", "とき", "時", "問題", "バグ", "可能性", "恐れ", "おそれ", "リスク", "ため"])
    private static let passives: PhraseSet = {
        var all: [String] = []
        for act in [
            "登録", "計上", "課金", "送信", "請求", "作成", "予約", "投稿", "出荷", "発送", "加算", "発行", "決済", "入金", "送金", "返金", "付与", "配信", "通知", "発注", "記録", "追加", "起票", "実行",
        ] {
            for way in ["二重に", "二重", "2重に", "重複して", "2回", "二回"] {
                for end in ["される", "されます", "されてしまう", "されてしまいます"] { all.append(way + act + end) }
            }
        }
        return PhraseSet(all)
    }()

    private static let repetitions = PhraseSet([
        "二回", "2回", "二度", "2度", "二重に実行", "二重実行", "二重起動", "多重実行", "多重起動", "複数回", "何度も", "何度か", "再実行", "再試行", "リトライ", "再送信", "再送", "リラン", "再投入", "再処理", "もう一度",
        "もう1度", "再度", "繰り返し", "繰り返す", "続けて", "連打", "呼ぶたび", "呼び出すたび", "実行するたび", "実行のたび", "実行する度", "押すたび",
        "再取込", "再取り込み", "再適用", "再受信", "重複して受信", "重複配信", "再配信", "再デプロイ", "毎回", "流し直", "叩き直",
    ])

    /// The end of what says that the repetition happens: すると, した場合, のたびに.
    private static func conditionEnd(_ sentence: ProseSentence, after index: Int) -> Int? {
        let end = min(sentence.bytes.count, index + 75)
        return conditions.first(sentence.bytes, in: index..<end)?.upperBound ?? eachTime.first(sentence.bytes, in: max(0, index - 6)..<end)?.upperBound
    }
    private static let conditions = PhraseSet([
        "うと", "くと", "ぐと", "すと", "つと", "ぬと", "むと", "すると", "した場合", "する場合", "したとき", "した時", "したら", "すれば", "されると", "された場合", "されたら", "されれば", "で", "ぶと", "べば", "んだら",
        "んだ場合", "行うと", "行った場合", "流すと", "流した場合", "流せば", "叩くと", "叩いた場合", "送ると", "送った場合", "押すと", "押した場合", "かけると", "掛けると", "走ると", "走った場合", "走らせると",
        "届くと", "届いた場合", "動くと", "動いた場合", "動かすと", "しても", "ことで", "により", "によって", "時に", "の際", "ことにより", "呼ばれると", "入れると", "通すと", "実行で", "ると",
    ])
    private static let eachTime = PhraseSet(["たびに", "度に", "たび、", "たび"])

    private static let harms: PhraseSet = {
        var all: [String] = []
        let acts = [
            "登録", "計上", "課金", "送信", "請求", "実行", "作成", "反映", "予約", "投稿", "処理", "出荷", "発送", "引き落と", "加算", "減算", "カウント", "挿入", "取り込", "取込", "発行", "決済", "入金", "出金",
            "振込", "送金", "返金", "付与", "配信", "通知", "発注", "注文", "引き当て", "引当", "記録", "追加", "起票", "仕訳", "書き込", "集計", "払い", "支払", "受注",
            "メール", "投入", "更新", "控除", "生成", "構築", "起動", "行", "レコード", "データ", "動画", "通知", "エントリ", "下書き", "件", "した",
        ]
        for act in acts {
            all += [
                "二重に" + act, "二重" + act, "重複して" + act, "重複" + act, "2回" + act, "二回" + act, "2重に" + act, "2重" + act, "多重に" + act, "多重" + act, "二度" + act,
                "複数" + act, "複数回" + act, "再度" + act,
            ]
        }
        all += [
            "二重に", "2重に", "重複す", "重複し", "重複が発生", "重複を作", "重複が生", "重複とな", "重複に", "2件", "二件", "2つ作", "二つ作", "2倍", "二倍", "倍に", "複数件", "複数作成", "増え続け", "増える",
            "増えます", "増えて", "増殖", "2回動く", "2回送", "二回送", "2回走", "もう1件", "もう一件", "余分に", "過剰に",
            "さらに加算", "更に加算", "積み上が",
        ]
        return PhraseSet(all)
    }()

    private static let happens = PhraseSet([
        "される", "されます", "されて", "する", "します", "して", "なる", "なります", "なって", "発生", "生じ", "増え", "起き", "起こ", "作られ", "できる", "できます", "でき、", "入る", "入ります", "飛ぶ", "届く", "届き",
        "走る", "積まれ", "されてしま", "てしま", "残る", "残り", "ため", "れる", "れます", "られ", "とされ", "つながる", "動く", "され、", "し、", "が二", "行われ", "載る", "ます", "るため", "る。", "ります", "作る",
        "生む",
    ])

    /// The harm is the last word: 「…再実行すると二重登録」.
    private static func isFinal(_ bytes: [UInt8], _ end: Int) -> Bool {
        end >= bytes.count || bytes[end...].elementsEqual("。".utf8) || bytes[end...].elementsEqual(")。".utf8) || bytes[end...].elementsEqual(")".utf8)
    }

    /// A harm that a decision follows from is meant.
    private static let decisions = PhraseSet([
        "リトライしない", "再試行しない", "再実行しない", "リトライを行わない", "リトライは行わない", "再実行は行わない", "再送しない", "再実行してはならない", "再実行しないこと", "リトライ不可", "再実行不可", "再実行禁止", "手動で", "手作業",
        "確認してから", "運用者",
    ])

    /// 「冪等キーがないと、再送で二重になる」 speaks for the key.
    private static let without = PhraseSet([
        "冪等でないと", "冪等でなければ", "冪等性がないと", "冪等性がなければ", "冪等性がない場合", "冪等でない場合", "冪等キーがないと", "冪等キーなし", "キーがないと", "なしで", "がなければ", "場合:", "していないと", "しないと", "ないままだと",
        "ロックがないと", "制御がないと", "怠ると", "忘れると", "素朴に", "単純に", "もし", "無いと", "がないと", "でないと",
    ])
}
