import InvarCore

/// Words by which a sentence gives a reason.
enum ReasonWords {
    /// Whether a sentence says why.
    static func areIn(_ text: String) -> Bool {
        causal.isIn(ProseSentence.folded(text.unicodeScalars))
    }

    /// Whether a text begins with a label such as 理由: or **Reason**.
    static func label(_ text: String) -> Bool {
        guard let name = Label(text)?.name else { return false }
        return names(name)
    }

    /// Whether a heading or a label announces a reason.
    static func names(_ name: String) -> Bool {
        labels.contains(name) || japanese.contains { name.holds($0) } || english.isIn(Array(name.utf8))
    }

    /// Whether it announces a reason in so many words; Context and 背景 only tend to hold one.
    static func isReason(_ name: String) -> Bool {
        exact.contains(name) || strict.contains { name.holds($0) } || strictEnglish.isIn(Array(name.utf8))
    }

    private static let exact: Set<String> = ["why", "なぜ"]
    private static let strict = ["理由", "根拠"]
    private static let strictEnglish = PhraseSet(["reason", "reasons", "rationale", "justification"])

    private static let labels: Set<String> = ["why", "context", "背景", "理由", "根拠", "経緯", "動機", "motivation", "課題", "状況", "文脈", "コンテキスト", "problem"]
    private static let japanese = ["理由", "根拠", "背景", "なぜ", "経緯", "コンテキスト", "判断基準"]
    private static let english = PhraseSet(["reason", "reasons", "rationale", "context", "justification", "decision driver", "decision drivers", "why", "motivation", "background"])

    private static let causal = PhraseSet([
        "ため", "ので", "から、", "からである", "からです", "により", "によって", "ゆえ", "ことから", "理由", "につき", "という制約", "because", "since", "due to", "in order to", "owing to", "as the", "so that", "the reason", "caused by", "given that", "as it", "as we", "as they", "as there", "would",
        "therefore", "otherwise", "does not accept", "does not support", "受け付けない", "対応していない", "サポートしていない", "できない", "reason",
    ])
}
