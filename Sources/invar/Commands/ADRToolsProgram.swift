import Foundation
import InvarKit

/// `invar adr --compat …`, which `scripts/adr` runs: the words behind it are read as adr-tools reads them, not as our own
/// options are.
enum ADRToolsProgram {
    /// Whether the words of a command line ask for it.
    static func isMeant(by arguments: ArraySlice<String>) -> Bool {
        arguments.starts(with: ["adr", "--compat"])
    }

    /// - Returns: the exit code.
    static func run(_ arguments: [String]) -> Int32 {
        let program = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent().path ?? ""
        let surroundings = ADRTools.Surroundings(
            environment: ProcessInfo.processInfo.environment, programFolder: program, isTerminal: Console.isTerminal(1))
        let answer = ADRTools(surroundings).run(arguments)
        Console.writeBytes(answer.output)
        Console.writeError(answer.errors)
        return answer.status
    }
}
