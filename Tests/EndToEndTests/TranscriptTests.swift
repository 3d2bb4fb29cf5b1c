import Foundation
import Testing

/// Every transcript, run by the built binary in a folder of its own.
@Suite struct TranscriptTests {
    static let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.filter { $0.hasSuffix(".md") }.sorted() ?? []

    private static let folder = Shell.repository.appendingPathComponent("Tests/EndToEndTests/Transcripts")

    /// Whether expectations are rewritten instead of compared.
    private static let isRecording = ProcessInfo.processInfo.environment["RECORD"] != nil

    @Test func thereAreTranscriptsAndABinary() {
        #expect(!TranscriptTests.names.isEmpty)
        #expect(FileManager.default.isExecutableFile(atPath: Shell.binary.path))
    }

    @Test(arguments: names)
    func commandsPrintWhatTheTranscriptSays(name: String) throws {
        let file = TranscriptTests.folder.appendingPathComponent(name)
        let transcript = try Transcript(name: name, text: try String(contentsOf: file, encoding: .utf8))
        let shell = try Shell()
        var outputs: [(command: Transcript.Command, actual: [String])] = []
        for step in transcript.steps {
            switch step {
            case .file(let path, let bytes): try shell.write(path, bytes)
            case .commands(let commands):
                for command in commands {
                    let actual = try shell.run(command)
                    outputs.append((command, actual))
                    guard !TranscriptTests.isRecording, actual != command.expected else { continue }
                    Issue.record("\(name):\(command.line): $ \(command.script)\n\(Difference.lines(from: command.expected, to: actual))")
                }
            }
        }
        if TranscriptTests.isRecording { try Data(transcript.recording(outputs).utf8).write(to: file) }
    }
}

/// What differs between expected and actual lines.
enum Difference {
    /// `-` what was expected, `+` what came, with the lines that both have between them.
    static func lines(from expected: [String], to actual: [String]) -> String {
        let changes = actual.difference(from: expected)
        var removed: Set<Int> = []
        var inserted: [Int: String] = [:]
        for change in changes {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, let line, _): inserted[offset] = line
            }
        }
        var out: [String] = []
        var position = 0
        for (offset, line) in expected.enumerated() {
            if removed.contains(offset) {
                out.append("- " + line)
                continue
            }
            while let new = inserted[position] {
                out.append("+ " + new)
                position += 1
            }
            out.append("  " + line)
            position += 1
        }
        while let new = inserted[position] {
            out.append("+ " + new)
            position += 1
        }
        return out.joined(separator: "\n")
    }
}
