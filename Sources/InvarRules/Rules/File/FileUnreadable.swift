import InvarCore

extension Rule {
    package static let fileUnreadable = Rule(
        id: "file/unreadable",
        title: Wording(en: "a file that cannot be read", ja: "読めないファイル"),
        why: Wording(
            en:
                "What cannot be read is not checked, and a gate that passes on it says more than it knows. Keep such a file out with `exclude:`, or name its encoding.",
            ja: "読めないファイルは検査されていません。それを黙って通すと、確かめていないことまで保証することになります。`exclude:` で対象から外すか、文字コードを指定してください。"),
        severity: .error,
        violating: [
            Example(
                "↓caf\u{0}e\n", at: "docs/menu.md",
                skipping: [.preamble: "the byte makes all of the file unreadable", .comment: "likewise", .exception: "no invariant is threatened"])
        ],
        conforming: [Example("café\n", at: "docs/menu.md")],
        matcher: .reading)
}
