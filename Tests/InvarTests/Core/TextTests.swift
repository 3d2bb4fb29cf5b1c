import InvarCore
import Testing

@Suite struct TextTests {
    @Test func fullWidthIdsFoldToASCII() {
        #expect(Identifier("ＩＮＶ－ＯＰＳ－００２") == Identifier(id: "INV-OPS-002"))
        #expect(Identifier("INV-OPS-002.2") == Identifier(id: "INV-OPS-002", part: "INV-OPS-002.2"))
        #expect(Identifier("INV-OPS-002.C1") == Identifier(id: "INV-OPS-002", part: "INV-OPS-002.C1"))
        #expect(Identifier("INV-OPS-002-draft") == nil)
        #expect(Identifier("inv ops") == nil)
    }

    @Test func headingsSplitIntoIdAndTitle() {
        let heading = Identifier.heading("ＩＮＶ－００１：再起動できること")
        #expect(heading?.id.id == "INV-001")
        #expect(heading?.title == "再起動できること")
        #expect(Identifier.heading("Restart INV-001") == nil)
    }

    @Test func foldingMakesSpellingsComparable() {
        #expect(Folding.searchable("ﾘﾄﾗｲ ＲＥＴＲＹ") == "リトライ retry")
        #expect(Folding.searchable("か\u{3099}") == "が")
        #expect(Array(Folding.searchable("ﾍﾞｷ ﾊﾟ").unicodeScalars) == Array("ベキ パ".unicodeScalars))
        #expect(Folding.unwrapped("再実行で\n  整合が  取れる\nagain and\nagain") == "再実行で整合が取れる again and again")
    }

    @Test(arguments: [
        ("plain text, 日本語", "plain text, 日本語"), ("Ｃｈｅｃｋ例（ＣＩ／ＡＩ）：　Ａ", "check例(ci/ai): a"), ("A–B‐C−D", "a-b-c-d"), ("①²㍻", "12平成"),
        ("Ａ\u{301}", "Á"), ("e\u{301}ＡＢ", "éab"), ("„quoted“ → ok…", "„quoted“ → ok..."), ("", ""),
    ])
    func wideFormsFoldAsNFKCDoes(text: String, folded: String) {
        #expect(Folding.searchable(text).unicodeScalars.elementsEqual(folded.unicodeScalars))
        var bytes = text
        #expect(bytes.withUTF8 { Folding.searchable(utf8: $0) } == folded)
    }

    @Test(arguments: [
        ("  a b\r\n", "a b"), ("\u{3000}題\u{3000}", "題"), (" \t ", ""), ("・項目 ", "・項目"), (" \u{301}a", "a"), ("か\u{3099} ", "か\u{3099}"), ("é ", "é"),
    ])
    func blanksAreTrimmedAsCharacters(text: String, trimmed: String) {
        #expect(text.trimmingBlanks == trimmed)
    }

    @Test func linesEndAtEveryKindOfBreak() {
        #expect(LineTable(Array("a\nb\r\nc\rd\r".utf8)).starts == [0, 2, 5, 7, 9])
        #expect(LineTable([]).starts == [0])
        #expect(LineTable(Array("あいう".utf8)).position(at: 6, in: Array("あいう".utf8)) == Position(line: 1, column: 3))
    }

    @Test func fingerprintsIgnoreWrappingAndNoticeWords() {
        var first = Invariant(id: "INV-1", title: "題", position: Position(line: 1))
        first.clauses = [.init(id: "INV-1.1", text: "更新は冪等であること", line: 2)]
        var wrapped = first
        wrapped.clauses[0].text = "更新は\n冪等であること"
        var changed = first
        changed.clauses[0].text = "更新は原則冪等であること"
        #expect(first.fingerprint == wrapped.fingerprint)
        #expect(first.fingerprint != changed.fingerprint)
        #expect(first.fingerprint.count == 8)
    }

    @Test(arguments: [
        ("**", "a/b/c.md", true), ("a/**", "a/b/c.md", true), ("a/*", "a/b/c.md", false), ("a/*/c.md", "a/b/c.md", true),
        ("a", "a/b/c.md", true), ("a/", "a/b/c.md", true), ("**/*.sql", "x.sql", true), ("**/*.{sql,py}", "d/x.py", true),
        ("db/[0-9]*", "db/1_x.sql", true), ("db/[!0-9]*", "db/1_x.sql", false), ("jobs/**/run.sh", "jobs/run.sh", true), ("ab", "abc", false),
    ])
    func globsMatchAsInGitignore(pattern: String, path: String, matches: Bool) {
        #expect(Glob(pattern).matches(path) == matches)
    }

