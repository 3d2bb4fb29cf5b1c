import InvarCore

/// The interface of adr-tools, so that people, scripts and editors that use it go on as before: the same files written,
/// the same text printed, the same exit codes. docs/adr-tools.md says where it differs and why.
///
/// One file below this folder is one command. Paths are as the person sees them, relative to the working folder.
package struct ADRTools: Sendable {
    /// Where it runs, so that nothing here asks the process.
    package struct Surroundings: Sendable {
        /// `ADR_DATE`, `ADR_TEMPLATE`, `ADR_PAGER`, `PAGER`, `VISUAL`, `EDITOR`; handed down to the programs that are run.
        package var environment: [String: String]
        /// Absolute; where commands begin to look for the records.
        package var workingFolder: String
        /// Absolute; where the program stands, as `config` prints it.
        package var programFolder: String
        /// Whether a person reads the output as it comes, so that help is paged.
        package var isTerminal: Bool

        package init(
            environment: [String: String], workingFolder: String = FileSystem.workingFolder, programFolder: String = "", isTerminal: Bool = false
        ) {
            self.environment = environment
            self.workingFolder = workingFolder
            self.programFolder = programFolder
            self.isTerminal = isTerminal
        }

        /// A variable that is set and not empty.
        func variable(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    /// What is left to print when a command has ended.
    package struct Answer: Hashable, Sendable {
        package var output: [UInt8] = []
        package var errors = ""
        /// The exit code.
        package var status: Int32 = 0

        init(output: [UInt8] = [], errors: String = "", status: Int32 = 0) {
            self.output = output
            self.errors = errors
            self.status = status
        }

        init(_ output: String, status: Int32 = 0) {
            self.init(output: Array(output.utf8), status: status)
        }
    }

    /// A command that ends before its work is done.
    struct Stop: Error {
        var answer: Answer

        init(_ answer: Answer) {
            self.answer = answer
        }

        init(errors: String, status: Int32 = 1) {
            answer = Answer(errors: errors, status: status)
        }
    }

    let surroundings: Surroundings

    package init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The names of the commands, sorted.
    static let commands = ["config", "generate", "help", "init", "link", "list", "new", "upgrade-repository"]

    /// Runs what stands after `adr`.
    package func run(_ arguments: [String]) -> Answer {
        let rest = Array(arguments.dropFirst())
        do {
            switch arguments.first ?? "" {
            case "config": return config()
            case "generate": return try generate(rest)
            case "help": return try help(rest)
            case "init": return try initialise(rest)
            case "link": return try link(rest)
            case "list": return try list()
            case "new": return try new(rest)
            case "upgrade-repository": return try upgradeRepository()
            case "_adr_autocomplete": return complete(rest)
            default:
                var answer = try help([])
                answer.status = 1
                return answer
            }
        } catch let stop as Stop {
            return stop.answer
        } catch let failure as Failure {
            return Answer(errors: "ERROR: " + shown(failure.message) + (failure.hint.map { ": " + shown($0) } ?? "") + "\n", status: 1)
        } catch {
            return Answer(errors: "ERROR: \(error)\n", status: 1)
        }
    }

    // MARK: Paths

    /// The absolute path of one that is relative to the working folder.
    func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : (surroundings.workingFolder == "/" ? "" : surroundings.workingFolder) + "/" + path
    }

    /// Without the working folder, as people see paths.
    func shown(_ message: String) -> String {
        message.replacing(surroundings.workingFolder + "/", with: "")
    }
}
