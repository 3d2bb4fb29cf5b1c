import InvarCore
import InvarSyntax

extension Rule {
    package static let allowUnused = Rule(
        id: "allow/unused",
        title: Wording(en: "an `invar:allow` comment that excuses nothing", ja: "何も見逃していない `invar:allow` コメント"),
        why: Wording(
            en: "The comment points at a decision, but cannot create an exception: either nothing is found there, or the decision grants none here.",
            ja: "このコメントは決定を指し示すだけで、例外を作ることはできません。そこに検出されるものがないか、その決定がここでの例外を認めていません。"),
        severity: .warning,
        violating: [Example("# Charge\n\n<!-- ↓invar:allow ADR-0007 -->\nCalls the provider once.\n", at: "docs/charge.md")],
        conforming: [
            Example("# Charge\n\n```html\n<!-- invar:allow ADR-0007 -->\n```\n", at: "docs/charge.md"),
            Example("# Charge\n\nWrite `invar:allow ADR-0007` in a comment.\n", at: "docs/charge.md"),
        ],
        matcher: .judgement { judgement in
            judgement.allowances.indices.filter { !judgement.usedAllowances.contains($0) }.map { index in
                let placed = judgement.allowances[index]
                let decision = placed.allowance.decision
                var match = Match(
                    path: placed.path, start: placed.allowance.position,
                    end: Position(line: placed.allowance.line, column: placed.allowance.position.column + 11),
                    message: judgement.refusals[index]
                        ?? Wording(
                            en: "`invar:allow \(decision)` excuses nothing: no rule finds anything here",
                            ja: "`invar:allow \(decision)` は何も見逃していません: ここで検出されるものはありません"),
                    hint: Wording(en: "remove the comment, or grant the exception in the decision", ja: "コメントを取り除くか、決定に例外を書いてください"))
                match.excerpt = placed.excerpt
                match.key = decision
                return match
            }
        })
}
