/// What follows a denial decides whether it is said (冪等ではないため、…), only named (冪等ではない操作は…) or not meant
/// (冪等ではない場合は…).
enum JapaneseEnding {
    enum Meaning {
        case asserts
        /// Said by way of a noun (冪等ではない点); what follows it begins there.
        case asserted(rest: Int)
        /// Only describes the noun that follows.
        case names
        case no
    }

    static func meaning(_ sentence: ProseSentence, at index: Int, form: JapaneseIdempotence.Form) -> Meaning {
        let bytes = sentence.bytes
        var at = index
        if let end = fillers.match(bytes, at: at, in: sentence.whole) { at = end }
        guard at < bytes.count else { return .asserts }
        if unmeant.match(bytes, at: at, in: sentence.whole) != nil { return .no }
        if form == .bare || form == .noun {
            if predicateEnds.match(bytes, at: at, in: sentence.whole) != nil { return .asserts }
            if isStop(bytes, at) { return form == .noun || isClauseFinal(sentence, at) ? .asserts : .names }
            return predicateNoun(sentence, at) ? .asserts : .names
        }
        if let end = thing.match(bytes, at: at, in: sentence.whole) {
            return unmeantThings.match(bytes, at: end, in: sentence.whole) != nil ? .no : .asserted(rest: end)
        }
        if !isConjunctive(bytes, at), startsNoun(bytes, at: at) { return predicateNoun(sentence, at) ? .asserts : .names }
        if following.match(bytes, at: at, in: sentence.whole) != nil { return .asserts }
        if conditional.match(bytes, at: at, in: sentence.whole) != nil { return .no }
        return .asserts
    }

    private static let fillers = PhraseSet(["です", "んです", "のです", "のである", "んだ"])

    /// と after a denial is a condition, unless a verb of deciding follows.
    private static let following = PhraseSet([
        "とする", "とし", "ものとする", "ものとし", "もの。", "ため", "ので", "から", "が", "けど", "けれど", "し、", "の)", "のため", "ゆえ", "故", "のに",
    ])
    private static let conditional = PhraseSet(["と", "ば", "もの", "の"])

    private static let unmeant = PhraseSet([
        "場合", "とき", "時", "際", "なら", "ければ", "たら", "限り", "かぎり", "ケース", "状況", "といけ", "とだめ", "とダメ", "かもしれ", "可能性", "恐れ", "おそれ", "だろう", "でしょう", "はず", "わけで", "とは",
        "とも", "か?", "か。", "かどうか", "かを", "か確", "か、", "のか", "かは", "くても", "なくても", "まま", "ように", "ようで",
        "ような", "ようだ", "よう", "と言", "という", "といった", "っぽ", "らし", "とされ", "と思", "と考え", "の場合", "なる", "なって", "なった", "なり", "ても", "とも限", "ては", "と判定", "と判断", "と誤", "と見な",
        "とみな", "って", "かぎ", "な場合", "なケース", "である場合", "であれば", "だと", "であると", "であっても", "でも", "なことが", "になる", "にな", "かも",
        "と定義", "とは限", "こともあ", "ことがあ", "ことがで", "な可能性", "である可能性", "化", "く、冪等", "とすると",
    ])

    private static let thing = PhraseSet(["こと", "点", "旨", "事", "仕様", "挙動", "性質", "設計", "実装", "作り", "前提", "方式", "状態", "理由", "のは", "のが", "のを"])
    private static let unmeantThings = PhraseSet([
        "を確認", "を検証", "を検出", "を検知", "を防", "を避け", "をテスト", "がある", "があり", "もある", "は避け", "は禁止", "に起因", "が原因", "が問題", "が判明", "にする", "が分か", "がわか", "を発見", "にな",
    ])

    private static let predicateEnds = PhraseSet([
        "である", "であり", "です", "だ。", "だが", "だから", "ため", "なため", "のため", "なので", "につき", "なのだ", "でして", "であった", "で、", "かつ", "だ、", "なことに注意", "な点に注意", "とする", "とし、",
    ])

    private static func isStop(_ bytes: [UInt8], _ at: Int) -> Bool {
        stops.match(bytes, at: at, in: 0..<bytes.count) != nil
    }
    private static let stops = PhraseSet(["。", "、", ")", "|", ",", ".", ";", ":", "(", " -", " —", "—", "→", "!", "・", "/", " (", " /", " |", " →"])

    /// 非冪等 before a stop is said of something only when a topic stands before it or it ends the sentence.
    private static func isClauseFinal(_ sentence: ProseSentence, _ at: Int) -> Bool {
        let rest = sentence.bytes[at...]
        if rest.elementsEqual("。".utf8) || rest.elementsEqual(".".utf8) || rest.elementsEqual(")".utf8) || rest.elementsEqual(")。".utf8) { return true }
        return topics.isIn(sentence.bytes, 0..<at) && rest.first != 0x3A
    }
    static let topics = PhraseSet(["は", "が", "も"])

    /// なく, ず: the sentence goes on, no noun is described.
    private static func isConjunctive(_ bytes: [UInt8], _ at: Int) -> Bool {
        ["なく", "無く", "ず"].contains { bytes[..<at].suffix($0.utf8.count).elementsEqual($0.utf8) }
    }

    /// A noun: kanji, katakana, a Latin letter or code.
    static func startsNoun(_ bytes: [UInt8], at: Int) -> Bool {
        guard at < bytes.count else { return false }
        let byte = bytes[at]
        if byte == 0x20 { return at + 1 < bytes.count && startsNoun(bytes, at: at + 1) }
        if PhraseSet.isWordByte(byte) || byte == 0xEE { return true }
        return (0xE4...0xE9).contains(byte) || PhraseSet.isKatakana(bytes, at: at)
    }

    /// この処理は冪等でない処理である: the noun is the predicate of a topic.
    private static func predicateNoun(_ sentence: ProseSentence, _ at: Int) -> Bool {
        let bytes = sentence.bytes
        var end = at
        if let particle = link.match(bytes, at: end, in: sentence.whole) { end = particle }
        let first = end
        while end < bytes.count, startsNoun(bytes, at: end), end - first < 60 { end += bytes[end] < 0x80 ? 1 : 3 }
        guard end > first, nounPredicates.match(bytes, at: min(end, bytes.count), in: sentence.whole) != nil || end >= bytes.count else { return false }
        return topics.isIn(bytes, 0..<at) && !JapaneseGuards.doubt.isIn(bytes, end..<bytes.count)
    }
    private static let link = PhraseSet(["な", "の"])
    private static let nounPredicates = PhraseSet(["である", "であり", "です", "だ。", "だが", "だから", "のため", "なので", "なため", "。", ")。", "ですが", "ですので"])
}
