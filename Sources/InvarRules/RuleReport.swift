package import InvarCore

/// The catalogue as people and programs read it.
package struct RuleReport: Sendable {
    private let rules: [Rule]

    package init(rules: [Rule]) {
        self.rules = rules
    }

    package func terminal(_ style: TerminalStyle) -> String {
        let rows = rules.map { rule in
            [
                style.bold(rule.id), severity(rule.severity, style), rule.isOptIn ? style.dim(style.pick(en: "opt-in", ja: "任意")) : "",
                rule.invariant ?? "", style.safe(rule.title[style.language]),
            ]
        }
        return style.table(rows).joined(separator: "\n") + "\n"
    }

    /// The page `docs/rules.md`.
    package func markdown(_ language: Language) -> String {
        let intro = language.pick(
            en: "# Rules\n\nMade by `invar rules --format markdown` from the rules themselves.\n",
            ja: "# ルール一覧\n\n`invar rules --format markdown` がルール自身から作ったものです。\n")
        return intro + "\n" + rules.map { RulePage($0).markdown(language) }.joined(separator: "\n")
    }

    package func json(_ language: Language) -> JSON {
        .object([
            "schema": .string("invar.rules/1"),
            "rules": .array(
                rules.map { rule in
                    .object([
                        "id": .string(rule.id), "title": .string(rule.title[language]), "why": .string(rule.why[language]),
                        "severity": .string(rule.severity.rawValue), "optIn": .bool(rule.isOptIn), "invariant": JSON(rule.invariant),
                    ])
                }),
        ])
    }

    private func severity(_ severity: Severity, _ style: TerminalStyle) -> String {
        switch severity {
        case .error: style.red("error")
        case .warning: style.yellow("warning")
        case .note: style.cyan("note")
        }
    }
}
