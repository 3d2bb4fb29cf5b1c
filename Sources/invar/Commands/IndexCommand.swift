import ArgumentParser
import InvarCore
import InvarKit

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Bring the index up to date and say what changed. Every other command does so by itself.")

    @OptionGroup var common: CommonOptions

    @Flag(help: "Build the index anew.")
    var rebuild = false

    @Flag(help: "Go on watching the files and print what changes, until interrupted.")
    var watch = false

    @Option(help: "terminal or json.")
    var format: OutputFormat = .terminal

    func run() throws {
        let workspace = try common.workspace()
        let (report, language) = try workspace.index(rebuild: rebuild)
        if format == .json {
            try common.emit(report.json.text)
        } else {
            if !common.quiet { try common.emit(report.terminal(common.style(language))) }
            common.show(report.findings, language)
        }
        if watch { try watch(report.findings) }
    }

    /// A look at every file's stamp each second costs a few milliseconds and works on every file system.
    private func watch(_ known: [Finding]) throws {
        var known = known
        var reported: Failure?
        while true {
            sleep(1)
            do {
                let (report, language) = try common.workspace().index()
                reported = nil
                guard !(report.added.isEmpty && report.modified.isEmpty && report.removed.isEmpty) else { continue }
                if format == .json {
                    Console.write(report.json.compactText + "\n")
                } else {
                    let changes = report.changes(common.style(language))
                    Console.write(
                        (changes.isEmpty ? ["± \(report.added.count + report.modified.count + report.removed.count)"] : changes).joined(separator: "\n") + "\n")
                    common.show(report.findings.filter { !known.contains($0) }, language)
                }
                known = report.findings
            } catch let failure as Failure {
                // The configuration may be half-edited; the next look may find it whole.
                if failure != reported { Console.report(failure) }
                reported = failure
            }
        }
    }
}
