import ArgumentParser
import InvarKit

struct ADRSupersedeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "supersede", abstract: "Mark a decision as superseded by another one, in both files or in none.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The decision that no longer holds.")
    var old: String

    @Argument(help: "The decision that takes its place.")
    var new: String

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let (report, language) = try common.workspace().supersede(old, by: new)
        try common.emit(report, format, language)
    }
}
