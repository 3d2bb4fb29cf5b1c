/// What a Japanese statement is about: the words before its cue, up to the particle.
struct JapaneseSubject {
    /// An HTTP method without a path: general talk about HTTP.
    let isMethodOnly: Bool
    /// A bare word such as 操作 or 外部API: general talk about nothing in particular.
    let isGeneric: Bool

    init(_ sentence: ProseSentence, before index: Int) {
        var start = JapaneseClause.start(sentence, before: index)
        var phrase = JapaneseSubject.trimmed(sentence.full[start..<index])
        // 「POST は、冪等ではない」: the topic may stand before the comma.
        if phrase.isEmpty, start > 3 {
            let end = start
            start = JapaneseClause.start(sentence, before: max(0, start - 4))
            phrase = JapaneseSubject.trimmed(sentence.full[start..<end])
        }
        for turn in JapaneseSubject.turns {
            if let found = turn.last(phrase, in: 0..<phrase.count) { phrase.removeFirst(found.upperBound) }
        }
        if phrase.isEmpty, let row = sentence.context.rowSubject { phrase = JapaneseSubject.trimmed(row[...]) }
        isMethodOnly = JapaneseSubject.isMethods(phrase) || JapaneseSubject.isMethods(JapaneseSubject.label(sentence))
        isGeneric = JapaneseSubject.generic.contains(String(decoding: phrase, as: UTF8.self))
    }

    /// 「POST: サーバに操作を依頼する（…）」: the label is what the sentence is about.
    private static func label(_ sentence: ProseSentence) -> [UInt8] {
        guard let colon = sentence.bytes.firstIndex(of: 0x3A), colon < 40 else { return [] }
        return trimmed(sentence.full[0..<colon])
    }

    /// Without particles, adverbs, spaces and the marks of code around it.
    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if bytes[index] == 0xEE, index + 2 < bytes.endIndex, bytes[index + 1] == 0x80 {
                index += 3
            } else {
                if bytes[index] != 0x20 || !out.isEmpty { out.append(bytes[index]) }
                index += 1
            }
        }
        var changed = true
        while changed {
            changed = false
            for end in endings where out.count >= end.count && out.suffix(end.count).elementsEqual(end) {
                out.removeLast(end.count)
                changed = true
            }
            for head in openings where out.count >= head.count && out.prefix(head.count).elementsEqual(head) {
                out.removeFirst(head.count)
                changed = true
            }
        }
        return out
    }

    /// 「GET は冪等だが POST は冪等でない」: the topic begins anew.
    private static let turns = [PhraseSet(["だが", "ですが", "けれど", "けど", "であり", "ものの", "一方で"])]

    private static let endings = [
        "は", "が", "も", "って", "、", " ", "厳密に", "完全に", "現状", "現在", "そもそも", "必ずしも", "基本的に", "一般に", "仕様上", "本質的に", "デフォルトで", "原則", "通常", "まだ", "単体で", "それ自体", "自体",
        "定義上", "そのまま", "本来", "\"", "など", "等", "に",
    ].map { Array($0.utf8) }
    private static let openings = ["- ", "※", "* ", "注意:", "注:", "なお", "ただし", "また", "一方で", "一方", "しかし", "一般に", "基本的に", "\"", "→", "・", " "].map {
        Array($0.utf8)
    }

    private static func isMethods(_ phrase: [UInt8]) -> Bool {
        guard methods.isIn(phrase) else { return false }
        var rest = phrase
        while let found = aroundMethods.first(rest, in: 0..<rest.count) { rest.removeSubrange(found) }
        return rest.allSatisfy { [0x20, 0x2F, 0x2C, 0x26, 0x2B, 0x28, 0x29].contains($0) }
    }

    private static let methods = PhraseSet(["post", "put", "patch", "delete", "get", "insert"])
    private static let aroundMethods = PhraseSet([
        "post", "put", "patch", "delete", "get", "insert", "update", "http", "rest", "の", "メソッド", "リクエスト", "と", "や", "・", "、", "操作", "処理", "自体", "要求", "など",
        "等", "api", "系", "rfc", "において", "では", "で", "method", "通常", "一般", "に",
    ])

    private static let generic: Set<String> = [
        "操作", "リクエスト", "api", "外部api", "メソッド", "書き込み", "関数", "コマンド", "多くの操作", "一部の操作", "多くの処理", "一部の処理", "多くのapi", "一部のapi", "インクリメント", "加算",
        "呼び出し先", "呼出先", "相手",
    ]
}
