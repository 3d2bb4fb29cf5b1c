import InvarCore

extension Rule {
    package static let markdownUnreadable = Rule(
        id: "markdown/unreadable",
        title: Wording(en: "Markdown that cannot be read", ja: "読めない Markdown"),
        why: Wording(
            en: "A line of tens of thousands of bytes or hundreds of nested quotes is no text that a person wrote, and nothing in it is checked.",
            ja: "数万バイトの行や何百段もの引用は人が書いた文章ではなく、その中身は検査されません。"),
        severity: .error,
        violating: [
            Example(
                "↓" + String(repeating: "[", count: 600) + "\n", at: "docs/nest.md",
                skipping: [.comment: "the file is refused before comments are told", .exception: "no invariant is threatened"])
        ],
        conforming: [Example("- [x] done\n", at: "docs/nest.md")],
        matcher: .reading)
}
