import InvarCore
import InvarKit
import Testing

/// What `adr import` adds to `invar.yml`.
@Suite struct ImportTests {
    private let record = "# 1. A\n\n## Status\n\nAccepted\n"

    private func configuration(after text: String?, folder name: String = "docs/adr") throws -> (text: String?, written: [String], missing: [String]) {
        let folder = try TemporaryFolder([name + "/0001-a.md": record])
        if let text { try folder.write("invar.yml", text) }
        let report = try folder.workspace().importDecisions(from: [folder.path + "/" + name]).report
        let bytes = try? FileSystem.read(folder.path + "/invar.yml")
        let again = try folder.workspace().importDecisions(from: [folder.path + "/" + name]).report
        #expect(again.written.isEmpty && again.missing.map(\.line) == report.missing.map(\.line))
        #expect(bytes == (try? FileSystem.read(folder.path + "/invar.yml")))
        return (bytes.map { String(decoding: $0, as: UTF8.self) }, report.written, report.missing.map(\.line))
    }

    @Test(arguments: [
        (nil, "adrs: docs/adr\n"), ("", "adrs: docs/adr\n"), ("# notes only", "# notes only\nadrs: docs/adr\n"),
        ("language: ja", "language: ja\nadrs: docs/adr\n"),
        ("---\nlanguage: ja\n", "---\nlanguage: ja\nadrs: docs/adr\n"), ("language: en\r\n", "language: en\r\nadrs: docs/adr\r\n"),
        ("text:\n# adrs: ADRs\nlanguage: en\n", "text:\n# adrs: ADRs\nadrs: docs/adr\nlanguage: en\n"),
        ("exclude:\n  - x\n# adrs: y\n  - z\n", "exclude:\n  - x\n# adrs: y\n  - z\nadrs: docs/adr\n"),
    ])
    func aLineComesInAndTheRestStays(before: String?, after: String) throws {
        let (text, written, missing) = try configuration(after: before)
        #expect(text == after && written == ["adrs: docs/adr"] && missing.isEmpty)
    }

    @Test(arguments: ["{ language: en }\n", "language: en\n...\n", "adrs: other\nlanguage: en\n"])
    func whatCannotTakeALineIsLeft(before: String) throws {
        let (text, written, missing) = try configuration(after: before)
        #expect(text == before && written.isEmpty && missing == [before.hasPrefix("adrs") ? "adrs: [other, docs/adr]" : "adrs: docs/adr"])
    }

    @Test(arguments: ["docs/adr", "決定 記録", "x: y", "#1", "- a", "true"])
    func anyFolderCanBeNamed(name: String) throws {
        let (text, written, _) = try configuration(after: nil, folder: name)
        let read = try Configuration(yaml: text ?? "")
        #expect(read.adrs == [name] && written.count == 1)
    }

    @Test func aSettingThatIsThereIsEnough() throws {
        let (text, written, missing) = try configuration(after: "adrs: [docs/adr, other]\n")
        #expect(text == "adrs: [docs/adr, other]\n" && written.isEmpty && missing.isEmpty)
    }
}
