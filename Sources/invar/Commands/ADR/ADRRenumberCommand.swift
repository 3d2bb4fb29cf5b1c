import ArgumentParser
import InvarCore
import InvarKit

struct ADRRenumberCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renumber", abstract: "Give a decision another number, and mend what names it.",
        discussion: """
            Renames the file, and rewrites its heading, the links to it, and mentions of its number in Markdown and in \
            `invar:allow` comments. What may mean another record is left alone and listed.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The decision; its path where two have the number.")
    var old: String

    @Argument(help: "The new number; without it the next that is free on every branch.")
    var new: String?

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let (report, language) = try common.workspace().renumber(old, to: new)
        try common.emit(format == .json ? report.json.text : report.terminal(common.style(language)))
    }
}
