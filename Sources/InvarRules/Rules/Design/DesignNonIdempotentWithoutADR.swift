import InvarCore
import InvarSyntax

extension Rule {
    package static let designNonIdempotentWithoutADR = Rule(
        id: "design/non-idempotent-without-adr",
        title: Wording(en: "a design that is not idempotent, and no decision that says why", ja: "冪等でない設計なのに、理由を記した決定がない"),
        why: Wording(
            en: """
                What is sent twice happens twice: a charge, a mail, a stock movement. Networks repeat, operators re-run, and the reader of a design \
                must know what then. Where it cannot be helped, a decision grants an exception with the reason and the retry strategy. \
                Requirements, definitions, conditions, questions, history and general talk about HTTP are not reported.
                """,
            ja: """
                二度届けば二度起きます。課金も、メールも、在庫の移動もです。ネットワークは再送し、運用担当者は再実行します。設計を読む人は、そのとき何が起きるかを\
                知らなければなりません。やむを得ない場合は、理由とリトライ戦略を添えて決定で例外を認めます。要求・定義・条件・疑問・過去の経緯・HTTP の一般論は検出しません。
                """),
        invariant: "INV-OPS-002", severity: .warning,
        violating: [
            Example("# 返金 API\n\n↓`POST /refunds` は冪等ではありません。同じ要求を二度送ると二度返金されます。\n", at: "docs/design/refund.md"),
            Example("# Session tokens\n\n↓`revoke` is not idempotent: a second call for the same token fails.\n", at: "docs/design/token.md"),
            Example(
                "---\ntitle: Invoice mail\nidempotent: ↓false\n---\n\n# Invoice mail\n\nSent at night.\n", at: "docs/design/mail.md",
                skipping: [.comment: "front matter has to stay first"]),
        ],
        conforming: [
            Example("# 返金 API\n\nすべての更新系 API は冪等でなければならない。冪等でない処理を追加してはならない。\n", at: "docs/design/refund.md"),
            Example("# HTTP\n\nPOST is not idempotent, PUT is.\n", at: "docs/design/http.md"),
            Example("# Retry\n\nIf the handler is not idempotent, the worker parks the message.\n\nIs `revoke` not idempotent?\n", at: "docs/design/retry.md"),
            Example("# Retry\n\n```\n// POST is not idempotent here\n```\n", at: "docs/design/retry.md"),
            Example("# Session tokens\n\nBefore version 2, `revoke` was not idempotent.\n", at: "docs/design/token.md"),
        ],
        matcher: .file(.document) { artifact, surroundings in
            let statements = DesignStatements.of([.nonIdempotent, .notRetryable], in: artifact, surroundings).map { statement in
                let subject = statement.operations.first
                var match = DesignStatements.match(
                    statement, in: artifact,
                    Wording(
                        en: subject.map { "says that \($0) cannot be repeated: is that meant, and what happens to a lost request?" }
                            ?? "says that this cannot be repeated: is that meant, and what happens to a lost request?",
                        ja: subject.map { "\($0) は繰り返せないと書かれています。意図どおりですか。届かなかった要求はどうなりますか" }
                            ?? "繰り返せないと書かれています。意図どおりですか。届かなかった要求はどうなりますか"),
                    hint: hint)
                match.severity = severity(of: statement)
                return match
            }
            return declared(artifact, surroundings) + statements
        })

    /// In so many words is an error; what only follows weighs less, and a ban on retries alone least of all.
    private static func severity(of statement: ProseStatement) -> Severity {
        switch (statement.kind, statement.strength) {
        case _ where statement.hasContract: .note
        case (.nonIdempotent, .strict): .error
        case (.nonIdempotent, .weak), (.notRetryable, .strict): .warning
        default: .note
        }
    }

    /// `idempotent: false` in the front matter of a design.
    private static func declared(_ artifact: Artifact, _ surroundings: FileSurroundings) -> [Match] {
        guard case .document(let file) = artifact.content, surroundings.role == nil, let value = file.frontMatter.yaml?["idempotent"], value.bool == false
        else {
            return []
        }
        var match = artifact.match(
            at: value.position, to: Position(line: value.position.line, column: value.position.column + (value.text?.unicodeScalars.count ?? 0)),
            Wording(en: "declares that the design is not idempotent", ja: "冪等でない設計だと宣言されています"), hint: hint)
        match.severity = .error
        match.key = "idempotent: false"
        match.operations = file.frontMatter.yaml?["operations"]?.texts ?? []
        return [match]
    }

    private static var hint: Wording {
        Wording(
            en: "make it idempotent (a key, an upsert, a guard), or grant an exception with reason and retry strategy in an ADR, or mend the sentence",
            ja: "冪等にする（冪等キー、UPSERT、状態の確認など）か、理由とリトライ戦略を添えた例外を ADR に書くか、文を直してください")
    }
}
