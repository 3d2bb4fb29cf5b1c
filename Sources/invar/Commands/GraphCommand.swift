import ArgumentParser
import InvarCore
import InvarKit

struct GraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "graph", abstract: "Draw the entries and the links between them.")

    @OptionGroup var common: CommonOptions

    @Option(help: "dot, mermaid or json.")
    var format: GraphFormat = .dot

    @Option(help: ArgumentHelp("Only what is near this entry.", valueName: "id"))
    var around: String?

    @Option(help: "How many links away from it.")
    var depth = 1

    func run() throws {
        guard depth >= 0 else { throw Failure("--depth is \(depth), it must be 0 or more") }
        let report = try common.workspace().graph(around: around, depth: depth)
        switch format {
        case .dot: try common.emit(report.dot)
        case .mermaid: try common.emit(report.mermaid)
        case .json: try common.emit(report.json.text)
        }
    }
}

enum GraphFormat: String, ExpressibleByArgument, CaseIterable {
    case dot, mermaid, json
}
