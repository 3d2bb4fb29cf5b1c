import ArgumentParser
import InvarCore
import InvarKit
import InvarRules

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "rules", abstract: "List the rules, or show one's page with its examples.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "A rule's id, such as api/post-no-idempotency-key.")
    var id: String?

    @Option(help: "terminal, markdown or json.")
    var format: RulesFormat = .terminal

    func run() throws {
        let workspace = try common.workspace()
        let (rules, language) = try workspace.rules()
        let settings = workspace.configuration.checking
        guard let id else { return try common.emit(list(RuleReport(rules: rules, settings: settings), language)) }
        guard let rule = rules.first(where: { $0.id == id }) else {
            throw Failure("there is no rule \(id)", hint: Nearest.hint(for: id, among: rules.map(\.id)) ?? "`invar rules` lists them")
        }
        switch format {
        case .terminal: try common.emit(RulePage(rule).terminal(common.style(language)))
        case .markdown: try common.emit(RulePage(rule).markdown(language))
        case .json: try common.emit(RuleReport(rules: [rule], settings: settings).json(language).text)
        }
    }

    private func list(_ report: RuleReport, _ language: Language) -> String {
        switch format {
        case .terminal: return report.terminal(common.style(language))
        case .markdown: return report.markdown(language)
        case .json: return report.json(language).text
        }
    }
}

enum RulesFormat: String, ExpressibleByArgument, CaseIterable {
    case terminal, markdown, json
}