    @Test func globsOfManyStarsTakeNoTime() {
        #expect(!Glob(String(repeating: "*a", count: 60)).matches(String(repeating: "a", count: 5000) + "b"))
    }

    @Test func daysAreRealDays() {
        #expect(Day(iso: "2026-02-29") == nil)
        #expect(Day(iso: "2028-02-29")?.description == "2028-02-29")
        #expect(Day(iso: "1970-01-01")?.ordinal == 0)
        #expect(Day(iso: "2026-11-23").map { ($0 + 8).description } == "2026-12-01")
        #expect(Day(iso: "2026-1-2") == nil)
    }

    @Test func everyDayOfFourCenturiesReadsBack() {
        for ordinal in stride(from: -20_000, to: 146_097, by: 13) {
            let day = Day(ordinal: ordinal)
            #expect(Day(iso: day.description) == day)
        }
    }

    @Test func terminalsAreSafeFromFiles() {
        #expect(DisplayText.safe("a\u{1B}[31mb\u{202E}c\nd") == "a\\u{1b}[31mb\\u{202e}c d")
        #expect(DisplayText.width("日本語 ab") == 9)
        #expect(DisplayText.truncated("日本語です", to: 6) == "日本…")
    }

    @Test func japaneseLinesBreakAnywhereButBeforePunctuation() {
        #expect(DisplayText.wrapped("冪等である。再実行", to: 10) == ["冪等である。", "再実行"])
    }

    @Test(arguments: [
        ("retries", "retri"), ("retry", "retri"), ("retrying", "retri"), ("restarted", "restart"), ("idempotency", "idempot"), ("idempotent", "idempot"),
        ("relational", "relat"), ("hopping", "hop"), ("agreed", "agre"), ("migrations", "migrat"),
    ])
    func wordsShareTheirStem(word: String, stem: String) {
        #expect(Stemmer.stem(word) == stem)
    }

    @Test func placeholdersAreNoContent() {
        for text in ["TBD", " 未定 ", "<reason>", "{{reason}}", "検討中。", "-", "TODO: ask", "n/a"] { #expect(Placeholder.isEmpty(text), "\(text)") }
        for text in ["決済代行会社が冪等キーを受け付けない", "no key at the provider", "後続ジョブが補正する"] { #expect(!Placeholder.isEmpty(text), "\(text)") }
    }

    @Test func jsonIsTheSameEveryTime() {
        let json = JSON.object(["b": .array([]), "a": .string("改\n\"\u{1}\u{202E}"), "c": .null])
        #expect(json.text == "{\n  \"a\": \"改\\n\\\"\\u0001\\u202e\",\n  \"b\": [],\n  \"c\": null\n}\n")
        #expect(JSON.string("##[x] a[1] \u{85}\u{2028}\u{2066}é…").compactText == "\"##\\u005bx] a[1] \\u0085\\u2028\\u2066é…\"")
        #expect(JSON(["##vso", "[y]"]).compactText == "[\"##vso\",\"[y]\"]")
        #expect(JSON.texts(inArray: JSON(["a\"b", "c,d", "改\n"]).compactText) == ["a\"b", "c,d", "改\n"])
    }

    @Test func slipsFindTheirWord() {
        #expect(Nearest.match(for: "INV-OPS-020", among: ["INV-OPS-002", "INV-DB-001"]) == "INV-OPS-002")
        #expect(Nearest.match(for: "shwo", among: ["show", "search"]) == "show")
        #expect(Nearest.match(for: "zzzzzz", among: ["show"]) == nil)
    }

    @Test func sprintsCountFromOne() {
        guard let start = Day(iso: "2026-01-05") else { return }
        let calendar = SprintCalendar.rule(start: start, days: 14, name: "S{n}")
        #expect(Day(iso: "2026-11-23").flatMap { calendar.sprint(on: $0)?.name } == "S24")
        #expect(calendar.sprint(named: "S2")?.start.description == "2026-01-19")
        #expect(calendar.sprint(on: start + -1) == nil)
    }

    @Test func linksResolveInsideTheRootOnly() {
        #expect(RelativePath.resolve("../b/0001%20x.md#s", from: "docs/adr/a.md") == "docs/b/0001 x.md")
        #expect(RelativePath.resolve("../../../x.md", from: "docs/adr/a.md") == nil)
        #expect(RelativePath.resolve("https://example.com/x.md", from: "a.md") == nil)
    }
}
