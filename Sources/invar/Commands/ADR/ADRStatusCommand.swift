import ArgumentParser
import InvarCore
import InvarKit

struct ADRStatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Change the status of a decision, wherever its file keeps it, and no other byte.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The decision: 7, ADR-0007 or its path.")
    var decision: String

    @Argument(help: "proposed, accepted, rejected, deprecated or superseded.")
    var status: String

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let (report, language) = try common.workspace().setStatus(decision, try DecisionStatusArgument.read(status))
        try common.emit(report, format, language)
    }
}

/// The statuses that can be given to a decision.
enum DecisionStatusArgument {
    static func read(_ text: String) throws(Failure) -> Decision.Status {
        if let status = Decision.Status(rawValue: text.lowercased()), status != .unknown { return status }
        let all = Decision.Status.allCases.filter { $0 != .unknown }.map(\.rawValue)
        throw Failure("\(text) is no status", hint: Nearest.hint(for: text, among: all) ?? "one of \(all.joined(separator: ", "))")
    }
}
