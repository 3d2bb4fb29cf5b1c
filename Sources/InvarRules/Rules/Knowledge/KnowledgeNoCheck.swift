import InvarCore

extension Rule {
    package static let knowledgeNoCheck = Rule(
        id: "knowledge/no-check",
        title: Wording(en: "an invariant that nobody can check", ja: "確かめる方法のないインバリアント"),
        why: Wording(
            en: "Without a question that CI, a reviewer or a person answers, it is a wish: it will be broken unseen.",
            ja: "CI やレビュアー、担当者が答える問いがなければ、それは願望にすぎず、気づかないうちに破られます。"),
        severity: .note,
        violating: [Example("# Ops\n\n↓**INV-OPS-001: Restart**\n\n- Can be restarted.\n", at: "Invariants/ops.md")],
        conforming: [
            Example("# Ops\n\n**INV-OPS-001: Restart**\n\n- Can be restarted.\n\n> Checks (CI)\n> - Can it be killed at any time?\n", at: "Invariants/ops.md"),
            Example("---\nid: INV-OPS-001\nstatus: retired\n---\n\n# Restart\n\n- Can be restarted.\n", at: "Invariants/ops.md"),
        ],
        matcher: .knowledge { knowledge, surroundings in
            knowledge.invariants.filter { $0.invariant.checks.isEmpty && $0.invariant.status != .retired }.map { item in
                var match = surroundings.match(
                    at: Place(path: item.path, position: item.invariant.position),
                    Wording(en: "\(item.invariant.id) has no check", ja: "\(item.invariant.id) にチェック項目がありません"),
                    hint: Wording(
                        en: "add `> Checks (CI/AI)` with a question, and bind a rule to it in inline code",
                        ja: "`> Check例（CI/AI）` に問いを書き、ルールをインラインコードで結び付けてください"))
                match.key = item.invariant.id
                return match
            }
        })
}
