import Foundation
import Testing

/// The man page says everything that the program can do.
@Suite struct ManualTests {
    /// What `--experimental-dump-help` prints, as far as the man page repeats it.
    private struct Help: Decodable {
        var command: Command

        struct Command: Decodable {
            var commandName: String
            var arguments: [Argument]?
            var subcommands: [Command]?
        }

        struct Argument: Decodable {
            var kind: String
            var names: [Name]?
            var shouldDisplay: Bool
        }

        struct Name: Decodable {
            var name: String
        }
    }

    private static let common: Set<String> = ["root", "output", "color", "today", "quiet", "verbose", "format", "version", "help", "h"]

    @Test func theManPageHasEveryCommandAndOption() throws {
        let shell = try Shell()
        let command = Transcript.Command(
            script: "invar --experimental-dump-help", expected: [], line: 1, range: 1..<1, isTerminal: false)
        let help = try JSONDecoder().decode(Help.self, from: Data(try shell.run(command).joined(separator: "\n").utf8))
        let page = try String(contentsOf: Shell.repository.appendingPathComponent("docs/invar.1"), encoding: .utf8).replacingOccurrences(of: "\\-", with: "-")
        let sections = ManualTests.sections(page)
        let everywhere = ManualTests.options(in: sections["OPTIONS OF EVERY COMMAND"] ?? "")
        #expect(ManualTests.common.subtracting(["h"]).subtracting(everywhere) == [])
        for (name, options) in ManualTests.commands(help.command, "") where name != "invar" {
            let said = ManualTests.options(in: sections[name] ?? "")
            #expect(sections[name] != nil, "\(name) is missing")
            #expect(options.subtracting(ManualTests.common).subtracting(said) == [], "\(name) lacks these")
            #expect(said.subtracting(options) == [], "\(name) has these no longer")
        }
    }

    /// Each `invar …` line of both READMEs stands in a transcript, which shows what it prints.
    @Test(arguments: ["README.md", "README.ja.md"])
    func everyCommandOfTheReadmesIsInATranscript(name: String) throws {
        let readme = try String(contentsOf: Shell.repository.appendingPathComponent(name), encoding: .utf8)
        let commands = readme.split(separator: "\n").filter { $0.hasPrefix("invar ") }.map { line in
            (line.components(separatedBy: "  ").first ?? "").trimmingCharacters(in: .whitespaces)
        }
        let transcripts = try TranscriptTests.names.map { name in
            try String(contentsOf: Shell.repository.appendingPathComponent("Tests/EndToEndTests/Transcripts/" + name), encoding: .utf8)
        }.joined()
        #expect(commands.count > 10)
        #expect(commands.filter { !transcripts.contains("\n$ " + $0 + "\n") && !transcripts.contains(" && " + $0 + "\n") } == [])
    }

    /// Each command with its options; `note add` stands under `note`.
    private static func commands(_ command: Help.Command, _ parent: String) -> [(name: String, options: Set<String>)] {
        let name = parent.isEmpty ? command.commandName : parent + " " + command.commandName
        let own = Set((command.arguments ?? []).filter { $0.kind != "positional" && $0.shouldDisplay }.flatMap { $0.names ?? [] }.map(\.name))
        let children = command.subcommands ?? []
        let isDefault = children.contains { $0.commandName == "add" }
        return (isDefault ? [] : [(name == "invar note add" ? "invar note" : name, own)]) + children.flatMap { commands($0, name) }
    }

    /// The text below each heading, by the words before its first font change.
    private static func sections(_ page: String) -> [String: String] {
        var sections: [String: String] = [:]
        var current = ""
        for line in page.split(separator: "\n").map(String.init) {
            if line.hasPrefix(".SH ") || line.hasPrefix(".SS ") {
                current = line.dropFirst(4).split(separator: "\\").first.map { $0.trimmingCharacters(in: .whitespaces) } ?? ""
            } else {
                sections[current, default: ""] += line + "\n"
            }
        }
        return sections
    }

    private static func options(in text: String) -> Set<String> {
        let words = text.split { !($0.isLetter || $0 == "-") }
        return Set(words.filter { $0.hasPrefix("--") && $0.count > 2 }.map { String($0.dropFirst(2)) })
    }
}
