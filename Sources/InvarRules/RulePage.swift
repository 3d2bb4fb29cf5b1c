package import InvarCore

/// A rule's manual page, made of what the rule says of itself and of its examples.
package struct RulePage: Sendable {
    private let rule: Rule

    package init(_ rule: Rule) {
        self.rule = rule
    }

    package func markdown(_ language: Language) -> String {
        var lines = [
            "## `\(rule.id)`", "", DisplayText.safe(rule.title[language]) + language.pick(en: ".", ja: "。"), "", facts(language), "",
            RulePage.safe(rule.why[language]),
        ]
        if let example = rule.violating.first { lines += section(language.pick(en: "Fires on", ja: "検出する例"), example) }
        if let example = rule.conforming.first { lines += section(language.pick(en: "Does not fire on", ja: "検出しない例"), example) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// For a person at a terminal: examples indented, `↓` where a match starts.
    package func terminal(_ style: TerminalStyle) -> String {
        let language = style.language
        var lines = ["\(style.bold(rule.id))  \(style.safe(rule.title[language]))", style.dim(facts(language).replacing("*", with: "")), ""]
        lines += rule.why[language].split(separator: "\n").flatMap { DisplayText.wrapped(style.safe($0), to: style.width) }
        lines += rule.violating.first.map { blocks(style.pick(en: "Fires on", ja: "検出する例"), $0, style) } ?? []
        lines += rule.conforming.first.map { blocks(style.pick(en: "Does not fire on", ja: "検出しない例"), $0, style) } ?? []
        return lines.joined(separator: "\n") + "\n"
    }

    private func blocks(_ title: String, _ example: Example, _ style: TerminalStyle) -> [String] {
        example.files.flatMap { file in
            ["", "\(style.bold(title))  \(style.dim(file.path))", ""]
                + DisplayableExample.text(file.text).split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
        }
    }

    /// Line by line, since a text from `invar.yml` may hold anything.
    private static func safe(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { DisplayText.safe($0) }.joined(separator: "\n")
    }

    private func facts(_ language: Language) -> String {
        let invariant = rule.invariant ?? "—"
        let use = rule.isOptIn ? language.pick(en: "opt-in", ja: "既定では無効") : language.pick(en: "on", ja: "既定で有効")
        return language.pick(
            en: "*\(rule.severity.rawValue) · \(use) · default invariant: \(invariant)*", ja: "*\(rule.severity.rawValue)・\(use)・既定のインバリアント: \(invariant)*")
    }

    private func section(_ title: String, _ example: Example) -> [String] {
        var lines = ["", "### \(title)"]
        for file in example.files {
            let text = DisplayableExample.text(file.text)
            let fence = text.contains("```") ? "~~~~" : "```"
            lines += ["", "`\(file.path)`", "", fence + DisplayableExample.language(file.path), text, fence]
        }
        return lines
    }
}

/// Example texts as a page can show them.
private enum DisplayableExample {
    /// Long lines cut, control characters shown, no final line break.
    static func text(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { DisplayText.truncated(DisplayText.safe(String($0)), to: 160) }
        while lines.last?.isEmpty ?? false { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    static func language(_ path: String) -> String {
        switch RelativePath.name(path).split(separator: ".").last.map(String.init) {
        case "md": "markdown"
        case "yml": "yaml"
        case let ending?: ending
        case nil: ""
        }
    }
}
