import InvarCore

extension Rule {
    package static let yamlUnreadable = Rule(
        id: "yaml/unreadable",
        title: Wording(en: "YAML that cannot be read", ja: "読めない YAML"),
        why: Wording(
            en: "Nothing below a syntax error is checked. A template is only a note: check what it renders to as well.",
            ja: "構文エラーより下は検査されません。テンプレートの場合は注意にとどめますが、展開後のファイルも検査対象にしてください。"),
        severity: .warning,
        violating: [Example("a: 1\nb: [1, 2\n↓", at: "deploy/app.yaml", skipping: [.exception: "no invariant is threatened"])],
        conforming: [Example("a: 1\nb: [1, 2]\n", at: "deploy/app.yaml")],
        matcher: .reading)
}
