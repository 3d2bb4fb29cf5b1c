import Foundation
import InvarCore
import InvarKit
import InvarRules
import Testing

/// Every rule's examples, and their variants, through the whole engine on real files.
struct RuleExampleTests {
    @Test("every rule has examples that fire and examples that do not", arguments: RuleList.all.map(\.id))
    func examplesExist(id: String) throws {
        let rule = try #require(RuleList.all.first { $0.id == id })
        #expect(!rule.violating.isEmpty && !rule.conforming.isEmpty)
        #expect(rule.violating.allSatisfy { !$0.expected.isEmpty }, "a violating example marks where with ↓")
        #expect(rule.conforming.allSatisfy { $0.expected.isEmpty })
        #expect(!rule.title.en.isEmpty && !rule.title.ja.isEmpty && !rule.why.en.isEmpty && !rule.why.ja.isEmpty)
    }

    @Test("violating examples fire where they say, conforming ones do not", arguments: RuleList.all.map(\.id))
    func examples(id: String) throws {
        let rule = try #require(RuleList.all.first { $0.id == id })
        for example in rule.violating + rule.conforming {
            let found = try ExampleRun(example).findings(of: rule)
            #expect(found.map(Place.init) == example.expected.map(Place.init), "\(example.fileID):\(example.line)")
            #expect(found.allSatisfy { $0.state == .open }, "\(example.fileID):\(example.line)")
        }
    }

    @Test("a Japanese preamble and CRLF change nothing", arguments: RuleList.all.map(\.id))
    func preamble(id: String) throws {
        let rule = try #require(RuleList.all.first { $0.id == id })
        for example in rule.violating + rule.conforming where example.skipped[.preamble] == nil {
            let changed = ExampleRun.withPreamble(example)
            let found = try ExampleRun(changed).findings(of: rule)
            #expect(found.map(Place.init) == changed.expected.map(Place.init), "\(example.fileID):\(example.line) after a preamble")
        }
    }

    @Test("nothing fires inside a comment", arguments: RuleList.all.map(\.id))
    func comment(id: String) throws {
        let rule = try #require(RuleList.all.first { $0.id == id })
        guard ExampleRun.isAboutFiles(rule) else { return }
        // What a way back lacks is no less lacking when the way forth stands in a comment.
        if case .group(.migrations, _) = rule.matcher { return }
        for example in rule.violating where example.skipped[.comment] == nil {
            guard let commented = ExampleRun.commented(example) else { continue }
            #expect(try ExampleRun(commented).findings(of: rule).isEmpty, "\(example.fileID):\(example.line) in a comment")
        }
    }

    @Test("an active exception excuses every match", arguments: RuleList.all.map(\.id))
    func exception(id: String) throws {
        let rule = try #require(RuleList.all.first { $0.id == id })
        guard ExampleRun.isAboutFiles(rule), let invariant = rule.invariant else { return }
        for example in rule.violating where example.skipped[.exception] == nil {
            let found = try ExampleRun(ExampleRun.excepted(example, from: invariant)).findings(of: rule)
            #expect(found.map(Place.init) == example.expected.map(Place.init), "\(example.fileID):\(example.line) under an exception")
            #expect(found.allSatisfy { $0.state == .excepted && $0.decision == "ADR-9999" }, "\(example.fileID):\(example.line) under an exception")
        }
    }

    private struct Place: Equatable, CustomStringConvertible {
        var description: String

        init(_ finding: Finding) {
            description = "\(finding.place.path):\(finding.place.line):\(finding.place.column)"
        }

        init(_ place: (path: String, line: Int, column: Int)) {
            description = "\(place.path):\(place.line):\(place.column)"
        }
    }
}

/// An example laid out as a repository of its own.
struct ExampleRun {
    static let today = Day(iso: "2026-11-24")
    private let example: Example

    init(_ example: Example) {
        self.example = example
    }

    static func isAboutFiles(_ rule: Rule) -> Bool {
        switch rule.matcher {
        case .file, .files, .group, .migration, .statements: true
        case .knowledge, .change, .reading, .judgement: false
        }
    }

