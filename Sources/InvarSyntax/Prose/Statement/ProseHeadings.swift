import InvarCore

/// What a heading says about the sentences below it: under 却下した案 or Glossary nothing is a statement of the design.
enum ProseHeadings {
    static func silences(_ heading: String) -> Bool {
        let folded = Label.withoutNumber(Folding.searchable(heading))
        return whole.contains(folded) || words.isIn(Array(folded.utf8))
    }

    /// Words that are harmless within a longer heading, such as 「テーブル定義書」 or "Order history".
    private static let whole: Set<String> = [
        "definition", "definitions", "定義", "history", "履歴", "references", "reference", "rejected", "options", "alternatives", "examples", "例", "faq", "terms", "background reading", "習題", "問題", "テスト", "tests", "testing", "検討案", "risks", "リスク", "risk", "リスク一覧", "risks and mitigations", "リスクと対策", "リスクと対応",
    ]

    private static let words = PhraseSet([
        "failure mode*", "failure-mode*", "anti-pattern*", "antipattern*", "アンチパターン", "alternatives considered", "rejected alternative*", "rejected option*", "rejected approach*", "alternative a", "alternative b", "alternative 1", "alternative 2", "considered option*", "considered alternative*", "options considered", "other options", "却下", "代替案", "検討した案", "検討した選択肢", "不採用",
        "採用しなかった", "見送った", "比較検討", "glossary", "用語", "terminology", "checklist*", "チェックリスト", "レビュー観点", "review checklist", "frequently asked", "よくある質問", "よくある勘違い", "よくある誤解", "変更履歴", "改訂履歴", "更新履歴", "changelog", "release notes", "リリースノート", "what is idempoten*", "what idempoten*", "冪等性とは", "冪等とは", "べき等性とは",
        "ng例", "悪い例", "bad example*", "失敗例", "テストケース", "テスト観点", "test cases", "test plan", "テスト計画", "故障モード", "失敗モード", "参考文献", "prior art", "quiz", "クイズ", "演習", "exercise*", "修正履歴", "common mistakes", "よくある間違い", "よくあるミス", "http methods", "httpメソッド", "http メソッド", "pros and cons of",
    ])
}
