import InvarCore

extension Rule {
    package static let knowledgeUnknownRule = Rule(
        id: "knowledge/unknown-rule",
        title: Wording(en: "a check that names a rule which does not exist", ja: "存在しないルールを指すチェック"),
        why: Wording(
            en: "The check looks automated and is not: nothing ever runs for it.",
            ja: "自動化されているように見えて、実際には何も動いていません。"),
        severity: .warning,
        violating: [
            Example(
                "# Ops\n\n**INV-OPS-003: Schema**\n\n- No one-way change.\n\n> Checks (CI)\n> - Is the API idempotent? (`↓api/post-no-idempotence-key`)\n",
                at: "Invariants/ops.md")
        ],
        conforming: [
            Example(
                "# Ops\n\n**INV-OPS-003: Schema**\n\n- No one-way change.\n\n> Checks (CI)\n> - Is every link alive? (`knowledge/dangling-link`), see `db/migrations`\n",
                at: "Invariants/ops.md")
        ],
        matcher: .knowledge { knowledge, surroundings in
            knowledge.invariants.flatMap { item in
                item.invariant.checks.flatMap { check in
                    check.rules.filter { !surroundings.rules.contains($0) }.map { rule in
                        let nearest = Nearest.match(for: rule, among: surroundings.rules)
                        var match = surroundings.match(
                            at: Place(path: item.path, position: surroundings.position(of: rule, inLine: check.line, of: item.path)),
                            Wording(en: "there is no rule \(rule)", ja: "\(rule) というルールはありません"),
                            hint: nearest.map { Wording(en: "did you mean \($0)?", ja: "\($0) のことではありませんか") }
                                ?? Wording(en: "`invar rules` lists them", ja: "`invar rules` で一覧できます"))
                        match.key = rule
                        return match
                    }
                }
            }
        })
}
