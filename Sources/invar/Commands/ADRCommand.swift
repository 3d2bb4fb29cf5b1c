import ArgumentParser

/// The life of a decision: one file a subcommand, in `ADR/`.
struct ADRCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adr", abstract: "Write decisions, and change their status, links and exceptions.",
        subcommands: [
            ADRListCommand.self
        ])
}
