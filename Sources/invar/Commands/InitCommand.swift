import ArgumentParser
import InvarCore
import InvarKit

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make Invariants, ADRs, RawNotes, Templates and a commented invar.yml; nothing is overwritten.")

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("A Markdown file of invariants to begin with.", valueName: "file"))
    var from: String?

    @Option(help: "Language of the starter files: ja or en.")
    var language: Language?

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let (report, language) = try Workspace(root: common.root ?? Workspace.rootToBegin, today: common.today).scaffold(seed: from, language: language)
        try common.emit(format == .json ? report.json.text : report.terminal(common.style(language)))
    }
}
