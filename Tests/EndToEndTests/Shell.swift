import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A folder of its own in which a transcript's commands run, with the built binary in front of the path.
final class Shell {
    /// The day that every command of a transcript takes for today unless it names one.
    static let today = "2026-11-23"

    /// Where files are written and commands run; gone with this value.
    let folder: URL
    private let outer: URL

    init() throws {
        outer = FileManager.default.temporaryDirectory.appendingPathComponent("invar-e2e-" + UUID().uuidString)
        folder = outer.appendingPathComponent("work")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: outer)
    }

    /// The program that `swift build` put beside the tests.
    static var binary: URL {
        #if os(macOS)
        let folder = Bundle(for: Shell.self).bundleURL.deletingLastPathComponent()
        #else
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        #endif
        return folder.appendingPathComponent("invar")
    }

    /// The repository that these tests belong to.
    static var repository: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    /// Holds a script `invar` that fixes the day for the commands that know days. It is not written by the tests: a
    /// program that another thread's child still holds open for writing cannot be run.
    private static var programs: URL { repository.appendingPathComponent("Tests/EndToEndTests/bin") }

    func write(_ path: String, _ bytes: [UInt8]) throws {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// Runs a command and gives its lines as a transcript shows them.
    func run(_ command: Transcript.Command) throws -> [String] {
        command.isTerminal ? try runOnTerminal(command) : try runPiped(command)
    }

    private func process(_ script: String, input: Int32, output: Int32, error: Int32) throws -> ChildProcess {
        // Nothing of the person's own environment decides what is printed.
        let environment = [
            "PATH": Shell.programs.path + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": outer.path, "TMPDIR": outer.path,
            "TODAY": Shell.today, "INVAR_BINARY": Shell.binary.path, "REPOSITORY": Shell.repository.path, "TERM": "xterm", "LC_ALL": "C",
            "WORK": folder.path,
        ]
        return try ChildProcess(["/bin/sh", "-c", "cd \"$WORK\" || exit\n" + script], environment, input: input, output: output, error: error)
    }

    /// Output goes through files: a child left in the background cannot keep a pipe open, nor fill one.
    private func runPiped(_ command: Transcript.Command) throws -> [String] {
        let paths = ["out", "err"].map { outer.appendingPathComponent($0) }
        for path in paths { try Data().write(to: path) }
        let handles = try paths.map { try FileHandle(forWritingTo: $0) }
        defer { for handle in handles { try? handle.close() } }
        let process = try process(
            command.script, input: FileHandle.nullDevice.fileDescriptor, output: handles[0].fileDescriptor, error: handles[1].fileDescriptor)
        let code = process.wait()
        let texts = try paths.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return lines(texts[0]) + lines(texts[1]).map { $0.isEmpty ? "2>" : "2> " + $0 } + exitCode(code)
    }

    /// Types the answers that stand in ‹ › and shows the dialogue as a person saw it.
    private func runOnTerminal(_ command: Transcript.Command) throws -> [String] {
        let terminal = try Terminal()
        let process = try process(command.script, input: terminal.inner, output: terminal.inner, error: terminal.inner)
        let text = terminal.converse(command.expected.flatMap(Shell.typed), while: { process.isRunning })
        return lines(text) + exitCode(process.wait())
    }

    /// What is typed in a line of a dialogue.
    private static func typed(_ line: String) -> [String] {
        guard line.hasSuffix("›"), let start = line.lastIndex(of: "‹") else { return [] }
        return [String(line[line.index(after: start)...].dropLast())]
    }

    private func exitCode(_ code: Int32) -> [String] {
        code == 0 ? [] : ["[\(code)]"]
    }

    /// The lines of an output without this machine's paths; an end without a line break is shown, control characters too.
    private func lines(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        var text = text.replacingOccurrences(of: folder.path, with: "/folder").replacingOccurrences(of: Shell.repository.path, with: "/repository")
        text = text.replacingOccurrences(of: "\u{1B}", with: "␛").replacingOccurrences(of: "\r", with: "␍")
        let isWhole = text.hasSuffix("\n")
        if isWhole { text.removeLast() }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if !isWhole, let last = lines.popLast() { lines.append(last + "⏎̸") }
        return lines
    }
}
