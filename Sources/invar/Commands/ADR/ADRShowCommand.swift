import ArgumentParser
import InvarCore
import InvarKit

/// `show` for a decision.
struct ADRShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show one decision whole, with what it superseded and what superseded it (as `show`).")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The decision: 7, ADR-0007 or its path.")
    var decision: String

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let (report, language) = try common.workspace().show(decision)
        guard case .decision = report.item else { throw Failure("\(decision) is not a decision", hint: "`invar show \(decision)` shows it") }
        try common.emit(format == .json ? report.json.text : report.terminal(common.style(language)))
    }
}
