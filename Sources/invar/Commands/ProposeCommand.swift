import ArgumentParser
import Foundation
import InvarCore
import InvarKit

struct ProposeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose", abstract: "Propose how the invariants should change, from what a sprint recorded.",
        discussion: "invar propose --sprint S22 --write\n\n`invar proposal accept|reject|apply ID` says what becomes of each.")

    @OptionGroup var common: CommonOptions

    @Option(help: ArgumentHelp("The sprint, by its name; without it the one that ended last.", valueName: "name"))
    var sprint: String?

    @Flag(help: "Write the sprint's page into the proposals folder, between its markers only.")
    var write = false

    @Flag(help: "Write nothing; exit 1 when the written page is not what the files give now.")
    var verify = false

    @Flag(help: "Have the program behind -- draft a text beside each proposal.")
    var draft = false

    @Option(help: "terminal, json, markdown or diff.")
    var format: ProposalFormat = .terminal

    @Argument(parsing: .postTerminator, help: ArgumentHelp("The program that drafts, and its arguments.", valueName: "cmd"))
    var command: [String] = []

    func run() throws {
        guard !(write && verify) else { throw Failure("--write and --verify exclude each other") }
        guard draft == !command.isEmpty else {
            throw Failure(
                draft ? "--draft names no program" : "a program is named that nothing asks for", hint: "invar propose --draft -- CMD, the program behind --")
        }
        let workspace = try common.workspace()
        let report = try workspace.propose(sprint: sprint)
        let diffs = try workspace.diffs(report.allProposals, in: report.sprint)
        if verify { return try verifyPage(workspace, report, diffs) }
        let drafts = try askForDrafts(workspace, report, diffs)
        if write { return try writePage(workspace, report, diffs, drafts) }
        switch format {
        case .json: try common.emit(report.json(diffs: diffs, drafts: drafts).text)
        case .markdown: try common.emit(report.markdown(diffs: diffs, drafts: drafts))
        case .diff: try common.emit(report.allProposals.compactMap { diffs[$0.key] }.joined())
        case .terminal:
            try common.emit(report.terminal(common.style(report.language), diffs: diffs, drafts: drafts))
            common.show(report.findings, report.language)
        }
    }

    private func askForDrafts(_ workspace: Workspace, _ report: ProposalReport, _ diffs: [String: String]) throws -> [String: [String]] {
        guard draft else { return [:] }
        // What such a program writes is for people to read before it goes anywhere.
        guard !Workspace.isInCI else { throw Failure("--draft is not run in CI", hint: "run it on a machine of your own") }
        return try workspace.drafts(of: report, diffs: diffs, by: command)
    }

    private func writePage(_ workspace: Workspace, _ report: ProposalReport, _ diffs: [String: String], _ drafts: [String: [String]]) throws {
        let written = try workspace.writePage(report, diffs: diffs, drafts: drafts)
        try common.emit(format == .json ? written.report.json.text : written.report.terminal(common.style(report.language)))
        common.show(report.findings, report.language)
    }

    private func verifyPage(_ workspace: Workspace, _ report: ProposalReport, _ diffs: [String: String]) throws {
        let verified = try workspace.verifyPage(report, diffs: diffs)
        if verified.isCurrent {
            return try common.emit(format == .json ? verified.report.json.text : verified.report.terminal(common.style(report.language)))
        }
        let path = verified.report.changes.first?.path ?? ""
        Console.writeError(
            "invar: " + DisplayText.safe(path)
                + ": the page is not what the files give now\n  → invar propose --sprint \(DisplayText.safe(report.sprint.name)) --write\n")
        throw ExitCode(1)
    }
}

/// What `propose` can answer with.
enum ProposalFormat: String, ExpressibleByArgument, CaseIterable {
    case terminal, json, markdown, diff
}
