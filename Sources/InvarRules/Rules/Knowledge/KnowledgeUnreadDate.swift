import InvarCore

extension Rule {
    package static let knowledgeUnreadDate = Rule(
        id: "knowledge/unread-date",
        title: Wording(en: "a date that is no day", ja: "日付として読めない日付"),
        why: Wording(
            en: "Without its day a decision cannot be put in order, and nobody can tell what held when.",
            ja: "日付がないと決定の前後が分からず、いつ何が有効だったのかをたどれません。"),
        severity: .warning,
        violating: [Example("---\nstatus: accepted\n↓date: 2026-13-45\n---\n\n# 1. Use a queue\n", at: "ADRs/0001-use-a-queue.md")],
        conforming: [Example("---\nstatus: accepted\ndate: 2026-10-02\n---\n\n# 1. Use a queue\n", at: "ADRs/0001-use-a-queue.md")],
        matcher: .reading)
}
