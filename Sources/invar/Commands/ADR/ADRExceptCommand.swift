import ArgumentParser
import InvarCore
import InvarKit

struct ADRExceptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "except", abstract: "Grant an exception to an invariant, in a decision.",
        discussion: """
            invar adr except INV-OPS-002 --adr 7 --path 'services/billing/**' --reason WHY --retry HOW --until 2027-03-31

            The exception is written where the decision keeps them, with the fingerprint of the invariant's present text. \
            On a terminal it asks for what is missing.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The invariant or clause; a finding names its own.")
    var invariant: String?

    @Option(name: .customLong("adr"), help: ArgumentHelp("The decision that grants it.", valueName: "adr"))
    var decision: String?

    @Option(name: .customLong("path"), help: ArgumentHelp("Files it covers; may be repeated.", valueName: "glob"))
    var paths: [String] = []

    @Option(name: .customLong("operation"), help: ArgumentHelp("API operations or jobs it covers; may be repeated.", valueName: "name"))
    var operations: [String] = []

    @Option(help: ArgumentHelp("Why the invariant cannot be kept there.", valueName: "why"))
    var reason: String?

    @Option(help: ArgumentHelp("How a failed run is found and put right.", valueName: "how"))
    var retry: String?

    @Option(help: ArgumentHelp("The last day on which it holds.", valueName: "yyyy-mm-dd"))
    var until: Day?

    @Flag(help: "It covers every file and operation.")
    var everywhere = false

    @Flag(help: "It has no end.")
    var forever = false

    @Option(
        name: .customLong("from-finding"),
        help: ArgumentHelp("Take invariant, path and operation from the finding of this fingerprint.", valueName: "fingerprint"))
    var fingerprint: String?

    @Option(help: ArgumentHelp("The finding is one that only this --base shows.", valueName: "rev"))
    var base: String?

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let workspace = try common.workspace()
        var request = ExceptRequest()
        request.invariant = invariant
        request.decision = decision
        request.paths = paths
        request.operations = operations
        request.reason = reason
        request.retry = retry
        request.until = until
        request.everywhere = everywhere
        request.forever = forever
        let finding = try fingerprint.map { try workspace.finding($0, base: base) }
        if let finding { try request.fill(from: finding) }
        if Questions.canAsk { request = try ExceptQuestions(workspace).complete(request, about: finding) }
        let (report, language) = try workspace.except(request)
        try common.emit(format == .json ? report.json(language).text : report.terminal(common.style(language)))
    }
}

/// Asks on a terminal for what an exception lacks.
private struct ExceptQuestions {
    private let workspace: Workspace
    private let questions: Questions

    init(_ workspace: Workspace) throws {
        self.workspace = workspace
        questions = try Questions(workspace)
    }

    func complete(_ request: ExceptRequest, about finding: Finding?) throws -> ExceptRequest {
        var request = request
        if let finding, request.reason == nil {
            questions.say("\(finding.place.path):\(finding.place.line): \(finding.message)")
        }
        if request.invariant == nil {
            request.invariant = try questions.askUntil(en: "Which invariant or clause?", ja: "どのインバリアント（または条項）ですか") { try workspace.exceptionTerms(of: $0).id }
        }
        guard let invariant = request.invariant else { return request }
        let terms = try workspace.exceptionTerms(of: invariant)
        if request.decision == nil {
            request.decision = try questions.askUntil(en: "Which decision grants it (number or path)?", ja: "どの決定で認めますか（番号またはパス）") {
                try workspace.grantingDecision($0)
            }
        }
        if request.paths.isEmpty, request.operations.isEmpty, !request.everywhere {
            if let answer = questions.ask(en: "Which files does it cover (globs, * for everything)?", ja: "対象のファイル（グロブ。すべてなら *）") {
                if answer == "*" { request.everywhere = true } else { request.paths = answer.split { ",、 ".contains($0) }.map(String.init) }
            }
        }
        if request.reason == nil { request.reason = questions.ask(en: "Why can \(terms.id) not be kept there?", ja: "\(terms.id) を守れない理由") }
        if request.retry == nil, terms.requires.contains(.retry) {
            request.retry = questions.ask(en: "How is a failed run found and put right (retry strategy)?", ja: "リトライ戦略（失敗をどう見つけ、どう直すか）")
        }
        while request.until == nil, !request.forever, let answer = questions.ask(en: "Until when (YYYY-MM-DD, or never)?", ja: "期限（YYYY-MM-DD、無期限なら never）") {
            request.forever = ["never", "forever", "無期限", "なし"].contains(answer.lowercased())
            request.until = Day(iso: answer)
        }
        return request
    }
}
