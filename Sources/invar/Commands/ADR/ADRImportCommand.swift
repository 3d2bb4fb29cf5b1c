import ArgumentParser
import InvarCore
import InvarKit

struct ADRImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take over the decisions of adr-tools, log4brains or MADR where they are.",
        discussion: """
            Says what it read and writes the keys of invar.yml that are needed; no record is moved or changed. Without a folder it \
            takes what .adr-dir or .log4brains.yml names, or the usual folders.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "Folders of records.")
    var folders: [String] = []

    @Option(name: .customLong("status"), help: ArgumentHelp("What a status word of your own means; may be repeated.", valueName: "status=word"))
    var words: [StatusWord] = []

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let workspace = try Workspace(root: common.root ?? Workspace.rootToBegin, today: common.today)
        let (report, language) = try workspace.importDecisions(from: folders, words: words.map { ($0.status, $0.word) })
        try common.emit(format == .json ? report.json.text : report.terminal(common.style(language)))
    }

    /// `accepted=In production`.
    struct StatusWord: ExpressibleByArgument {
        var status: Decision.Status
        var word: String

        init?(argument: String) {
            guard let sign = argument.firstIndex(of: "="), let status = Decision.Status(rawValue: String(argument[..<sign])), status != .unknown else {
                return nil
            }
            let word = argument[argument.index(after: sign)...]
            guard !word.isEmpty else { return nil }
            self.status = status
            self.word = String(word)
        }
    }
}
