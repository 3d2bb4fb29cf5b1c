import ArgumentParser
import InvarCore
import InvarKit

struct ProposalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proposal", abstract: "Decide about the proposals that were written down, and carry them out.",
        discussion: "invar proposal accept PROP-S22-3f9a1c --adr 7",
        subcommands: [
            ProposalListCommand.self, ProposalShowCommand.self, ProposalAcceptCommand.self, ProposalRejectCommand.self, ProposalApplyCommand.self,
        ])
}

struct ProposalListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List them with what became of them.")

    @OptionGroup var common: CommonOptions

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let (listing, language) = try common.workspace().proposals()
        try common.emit(format == .json ? listing.json.text : listing.terminal(common.style(language)))
    }
}

struct ProposalShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one whole, or only its diff.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The proposal: its id, or the six digits at its end.")
    var id: String

    @Option(help: "terminal, json, markdown or diff.")
    var format: ProposalFormat = .terminal

    func run() throws {
        let (item, text, language) = try common.workspace().proposal(id)
        switch format {
        case .json: try common.emit(item.json(text: text).text)
        case .markdown: try common.emit(text)
        case .diff: try common.emit(item.diff)
        case .terminal: try common.emit(item.terminal(text: text, common.style(language)))
        }
    }
}

struct ProposalAcceptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "accept", abstract: "Record that one is to be carried out.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The proposal.")
    var id: String

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String?

    @Option(help: ArgumentHelp("The accepted decision that justifies it; a weakening needs one.", valueName: "adr"))
    var adr: String?

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let (report, language) = try common.workspace().accept(id, ProposalVerdict(reason: reason, adr: adr))
        try common.emit(format == .json ? report.json.text : report.terminal(common.style(language)))
    }
}

struct ProposalRejectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", abstract: "Record that one is not wanted; it returns only with new evidence, a changed clause, or after a day.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The proposal.")
    var id: String

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String?

    @Option(help: ArgumentHelp("The day after which it may return.", valueName: "yyyy-mm-dd"))
    var until: Day?

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let (report, language) = try common.workspace().reject(id, ProposalVerdict(reason: reason, until: until))
        try common.emit(format == .json ? report.json.text : report.terminal(common.style(language)))
    }
}

struct ProposalApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "apply", abstract: "Edit the documents as an accepted one says.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The proposal.")
    var id: String

    @Flag(name: .customLong("by-hand"), help: "The documents are edited already; only record the day.")
    var byHand = false

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let (report, language) = try common.workspace().apply(id, byHand: byHand)
        try common.emit(format == .json ? report.json.text : report.terminal(common.style(language)))
    }
}
