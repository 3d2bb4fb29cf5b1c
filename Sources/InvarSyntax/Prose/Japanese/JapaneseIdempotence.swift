/// Finds statements in Japanese that something is not idempotent.
enum JapaneseIdempotence {
    static func claim(in sentence: ProseSentence) -> ProseClaim? {
        var from = 0
        for _ in 0..<ProseSentence.cueLimit {
            guard let word = idempotent.first(sentence.bytes, in: from..<sentence.bytes.count) else { return nil }
            from = word.upperBound
            if let claim = claim(in: sentence, word: word) { return claim }
        }
        return nil
    }

    private static let idempotent = PhraseSet(["非冪等", "冪等"])

    private static func claim(in sentence: ProseSentence, word: Range<Int>) -> ProseClaim? {
        let bytes = sentence.bytes
        guard let (end, form) = denial(sentence, word: word) else { return nil }
        let cue = word.lowerBound..<end
        if JapaneseGuards.silence(sentence, cue: cue) { return nil }
        switch JapaneseEnding.meaning(sentence, at: end, form: form) {
        case .asserts: break
        case .asserted(let rest): if sentence.has(avoidance, rest..<bytes.count) { return nil }
        case .names, .no: return nil
        }
        let subject = JapaneseSubject(sentence, before: word.lowerBound)
        let isKey = form == .key
        let contract = !isKey && sentence.names(key)
        // 「結果が変わる（＝冪等性がない）こと」 explains a word.
        if word.lowerBound > 0, bytes[word.lowerBound - 1] == 0x3D { return nil }
        if subject.isMethodOnly || sentence.has(http) { return nil }
        if subject.isGeneric, !contract { return nil }
        if isKey, sentence.has(avoidance, end..<bytes.count) { return nil }
        return ProseClaim(.nonIdempotent, .strict, hasContract: contract)
    }

    enum Form { case predicate, bare, noun, key }

    /// The end of what denies idempotence after `word`, and its grammatical form; nil when nothing does.
    private static func denial(_ sentence: ProseSentence, word: Range<Int>) -> (end: Int, form: Form)? {
        let bytes = sentence.bytes
        var at = word.upperBound
        let isPrefixed = word.count > 6
        if isPrefixed {
            // 非冪等性 names the property; only 「非冪等性がある」 says that something has it.
            if let end = nature.match(bytes, at: at, in: sentence.whole) {
                guard let held = held.match(bytes, at: end, in: sentence.whole) else { return nil }
                at = held
                return (at, .predicate)
            }
            return (at, .bare)
        }
        if let end = keyDenials.match(bytes, at: at, in: sentence.whole) { return (end, .key) }
        if let end = verbDenials.match(bytes, at: at, in: sentence.whole) { return (end, .predicate) }
        if let end = nounDenials.match(bytes, at: at, in: sentence.whole) { return (end, .predicate) }
        if let end = bareDenials.match(bytes, at: at, in: sentence.whole) { return (end, .noun) }
        return nil
    }

    private static let nature = PhraseSet(["性"])
    private static let held = PhraseSet(["がある", "があり", "を持つ", "を持ち", "を有する", "を有し"])

    /// A contract that makes repetition safe when the caller uses it.
    static let key = PhraseSet([
        "idempotency-key", "idempotency_key", "idempotencykey", "idempotency key", "冪等キー", "冪等性キー", "リクエストid", "request_id", "requestid", "request id",
        "if-match", "一意キー", "dedupe key", "dedup key", "client_token", "重複排除キー", "external_ref", "重複排除id",
    ])

    /// What HTTP says of its methods is not about this design.
    private static let http = PhraseSet([
        "restful原則", "restの原則", "http仕様", "httpの仕様", "httpでは", "rfc 9110", "rfc9110", "rfc 7231", "rfc7231", "http/1.1", "httpメソッド", "mdn",
    ])

    private static let avoidance = PhraseSet([
        "避け", "防", "禁止", "許可しない", "認めない", "使わない", "使用しない", "検出", "検知", "確認する", "確認し", "検証", "テスト", "洗い出", "レビュー", "べきでない", "べきではない", "指摘", "解消", "場合", "かどうか",
    ])

