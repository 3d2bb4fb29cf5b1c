import ArgumentParser
import InvarCore
import InvarKit

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Runs one command and turns every ending into an exit code: 0 done, 1 findings, 2 could not run.
@main
enum Main {
    static func main() {
        // A reader that closes its end early, such as `head`, is no failure.
        signal(SIGPIPE, SIG_IGN)
        let arguments = CommandLine.arguments.dropFirst()
        if ADRToolsProgram.isMeant(by: arguments) { exit(ADRToolsProgram.run(Array(arguments.dropFirst(2)))) }
        do {
            try suggestCommand(arguments.first)
            var command = try Invar.parseAsRoot()
            try command.run()
        } catch let failure as Failure {
            Console.report(failure)
            exit(2)
        } catch {
            end(error)
        }
    }

    /// A mistyped command is answered with the nearest one.
    private static func suggestCommand(_ word: String?) throws(Failure) {
        let names = Invar.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
        let own = ["--version", "--help", "-h", "--generate-completion-script", "--experimental-dump-help"]
        if let word, word.hasPrefix("-"), !own.contains(where: { word == $0 || word.hasPrefix($0 + "=") }) {
            throw Failure("\(word) stands before the command", hint: "options come after it, as in `invar list --root DIR`")
        }
        guard let word, !word.hasPrefix("-"), !names.contains(word) else { return }
        throw Failure("there is no command \(word)", hint: Nearest.hint(for: word, among: names) ?? "`invar --help` lists them")
    }

    private static func end(_ error: any Error) -> Never {
        let message = Invar.fullMessage(for: error)
        if Invar.exitCode(for: error) == .success {
            Console.write(message.isEmpty ? "" : message + "\n")
            exit(0)
        }
        if let code = error as? ExitCode { exit(code.rawValue) }
        Console.writeError(message + "\n")
        exit(2)
    }
}

/// The program.
struct Invar: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invar",
        abstract: "Keeps operational invariants, the decisions that except from them, and the notes of where they were not kept.",
        version: InvarVersion.text,
        subcommands: [
            InitCommand.self, IndexCommand.self, ListCommand.self, ShowCommand.self, SearchCommand.self, WhyCommand.self, NoteCommand.self,
            GraphCommand.self, ADRCommand.self, CheckCommand.self, ReviewCommand.self, AgentsCommand.self, RulesCommand.self, ProposeCommand.self,
            ProposalCommand.self,
        ])
}
