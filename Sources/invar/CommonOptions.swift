import ArgumentParser
import InvarCore
import InvarKit

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Options that every command takes.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder that holds the knowledge base.", valueName: "dir"))
    var root: String?

    @Option(help: ArgumentHelp("Write the result to a file instead of standard output.", valueName: "file"))
    var output: String?

    @Option(help: "Colours: auto, always or never.")
    var color: ColorChoice = .auto

    @Option(help: ArgumentHelp("The day to take for today.", valueName: "yyyy-mm-dd"))
    var today: Day?

    @Flag(help: "Print no findings and no summaries.")
    var quiet = false

    @Flag(help: "Print findings of every severity.")
    var verbose = false

    func workspace() throws -> Workspace {
        try Workspace(root: root, today: today)
    }

    func style(_ language: Language) -> TerminalStyle {
        TerminalStyle(language: language, isColored: isColored(output == nil ? 1 : -1), width: output == nil ? Console.width : 100)
    }

    /// Writes a command's result where it was asked for.
    func emit(_ text: String) throws {
        guard output != nil else { return Console.write(text) }
        try emitCommands(text)
    }

    /// Writes what a verb changed, and its remarks to standard error.
    func emit(_ report: ChangeReport, _ format: OutputFormat, _ language: Language) throws {
        try emit(format == .json ? report.json.text : report.terminal(style(language)))
        guard !quiet else { return }
        for remark in report.remarks { Console.writeError(DisplayText.safe(language.pick(en: remark.en, ja: remark.ja)) + "\n") }
    }

    /// Like ``emit(_:)``, for text whose lines may command the CI system.
    func emitCommands(_ text: String) throws {
        guard let output else { return Console.writeCommands(text) }
        let descriptor = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure("cannot write \(output): \(String(cString: strerror(errno)).lowercased())") }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw Failure("cannot write \(output): \(String(cString: strerror(errno)).lowercased())")
        }
    }

    /// Findings go to standard error: notes only when asked for, nothing when quiet.
    func show(_ findings: [Finding], _ language: Language) {
        guard !quiet else { return }
        let shown = verbose ? findings : findings.filter { $0.severity != .note }
        guard !shown.isEmpty else { return }
        let style = TerminalStyle(language: language, isColored: isColored(2))
        let limit = verbose ? shown.count : 20
        var lines = style.findings(Array(shown.prefix(limit)))
        if shown.count > limit {
            lines.append(style.pick(en: "… and \(shown.count - limit) more findings (--verbose)", ja: "…ほか \(shown.count - limit) 件（--verbose で全件）"))
        }
        Console.writeError(lines.joined(separator: "\n") + "\n")
    }

    private func isColored(_ descriptor: Int32) -> Bool {
        switch color {
        case .always: true
        case .never: false
        case .auto: Console.isTerminal(descriptor) && getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
        }
    }
}

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// What most commands can answer with.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case terminal, json
}

extension Day: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(iso: argument)
    }
}

extension Note.Cause: ExpressibleByArgument {}
extension Note.Kind: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}
extension Exception.State: ExpressibleByArgument {}
extension ListKind: ExpressibleByArgument {}
extension Entry.Kind: ExpressibleByArgument {}

extension Note.Severity: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(rawValue: argument.uppercased())
    }
}
