import InvarCore

extension Rule {
    package static let sqlUnreadable = Rule(
        id: "sql/unreadable",
        title: Wording(en: "SQL that cannot be read to its end", ja: "最後まで読めない SQL"),
        why: Wording(
            en: "Behind a string, a comment or a quote that is never closed nothing can be told apart, and nothing is checked.",
            ja: "閉じられていない文字列・コメント・引用符の後ろは区別がつかず、検査されません。"),
        severity: .warning,
        violating: [
            Example(
                "SELECT 1;\nINSERT INTO t VALUES (↓'open);\n", at: "db/report.sql",
                skipping: [.comment: "inside a comment nothing is open", .exception: "no invariant is threatened"])
        ],
        conforming: [Example("SELECT 'it''s closed';\n", at: "db/report.sql")],
        matcher: .reading)
}
