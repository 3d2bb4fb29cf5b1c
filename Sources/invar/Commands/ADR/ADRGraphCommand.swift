import ArgumentParser
import InvarCore
import InvarKit

/// `graph`, of decisions alone, and on a terminal a tree of what superseded what.
struct ADRGraphCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Draw the decisions and the links between them (as `graph`); `--format terminal` as a tree.")

    @OptionGroup var common: CommonOptions

    @Option(help: "dot (the default), mermaid, json, or terminal (the default with --around).")
    var format: DecisionGraphFormat?

    @Option(help: ArgumentHelp("Only what is near this decision.", valueName: "adr"))
    var around: String?

    @Option(help: "How many links away from it.")
    var depth = 1

    func run() throws {
        guard depth >= 0 else { throw Failure("--depth is \(depth), it must be 0 or more") }
        let workspace = try common.workspace()
        let format = self.format ?? (around == nil ? .dot : .terminal)
        if format == .terminal { return try draw(workspace) }
        let report = try workspace.graph(.decisions, around: around, depth: depth)
        switch format {
        case .dot, .terminal: try common.emit(report.dot)
        case .mermaid: try common.emit(report.mermaid)
        case .json: try common.emit(report.json.text)
        }
    }

    private func draw(_ workspace: Workspace) throws {
        let (items, here, language) = try workspace.succession(of: around)
        let style = common.style(language)
        var lines = SuccessionTree(items).lines(style, here: here)
        if lines.isEmpty {
            lines = [
                here.map { style.pick(en: "\($0) neither supersedes anything nor is superseded", ja: "\($0) に置き換えの関係はありません") }
                    ?? style.pick(en: "nothing was superseded", ja: "置き換えの関係はありません")
            ]
        }
        try common.emit(lines.joined(separator: "\n") + "\n")
    }
}

enum DecisionGraphFormat: String, ExpressibleByArgument, CaseIterable {
    case dot, mermaid, json, terminal
}
