import ArgumentParser
import InvarKit

struct ADRAmendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "amend", abstract: "Note that a decision changes a part of another one, which stays in force; in both files or in none.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The decision that is changed in part.")
    var old: String

    @Argument(help: "The decision that changes it.")
    var new: String

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let (report, language) = try common.workspace().amend(old, by: new)
        try common.emit(report, format, language)
    }
}
