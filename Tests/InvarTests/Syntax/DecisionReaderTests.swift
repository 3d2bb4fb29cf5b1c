import InvarCore
import InvarSyntax
import Testing

/// One oddity of real collections each.
@Suite struct DecisionReaderTests {
    private func read(_ text: String, _ path: String = "ADRs/0007-use-x.md") -> Document {
        KnowledgeReader(vocabulary: StatusVocabulary()).read(Array(text.utf8), path: path, role: .decisions)
    }

    private func decision(_ text: String, _ path: String = "ADRs/0007-use-x.md") -> Decision? {
        guard case .decision(let decision)? = read(text, path).entries.first?.content else { return nil }
        return decision
    }

    @Test(arguments: [
        ("Accepted", Decision.Status.accepted), ("Approved", .accepted), ("✅ Accepted", .accepted), ("承認済み", .accepted), ("採用", .accepted), ("決定", .accepted),
        ("Draft", .proposed), ("検討中", .proposed), ("提案", .proposed), ("未承認", .proposed), ("Rejected", .rejected), ("却下", .rejected), ("不採用", .rejected),
        ("Deprecated", .deprecated), ("廃止", .deprecated), ("Superceded by [9. Y](0009-y.md)", .superseded), ("ADR-0009 により置き換え", .superseded),
        ("Accepted (2026-03-01, by the board) and then prose", .accepted), ("proposed; amended-in-part by 0031", .proposed),
        ("~~Accepted~~ Superseded by ADR-9", .superseded),
    ])
    func statusWordsAreUnderstood(words: String, status: Decision.Status) {
        #expect(decision("# 7. X\n\n## Status\n\n\(words)\n\n## Context\n\nText.\n")?.status == status)
        #expect(decision("# ADR-0007: X\n\n- ステータス: \(words)\n\n## 背景\n\n文。\n")?.status == status)
    }

    @Test(arguments: [
        ("ADRs/0001-x.md", "# X", "ADR-0001", "0001", "X"), ("ADRs/001_x.md", "# 1. X", "ADR-001", "001", "X"), ("ADRs/1-x.md", "# X", "ADR-1", "1", "X"),
        ("ADRs/ADR-012-x.md", "# ADR-012: X", "ADR-012", "012", "X"), ("ADRs/20260215-01-x.md", "# X", "ADR-20260215-01", "20260215-01", "X"),
        ("ADRs/0007-x/README.md", "# X", "ADR-0007", "0007", "X"), ("ADRs/x.md", "# ADR 7 — Use X", "ADR-7", "7", "Use X"),
        ("ADRs/x.md", "# ADR－０００９：題", "ADR-0009", "0009", "題"), ("ADRs/0012-冪等.md", "# 冪等キーを使う", "ADR-0012", "0012", "冪等キーを使う"),
        ("ADRs/0001-x.md", "X\n=", "ADR-0001", "0001", "X"),
    ])
    func numbersAndTitlesComeFromNameAndHeading(path: String, heading: String, id: String, number: String, title: String) {
        let found = decision(heading + "\n\nStatus: Accepted\n", path)
        #expect(found?.id == id)
        #expect(found?.number == number)
        #expect(found?.title == title)
    }

    @Test func aDatedNameIsNoNumber() {
        let found = decision("# Use X\n\nStatus: accepted\n", "ADRs/2026-02-15-use-x.md")
        #expect(found?.number == nil)
        #expect(found?.id == "ADR-2026-02-15-use-x")
        #expect(found?.date?.description == "2026-02-15")
    }

    @Test(arguments: [
        "---\nstatus: accepted\ndate: 2026-03-01\n---\n\n# X\n", "# X\n\nDate: 2026-03-01\n\n## Status\n\nAccepted\n",
        "# X\n\n- Status: accepted\n- Date: 2026/03/01\n",
        "# X\n\n- 日付：２０２６年３月１日\n- ステータス：承認\n", "# X\n\n**Status**: Accepted (2026-03-01)\n",
        "# X\n\n| Status | Date |\n| --- | --- |\n| Accepted | 2026-03-01 |\n",
        "# X\n\n| 項目 | 値 |\n| --- | --- |\n| ステータス | 承認 |\n| 決定日 | 2026年3月1日 |\n", "\u{FEFF}# X\r\n\r\nDate: 2026-03-01\r\n\r\n## Status\r\n\r\nAccepted",
    ])
    func statusAndDateAreFoundInEveryTemplate(text: String) {
        let found = decision(text)
        #expect(found?.status == .accepted)
        #expect(found?.date?.description == "2026-03-01")
        #expect(found?.title == "X")
    }

