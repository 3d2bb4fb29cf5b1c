import InvarCore

extension Rule {
    package static let knowledgeDuplicateID = Rule(
        id: "knowledge/duplicate-id",
        title: Wording(en: "two entries of one id", ja: "同じ ID の項目が二つある"),
        why: Wording(
            en: "An id names one entry. With two, nobody knows which words an exception was granted against.",
            ja: "ID は一つの項目だけを指します。二つあると、例外がどちらの文面に対して認められたのか分からなくなります。"),
        severity: .error,
        violating: [
            Example(
                "# Ops\n\n↓**INV-OPS-001: Restart**\n\n- Can be restarted.\n", at: "Invariants/a.md",
                with: [("Invariants/b.md", "# Ops\n\n↓**INV-OPS-001: Trace**\n\n- Can be traced.\n")])
        ],
        conforming: [
            Example(
                "# Ops\n\n**INV-OPS-001: Restart**\n\n- Can be restarted.\n", at: "Invariants/a.md",
                with: [("Invariants/b.md", "# Ops\n\n**INV-OPS-002: Trace**\n\n- Can be traced.\n")])
        ],
        matcher: .reading)
}
