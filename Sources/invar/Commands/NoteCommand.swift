import ArgumentParser
import Foundation
import InvarCore
import InvarKit

struct NoteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note", abstract: "Log where an invariant was not kept, in one line.",
        usage: "invar note [TEXT] [--violates ID] … | invar note set NOTE [--cause C] …",
        discussion: """
            invar note "the batch ran twice" --violates INV-OPS-004 --cause slip --severity S2

            `invar note add --help` lists all options. Without a text it asks on a terminal.
            """,
        subcommands: [NoteAddCommand.self, NoteSetCommand.self], defaultSubcommand: NoteAddCommand.self)
}

/// What a note records beside its text.
struct NoteFields: ParsableArguments {
    @Option(name: .customLong("violates"), help: ArgumentHelp("An invariant or clause; may be repeated.", valueName: "id"))
    var violates: [String] = []

    @Flag(name: .customLong("hard-to-keep"), help: "It was kept, with trouble.")
    var hardToKeep = false

    @Flag(name: .customLong("near-miss"), help: "It was nearly not kept.")
    var nearMiss = false

    @Flag(name: .customLong("observation"), help: "Nothing was violated; worth knowing.")
    var observation = false

    @Option(help: "unaware, ambiguous, infeasible, cost, conflict, emergency, slip, undetected, false-alarm, obsolete, deliberate or unknown.")
    var cause: Note.Cause?

    @Option(help: "S1 (gravest) to S4.")
    var severity: Note.Severity?

    @Option(name: .customLong("path"), help: ArgumentHelp("Files it was about; may be repeated.", valueName: "glob"))
    var paths: [String] = []

    @Option(help: ArgumentHelp("The incident's number.", valueName: "x"))
    var incident: String?

    @Option(name: .customLong("adr"), help: ArgumentHelp("A decision it concerns; may be repeated.", valueName: "adr"))
    var decisions: [String] = []

    @Option(help: ArgumentHelp("Who logs it: a team or a handle.", valueName: "name"))
    var author: String?

    func draft() throws -> NoteDraft {
        let kinds: [Note.Kind] = (hardToKeep ? [.hardToKeep] : []) + (nearMiss ? [.nearMiss] : []) + (observation ? [.observation] : [])
        guard kinds.count <= 1 else { throw Failure("a note is of one kind", hint: "one of --hard-to-keep, --near-miss, --observation") }
        var draft = NoteDraft()
        draft.kind = kinds.first
        draft.invariants = violates
        draft.cause = cause
        draft.severity = severity
        draft.paths = paths
        draft.incident = incident
        draft.decisions = decisions
        draft.author = author
        return draft
    }
}

struct NoteAddCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Log a note (the default).",
        discussion: "On a terminal it asks for what is missing. `-` reads the text from standard input.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var fields: NoteFields

    @Argument(help: "What happened; - reads it from standard input.")
    var text: String?

    @Option(help: ArgumentHelp("Use this id; the same note twice makes one.", valueName: "key"))
    var id: String?

    @Option(help: ArgumentHelp("The day it happened.", valueName: "yyyy-mm-dd"))
    var date: Day?

    @Option(help: ArgumentHelp("Take what is not given from this note.", valueName: "note"))
    var like: String?

    @Option(help: ArgumentHelp("Take rule, invariant and path from the finding of this fingerprint.", valueName: "fingerprint"))
    var about: String?

    @Option(help: ArgumentHelp("The finding is one that only this --base shows.", valueName: "rev"))
    var base: String?

    @Flag(help: "Open the note in $VISUAL or $EDITOR.")
    var edit = false

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let workspace = try common.workspace()
        var draft = try fields.draft()
        draft.id = id
        draft.date = date
        draft.text = text == "-" ? try standardInput() : text ?? ""
        if let about { draft.fill(about: try workspace.finding(about, base: base)) }
        if Questions.canAsk, text == nil { draft = try NoteQuestions(workspace).complete(draft) }
        let (report, language) = try workspace.note(draft, like: like)
        try common.emit(format == .json ? report.json.text : report.terminal(common.style(language)))
        if edit, let path = report.changes.first?.path { try Editor.open(workspace.root + "/" + path) }
    }

    private func standardInput() throws -> String {
        let bytes = try FileSystem.readStandardInput(limit: 4 << 20)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Failure("standard input is not valid UTF-8") }
        return text
    }
}

struct NoteSetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "set", abstract: "Fill in what a note lacks.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var fields: NoteFields

    @Argument(help: "The note.")
    var note: String

    @Flag(name: .customLong("violated"), help: "It records a violation.")
    var violated = false

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        var draft = try fields.draft()
        if violated { draft.kind = .violated }
        let (report, language) = try common.workspace().setNote(note, draft)
        try common.emit(format == .json ? report.json.text : report.terminal(common.style(language)))
    }
}

/// Asks on a terminal for what a note lacks; an empty answer leaves the field out.
private struct NoteQuestions {
    private let workspace: Workspace
    private let questions: Questions

    init(_ workspace: Workspace) throws {
        self.workspace = workspace
        questions = try Questions(workspace)
    }

    func complete(_ draft: NoteDraft) throws -> NoteDraft {
        var draft = draft
        guard let text = questions.ask(en: "What happened?", ja: "何が起きましたか") else { return draft }
        draft.text = text
        if draft.invariants.isEmpty { draft.invariants = try invariants() }
        if draft.kind == nil, !draft.invariants.isEmpty {
            draft.kind = choose(en: "Was it violated, hard-to-keep, near-miss, or an observation?", ja: "種別（violated・hard-to-keep・near-miss・observation）")
        }
        if draft.cause == nil {
            let names = Note.Cause.allCases.map(\.rawValue).joined(separator: ", ")
            draft.cause = choose(en: "Cause (\(names))?", ja: "原因（\(names)）")
        }
        if draft.severity == nil { draft.severity = choose(en: "Severity (S1 gravest … S4)?", ja: "重大度（S1 が最も重い … S4）") }
        return draft
    }

    /// Asks again until every id is known, so that a slip costs none of the other answers.
    private func invariants() throws -> [String] {
        while let named = questions.ask(en: "Which invariant (id, empty for none)?", ja: "どのインバリアントですか（ID、無ければ空）") {
            do {
                return try named.split { " ,、".contains($0) }.map { try workspace.invariantName(String($0)) }
            } catch let failure as Failure {
                Console.report(failure)
            }
        }
        return []
    }

    /// Asks again until the answer is one of the words, or empty.
    private func choose<T: RawRepresentable<String> & CaseIterable>(en: String, ja: String) -> T? {
        while let answer = questions.ask(en: en, ja: ja) {
            let folded = Folding.searchable(answer).replacing(" ", with: "-")
            if let value = T.allCases.first(where: { $0.rawValue.lowercased() == folded }) { return value }
            if let near = Nearest.match(for: answer, among: T.allCases.map(\.rawValue)) { Console.writeError("  → \(near)?\n") }
        }
        return nil
    }
}
