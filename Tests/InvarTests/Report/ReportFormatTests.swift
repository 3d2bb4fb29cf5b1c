import Foundation
import InvarCore
import Testing

/// Each format's whole output of ``SampleReport`` stands in `Fixtures/check`. With `RECORD=1` in the environment
/// the files are written anew, to be read before they are committed.
@Suite struct ReportFormatTests {
    private static let formats: [(name: String, text: @Sendable (CheckReport) -> String)] = [
        ("json.json", { $0.json.text }),
        ("sarif.json", { $0.sarif(.standard).text }),
        ("sarif-github.json", { $0.sarif(.github).text }),
        ("github.txt", { $0.gitHub }),
        ("gitlab.json", { $0.gitLab.text }),
        ("junit.xml", { $0.jUnit }),
        ("rdjson.json", { $0.rdjson.text }),
        ("markdown.md", { $0.markdown }),
        ("terminal.txt", { $0.terminal(TerminalStyle(language: $0.language), isVerbose: true) }),
        ("terminal-short.txt", { $0.terminal(TerminalStyle(language: $0.language, width: 50), isVerbose: false) }),
    ]

    private static var folder: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures/check")
    }

    @Test(arguments: Language.allCases, formats.map(\.name))
    func everyFormatWritesTheSameBytes(language: Language, name: String) throws {
        let text = try #require(Self.formats.first { $0.name == name }).text(SampleReport.report(language))
        let file = Self.folder.appendingPathComponent("\(language.rawValue)-\(name)")
        if ProcessInfo.processInfo.environment["RECORD"] != nil { try Data(text.utf8).write(to: file) }
        #expect(try String(decoding: Data(contentsOf: file), as: UTF8.self) == text)
    }

    @Test(arguments: Language.allCases, formats.map(\.name))
    func noLineOfAnyFormatIsACommandThatAFileWrote(language: Language, name: String) throws {
        let text = try #require(Self.formats.first { $0.name == name }).text(SampleReport.report(language))
        #expect(text.hasSuffix("\n"))
        for line in text.split(whereSeparator: \.isNewline) {
            let bare = line.drop { $0.isWhitespace }
            if bare.hasPrefix("::") {
                #expect(name == "github.txt" && ["::error file=", "::warning file=", "::notice file="].contains { bare.hasPrefix($0) }, "\(line)")
            }
            #expect(!line.contains("##[") && !line.contains("##vso["), "\(line)")
            #expect(!line.unicodeScalars.contains { $0.value < 0x20 || (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) })
        }
    }

    @Test(arguments: formats.map(\.name))
    func aReportWithoutFindingsIsWrittenToo(name: String) throws {
        let text = try #require(Self.formats.first { $0.name == name }).text(SampleReport.empty(.english))
        #expect(!text.isEmpty)
    }

    @Test func changesThatTouchNothingSaySoInASentence() {
        let report = SampleReport.empty(.japanese, base: "main", touched: 0)
        #expect(
            report.terminal(TerminalStyle(language: .japanese), isVerbose: false) == "main 以降の変更に検査対象のファイルはなく、報告することはありません\n")
        #expect(report.gitHub == "invar: main 以降の変更に検査対象のファイルはなく、報告することはありません\n")
        #expect(report.json.text.contains("\"remark\": \"main 以降の変更に検査対象のファイルはなく、報告することはありません\""))
        #expect(
            SampleReport.empty(.english, base: "main", touched: 3).terminal(TerminalStyle(language: .english), isVerbose: false)
                == "nothing open; 12 files checked against main\n")
    }

    @Test func theFirstLineOfMarkdownIsTheMarker() {
        #expect(SampleReport.report(.english).markdown.hasPrefix("<!-- invar:check -->\n"))
        #expect(SampleReport.empty(.japanese).markdown.hasPrefix("<!-- invar:check -->\n"))
    }

    @Test func aCommentStaysBelowWhatGitHubAccepts() {
        let one = SampleReport.findings(.english)[0]
        let many = (0..<900).map { index -> Finding in
            var finding = one
            finding.place.path = "db/\(index).sql"
            return finding
        }
        let text = CheckReport(asOf: Day(ordinal: 0), findings: many, files: 900, rules: [], language: .english).markdown
        #expect(text.utf8.count < 65_536)
        #expect(text.contains("more findings are not shown here"))
    }

    @Test func theGitHubProfileKeepsTheGravest() {
        let one = SampleReport.findings(.english)[0]
        let many = (0..<26_000).map { index -> Finding in
            var finding = one
            finding.place.path = "\(index).sql"
            finding.severity = index >= 25_990 ? .error : .note
            finding.fingerprint = String(index)
            return finding
        }
        let report = CheckReport(asOf: Day(ordinal: 0), findings: many, files: 1, rules: [], language: .english)
        #expect(report.overflow(.github).map { [$0.leftOut, $0.notKept] } == [1_000, 20_000])
        #expect(report.overflow(.standard) == nil)
        guard case .object(let log) = report.sarif(.github), case .array(let runs) = log["runs"], case .object(let run) = runs.first,
            case .array(let results) = run["results"]
        else {
            Issue.record("no results")
            return
        }
        #expect(results.count == 25_000)
        let levels = results.map { result in if case .object(let members) = result { members["level"] } else { JSON?.none } }
        #expect(levels.prefix(10).allSatisfy { $0 == .string("error") } && levels.dropFirst(10).allSatisfy { $0 == .string("note") })
    }

    @Test func fingerprintsOfEqualFindingsDiffer() {
        var twins = [SampleReport.findings(.english)[0], SampleReport.findings(.english)[0]]
        for index in twins.indices { twins[index].fingerprint = "" }
        let text = CheckReport(asOf: Day(ordinal: 0), findings: twins, files: 1, rules: [], language: .english).sarif(.standard).text
        let hashes = text.split(separator: "\n").filter { $0.contains("primaryLocationLineHash") }
        #expect(hashes.count == 2 && Set(hashes).count == 2)
    }

    @Test func pathsArePercentEncoded() {
        #expect(ReportText.uri("db/移行/a b%:#?.sql") == "db/%E7%A7%BB%E8%A1%8C/a%20b%25%3A%23%3F.sql")
    }
}
