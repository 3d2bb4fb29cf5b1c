import ArgumentParser
import InvarKit

struct ADRLinkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Write a link from one decision to another, and one back when it is named; in both files or in none.",
        discussion: "    invar adr link 12 \"Amends\" 7 \"Amended by\"")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The decision that the link starts from.")
    var source: String

    @Argument(help: "What it does: supersedes, amends, relates to, or words of your own.")
    var type: String

    @Argument(help: "The decision that the link leads to.")
    var target: String

    @Argument(help: "What the other one says back; nothing without it.")
    var back: String?

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let (report, language) = try common.workspace().link(source, type, target, back: back)
        try common.emit(report, format, language)
    }
}