    @Test func aStatusInsideAFenceOrACommentIsNone() {
        let found = decision("# X\n\n```\n## Status\n\nRejected\n```\n\n<!-- Status: Rejected -->\n\n## Status\n\nAccepted\n")
        #expect(found?.status == .accepted)
    }

    @Test func anUnknownWordIsUnknownAndSaidSo() {
        let document = read("# X\n\n## Status\n\nBanana\n")
        #expect(document.findings.map(\.rule) == ["knowledge/unread-status"])
        #expect(document.findings.first?.severity == .warning)
        #expect(document.findings.first?.place.line == 5)
        #expect(decision("# X\n\n## Status\n\nBanana\n")?.status == .unknown)
    }

    @Test func aChoiceOfATemplateIsNoStatus() {
        #expect(decision("---\nstatus: \"{proposed | rejected | accepted}\"\n---\n\n# X\n")?.status == .unknown)
    }

    @Test func frontMatterCountsWhereTheTextDisagrees() {
        let text = "---\nstatus: accepted\n---\n\n# X\n\n## Status\n\nProposed\n"
        #expect(decision(text)?.status == .accepted)
        #expect(read(text).findings.map(\.rule) == ["knowledge/conflicting-status"])
    }

    @Test func readmesAndTemplatesAreNoRecords() {
        #expect(read("# Decisions\n\nA list.\n", "ADRs/README.md").entries.isEmpty)
        #expect(read("# NNNN. Title\n\n## Status\n\nProposed\n", "ADRs/template.md").entries.isEmpty)
    }

    @Test func severalRecordsInOneFileAreSeveral() {
        let text = "# Decisions\n\n## ADR-1: A\n\nStatus: Accepted\n\n## ADR-2: B\n\nStatus: Rejected\n"
        #expect(read(text, "ADRs/all.md").entries.map(\.id) == ["ADR-1", "ADR-2"])
    }

    private func links(_ text: String) -> [String] {
        (read(text).entries.first?.links ?? []).filter { $0.kind != .mentions && $0.kind != .relates }.map {
            "\($0.kind.rawValue)\($0.isInverse ? " by" : "") \($0.key)"
        }
    }

    @Test(arguments: [
        ("Supersedes 0004, 0005", ["supersedes ADR-4", "supersedes ADR-5"]), ("Superseded by [9. Y](0009-y.md)", ["supersedes by path:ADRs/0009-y.md"]),
        ("Superceded by ADR-9", ["supersedes by ADR-9"]), ("Amends ADR-3", ["amends ADR-3"]),
        ("Accepted\n\nAmended by [8. Z](0008-z.md)", ["amends by path:ADRs/0008-z.md"]),
        ("Superseded in part by ADR-9", ["amends by ADR-9"]), ("Does not supersede ADR-3", []), ("ADR-0009 により置き換え", ["supersedes by ADR-9"]),
        ("Supersedes: none", []),
    ])
    func statusLinesLinkRecords(words: String, expected: [String]) {
        #expect(links("# X\n\n## Status\n\n\(words)\n\n## Context\n\nText.\n") == expected)
    }

    @Test func frontMatterLinksRecords() {
        #expect(links("---\nstatus: accepted\nsupersedes:\n- ADR-0003\n- 0004-y.md\n---\n\n# X\n") == ["supersedes ADR-3", "supersedes path:ADRs/0004-y.md"])
    }

