import InvarCore
import InvarKit
import Testing

/// The project's own conventions, from `invar.yml` to findings.
struct TextConventionTests {
    private let invariants = "# 開発\n\n**INV-ENG-003: 依存は一か所から**\n\n- 外部パッケージは一つのターゲットだけが取り込む。\n"

    private func folder(_ convention: String, _ files: [String: String]) throws -> TemporaryFolder {
        var all = files
        all["Invariants/eng.md"] = invariants
        all["invar.yml"] = "text:\n  - \(convention)\n"
        return try TemporaryFolder(all)
    }

    private func findings(_ folder: TemporaryFolder) throws -> [Finding] {
        try folder.workspace().check().report.findings.filter { $0.rule.hasPrefix("text/") }
    }

    @Test func aConventionFindsItsLinesInItsPathsAndNowhereElse() throws {
        let folder = try folder(
            "{ id: one-grdb-import, pattern: '^import GRDB$', paths: [\"Sources/**\"], except: [\"Sources/Store/**\"], invariant: INV-ENG-003, message: \"GRDB は Store だけが使う\" }",
            [
                "Sources/App/Main.swift": "import Foundation\r\nimport GRDB\r\n// import GRDB\r\nimport GRDBQuery\r\n",
                "Sources/Store/Store.swift": "import GRDB\n",
                "Tests/T.swift": "import GRDB\n",
            ])
        let found = try findings(folder)
        #expect(found.map(\.place) == [Place(path: "Sources/App/Main.swift", position: Position(line: 2, column: 1))])
        #expect(found.map(\.end) == [Position(line: 2, column: 12)])
        #expect(found.map(\.rule) == ["text/one-grdb-import"])
        #expect(found.map(\.message) == ["GRDB は Store だけが使う"])
        #expect(found.map(\.severity) == [.error])
        #expect(found.map(\.invariant) == ["INV-ENG-003"])
        #expect(found.map(\.excerpt) == ["import GRDB"])
    }

    @Test func columnsCountCharactersOfJapaneseText() throws {
        let folder = try folder(
            "{ id: no-midnight, pattern: '(24|２４)時', paths: [\"docs\"], severity: note }",
            ["docs/手順.md": "# 手順\n\n締めは翌日ではなく24時に行う。\n\n再集計は２４時。24時以降は翌日分。\n", "other/手順.md": "24時\n"])
        let found = try findings(folder)
        #expect(found.map(\.place.position) == [Position(line: 3, column: 10), Position(line: 5, column: 5)])
        #expect(found.map(\.end) == [Position(line: 3, column: 13), Position(line: 5, column: 8)])
        #expect(found.map(\.severity) == [.note, .note])
        #expect(found.map(\.message) == ["(24|２４)時 に一致します", "(24|２４)時 に一致します"])
    }

    @Test func aConventionThatLooksAtNoFileIsToldWhereItStands() throws {
        let folder = try folder(
            "{ id: one-clock, pattern: 'Date\\(\\)', paths: [\"Source/**\"], message: clock }", ["Sources/Clock.swift": "let now = Date()\n"])
        let found = try findings(folder)
        #expect(found.map(\.place) == [Place(path: "invar.yml", position: Position(line: 2, column: 11))])
        #expect(found.map(\.message) == ["text/one-clock の paths に一致する検査対象のファイルがなく、何も検査していません"])
        #expect(found.map(\.severity) == [.warning])
    }

    @Test func everyKindOfTextIsLookedAt() throws {
        let folder = try folder(
            "{ id: no-fixme, pattern: '(?i)fixme' }",
            [
                "a.yaml": "a: 1 # FIXME\n", "b.sql": "-- fixme\n", "c.json": "{ \"openapi\": \"3.0.0\", \"x\": \"FixMe\" }\n", "d.txt": "\n\nfixme\n",
                "e": "fixme",
            ])
        let found = try findings(folder).map { "\($0.place.path):\($0.place.line)" }
        #expect(found == ["a.yaml:1", "b.sql:1", "c.json:1", "d.txt:3", "e:1"])
    }

    @Test func aPatternThatCannotBeReadIsAnErrorWithItsLine() throws {
        let folder = try folder("{ id: twice, pattern: '(a)\\1' }", [:])
        let failure = Failure(
            "pattern: back-references such as \\1 are not supported: they cannot be matched in linear time",
            at: Place(path: "invar.yml", position: Position(line: 2, column: 27)))
        #expect(throws: failure) { try folder.workspace() }
    }

    @Test func whatAnExceptionExcusesIsExcused() throws {
        let folder = try folder("{ id: no-fixme, pattern: fixme, invariant: INV-ENG-003 }", ["old/a.txt": "fixme\n", "new/a.txt": "fixme\n"])
        try folder.write(
            "ADRs/0001-old.md",
            "---\nstatus: accepted\nexceptions:\n  - invariant: INV-ENG-003\n    paths: [\"old/**\"]\n    reason: 来期に書き直すため\n    retry: なし。手で直す\n    until: 2027-03-31\n---\n# 古い部分\n"
        )
        let states = try findings(folder).map(\.state)
        #expect(states == [.open, .excepted])
    }
}
