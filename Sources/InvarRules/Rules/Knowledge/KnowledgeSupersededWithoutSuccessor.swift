import InvarCore

extension Rule {
    package static let knowledgeSupersededWithoutSuccessor = Rule(
        id: "knowledge/superseded-without-successor",
        title: Wording(en: "a superseded decision that names no successor", ja: "置き換え先の分からない決定"),
        why: Wording(
            en: "A reader learns that this no longer holds, but not what holds instead.",
            ja: "もう有効でないことは分かっても、代わりに何が有効なのかが分かりません。"),
        severity: .warning,
        violating: [Example("↓# 1. Use a queue\n\n## Status\n\nSuperseded\n", at: "ADRs/0001-use-a-queue.md")],
        conforming: [
            Example(
                "# 1. Use a queue\n\n## Status\n\nSuperseded by [2](0002-use-a-table.md)\n", at: "ADRs/0001-use-a-queue.md",
                with: [("ADRs/0002-use-a-table.md", "# 2. Use a table\n\n## Status\n\nAccepted\n")]),
            Example(
                "# 1. Use a queue\n\n## Status\n\nSuperseded\n", at: "ADRs/0001-use-a-queue.md",
                with: [("ADRs/0002-use-a-table.md", "# 2. Use a table\n\n## Status\n\nAccepted\n\nSupersedes ADR-0001\n")]),
        ],
        matcher: .knowledge { knowledge, surroundings in
            knowledge.decisions.filter { $0.status == .superseded && $0.supersededBy.isEmpty }.map { item in
                var match = surroundings.match(
                    at: Place(path: item.path, position: item.decision.position),
                    Wording(en: "\(item.decision.id) is superseded, by nothing that it names", ja: "\(item.decision.id) は置き換え済みですが、置き換え先が書かれていません"),
                    hint: Wording(
                        en: "write `Superseded by ADR-…`, or deprecated if nothing replaced it", ja: "`Superseded by ADR-…` と書くか、後継がなければ deprecated にしてください"))
                match.key = item.decision.id
                return match
            }
        })
}
