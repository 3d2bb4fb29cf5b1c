import InvarCore
import InvarSyntax
import Testing

@Suite struct ProseReaderTests {
    private func statements(_ text: String, _ path: String = "docs/design.md") -> [ProseStatement] {
        ProseReader.statements(in: MarkdownFile(path: path, bytes: Array(text.utf8)))
    }

    private func places(_ text: String) -> [String] {
        statements(text).map { "\($0.start.line):\($0.start.column)-\($0.end.line):\($0.end.column)" }
    }

    @Test func aSentenceIsFoundWhereItStands() {
        #expect(places("# T\n\nGood. The import is not idempotent. Bye.\n") == ["3:7-3:36"])
        #expect(places("前文です。取込処理は冪等ではない。後文です。\n") == ["1:6-1:18"])
    }

    @Test func aWrappedSentenceSpansItsLines() {
        #expect(places("The first one.\nThe nightly import is\nnot idempotent. More\n") == ["2:1-3:16"])
        #expect(places("在庫の取込処理は冪\n等ではない。続き\n") == ["1:1-2:7"])
    }

    @Test func aSentenceInAQuoteIsFound() {
        #expect(places("> **注意:** `revoke` は\n> 冪等ではありません。次の文。\n") == ["1:3-2:13"])
    }

    @Test func aSentenceInATableCellIsFound() {
        let text = "| 操作 | 備考 |\n| --- | --- |\n| `capture` | 売上を立てる。冪等ではない。 |\n"
        #expect(places(text) == ["3:22-3:29"])
        #expect(statements(text).first?.operations == ["capture"])
    }

    @Test func aSentenceInANestedListIsFound() {
        #expect(places("- 一覧\n  - 与信\n    - 与信の確保は冪等ではない。\n") == ["3:7-3:20"])
    }

    @Test func carriageReturnsAndByteOrderMarksMoveNothing() {
        #expect(places("\u{FEFF}# 題\r\n\r\n前文。\r\n取込処理は冪等ではない。\r\n") == ["4:1-4:13"])
        #expect(places("# T\r\n\r\nThe import\r\nis not idempotent.\r\n") == ["3:1-4:19"])
    }

    @Test func markupAroundTheSentenceBelongsToIt() {
        #expect(places("**The import is not idempotent.** See [the plan](a(b).md).\n") == ["1:1-1:34"])
        #expect(places("See [the plan](x/the/import.md). The import is not idempotent.\n") == ["1:34-1:63"])
    }

    @Test func codeAndFrontMatterAndHeadingsAreNotRead() {
        #expect(statements("---\nnote: The import is not idempotent.\n---\n\n```\nThe import is not idempotent.\n```\n\n    It is not idempotent.\n").isEmpty)
        #expect(statements("## The import is not idempotent\n\nText.\n").isEmpty)
        #expect(statements("<!-- The import is not idempotent. -->\n").isEmpty)
    }

    @Test func headingsThatSpeakOfOtherThingsSilenceTheirSections() {
        for heading in ["Alternatives considered", "却下した案", "Glossary", "用語集", "Failure modes", "2.1 Anti-patterns", "変更履歴", "チェックリスト"] {
            #expect(statements("## \(heading)\n\n### A\n\nThe import is not idempotent.\n").isEmpty, "\(heading)")
        }
        #expect(statements("# テーブル定義書\n\n## Order history\n\nThe import is not idempotent.\n").count == 1)
    }

    @Test func tasksAndListsOfCasesAreNotStatements() {
        #expect(statements("- [ ] The import is not idempotent.\n- [x] 取込は冪等ではない。\n").isEmpty)
        #expect(statements("Do not rerun in these cases:\n\n- The import is not idempotent.\n").isEmpty)
        #expect(statements("次の場合は止める：\n\n- 取込処理は冪等ではない。\n").isEmpty)
        #expect(statements("- the callee is not idempotent and nobody knows what happened\n").isEmpty)
    }

    @Test func theStrictSentenceSpeaksForItsNeighbours() {
        let found = statements("取込処理は冪等ではない。再実行すると二重に登録される。\n")
        #expect(found.map(\.strength) == [.strict])
    }

    @Test func whatASentenceNamesIsRead() {
        let found = statements("## 決済\n\nADR-0012 のとおり、POST /charges と `capture` と日次請求バッチは冪等ではない。\n\nADR-0013 も参照。\n")
        #expect(found.map(\.heading) == ["決済"])
        #expect(found.first?.operations == ["POST /charges", "capture", "日次請求バッチ"])
        #expect(found.first?.decisions == ["ADR-0012"])
        #expect(found.first?.sectionDecisions == ["ADR-0013"])
    }

    @Test func reasonsAndStrategiesBesideTheSentenceAreSeen() {
        let bare = statements("自動リトライは行わない。\n")
        #expect(bare.map(\.givesReason) == [false])
        #expect(bare.map(\.givesRetry) == [false])
        let full = statements("**判断**: 振込依頼は再送しない\n\n**理由**:\n\n- 相手が重複を見分けられないため\n\n**リカバリ**: 運用者が日次の突合で検出し、手で補正する\n")
        #expect(full.map(\.givesReason) == [true])
        #expect(full.map(\.givesRetry) == [true])
    }

    @Test func documentsThatTeachOrBelongToOthersAreForeign() {
        for path in [
            "docs/blog/a.md", "教材/第1章.md", "docs/tutorial-3.md", "vendor/x/README.md", "CHANGELOG.md", "a/prompts/b.md", "docs/idem_study_003.md", "learn/x.md",
        ] {
            #expect(ProseDocumentFilter.isForeign(path: path), "\(path)")
        }
        for path in ["docs/design.md", "ADRs/0001-x.md", "設計/決済.md", "docs/learnings-api.md", "docs/builder.md"] {
            #expect(!ProseDocumentFilter.isForeign(path: path), "\(path)")
        }
        #expect(ProseDocumentFilter.isChinese(Array(String(repeating: "该接口不是幂等的，请勿重试。", count: 10).utf8)))
        #expect(!ProseDocumentFilter.isChinese(Array(String(repeating: "このAPIは冪等ではない。", count: 10).utf8)))
        #expect(!ProseDocumentFilter.isChinese(Array("Plain English.".utf8)))
    }

    @Test func hostileTextNeverCrashes() {
        let pieces = [
            "冪等", "ではない", "not ", "idempotent", "`", "**", "|", "\n", "\r\n", "> ", "- ", "(", "「", "。", ". ", "\u{E000}", "\u{E001}", "&lt;", "](", "\u{FEFF}",
            "二重に登録される", "すると", "retry ", "ﾘ", "ﾟ", "\u{301}", "# ", "[ ] ",
        ]
        var state: UInt64 = 20_270_105
        for _ in 0..<2_000 {
            var text = ""
            for _ in 0..<24 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            let lines = LineTable(Array(text.utf8)).count
            for statement in statements(text) {
                #expect(statement.start <= statement.end)
                #expect(statement.start.line >= 1 && statement.end.line <= lines)
            }
        }
    }

    @Test func theTimeForHostileTextIsLinear() {
        // Each of these would take minutes if a cue cost a pass over its sentence.
        for piece in ["冪等ではない場合", "not idempotent if ", "`冪等` ", "リトライしないと", "二回実行すると", "| 冪等 ", "(冪等ではない", "POST は冪等ではない。"] {
            _ = statements(String(repeating: piece, count: 200_000 / piece.utf8.count) + "\n")
        }
        _ = statements(String(repeating: "# 見出し 冪等\n\n取込は冪等ではない。ADR-0001\n\n", count: 2_000))
    }
}