    /// Oddities of collections that number, wrap and qualify in their own ways.
    @Test(arguments: [
        // Beside a named record, bare numbers count something else.
        ("Superseded by [ADR-9](0009-y.md) (decisions 2/3 became its fields; decision 4 stays)", ["supersedes by path:ADRs/0009-y.md"]),
        ("Accepted\n\nSupersedes: ADR-4, Components 1 and 2 only. Its Component 3 stands.", ["amends ADR-4"]),
        ("Accepted\n\n**Superseded by ADR-9 on this point.**", ["amends by ADR-9"]),
        // What is superseded is named, and it is a part.
        ("Accepted\n\n**Mechanism superseded by ADR-9**", ["amends by ADR-9"]),
        ("Accepted (2026-05-16) — Components 1–3 superseded by ADR-9; the rest stands", ["amends by ADR-9"]),
        ("Accepted, later superseded by ADR-9", ["supersedes by ADR-9"]),
        // Sentences about another record.
        ("Accepted\n\nThis was drafted while ADR-3 was proposed; it is now superseded by ADR-9.", []),
        ("Accepted\n\nADR-3 was superseded by ADR-9.", []), ("Accepted\n\nSupersedes ADR-3. See ADR-8.", ["supersedes ADR-3"]),
        // An object far away is none.
        (
            "Accepted\n\nIt supersedes no record. What it does supersede is the run of small repairs that have been setting this policy one knob at a "
                + "time: exposure, zero bounds, claims, and the quotas that came with ADR-3.", []
        ),
        // A condition holds once it is met.
        ("Draft\n\nSupersedes ADR-3 **upon acceptance**: it becomes one tier.", []),
        ("Accepted\n\nSupersedes ADR-3 **upon acceptance**: it becomes one tier.", ["supersedes ADR-3"]),
        ("Accepted\n\nIt supersedes only decision 4 in ADR-3, and item 5 of it.", ["amends ADR-3"]),
        ("Accepted\n\nSupersedes: https://example.org/records/pull/23", []),
        // A wrapped line is as wide as it was written.
        ("Draft\n\nSupersedes [ADR-3](0003-a-rather-long-name-of-a-file-of-a-record.md) (the port\nand its loader) **upon acceptance**: it becomes one.", []),
        ("Accepted\n\nSupersedes ADR-3's framing of the line.", ["amends ADR-3"]), ("承認\n\nADR-0003 の再試行の方針を置き換える。", ["amends ADR-3"]),
        // A verb inside a name is none.
        ("Accepted\n\nMoved to [x-deny-overrides-0004](x-deny-overrides-0004.md).", []),
    ])
    func partsConditionsAndOtherRecordsAreToldApart(words: String, expected: [String]) {
        #expect(links("# X\n\n## Status\n\n\(words)\n\n## Context\n\nText.\n") == expected)
    }

    @Test func whatDidNotHappenIsNoStatus() {
        #expect(decision("# X\n\n**Status**: Proposed (2026-08-19) — of interest; **not** confirmed by the owner.\n")?.status == .proposed)
        #expect(decision("# X\n\n**Status**: Accepted — not yet implemented\n")?.status == .accepted)
    }

    @Test func aLabelledStatusIsExplainedByItsWords() {
        #expect(decision("# X\n\n# Status\n- Deprecated: 内容が古くなり破棄された\n\n# Decision\n\n文。\n")?.status == .deprecated)
        #expect(decision("# X\n\n# Status\n- Draft: 記述中\n- Accepted: 承認された\n\n# Decision\n\n文。\n", "ADRs/x.md")?.status != .deprecated)
    }

    @Test(arguments: [
        ("ADRs/0007-x.md", "# 7) Use X {#adr_0007}\n\nStatus: Accepted\n", "Use X"), ("ADRs/ADR-007-x.md", "ADR: Use X\n\n# Status\nAccepted\n", "Use X"),
        ("ADRs/0017-theme.md", "# [Design guideline]\n\n* Status: accepted\n", "[Design guideline]"),
        ("ADRs/ADR-006-rooms.md", "¥# Rooms\n\n# Status\nAccepted\n\n# Consideration\n\nx\n", "rooms"),
    ])
    func titlesAreFoundWhereTheyWereWritten(path: String, text: String, title: String) {
        #expect(decision(text, path)?.title == title)
    }

    @Test func numberlessTemplatesAreNoRecords() {
        #expect(read("# N) Title (short noun phrase) {#adr_nnnn}\n\n## Status\n\nproposed, accepted, …\n", "ADRs/NNNN-adr-template.md").entries.isEmpty)
    }

    @Test func aPictureInTheTextHidesOnlyItself() {
        let document = read("# X\n\nStatus: Accepted\n\n![p](data:" + String(repeating: "é", count: 50_000) + ")\n\nSee ADR-3.\n")
        #expect(document.findings.map(\.rule) == ["file/unreadable"])
        #expect(document.findings.first?.severity == .warning)
        #expect(document.entries.first?.links.map(\.key) == ["ADR-3"])
        #expect(document.entries.first?.links.first?.position == Position(line: 7, column: 5))
    }

    @Test func aSentenceAboutThisRecordLinksIt() {
        #expect(links("# X\n\nStatus: accepted\n\n## Context\n\nThis ADR supersedes ADR-0003.\n") == ["supersedes ADR-3"])
        #expect(links("# X\n\nStatus: accepted\n\n## Context\n\nThis ADR would supersede ADR-0003 if accepted.\n").isEmpty)
    }
}
