import ArgumentParser
import InvarCore
import InvarKit

struct WhyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Which decisions justify an exception to an invariant, or at a place, and whether they still do.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "An invariant, a clause, PATH or PATH:LINE.")
    var target: String?

    @Option(help: ArgumentHelp("An API operation or a job, such as \"POST /charges\".", valueName: "name"))
    var operation: String?

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let workspace = try common.workspace()
        let (report, language): (WhyReport, Language)
        switch (target, operation) {
        case (let target?, nil): (report, language) = try workspace.why(target)
        case (nil, let operation?): (report, language) = try workspace.why(operation: operation)
        default: throw Failure("name one thing to explain", hint: "invar why INV-OPS-002, invar why PATH:LINE, or invar why --operation \"POST /charges\"")
        }
        try common.emit(format == .json ? report.json.text : report.terminal(common.style(language)))
    }
}
