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

    @Flag(name: .customLong("check-down"), help: "Look at the SQL of ways back, too.")
    var checksDown = false

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
        options.checksDown = checksDown
        options.baseline = writesBaseline ? .write : updatesBaseline ? .shrink : .match
        let progress = ProgressLine(isQuiet: common.quiet)
        options.progress = { done, total in progress.show(done, total) }
        let style = common.style(.english)
        let manner = "\(format.rawValue) \(sarifProfile?.rawValue ?? "") \(failOn.rawValue) \(common.verbose) \(common.quiet) \(style.isColored) \(style.width)"
        let workspace = try common.workspace()
        let answer = try workspace.answer(options, in: manner) { report, changes, language in
            let written = changes.map { common.quiet ? "" : $0.terminal(common.style(language)) } ?? ""
            let output = text(report, language, prefix: workspace.repositoryPrefix)
            return Workspace.Answer(output: output, notice: notice(report) + written, fails: report.fails(at: failOn))
        }
        progress.clear()
        if format == .github { try common.emitCommands(answer.output) } else { try common.emit(answer.output) }
        Console.writeError(answer.notice)
        if answer.fails { throw ExitCode(1) }
    }

    private func text(_ report: CheckReport, _ language: Language, prefix: String) -> String {
        // Annotations are placed by the path in the repository; people and programs that run here know the root.
        let placed = report.inRepository(prefix: prefix)
        switch format {
        case .terminal where common.quiet: return ""
        case .terminal: return report.terminal(common.style(language), isVerbose: common.verbose)
        case .json: return report.json.text
        case .sarif: return placed.sarif(sarifProfile ?? .standard).text
        case .github: return placed.gitHub
        case .gitlab: return placed.gitLab.text
        case .junit: return report.jUnit
        case .rdjson: return placed.rdjson.text
        case .markdown: return report.markdown
        }
    }

    /// What code scanning will not keep.
    private func notice(_ report: CheckReport) -> String {
        guard format == .sarif, let overflow = report.overflow(sarifProfile ?? .standard) else { return "" }
        let (accepted, kept) = CheckReport.gitHubResults
        var lines = "invar: warning: code scanning keeps \(kept) results, the gravest come first: \(overflow.notKept) will not be kept\n"
        if overflow.leftOut > 0 { lines += "invar: warning: it accepts \(accepted): \(overflow.leftOut) are left out\n" }
        return lines
    }
}

enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
    case terminal, json, sarif, github, gitlab, junit, rdjson, markdown
}

extension SARIFProfile: ExpressibleByArgument {}

extension Severity: ExpressibleByArgument {}
