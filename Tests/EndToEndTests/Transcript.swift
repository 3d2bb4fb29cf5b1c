import Foundation

/// A Markdown file that is a test: files to write, commands to run with what they print, and prose between.
///
/// `README.md` beside this file says how one is written.
struct Transcript {
    /// What a fence asks for.
    enum Step {
        /// Writes a file below the transcript's folder.
        case file(path: String, bytes: [UInt8])
        /// Runs commands in a shell, one after the other.
        case commands([Command])
    }

    struct Command {
        /// What the shell runs; several lines where `> ` goes on.
        var script: String
        /// The lines expected below it: output, then `2> ` and each line of the error output, then `[2]` for an exit code.
        var expected: [String]
        /// The 1-based line of the command.
        var line: Int
        /// The 0-based lines of the transcript that `expected` stands in.
        var range: Range<Int>
        /// Whether it runs on a terminal; what is typed stands in ‹ ›.
        var isTerminal: Bool
    }

    struct Malformed: Error, CustomStringConvertible {
        var description: String
    }

    let name: String
    private(set) var lines: [String]
    private(set) var steps: [Step] = []

    init(name: String, text: String) throws {
        self.name = name
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var index = 0
        while index < lines.count {
            let ticks = lines[index].prefix { $0 == "`" }.count
            guard ticks >= 3 else {
                index += 1
                continue
            }
            guard let end = lines[(index + 1)...].firstIndex(where: { $0 == String(repeating: "`", count: ticks) }) else {
                throw Malformed(description: "\(name):\(index + 1): the fence is not closed")
            }
            try read(info: lines[index].dropFirst(ticks), (index + 1)..<end)
            index = end + 1
        }
    }

    private mutating func read(info: Substring, _ content: Range<Int>) throws {
        let words = info.split(separator: " ").map(String.init)
        switch words.first {
        case "console"?: steps.append(.commands(try commands(content, isTerminal: false)))
        case "terminal"?: steps.append(.commands(try commands(content, isTerminal: true)))
        default:
            guard words.count > 1 else { throw Malformed(description: "\(name):\(content.lowerBound): a fence is a file (```md PATH) or a console") }
            steps.append(.file(path: words[1], bytes: bytes(content, Array(words.dropFirst(2)))))
        }
    }

    /// A file's bytes, in the manner that the words after its path ask for.
    private func bytes(_ content: Range<Int>, _ manners: [String]) -> [UInt8] {
        let newline = manners.contains("crlf") ? "\r\n" : "\n"
        var text = lines[content].joined(separator: newline)
        if !content.isEmpty, !manners.contains("unterminated") { text += newline }
        return (manners.contains("bom") ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8)
    }

    private func commands(_ content: Range<Int>, isTerminal: Bool) throws -> [Command] {
        var commands: [Command] = []
        for index in content {
            let line = lines[index]
            if line.hasPrefix("$ ") {
                let command = Command(
                    script: String(line.dropFirst(2)), expected: [], line: index + 1, range: (index + 1)..<(index + 1), isTerminal: isTerminal)
                commands.append(command)
                continue
            }
            guard var last = commands.popLast() else { throw Malformed(description: "\(name):\(index + 1): a console begins with `$ `") }
            if line.hasPrefix("> "), last.expected.isEmpty {
                last.script += "\n" + line.dropFirst(2)
                last.range = (index + 1)..<(index + 1)
            } else {
                last.expected.append(line)
                last.range = last.range.lowerBound..<(index + 1)
            }
            commands.append(last)
        }
        return commands
    }

    /// The transcript with each command's expectation replaced by what it printed.
    func recording(_ outputs: [(command: Command, actual: [String])]) -> String {
        var out = lines
        for (command, actual) in outputs.reversed() { out.replaceSubrange(command.range, with: actual) }
        return out.joined(separator: "\n")
    }
}
