import ArgumentParser

/// The life of a decision: one file a subcommand, in `ADR/`.
struct ADRCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adr", abstract: "Write decisions, and change their status, links and exceptions.",
        subcommands: [
            ADRNewCommand.self,
            ADRListCommand.self,
            ADRShowCommand.self,
            ADRStatusCommand.self,
            ADRSupersedeCommand.self,
            ADRAmendCommand.self,
            ADRLinkCommand.self,
            ADRExceptCommand.self,
            ADRRenewCommand.self,
            ADRConfirmCommand.self,
            ADRRenumberCommand.self,
            ADRTocCommand.self,
            ADRGraphCommand.self,
            ADRImportCommand.self,
        ])

    // Never read here: `Main` looks for it before anything is parsed.
    @Flag(name: .customLong("compat"), help: "Behave as adr-tools, whose words follow.")
    var isCompatible = false
}
