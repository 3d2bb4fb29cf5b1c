import ArgumentParser
import InvarCore
import InvarKit

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List invariants, decisions, notes, exceptions or links.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "invariants, decisions, notes, exceptions or links.")
    var kind: ListKind = .invariants

    @Option(help: "Only this status (of notes: kind).")
    var status: String?

    @Option(help: "Only areas that contain these words.")
    var area: String?

    @Option(help: ArgumentHelp("Dated on or after this day.", valueName: "yyyy-mm-dd"))
    var since: Day?

    @Option(help: ArgumentHelp("Dated on or before this day.", valueName: "yyyy-mm-dd"))
    var until: Day?

    @Option(help: "Exceptions in this state: active, expired, pending, void or incomplete.")
    var state: Exception.State?

    @Option(help: ArgumentHelp("Only what concerns this invariant or clause.", valueName: "id"))
    var invariant: String?

    @Option(help: "Notes of this sprint.")
    var sprint: String?

    @Flag(help: "Links that lead nowhere.")
    var dangling = false

    @Option(help: ArgumentHelp("Exceptions that end within so many days, or have ended.", valueName: "days"))
    var expiring: Int?

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        var filter = ListFilter()
        filter.status = status
        filter.area = area
        filter.since = since
        filter.until = until
        filter.state = state
        filter.invariant = invariant
        filter.sprint = sprint
        filter.dangling = dangling
        filter.expiring = expiring
        let (report, language) = try common.workspace().list(kind, filter)
        try common.emit(format == .json ? report.json.text : report.terminal(common.style(language)))
        if format == .terminal { common.show(report.findings, language) }
    }
}
