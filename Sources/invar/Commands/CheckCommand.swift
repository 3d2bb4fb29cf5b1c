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

    @Option(help: "terminal, json, sarif, github, gitlab, junit, rdjson or markdown.")
    var format: CheckFormat = .terminal

    @Option(
        name: .customLong("sarif-profile"),
        help: ArgumentHelp("standard, or github: without excused findings, which code scanning would open alerts for.", valueName: "profile"))
    var sarifProfile: SARIFProfile?

    func run() throws {
        guard !(writesBaseline && updatesBaseline) else { throw Failure("--write-baseline and --update-baseline exclude each other") }
        guard sarifProfile == nil || format == .sarif else { throw Failure("--sarif-profile is for --format sarif") }
        var options = CheckOptions()
        options.paths = paths
        options.base = base
        options.rules = rules
        options.baseline = writesBaseline ? .write : updatesBaseline ? .shrink : .match
        let progress = ProgressLine(isQuiet: common.quiet)
        options.progress = { done, total in progress.show(done, total) }
        let (report, changes, language) = try common.workspace().check(options)
        progress.clear()
        if format == .github {
            try common.emitCommands(report.gitHub)
        } else {
            try common.emit(text(report, language))
        }
        if let changes, !common.quiet { Console.writeError(changes.terminal(common.style(language))) }
        if report.fails(at: failOn) { throw ExitCode(1) }
    }

    private func text(_ report: CheckReport, _ language: Language) -> String {
        switch format {
        case .terminal: return report.terminal(common.style(language), isVerbose: common.verbose)
        case .json: return report.json.text
        case .sarif:
            let profile = sarifProfile ?? .standard
            if let overflow = report.overflow(profile) { warn(overflow) }
            return report.sarif(profile).text
        case .github: return report.gitHub
        case .gitlab: return report.gitLab.text
        case .junit: return report.jUnit
        case .rdjson: return report.rdjson.text
        case .markdown: return report.markdown
        }
    }

    private func warn(_ overflow: (leftOut: Int, notKept: Int)) {
        let (accepted, kept) = CheckReport.gitHubResults
        var lines = "invar: warning: code scanning keeps \(kept) results, the gravest come first: \(overflow.notKept) will not be kept\n"
        if overflow.leftOut > 0 { lines += "invar: warning: it accepts \(accepted): \(overflow.leftOut) are left out\n" }
        Console.writeError(lines)
    }
}

enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
    case terminal, json, sarif, github, gitlab, junit, rdjson, markdown
}

extension SARIFProfile: ExpressibleByArgument {}

extension Severity: ExpressibleByArgument {}