    /// What one rule finds in it, by path, line and column.
    func findings(of rule: Rule) throws -> [Finding] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("invar-example-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        if let before = example.before {
            try write(before, to: folder)
            for arguments in [["init", "-q"], ["add", "-A"], ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "base"]] {
                try git(arguments, in: folder)
            }
            let present = Set(example.files.map(\.path))
            for file in before where !present.contains(file.path) { try FileManager.default.removeItem(at: folder.appendingPathComponent(file.path)) }
        }
        try write(example.files, to: folder)
        let settings = folder.appendingPathComponent("invar.yml")
        if rule.isOptIn, !FileManager.default.fileExists(atPath: settings.path) {
            try Data("rules: { \(rule.id): { enabled: true } }\n".utf8).write(to: settings)
        }
        var options = CheckOptions()
        options.base = example.before == nil ? nil : "HEAD"
        let report = try Workspace(root: folder.path, today: ExampleRun.today).check(options).report
        return report.findings.filter { $0.rule == rule.id }
    }

    private func write(_ files: [(path: String, text: String)], to folder: URL) throws {
        for file in files {
            let url = folder.appendingPathComponent(file.path)
            try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(Example.unmarked(file.text).utf8).write(to: url)
        }
    }

    private func git(_ arguments: [String], in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", folder.path] + arguments
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}

extension ExampleRun {
    static func withPreamble(_ example: Example) -> Example {
        func changed(_ files: [(path: String, text: String)]) -> [(path: String, text: String)] {
            files.map { file in
                let text = preamble(file.path).map { insert($0, into: file.text) } ?? file.text
                return (file.path, text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\n", with: "\r\n"))
            }
        }
        return Example(files: changed(example.files), before: example.before.map(changed), fileID: example.fileID, line: example.line)
    }

    private static func preamble(_ path: String) -> String? {
        switch path.split(separator: ".").last {
        case "md" where path.hasPrefix("Invariants/") || path.hasPrefix("ADRs/") || path.hasPrefix("RawNotes/"): nil
        case "md": "運用設計の前置きです。ここには何も書いていません。\n\n"
        case "yaml", "yml": "# 運用設計の前置き\n"
        case "sql": "-- 運用設計の前置き\n"
        default: nil
        }
    }

    /// After front matter, which must stay first.
    private static func insert(_ preamble: String, into text: String) -> String {
        guard text.hasPrefix("---\n"), let close = text.range(of: "\n---\n") else { return preamble + text }
        return text[..<close.upperBound] + preamble + text[close.upperBound...]
    }

    /// nil where the language has no comments.
    static func commented(_ example: Example) -> Example? {
        guard let first = example.files.first else { return nil }
        let text = Example.unmarked(first.text)
        let commented: String
        switch first.path.split(separator: ".").last {
        case "md" where !text.hasPrefix("---"): commented = "# 設計\n\n<!--\n\(text.replacingOccurrences(of: "-->", with: "→"))\n-->\n"
        case "yaml", "yml": commented = text.split(separator: "\n", omittingEmptySubsequences: false).map { "# " + $0 }.joined(separator: "\n")
        case "sql": commented = "/*\n\(text.replacingOccurrences(of: "*/", with: "* /").replacingOccurrences(of: "/*", with: "/ *"))\n*/\n"
        default: return nil
        }
        return Example(files: [(first.path, commented)] + example.files.dropFirst(), before: example.before, fileID: example.fileID, line: example.line)
    }

    static func excepted(_ example: Example, from invariant: String) -> Example {
        var files = example.files
        if !files.contains(where: { $0.path.hasPrefix("Invariants/") }) {
            files.append(("Invariants/ops.md", "# 運用\n\n**\(invariant): 前提**\n\n- 守ること。\n\n> Check（CI）\n> - 守れているか。\n"))
        }
        files.append(
            (
                "ADRs/9999-exception.md",
                """
                ---
                status: accepted
                date: 2026-11-01
                exceptions:
                  - invariant: \(invariant)
                    reason: 代行会社が冪等キーを受け付けない
                    retry: 自動では再試行せず、日次の突合で検出して手で補正する
                    until: 2027-03-31
                ---

                # 例外
                """
            ))
        return Example(files: files, before: example.before, fileID: example.fileID, line: example.line)
    }
}
