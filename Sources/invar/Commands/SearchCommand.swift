import ArgumentParser
import InvarCore
import InvarKit

struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Search all text, Japanese and English, best hit first.",
        discussion: "Words are stemmed and looked up in the glossary: 冪等 also finds idempotent. Quotes keep a phrase together.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "Words; an entry with all of them comes first.")
    var words: [String]

    @Option(help: "Only invariant, decision or note.")
    var kind: Entry.Kind?

    @Option(help: "How many hits at most.")
    var limit = 20

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        guard limit > 0 else { throw Failure("--limit is \(limit), it must be at least 1") }
        let (report, language) = try common.workspace().search(words.joined(separator: " "), kind: kind, limit: limit)
        try common.emit(format == .json ? report.json.text : report.terminal(common.style(language)))
    }
}
