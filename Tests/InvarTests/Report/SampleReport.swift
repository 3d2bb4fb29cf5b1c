import InvarCore

/// A small report that holds one of everything that a format can stumble over.
enum SampleReport {
    static func report(_ language: Language) -> CheckReport {
        CheckReport(
            asOf: Day(ordinal: 20_780), findings: findings(language).sorted(by: Finding.inOrder), files: 12, rules: rules(language), language: language)
    }

    static func empty(_ language: Language, base: String? = nil, touched: Int? = nil) -> CheckReport {
        CheckReport(asOf: Day(ordinal: 20_780), findings: [], files: 12, base: base, touched: touched, rules: [], language: language)
    }

    static func findings(_ language: Language) -> [Finding] {
        [dropColumn(language), secondDrop(language), excepted(language), baselined(language), multiLine(language), hostile]
    }

    private static func basis(_ language: Language) -> Finding.Basis {
        Finding.Basis(
            title: language.pick(en: "No one-way schema change", ja: "片道切符のスキーマ変更をしない"),
            text: language.pick(en: "The older program keeps working.", ja: "旧バージョンのアプリが動き続けること。"),
            place: Place(path: "Invariants/ops.md", position: Position(line: 31)))
    }

    private static func dropColumn(_ language: Language) -> Finding {
        var finding = Finding(
            rule: "sql/drop-column", severity: .error, message: language.pick(en: "drops column あだ名", ja: "列 あだ名 を削除しています"),
            place: Place(path: "db/移行/0142 drop.sql", position: Position(line: 3, column: 10)),
            hint: language.pick(
                en: "stop using it first, drop it a release later:\nALTER TABLE users\n  RENAME …",
                ja: "まず使うのをやめ、次のリリースで削除してください:\nALTER TABLE users\n  RENAME …"))
        finding.end = Position(line: 3, column: 25)
        finding.excerpt = "/* ｶﾅ */ DROP COLUMN あだ名; -- 終わり"
        finding.invariant = "INV-OPS-003"
        finding.clause = "INV-OPS-003.1"
        finding.basis = basis(language)
        finding.remarks = [language.pick(en: "ADR-0005 excused it until 2026-10-31", ja: "ADR-0005 の例外は 2026-10-31 で切れています")]
        finding.related = [
            Finding.Related(
                place: Place(path: "db/移行/0001.sql", position: Position(line: 9, column: 3)),
                message: language.pick(en: "created here", ja: "ここで作られています"))
        ]
        finding.fingerprint = "00000000000000a1"
        return finding
    }

    private static func secondDrop(_ language: Language) -> Finding {
        var finding = dropColumn(language)
        finding.place.position = Position(line: 7, column: 1)
        finding.end = Position(line: 7, column: 12)
        finding.excerpt = "DROP COLUMN;"
        finding.related = []
        finding.remarks = []
        finding.fingerprint = "00000000000000a2"
        return finding
    }

    private static func excepted(_ language: Language) -> Finding {
        var finding = Finding(
            rule: "api/post-no-idempotency-key", severity: .error,
            message: language.pick(en: "POST /charges takes no idempotency key", ja: "POST /charges に冪等キーがありません"),
            place: Place(path: "api/openapi.yaml", position: Position(line: 20, column: 5)))
        finding.end = Position(line: 20, column: 9)
        finding.excerpt = "    post:"
        finding.invariant = "INV-OPS-002"
        finding.basis = Finding.Basis(
            title: language.pick(en: "Updates are idempotent", ja: "更新は冪等"), text: language.pick(en: "Updates are idempotent", ja: "更新は冪等"),
            place: Place(path: "Invariants/ops.md", position: Position(line: 12)))
        finding.state = .excepted
        finding.decision = "ADR-0007"
        finding.reason = language.pick(en: "the provider accepts no key", ja: "決済代行会社が鍵を受け付けない")
        finding.fingerprint = "00000000000000b1"
        return finding
    }

    private static func baselined(_ language: Language) -> Finding {
        var finding = Finding(
            rule: "design/not-idempotent", severity: .note, message: language.pick(en: "says that it is not idempotent", ja: "冪等でないと書かれています"),
            place: Place(path: "docs/design.md", position: Position(line: 4)))
        finding.excerpt = language.pick(en: "It is not idempotent.", ja: "この処理は冪等ではない。")
        finding.state = .baselined
        finding.fingerprint = "00000000000000c1"
        return finding
    }

    private static func multiLine(_ language: Language) -> Finding {
        var finding = Finding(
            rule: "job/no-timeout", severity: .warning, message: language.pick(en: "has no timeout", ja: "タイムアウトがありません"),
            place: Place(path: "deploy/job.yaml", position: Position(line: 5, column: 3)))
        finding.end = Position(line: 8, column: 1)
        finding.excerpt = "  template: # 夜間"
        finding.fingerprint = "00000000000000d1"
        return finding
    }

    /// As bad as a file can be.
    private static var hostile: Finding {
        var finding = Finding(
            rule: "text/own", severity: .note,
            message: "::error::pwn \u{1B}[31m</failure>]]>&<b>\u{202E}[x](http://evil.example) @team #1 `a` | $x$ \u{FFFE}##[add-mask]x\r\n::set-env name=A::b",
            place: Place(path: "::warning ::/a,b%\"<i>`|\u{1B}.md", position: Position(line: 1, column: 2)), hint: "  ::stop-commands::x\n::x ``` y")
        finding.end = Position(line: 1, column: 4)
        finding.excerpt = "\t\u{202E}::e\u{0301} ``` </details>"
        finding.fingerprint = "00000000000000e1"
        return finding
    }

    private static func rules(_ language: Language) -> [RuleDescription] {
        [
            RuleDescription(
                id: "sql/drop-column", title: language.pick(en: "A column is dropped", ja: "列の削除"),
                why: language.pick(en: "The older program still reads it.", ja: "旧バージョンがまだ読んでいます。"), invariant: "INV-OPS-003", severity: .error,
                page: "## `sql/drop-column`\n\n```sql\nALTER TABLE a DROP COLUMN b;\n```\n"),
            RuleDescription(
                id: "job/no-timeout", title: "No timeout", why: String(repeating: "長い", count: 600), invariant: nil, severity: .warning, page: "x\n"),
        ]
    }
}
