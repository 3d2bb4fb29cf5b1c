import ArgumentParser
import InvarCore
import InvarKit

struct ADRRenewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew", abstract: "Extend an exception, and keep in its history why.",
        discussion: "On a terminal it asks for the day and the reason.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var chosen: ChosenException

    @Option(help: ArgumentHelp("The new last day on which it holds.", valueName: "yyyy-mm-dd"))
    var until: Day?

    @Option(help: ArgumentHelp("Why it takes longer.", valueName: "why"))
    var reason: String?

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let workspace = try common.workspace()
        var (until, reason) = (until, reason)
        if Questions.canAsk {
            let questions = try Questions(workspace)
            while until == nil, let answer = questions.ask(en: "Until when (YYYY-MM-DD)?", ja: "新しい期限（YYYY-MM-DD）") { until = Day(iso: answer) }
            if reason == nil { reason = questions.ask(en: "Why does it take longer?", ja: "延長する理由") }
        }
        guard let until, let reason else {
            let missing = [until == nil ? "--until YYYY-MM-DD" : nil, reason == nil ? "--reason WHY" : nil].compactMap { $0 }
            throw Failure("a renewal still needs \(missing.joined(separator: ", "))", hint: "on a terminal, invar asks for what is missing")
        }
        let (report, language) = try workspace.renew(chosen.choice, until: until, reason: reason)
        try common.emit(format == .json ? report.json(language).text : report.terminal(common.style(language)))
    }
}

/// Which exception `renew` and `confirm` are about.
struct ChosenException: ParsableArguments {
    @Argument(help: "The invariant or clause.")
    var invariant: String

    @Option(name: .customLong("adr"), help: ArgumentHelp("The decision that grants it.", valueName: "adr"))
    var decision: String

    @Option(name: .customLong("path"), help: ArgumentHelp("Its globs, where the decision has several exceptions; may be repeated.", valueName: "glob"))
    var paths: [String] = []

    @Option(name: .customLong("operation"), help: ArgumentHelp("Its operations, likewise; may be repeated.", valueName: "name"))
    var operations: [String] = []

    var choice: ExceptionChoice {
        var choice = ExceptionChoice(invariant: invariant, decision: decision)
        choice.paths = paths
        choice.operations = operations
        return choice
    }
}
