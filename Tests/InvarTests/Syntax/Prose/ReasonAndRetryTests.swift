import InvarCore
import InvarSyntax
import Testing

@Suite struct ReasonAndRetryTests {
    private func file(_ text: String) -> MarkdownFile {
        MarkdownFile(path: "ADRs/0007-x.md", bytes: Array(text.utf8))
    }

    private func grounds(_ text: String) -> DecisionGrounds {
        let file = file(text)
        return DecisionGrounds.read(file, lines: 1...max(1, file.lines.count))
    }

    @Test func aReasonIsMoreThanAPlaceholder() {
        #expect(ReasonAndRetry.reason("決済代行会社が冪等キーを受け付けない") == .present)
        #expect(ReasonAndRetry.reason("No key.") == .present)
        for text in ["TBD", "未定", "後で書く", "{{reason}}", "<why>", "[理由を記入]", "N/A", "https://example.com/x", "理由を記入してください。", "Explain why this is needed."] {
            #expect(ReasonAndRetry.reason(text) == .placeholder, "\(text)")
        }
        #expect(ReasonAndRetry.reason(nil) == .absent)
        #expect(ReasonAndRetry.reason(" \n") == .absent)
    }

    @Test func aStrategyNamesItsMechanism() {
        let samples: [(String, [RetryMechanism])] = [
            ("最大3回まで再試行する", [.limit]), ("指数バックオフで待つ", [.backoff]), ("自動では再試行しない。日次の突合で検出し、手で補正する", [.compensation, .manual]),
            ("`Idempotency-Key` で重複排除する", [.dedupe]),
            ("失敗は DLQ に退避する", [.deadLetter]), ("結果照会 API で確かめてから送る", [.inquiry]), ("同じ日付で再実行する", [.rerun]),
            ("Retry three times with exponential backoff, at most 5 attempts", [.backoff, .limit]),
            ("Never automatically; an operator reconciles by hand", [.manual]), ("Compensate by a refund", [.compensation]),
            ("Check the status first", [.inquiry]),
        ]
        for (text, mechanisms) in samples { #expect(ReasonAndRetry.retry(text) == .present(mechanisms.sorted()), "\(text)") }
        #expect(ReasonAndRetry.retry("再試行しない。") == .withoutMechanism)
        #expect(ReasonAndRetry.retry("Do not retry.") == .withoutMechanism)
        #expect(ReasonAndRetry.retry("検討中") == .placeholder)
        #expect(ReasonAndRetry.retry(nil) == .absent)
    }

    @Test func aLongTextWithoutMechanismStaysWithout() {
        let text = String(repeating: "この件は大変に重要であり、関係者の間で長く議論してきた。", count: 20)
        #expect(ReasonAndRetry.retry(text) == .withoutMechanism)
    }

    @Test func whatTheExceptionLeavesOutMayStandInItsDecision() {
        var exception = Exception(invariant: "INV-OPS-002", position: Position(line: 1))
        let full = file("# X\n\n## 理由\n\n相手が重複を見分けられない。\n\n## リトライ戦略\n\n運用者が手動で再送する。\n")
        #expect(ReasonAndRetry.judge(exception, in: full, lines: 1...10) == ReasonAndRetry(reason: .present, retry: .present([.manual])))
        exception.reason = "TBD"
        #expect(ReasonAndRetry.judge(exception, in: full, lines: 1...10).reason == .placeholder)
        let empty = file("# X\n\nText.\n")
        #expect(
            ReasonAndRetry.judge(Exception(invariant: "INV-OPS-002", position: Position(line: 1)), in: empty, lines: 1...3)
                == ReasonAndRetry(reason: .absent, retry: .absent))
    }

    @Test func sectionsLabelsRowsAndBoldLeadInsAreRead() {
        let expected = DecisionGrounds(
            reason: .init(text: "The bank knows no key.", position: Position(line: 5)),
            retry: .init(text: "An operator asks the bank by hand.", position: Position(line: 9)))
        #expect(grounds("# X\n\n## Rationale\n\nThe bank knows no key.\n\n## Retry strategy\n\nAn operator asks the bank by hand.\n") == expected)
        let labels = grounds("# X\n\n**理由**: 銀行が鍵を知らない\n\n- リトライ戦略：最大2回\n")
        #expect(labels.reason == .init(text: "銀行が鍵を知らない", position: Position(line: 3)))
        #expect(labels.retry?.text == "最大2回")
        let rows = grounds("| 項目 | 内容 |\n| --- | --- |\n| 理由 | 銀行が鍵を知らない |\n| 再試行 | 手動で行う |\n")
        #expect(rows.reason?.text == "銀行が鍵を知らない")
        #expect(rows.retry?.text == "手動で行う")
        let below = grounds("**理由**:\n\n- 銀行が鍵を知らない\n\n**リトライ**:\n\n- 手動で行う\n")
        #expect(below.reason == .init(text: "銀行が鍵を知らない", position: Position(line: 3, column: 3)))
        #expect(below.retry?.text == "手動で行う")
    }

    @Test func sentencesSpeakWhereStructureDoesNot() {
        let found = grounds("# X\n\n振込依頼は、銀行が重複を見分けられないため再送しない。失敗は運用者が照合して手動で再送する。\n")
        #expect(found.reason?.text == "振込依頼は、銀行が重複を見分けられないため再送しない。")
        #expect(found.retry?.text == "失敗は運用者が照合して手動で再送する。")
        #expect(found.reason?.position == Position(line: 3))
    }

    @Test func placeholdersUnderHeadingsAreNothing() {
        #expect(grounds("# X\n\n## 理由\n\n未定\n\n## リトライ戦略\n\nTBD\n") == DecisionGrounds())
        #expect(grounds("# X\n\n## Reason\n\n## Retry\n") == DecisionGrounds())
    }
}
