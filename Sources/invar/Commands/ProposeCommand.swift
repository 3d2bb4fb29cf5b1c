import ArgumentParser
import InvarCore
import InvarKit

struct ProposeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose", abstract: "Propose how the invariants should change, from what a sprint recorded.")

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("The sprint, by its name; without it the one that ended last.", valueName: "name"))
    var sprint: String?

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let report = try common.workspace().propose(sprint: sprint)
        switch format {
        case .json: try common.emit(report.json().text)
        case .terminal:
            try common.emit(report.terminal(common.style(report.language)))
            common.show(report.findings, report.language)
        }
    }
}
