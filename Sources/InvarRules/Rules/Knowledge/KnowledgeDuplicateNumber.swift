import InvarCore

extension Rule {
    package static let knowledgeDuplicateNumber = Rule(
        id: "knowledge/duplicate-number",
        title: Wording(en: "two decisions of one number", ja: "同じ番号の決定が二つある"),
        why: Wording(
            en: "Two branches took the same number and git merged them clean. Every link to that number is now ambiguous, and so is every exception.",
            ja: "二つのブランチが同じ番号を取り、git は衝突なしにマージしました。その番号へのリンクも例外も、どちらを指すのか決まりません。"),
        severity: .warning,
        violating: [
            Example(
                "↓# 1. Use a queue\n\n## Status\n\nAccepted\n", at: "ADRs/0001-use-a-queue.md",
                with: [("ADRs/0001-use-a-table.md", "↓# 1. Use a table\n\n## Status\n\nAccepted\n")])
        ],
        conforming: [
            Example(
                "# 1. Use a queue\n\n## Status\n\nAccepted\n", at: "ADRs/0001-use-a-queue.md",
                with: [("ADRs/0002-use-a-table.md", "# 2. Use a table\n\n## Status\n\nAccepted\n")])
        ],
        matcher: .reading)
}
