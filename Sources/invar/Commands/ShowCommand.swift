import ArgumentParser
import InvarCore
import InvarKit

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one entry whole, with everything that links to it.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "An invariant, a decision (7, ADR-0007 or its path) or a note.")
    var id: String

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let (report, language) = try common.workspace().show(id)
        try common.emit(format == .json ? report.json.text : report.terminal(common.style(language)))
    }
}
