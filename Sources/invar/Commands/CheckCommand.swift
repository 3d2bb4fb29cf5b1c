import ArgumentParser
import InvarCore
import InvarKit

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Find what threatens an invariant: in documents, API descriptions and the knowledge base itself.",
        discussion: "Exit code 1 when an open finding weighs at least --fail-on; a finding that an active exception of an accepted decision covers is excused.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "Files or folders; without any, the whole repository.")
    var paths: [String] = []

    @Option(help: ArgumentHelp("Only what the changes since this revision bring about.", valueName: "rev"))
    var base: String?

    @Option(name: .customLong("fail-on"), help: "error, warning or note.")
    var failOn: Severity = .error

    @Option(name: .customLong("rule"), help: ArgumentHelp("Only this rule, also when it is opt-in; may be repeated.", valueName: "id"))
    var rules: [String] = []

    @Flag(name: .customLong("write-baseline"), help: "Keep all that is open now as the baseline: from then on only new findings fail.")
    var writesBaseline = false

    @Flag(name: .customLong("update-baseline"), help: "Take what is solved out of the baseline.")
    var updatesBaseline = false

    @Option(help: "terminal or json.")
    var format: CheckFormat = .terminal

    func run() throws {
        guard !(writesBaseline && updatesBaseline) else { throw Failure("--write-baseline and --update-baseline exclude each other") }
        var options = CheckOptions()
        options.paths = paths
        options.base = base
        options.rules = rules
        options.baseline = writesBaseline ? .write : updatesBaseline ? .shrink : .match
        let progress = ProgressLine(isQuiet: common.quiet)
        options.progress = { done, total in progress.show(done, total) }
        let (report, changes, language) = try common.workspace().check(options)
        progress.clear()
        switch format {
        case .terminal: try common.emit(report.terminal(common.style(language), isVerbose: common.verbose))
        case .json: try common.emit(report.json.text)
        }
        if let changes, !common.quiet { Console.writeError(changes.terminal(common.style(language))) }
        if report.fails(at: failOn) { throw ExitCode(1) }
    }
}

enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
    case terminal, json
}

extension Severity: ExpressibleByArgument {}
