import ArgumentParser
import InvarCore
import InvarKit

struct AgentsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agents", abstract: "Tell programming assistants the invariants: a block of AGENTS.md, and a file for each set of paths.",
        discussion: "Nothing outside of the marked blocks is touched. With --check nothing is written, and the exit code is 1 when something is stale.")

    @OptionGroup var common: CommonOptions

    @Flag(help: "Write nothing; exit with 1 when a file is stale.")
    var check = false

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let (report, language) = try common.workspace().agents(checking: check)
        try common.emit(format == .json ? report.json.text : text(report, language))
        if check, report.changes.contains(where: { $0.action != .unchanged }) { throw ExitCode(1) }
    }

    private func text(_ report: ChangeReport, _ language: Language) -> String {
        let style = common.style(language)
        guard check else { return common.quiet ? "" : report.terminal(style) }
        let stale = report.changes.filter { $0.action != .unchanged }
        if stale.isEmpty { return style.pick(en: "up to date", ja: "最新です") + "\n" }
        return stale.map { change in
            style.pick(en: "stale: \(style.safe(change.path))", ja: "古くなっています: \(style.safe(change.path))") + "\n"
        }.joined() + style.pick(en: "run `invar agents`", ja: "`invar agents` を実行してください") + "\n"
    }
}
