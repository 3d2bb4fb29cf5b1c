import InvarCore
import InvarSyntax

extension Rule {
    package static let knowledgeSupersededCitation = Rule(
        id: "knowledge/superseded-citation",
        title: Wording(en: "a citation of what no longer holds", ja: "すでに有効でないものの引用"),
        why: Wording(
            en: "A living invariant, or a decision younger than the successor, leans on a superseded decision or a retired invariant as if it held.",
            ja: "現行のインバリアントや、後継より新しい決定が、置き換えられた決定や廃止されたインバリアントを有効なものとして引用しています。"),
        severity: .warning,
        violating: [
            Example(
                "# Ops\n\n**INV-OPS-001: Restart**\n\n- State lives in the queue of ↓ADR-0001.\n", at: "Invariants/ops.md",
                with: [
                    ("ADRs/0001-use-a-queue.md", "# 1. Use a queue\n\n## Status\n\nSuperseded by ADR-0002\n"),
                    ("ADRs/0002-use-a-table.md", "# 2. Use a table\n\n## Status\n\nAccepted\n\nSupersedes ADR-0001\n"),
                ]),
            Example(
                "# 3. Retry\n\nDate: 2026-10-01\n\n## Status\n\nAccepted\n\n## Context\n\nWorkers read the queue of ↓ADR-0001.\n", at: "ADRs/0003-retry.md",
                with: [
                    ("ADRs/0001-use-a-queue.md", "# 1. Use a queue\n\nDate: 2026-01-01\n\n## Status\n\nSuperseded by ADR-0002\n"),
                    ("ADRs/0002-use-a-table.md", "# 2. Use a table\n\nDate: 2026-05-01\n\n## Status\n\nAccepted\n"),
                ]),
        ],
        conforming: [
            Example(
                "# 3. Retry\n\nDate: 2026-03-01\n\n## Status\n\nAccepted\n\n## Context\n\nWorkers read the queue of ADR-0001.\n", at: "ADRs/0003-retry.md",
                with: [
                    ("ADRs/0001-use-a-queue.md", "# 1. Use a queue\n\nDate: 2026-01-01\n\n## Status\n\nSuperseded by ADR-0002\n"),
                    ("ADRs/0002-use-a-table.md", "# 2. Use a table\n\nDate: 2026-05-01\n\n## Status\n\nAccepted\n"),
                ]),
            Example(
                "# Ops\n\n**INV-OPS-001: Restart**\n\n- State lives in a table, no longer in the queue of ADR-0001 (superseded by ADR-0002).\n",
                at: "Invariants/ops.md",
                with: [
                    ("ADRs/0001-use-a-queue.md", "# 1. Use a queue\n\n## Status\n\nSuperseded by ADR-0002\n"),
                    ("ADRs/0002-use-a-table.md", "# 2. Use a table\n\n## Status\n\nAccepted\n\nSupersedes ADR-0001\n"),
                ]),
        ],
        matcher: .knowledge { knowledge, surroundings in
            let past = PastEntries(knowledge)
            return knowledge.links.filter { $0.isResolved && $0.kind == .mentions && past.leansOnPast($0, surroundings) }.map { link in
                var match = surroundings.match(
                    at: link.place, Wording(en: "\(link.target) no longer holds", ja: "\(link.target) はすでに有効ではありません"),
                    hint: past.successor(of: link.target).map { successor in
                        Wording(en: "cite \(successor) instead", ja: "代わりに \(successor) を引用してください")
                    } ?? Wording(en: "cite what holds now, or say that it is history", ja: "現在有効なものを引用するか、経緯であることを書いてください"))
                match.end = Position(line: link.place.line, column: link.place.column + link.target.unicodeScalars.count)
                match.key = link.target
                return match
            }
        })
}

/// Decisions and invariants that no longer hold, and who may still name them.
private struct PastEntries {
    private let knowledge: Knowledge
    private let decisions: [String: DecisionItem]
    private let invariants: [String: InvariantItem]

    init(_ knowledge: Knowledge) {
        self.knowledge = knowledge
        decisions = Dictionary(knowledge.decisions.map { (EntryName.key(id: $0.decision.id), $0) }) { first, _ in first }
        invariants = Dictionary(knowledge.invariants.map { (EntryName.key(id: $0.invariant.id), $0) }) { first, _ in first }
    }

    func successor(of target: String) -> String? {
        let key = EntryName.key(id: target)
        return decisions[key]?.supersededBy.first ?? invariants[key]?.invariant.mergedInto
    }

    func leansOnPast(_ link: LinkItem, _ surroundings: KnowledgeSurroundings) -> Bool {
        let target = EntryName.key(id: link.target)
        let isPast =
            decisions[target]?.status == .superseded || invariants[EntryName.key(id: Identifier(link.target)?.id ?? link.target)]?.invariant.status == .retired
        guard isPast, isLiving(link.source, citing: target) else { return false }
        let line = Folding.searchable(surroundings.text(ofLine: link.place.line, of: link.place.path))
        return !PastEntries.historyWords.contains { line.holds($0) }
    }

    /// An invariant, or a decision that was written when the successor stood already; records of their time stay as they are.
    private func isLiving(_ source: String, citing target: String) -> Bool {
        let key = EntryName.key(id: source)
        if let invariant = invariants[key] { return invariant.invariant.status != .retired && key != target }
        guard let citing = decisions[key], citing.status == .accepted || citing.status == .proposed,
            !citing.supersedes.contains(where: { EntryName.key(id: $0) == target })
        else { return false }
        let successors = (decisions[target]?.supersededBy ?? []).compactMap { decisions[EntryName.key(id: $0)] }
        guard let day = citing.decision.date, let earliest = successors.compactMap(\.decision.date).min() else { return false }
        return day > earliest
    }

    private static let historyWords = [
        "supersede", "superseding", "replace", "deprecat", "retired", "formerly", "previous", "no longer", "used to", "history", "obsolete", "instead of",
        "置き換え", "置換", "廃止", "以前", "旧", "かつて", "経緯", "当時", "従来", "もはや", "改訂前",
    ]
}
