import InvarCore

/// The invariants and decisions that examples of rules about exceptions stand on.
enum SampleKnowledge {
    /// INV-OPS-002, which asks for a retry strategy, with its fingerprint ``fingerprint``.
    static let invariants: (path: String, text: String) = (
        "Invariants/ops.md",
        """
        # Operations

        **INV-OPS-002: Updates are idempotent, or say that they are not**

        - The same message handled twice has the effect of one.
        - Where that cannot be, an ADR states the reason and the retry strategy.

        > Checks (CI)
        > - What happens when the same message arrives twice?
        """
    )

    static let fingerprint: String = {
        var invariant = Invariant(
            id: "INV-OPS-002", title: "Updates are idempotent, or say that they are not", position: Position(line: 3))
        invariant.clauses = [
            Invariant.Clause(id: "INV-OPS-002.1", text: "The same message handled twice has the effect of one.", line: 5),
            Invariant.Clause(id: "INV-OPS-002.2", text: "Where that cannot be, an ADR states the reason and the retry strategy.", line: 6),
        ]
        return invariant.fingerprint
    }()

    /// `ADRs/0007-charge.md` with one exception to INV-OPS-002; its fields stand as given, one a line.
    static func decision(status: String = "accepted", _ fields: String...) -> (path: String, text: String) {
        let lines = fields.map { "    " + $0 }.joined(separator: "\n")
        return (
            "ADRs/0007-charge.md",
            "---\nstatus: \(status)\ndate: 2026-10-02\nexceptions:\n  - ↓invariant: INV-OPS-002\n\(lines)\n---\n\n# Charge without a key\n"
        )
    }

    static let paths = "paths: [\"services/billing/**\"]"
    static let reason = "reason: the provider accepts no idempotency key"
    static let retry = "retry: never automatic; found by the daily reconciliation and corrected by hand"
    static let until = "until: 2027-03-31"
    static var seen: String { "seen: \(fingerprint)" }
    /// A file that ``paths`` match.
    static let billing: (path: String, text: String) = ("services/billing/charge.md", "# Charge\n\nCalls the provider once.\n")

    /// The decision, the invariants and the file, without the mark on the exception.
    static func conforming(_ decision: (path: String, text: String)) -> Example {
        Example(files: [(decision.path, Example.unmarked(decision.text)), invariants, billing])
    }

    static func violating(_ decision: (path: String, text: String)) -> Example {
        Example(files: [decision, invariants, billing])
    }
}
