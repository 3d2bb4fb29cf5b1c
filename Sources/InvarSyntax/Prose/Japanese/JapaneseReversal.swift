/// Finds statements in Japanese that a change cannot be rolled back.
enum JapaneseReversal {
    static func claim(in sentence: ProseSentence) -> ProseClaim? {
        let bytes = sentence.bytes
        if sentence.has(general) { return nil }
        guard sentence.has(topics) || sentence.context.rowSubject.map({ topics.isIn($0) }) == true else { return nil }
        var from = 0
        for _ in 0..<ProseSentence.cueLimit {
            guard let cue = cues.first(bytes, in: from..<bytes.count) else { return nil }
            from = cue.upperBound
            if JapaneseGuards.silence(sentence, cue: cue) { return nil }
            if unmeant.match(bytes, at: cue.upperBound, in: sentence.whole) != nil { continue }
            if names.match(bytes, at: cue.upperBound, in: sentence.whole) != nil { continue }
            let clause = JapaneseClause.start(sentence, before: cue.lowerBound)
            if sentence.has(conditions, clause..<cue.lowerBound) || sentence.has(avoidance, cue.upperBound..<bytes.count) { continue }
            return ProseClaim(.irreversible, .strict)
        }
        return nil
    }

    private static let cues: PhraseSet = {
        var all = [
            "不可逆である", "不可逆です", "不可逆な変更である", "不可逆変更である", "不可逆な変更です", "不可逆な移行である", "不可逆な移行です", "不可逆(", "不可逆。", "不可逆、", "不可逆なため", "不可逆なので", "不可逆のため", "は不可逆",
            "が不可逆", "不可逆的である", "不可逆操作である", "不可逆な操作である", "不可逆な操作です",
        ]
        for noun in ["ロールバック", "切り戻し", "切戻し", "切りもどし", "巻き戻し", "後戻り", "差し戻し"] {
            for end in [
                "不可", "できない", "できません", "できず", "は不可", "はできない", "はできません", "はできず", "が不可", "ができない", "ができません", "不能", "することはできない", "することができない", "が不可能", "は不可能", "不可能",
                "手段がない", "手段はない", "手順がない", "手順はない", "方法がない", "する手段がない", "する方法はない", "が効かない",
            ] { all.append(noun + end) }
        }
        for end in ["に戻せない", "に戻せません", "に戻せず", "へ戻せない", "へ戻せません", "に戻すことはできない", "に戻すことができない", "に戻すことはできません", "には戻せない", "には戻せません", "戻せない", "戻せません"] {
            for noun in ["元", "旧スキーマ", "以前のスキーマ", "旧バージョン", "前のバージョン", "旧版"] { all.append(noun + end) }
        }
        return PhraseSet(all)
    }()

    private static let topics = PhraseSet([
        "マイグレーション", "移行", "リリース", "デプロイ", "スキーマ", "drop*", "カラム", "テーブル", "切替", "切り替え", "バージョンアップ", "アップグレード", "列の", "migration*", "本番反映", "データ変換", "型変更",
        "alter", "本番適用",
    ])
    private static let general = PhraseSet(["ddl", "mysql", "oracle", "truncate"])
    private static let unmeant = PhraseSet([
        "場合", "とき", "時", "なら", "ように", "よう", "かっ", "か", "という", "と言", "可能性", "恐れ", "おそれ", "リスク", "くな", "限り", "問題", "バグ", "状態", "状況", "まま", "と、", "ことを確認", "ことのない",
        "ことがないよう", "かも", "性",
    ])
    private static let names = PhraseSet([
        "変更は", "変更を", "変換", "圧縮", "ハッシュ", "操作は", "操作を", "操作の", "なマイグレーションは", "なマイグレーションを", "マイグレーションは", "マイグレーションを", "変更の", "変更には",
    ])
    private static let conditions = PhraseSet(["場合", "とき", "なら", "たら", "れば", "限り", "でないと", "がないと", "なしでは"])
    private static let avoidance = PhraseSet(["避け", "禁止", "防", "許可しない", "べきではない", "べきでない", "レビュー", "承認", "行わない", "してはならない", "分割する", "段階に分け"])
}
