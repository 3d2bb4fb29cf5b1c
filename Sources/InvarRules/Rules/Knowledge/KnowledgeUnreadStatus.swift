import InvarCore

extension Rule {
    package static let knowledgeUnreadStatus = Rule(
        id: "knowledge/unread-status",
        title: Wording(en: "a status that no known word explains", ja: "読み取れないステータス"),
        why: Wording(
            en:
                "A decision whose status nobody can read excuses nothing: its exceptions stay pending. Use a known word, or teach invar yours under `status:` in invar.yml.",
            ja: "ステータスの分からない決定は何も認められず、その例外は保留のままです。既知の語を使うか、独自の語を invar.yml の `status:` に登録してください。"),
        severity: .warning,
        violating: [Example("# 1. Use a queue\n\n## Status\n\n↓Simmering\n", at: "ADRs/0001-use-a-queue.md")],
        conforming: [Example("# 1. Use a queue\n\n## Status\n\nAccepted\n", at: "ADRs/0001-use-a-queue.md")],
        matcher: .reading)
}
