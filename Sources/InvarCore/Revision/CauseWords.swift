/// Words of notes that suggest a cause, for notes that do not say it. Only a suggestion: it never counts.
enum CauseWords {
    /// The cause that most words speak for, of equals the one listed first, with these words.
    ///
    /// - Parameter text: folded.
    static func suggestion(_ text: String) -> (cause: Note.Cause, words: [String])? {
        let text = String(decoding: text.utf8.prefix(GroupingTerms.room), as: UTF8.self)
        var best: (cause: Note.Cause, words: [String])?
        for (cause, cues) in cues {
            let found = cues.filter { text.holds($0) }
            if found.count > best?.words.count ?? 0 { best = (cause, found) }
        }
        return best
    }

    private static let cues: [(Note.Cause, [String])] = [
        (
            .falseAlarm,
            [
                "誤検知", "誤検出", "過検知", "空振り", "false positive", "false alarm", "wrongly flagged", "flagged although", "not actually a violation",
                "noise from the check",
            ]
        ),
        (
            .obsolete,
            [
                "形骸化", "もう使われていない", "すでに廃止", "既に廃止", "現状に合わない", "現状に合っていない", "時代遅れ", "obsolete", "outdated", "no longer applies", "no longer exists",
                "no longer used", "does not exist any more", "decommissioned",
            ]
        ),
        (
            .conflict,
            ["矛盾", "両立しない", "両立でき", "相反", "衝突", "トレードオフ", "contradict", "conflicts with", "conflicting", "at odds with", "both cannot", "cannot satisfy both"]
        ),
        (
            .emergency,
            ["緊急", "障害対応中", "応急", "暫定対応", "急ぎ", "夜間対応", "emergency", "urgent", "hotfix", "outage", "break glass", "break-glass", "firefighting"]
        ),
        (
            .infeasible,
            [
                "できない構造", "物理的に", "技術的に不可能", "不可能", "対応していない", "サポートしていない", "サポートされていない", "受け付けない", "仕様上", "制約上", "実現できない", "infeasible", "impossible",
                "does not support", "doesn't support", "not supported", "no way to", "cannot be kept", "vendor", "third party", "provider accepts",
            ]
        ),
        (
            .cost,
            [
                "コスト", "工数", "手間", "時間がかか", "高くつ", "割に合わ", "負担が", "too expensive", "costs too", "cost of", "too slow", "takes too long", "too much work",
                "effort", "not worth",
            ]
        ),
        (
            .ambiguous,
            [
                "曖昧", "あいまい", "解釈", "どちらとも", "読み取れ", "意味が分から", "意味がわから", "判断に迷", "定義が", "明確でな", "不明確", "ambiguous", "unclear", "interpret", "could mean",
                "not clear", "does not say", "vague", "understood differently",
            ]
        ),
        (
            .unaware,
            [
                "知らなかった", "知らず", "知られていな", "認識していな", "周知", "把握していな", "存在を知", "初めて聞", "did not know", "didn't know", "unaware", "not aware", "never heard",
                "nobody knew", "new team member", "newcomer",
            ]
        ),
        (
            .undetected,
            [
                "気づかなかった", "気付かなかった", "気づけな", "気付けな", "検知できな", "検知され", "見つからなかった", "すり抜け", "発覚", "後から判明", "レビューを通", "テストを通", "undetected", "went unnoticed",
                "nobody noticed", "not noticed", "slipped through", "passed review", "was not caught", "no alert",
            ]
        ),
        (
            .slip,
            [
                "うっかり", "忘れ", "漏れ", "もれて", "ミス", "間違え", "取り違え", "勘違い", "見落とし", "手違い", "typo", "forgot", "forgotten", "by mistake", "mistake", "overlooked",
                "oversight", "accident", "wrong flag", "missed",
            ]
        ),
        (
            .deliberate,
            ["意図的", "承知の上", "承知で", "わざと", "あえて", "敢えて", "割り切", "deliberate", "on purpose", "intentional", "knowingly", "decided to skip", "accepted the risk"]
        ),
    ]
}
