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

    @Flag(help: "Let the command behind -- review: it gets the prompt on standard input and prints its answer.")
    var ai = false

    @Option(name: .customLong("ai-timeout"), help: ArgumentHelp("Seconds that it may take; 300 when not said.", valueName: "seconds"))
    var aiTimeout: Int?

    @Option(
        name: .customLong("pass-env"), help: ArgumentHelp("A variable that it may see beside PATH, HOME, LANG and TMPDIR; may be repeated.", valueName: "name"))
    var passedVariables: [String] = []

    @Flag(name: .customLong("allow-in-ci"), help: "Run it in CI, too.")
    var allowsInCI = false

    @Argument(parsing: .postTerminator, help: ArgumentHelp("The command of --ai and its arguments; no shell.", valueName: "command"))
    var command: [String] = []

    @Option(help: "terminal, json, sarif, github, gitlab, junit, rdjson or markdown.")
    var format: CheckFormat = .terminal

    @Option(
        name: .customLong("sarif-profile"),
        help: ArgumentHelp("standard, or github: without excused findings, which code scanning would open alerts for.", valueName: "profile"))
    var sarifProfile: SARIFProfile?

    func run() throws {
        guard sarifProfile == nil || format == .sarif else { throw Failure("--sarif-profile is for --format sarif") }
        guard budget == nil || emit == .prompt || ai else { throw Failure("--budget is for --emit prompt and --ai") }
        try confirmAI()
        guard emit == nil || answer == nil else { throw Failure("--emit and --answer exclude each other", hint: "first the prompt, then the answer to it") }
        var options = ReviewOptions(try source())
        if let answer { options.answer = try FileSystem.read(answer, limit: 64 << 20) }
        let workspace = try common.workspace()
        let report = try ai ? workspace.review(options, asking: reviewer, budget: budget ?? ReviewPrompt.usualBudget) : workspace.review(options)
        if emit == .prompt { return try common.emit(try ReviewPrompt(report, budget: budget ?? ReviewPrompt.usualBudget).text()) }
        let output = text(report, prefix: workspace.repositoryPrefix)
        if format == .github { try common.emitCommands(output) } else { try common.emit(output) }
        // Those formats have no place for what was not believed.
        if [.sarif, .github, .gitlab, .junit, .rdjson].contains(format), let rejected = report.answer?.rejected, !rejected.isEmpty {
            let reasons = Set(rejected.map { ReportText.line($0.why, limit: 120) }).sorted().prefix(5).joined(separator: "; ")
            Console.writeError("invar: warning: \(rejected.count) comments of the answer were rejected: \(DisplayText.safe(reasons))\n")
        }
        if report.fails(at: failOn) { throw ExitCode(1) }
    }

    /// What sends the team's code to a program is never done unasked.
    private func confirmAI() throws {
        guard ai || (command.isEmpty && aiTimeout == nil && passedVariables.isEmpty && !allowsInCI) else {
            throw Failure("a command behind --, --ai-timeout, --pass-env and --allow-in-ci are for --ai", hint: "invar review --base REV --ai -- COMMAND")
        }
        guard ai else { return }
        guard !command.isEmpty else { throw Failure("--ai needs a command", hint: "invar review --base REV --ai -- COMMAND") }
        guard emit == nil, answer == nil else { throw Failure("--ai, --emit and --answer exclude each other") }
        guard (1...3_600).contains(aiTimeout ?? 1) else { throw Failure("--ai-timeout is from 1 to 3600 seconds") }
        guard allowsInCI || !Workspace.isInCI else {
            throw Failure("--ai runs no command in CI unless asked", hint: "--allow-in-ci says that this job may send the change to it")
        }
    }

    private var reviewer: ExternalCommand {
        ExternalCommand(command, timeout: aiTimeout ?? 300, longestOutput: ReviewAnswer.longest, variables: passedVariables)
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

    private func text(_ report: ReviewReport, prefix: String) -> String {
        // Annotations are placed by the path in the repository; people and programs that run here know the root.
        let placed = report.check.inRepository(prefix: prefix)
        switch format {
        case .terminal where common.quiet: return ""
        case .terminal: return report.terminal(common.style(report.language), isVerbose: common.verbose)
        case .json: return report.json.text
        case .markdown: return report.markdown
        case .sarif: return placed.sarif(sarifProfile ?? .standard).text
        case .github: return placed.gitHub
        case .gitlab: return placed.gitLab.text
        case .junit: return report.check.jUnit
        case .rdjson: return placed.rdjson.text
        }
    }
}

enum ReviewEmission: String, ExpressibleByArgument, CaseIterable {
    case prompt
}
