package import InvarCore

/// The catalogue as people and programs read it.
package struct RuleReport: Sendable {
    private let rules: [Rule]
    private let settings: CheckSettings

    /// - Parameter settings: what the project says about them, shown in place of what they say of themselves.
    package init(rules: [Rule], settings: CheckSettings = CheckSettings()) {
        self.rules = rules
        self.settings = settings
    }

    package func terminal(_ style: TerminalStyle) -> String {
        let rows = rules.map { rule in
            [
                style.bold(rule.id), severity(severity(of: rule), style), use(of: rule, style), style.safe(invariant(of: rule) ?? ""),
                style.safe(rule.title[style.language]),
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
                        "severity": .string(severity(of: rule).rawValue), "optIn": .bool(rule.isOptIn), "enabled": .bool(settings.isEnabled(rule)),
                        "invariant": JSON(invariant(of: rule)),
                    ])
                }),
        ])
    }

    private func severity(of rule: Rule) -> Severity { settings.overrides[rule.id]?.severity ?? rule.severity }

    private func invariant(of rule: Rule) -> String? { settings.overrides[rule.id]?.invariant ?? rule.invariant }

    private func use(of rule: Rule, _ style: TerminalStyle) -> String {
        switch (rule.isOptIn, settings.isEnabled(rule)) {
        case (false, true): ""
        case (true, true): style.pick(en: "on", ja: "有効")
        case (true, false): style.dim(style.pick(en: "opt-in", ja: "任意"))
        case (false, false): style.dim(style.pick(en: "off", ja: "無効"))
        }
    }

    private func severity(_ severity: Severity, _ style: TerminalStyle) -> String {
        switch severity {
        case .error: style.red("error")
        case .warning: style.yellow("warning")
        case .note: style.cyan("note")
        }
    }
}
