import ArgumentParser
import InvarCore
import InvarKit

/// `list decisions` by another name.
struct ADRListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the decisions (as `list decisions`).")

    @OptionGroup var common: CommonOptions

    @Option(help: "Only this status.")
    var status: String?

    @Option(help: ArgumentHelp("Dated on or after this day.", valueName: "yyyy-mm-dd"))
    var since: Day?

    @Option(help: ArgumentHelp("Dated on or before this day.", valueName: "yyyy-mm-dd"))
    var until: Day?

    @Option(help: ArgumentHelp("Only what concerns this invariant or clause.", valueName: "id"))
    var invariant: String?

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        var filter = ListFilter()
        filter.status = status
        filter.since = since
        filter.until = until
        filter.invariant = invariant
        let (report, language) = try common.workspace().list(.decisions, filter)
        try common.emit(format == .json ? report.json.text : report.terminal(common.style(language)))
        if format == .terminal { common.show(report.findings, language) }
    }
}
