import ArgumentParser
import InvarCore
import InvarKit

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "Which invariants a change touches, why, what excuses it, and what to ask.",
        discussion: """
            Touched invariants come in the order of what cannot be taken back: schema, data, deployment, then the rest. \
            --emit prompt packs what a GenAI reviewer needs; --answer believes of its answer what can be checked. \
            Exit code 1 when an open finding weighs at least --fail-on.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "- reads a patch from standard input.")
    var patch: String?

    @Option(help: ArgumentHelp("What the work tree changes since this revision.", valueName: "rev"))
    var base: String?

    @Option(help: ArgumentHelp("What was merged in this sprint.", valueName: "name"))
    var sprint: String?

    @Option(name: .customLong("fail-on"), help: "error, warning or note.")
    var failOn: Severity = .error

    @Option(help: "prompt: the context for a GenAI reviewer instead of the report.")
    var emit: ReviewEmission?

    @Option(help: ArgumentHelp("Bytes of the prompt at most; 200000 when not said.", valueName: "bytes"))
    var budget: Int?

    @Option(help: ArgumentHelp("A reviewer's answer in JSON, to be checked.", valueName: "file"))
    var answer: String?

    @Option(help: "terminal, json, sarif, github, gitlab, junit, rdjson or markdown.")
    var format: CheckFormat = .terminal

    @Option(
        name: .customLong("sarif-profile"),
        help: ArgumentHelp("standard, or github: without excused findings, which code scanning would open alerts for.", valueName: "profile"))
    var sarifProfile: SARIFProfile?

    func run() throws {
        guard sarifProfile == nil || format == .sarif else { throw Failure("--sarif-profile is for --format sarif") }
        guard budget == nil || emit == .prompt else { throw Failure("--budget is for --emit prompt") }
        guard emit == nil || answer == nil else { throw Failure("--emit and --answer exclude each other", hint: "first the prompt, then the answer to it") }
        var options = ReviewOptions(try source())
        if let answer { options.answer = try FileSystem.read(answer, limit: 64 << 20) }
        let report = try common.workspace().review(options)
        if emit == .prompt { return try common.emit(try ReviewPrompt(report, budget: budget ?? ReviewPrompt.usualBudget).text()) }
        if format == .github { try common.emitCommands(report.check.gitHub) } else { try common.emit(text(report)) }
        if report.fails(at: failOn) { throw ExitCode(1) }
    }

    private func source() throws -> ReviewOptions.Source {
        switch (patch, base, sprint) {
        case (nil, let base?, nil): return .base(base)
        case (nil, nil, let sprint?): return .sprint(sprint)
        case ("-", nil, nil): return .patch(try FileSystem.readStandardInput(limit: 256 << 20))
        case (let other?, nil, nil): throw Failure("\(other) is no source of a change", hint: "- reads a patch from standard input; --base takes a revision")
        default: throw Failure("name one change to review", hint: "invar review --base REV, invar review --sprint S, or git diff … | invar review -")
        }
    }

    private func text(_ report: ReviewReport) -> String {
        switch format {
        case .terminal where common.quiet: return ""
        case .terminal: return report.terminal(common.style(report.language), isVerbose: common.verbose)
        case .json: return report.json.text
        case .markdown: return report.markdown
        case .sarif: return report.check.sarif(sarifProfile ?? .standard).text
        case .github: return report.check.gitHub
        case .gitlab: return report.check.gitLab.text
        case .junit: return report.check.jUnit
        case .rdjson: return report.check.rdjson.text
        }
    }
}

enum ReviewEmission: String, ExpressibleByArgument, CaseIterable {
    case prompt
}
