import InvarCore

extension Rule {
    package static let knowledgeConflictingStatus = Rule(
        id: "knowledge/conflicting-status",
        title: Wording(en: "two statuses in one decision", ja: "一つの決定に食い違うステータスがある"),
        why: Wording(
            en: "The front matter and the text disagree; one of them was forgotten when the decision changed.",
            ja: "フロントマターと本文のステータスが食い違っています。変更したときに片方を直し忘れたのでしょう。"),
        severity: .warning,
        violating: [Example("---\nstatus: accepted\n---\n\n# 1. Use a queue\n\n## Status\n\n↓Rejected\n", at: "ADRs/0001-use-a-queue.md")],
        conforming: [Example("---\nstatus: accepted\n---\n\n# 1. Use a queue\n\n## Status\n\nAccepted\n", at: "ADRs/0001-use-a-queue.md")],
        matcher: .reading)
}
