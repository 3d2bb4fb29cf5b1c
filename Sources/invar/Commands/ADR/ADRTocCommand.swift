import ArgumentParser
import InvarCore
import InvarKit

struct ADRTocCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "toc", abstract: "Print a table of contents of the decisions.", discussion: "    invar adr toc > ADRs/README.md")

    @OptionGroup var common: CommonOptions

    @Option(help: "markdown (the default), json, dot or mermaid.")
    var format: ContentsFormat = .markdown

    @Option(help: ArgumentHelp("Where the page will stand, for its links; README.md beside the decisions without it.", valueName: "file"))
    var from: String?

    func run() throws {
        let workspace = try common.workspace()
        switch format {
        case .dot: return try common.emit(try workspace.graph(.decisions).dot)
        case .mermaid: return try common.emit(try workspace.graph(.decisions).mermaid)
        case .markdown, .json: break
        }
        let page = try from.map { from in
            guard let path = workspace.relativePath(from), !path.isEmpty else { throw Failure("\(from) lies outside of \(workspace.root)") }
            return path
        }
        let report = try workspace.contents(page: page)
        try common.emit(format == .json ? report.json.text : report.markdown)
    }
}

enum ContentsFormat: String, ExpressibleByArgument, CaseIterable {
    case markdown, json, dot, mermaid
}
