import InvarCore

extension Rule {
    package static let knowledgeRuleNeverRan = Rule(
        id: "knowledge/rule-never-ran",
        title: Wording(en: "a bound rule that met no file", ja: "一つのファイルにも当たらなかったルール"),
        why: Wording(
            en: "The check passes because there was nothing to look at: the files are elsewhere, excluded, or not written yet.",
            ja: "調べる対象がなかったから通っただけです。ファイルが別の場所にあるか、除外されているか、まだ書かれていません。"),
        severity: .note,
        violating: [
            Example(
                "# Ops\n\n**INV-OPS-002: Idempotent**\n\n- Twice is once.\n\n> Checks (CI)\n> - Does every POST take a key? (`↓api/post-no-idempotency-key`)\n",
                at: "Invariants/ops.md")
        ],
        conforming: [
            Example(
                "# Ops\n\n**INV-OPS-002: Idempotent**\n\n- Twice is once.\n\n> Checks (CI)\n> - Does every POST take a key? (`api/post-no-idempotency-key`)\n",
                at: "Invariants/ops.md", with: [("api/openapi.yaml", "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n")])
        ],
        matcher: .judgement { judgement in
            guard judgement.isWhole else { return [] }
            return judgement.knowledge.invariants.filter { $0.invariant.status != .retired }.flatMap { item in
                item.invariant.checks.flatMap { check in
                    check.rules.filter(judgement.idleRules.contains).map { rule in
                        var match = judgement.surroundings.match(
                            at: Place(path: item.path, position: judgement.surroundings.position(of: rule, inLine: check.line, of: item.path)),
                            Wording(en: "\(rule) met no file to look at", ja: "\(rule) の調べるファイルが一つもありません"),
                            hint: Wording(
                                en: "mend include: and exclude: in invar.yml, or drop the binding", ja: "invar.yml の include: と exclude: を見直すか、結び付けを外してください"))
                        match.key = rule
                        return match
                    }
                }
            }
        })
}
