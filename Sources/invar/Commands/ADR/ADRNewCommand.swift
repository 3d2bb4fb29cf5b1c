import ArgumentParser
import InvarCore
import InvarKit

struct ADRNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Write a new decision, named and laid out as the others of the collection are.",
        discussion: "    invar adr new \"Use X\" --supersedes 7")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The title.")
    var title: String

    @Option(help: ArgumentHelp("nygard, madr, invar, or a file in Templates/.", valueName: "name"))
    var template: String?

    @Option(help: "proposed (the default), accepted, rejected or deprecated.")
    var status: String?

    @Option(help: ArgumentHelp("A decision that it takes the place of; may be repeated.", valueName: "adr"))
    var supersedes: [String] = []

    @Option(name: .customLong("link"), help: ArgumentHelp("Another link, as in 7:Amends:\"Amended by\"; may be repeated.", valueName: "adr:type:back"))
    var links: [String] = []

    @Flag(help: "Open it in $VISUAL or $EDITOR.")
    var edit = false

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        var draft = DecisionDraft(title: title)
        draft.template = template
        draft.status = try status.map(DecisionStatusArgument.read)
        draft.supersedes = supersedes
        draft.links = try links.map { try DecisionDraft.Link($0) }
        let workspace = try common.workspace()
        guard edit, !(draft.supersedes.isEmpty && draft.links.isEmpty) else {
            let (report, language) = try workspace.newDecision(draft)
            try common.emit(report, format, language)
            if edit, let path = report.changes.first?.path { try Editor.open(workspace.root + "/" + path) }
            return
        }
        // Other records are told only once the editor has ended well.
        let (supersedes, links) = (draft.supersedes, draft.links)
        (draft.supersedes, draft.links) = ([], [])
        var (report, language) = try workspace.newDecision(draft)
        guard let path = report.changes.first?.path else { return }
        try Editor.open(workspace.root + "/" + path)
        let told =
            try supersedes.map { try workspace.supersede($0, by: path).report }
            + links.map { try workspace.link(path, $0.type, $0.target, back: $0.back).report }
        for other in told {
            report.changes += other.changes.filter { $0.path != path }
            report.remarks += other.remarks
            report.entry = other.entry
        }
        try common.emit(report, format, language)
    }
}