    private static let keyDenials: PhraseSet = {
        let keys = ["キー", "性キー", "鍵", "トークン"]
        let ends = [
            "に対応していない", "に対応していません", "に対応しておらず", "に対応しない", "に未対応", "に非対応", "非対応", "未対応", "を受け付けない", "を受け付けません", "を受け付けず", "を受け取らない", "をサポートしない", "をサポートしていない",
            "をサポートしていません", "をサポートせず", "が使えない", "が使えません", "が使えず",
            "を使えない", "を使えず", "を利用できない", "が利用できない", "を指定できない", "を指定できません", "を渡せない", "を渡せず", "を持たない", "を持っていない", "を持たず", "がない", "がありません", "はない", "はありません",
            "は存在しない", "が存在しない", "が無い", "は無い", "を提供していない", "を送れない",
            "を送っていない", "を付けていない", "を付与していない", "を持ちません", "ではない", "ではありません", "でない", "として扱われない", "としては使えない", "は使われない",
        ]
        return PhraseSet(keys.flatMap { key in ends.map { key + $0 } })
    }()

    /// 冪等ではない, 冪等にならない, 冪等とは言えない.
    private static let verbDenials: PhraseSet = {
        let copulas = ["では", "で", "じゃ", "でも", "でわ"]
        let negations = ["ない", "ないです", "なく", "ありません", "ございません", "無い", "無く", "ねえ"]
        var all = copulas.flatMap { copula in negations.map { copula + $0 } }
        for particle in ["に", "には"] {
            for end in [
                "ならない", "なりません", "ならず", "なっていない", "なっていません", "なっておらず", "なってない", "できない", "できません", "できず", "できていない", "していない", "していません", "しておらず", "作られていない",
                "作られておりません", "作られていません", "作られておらず", "作っていない", "設計されていない", "設計されておらず", "設計していない", "実装されていない",
                "実装されておらず", "実装していない", "動作しない", "動作しません", "動かない", "処理されない", "処理できない", "書かれていない", "することができない", "することはできない", "することはできません",
            ] {
                all.append(particle + end)
            }
        }
        for particle in ["と", "とは"] {
            for end in ["言えない", "言えません", "いえない", "いえません", "言えず", "呼べない", "みなせない", "見なせない", "いえず", "言い難い", "言いがたい"] { all.append(particle + end) }
        }
        for noun in ["処理", "操作", "api", "設計", "実装", "作り", "構成", "ジョブ", "バッチ", "動作", "更新", "スクリプト", "手順", "エンドポイント"] {
            for copula in ["では", "に", "には"] {
                for end in copula == "では" ? ["ない", "なく", "ありません"] : ["なっていない", "なっていません", "なっておらず", "なってない"] { all.append("な" + noun + copula + end) }
            }
        }
        return PhraseSet(all)
    }()

    /// 冪等性がない, 冪等性を保証しない, 冪等化されていない.
    private static let nounDenials: PhraseSet = {
        var ends = [
            "ない", "無い", "なく", "無く", "ありません", "ございません", "持たない", "持ちません", "持っていない", "持っておらず", "持たず", "もたない", "もたず", "欠く", "欠ける", "欠けて", "欠いて", "欠き", "備えない",
            "備えていない", "備えておらず", "備えていません", "有しない", "有さない", "有しておらず", "失われる", "失われます", "崩れる", "崩れます",
            "壊れる", "成り立たない", "成立しない", "満たさない", "満たしていない", "満たしません", "満たせない", "期待できない", "ないです",
        ]
        for stem in ["保証", "担保", "確保", "サポート", "提供", "実装", "考慮", "対応", "達成", "実現", "維持", "保障", "具備"] {
            for end in [
                "しない", "しません", "していない", "していません", "してない", "しておらず", "しておりません", "されない", "されません", "されていない", "されていません", "されておらず", "されてない", "できない", "できません",
                "できていない", "できておらず", "せず", "できず",
            ] {
                ends.append(stem + end)
            }
        }
        var all: [String] = []
        for noun in ["性", "性の保証", "性の担保", "性の仕組み", "性保証", "性の考慮", "性制御"] {
            for particle in ["は", "が", "を", "も", "には", "に", ""] { all += ends.map { noun + particle + $0 } }
        }
        for end in ["できない", "できません", "できていない", "できておらず", "されていない", "されていません", "されておらず", "していない", "していません", "しておらず", "できず"] {
            all.append("化" + end)
            all.append("化が" + end)
            all.append("化は" + end)
            all.append("化を" + end)
        }
        return PhraseSet(all)
    }()

    /// 冪等性なし, 冪等性: なし.
    private static let bareDenials: PhraseSet = {
        var all: [String] = []
        for noun in ["性", "", "性保証", "性の保証", "性担保", "性の担保", "対応"] {
            for end in ["なし", "無し", "非対応", "未対応", "未実装", "未保証", "×", "✗", "✕", "❌", "no", "非保証", "不可"] {
                for link in ["", ":", "は", "が", ": "] where !(noun.isEmpty && link.isEmpty && end == "no") { all.append(noun + link + end) }
            }
        }
        return PhraseSet(all)
    }()
}
