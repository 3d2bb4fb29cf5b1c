import ArgumentParser
import InvarCore
import InvarKit

struct ADRConfirmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: "Confirm an exception that was granted against an older text of the invariant.",
        discussion: "Shows what changed in the invariant where git knows the old text, and notes the present fingerprint under `seen`.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var chosen: ChosenException

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let (report, language) = try common.workspace().confirm(chosen.choice)
        try common.emit(format == .json ? report.json(language).text : report.terminal(common.style(language)))
    }
}
