import Dispatch
import Foundation
import InvarCore
import Synchronization

/// Runs `git` with arguments, never through a shell, and never lets a repository's own settings run a program.
struct Git: Sendable {
    let root: String

    /// Whether the root lies in a git work tree; one that anybody may have made, as in /tmp, does not count.
    var isWorkTree: Bool {
        var folder = root
        while true {
            if FileSystem.kind(folder + "/.git") != nil { return true }
            guard folder != "/", !folder.isEmpty else { return false }
            let parent = RelativePath.folder(folder)
            folder = parent.isEmpty ? "/" : parent
            if FileSystem.isWritableByAnybody(folder) { return false }
        }
    }

    /// Standard output of a command that must succeed.
    ///
    /// - Throws: ``Failure`` with git's own first line of complaint.
    func output(_ arguments: [String], input: [UInt8]? = nil, hint: String? = nil) throws(Failure) -> [UInt8] {
        let (status, output, complaint) = try run(arguments, input: input)
        guard status == 0 else {
            let line = complaint.split(whereSeparator: \.isNewline).first.map(String.init) ?? "it ended with status \(status)"
            throw Failure("git \(arguments.first ?? ""): \(line.replacing(root + "/", with: ""))", hint: hint)
        }
        return output
    }

    /// Standard output without the final line break; nil when the command fails.
    func line(_ arguments: [String]) throws(Failure) -> String? {
        let (status, output, _) = try run(arguments)
        guard status == 0 else { return nil }
        var text = String(decoding: output, as: UTF8.self)
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    private func run(_ arguments: [String], input: [UInt8]? = nil) throws(Failure) -> (status: Int32, output: [UInt8], complaint: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", root, "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"] + arguments
        var environment = ProcessInfo.processInfo.environment
        environment["GIT_OPTIONAL_LOCKS"] = "0"
        environment["LC_ALL"] = "C"
        environment["GIT_PAGER"] = "cat"
        // What a hook exports is about the repository that it runs for, and what a person sets would change the answers.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_DIFF_OPTS", "GIT_EXTERNAL_DIFF"] {
            environment[name] = nil
        }
        process.environment = environment
        let questions = Pipe()
        process.standardInput = input == nil ? FileHandle.nullDevice : questions
        let output = Pipe()
        let complaint = Pipe()
        process.standardOutput = output
        process.standardError = complaint
        do {
            try process.run()
        } catch {
            throw Failure("git cannot be run", hint: "install git, or check a folder that is no git repository")
        }
        if let input { Git.write(input, to: questions) }
        // Both pipes are drained at once: a full one would stop git.
        let complaints = Drain(complaint)
        let data = output.fileHandleForReading.readDataToEndOfFile()
        let text = complaints.text()
        process.waitUntilExit()
        return (process.terminationStatus, Array(data), text)
    }

    /// Beside the reading: git answers before it has read all questions.
    private static func write(_ input: [UInt8], to pipe: Pipe) {
        let handle = pipe.fileHandleForWriting
        DispatchQueue.global().async {
            try? handle.write(contentsOf: Data(input))
            try? handle.close()
        }
    }
}

/// Reads a pipe to its end on another thread.
private final class Drain: Sendable {
    private let done = DispatchSemaphore(value: 0)
    private let data = Mutex(Data())

    init(_ pipe: Pipe) {
        let handle = pipe.fileHandleForReading
        DispatchQueue.global().async { [self] in
            let all = handle.readDataToEndOfFile()
            data.withLock { $0 = all }
            done.signal()
        }
    }

    /// Waits for the end.
    func text() -> String {
        done.wait()
        return data.withLock { String(decoding: $0, as: UTF8.self) }
    }
}
