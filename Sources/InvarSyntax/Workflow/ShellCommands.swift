/// The commands of a piece of shell script, as words without quotes.
package enum ShellCommands {
    /// A command and the 0-based line of the text on which it begins.
    package struct Command: Sendable, Hashable {
        package var words: [String]
        package var line: Int
    }

    /// Splits at line ends, `;`, `|`, `&`; leaves out comments; `\` at a line's end joins lines.
    package static func commands(in text: String) -> [Command] {
        var reader = Reader()
        for byte in text.utf8 { reader.read(byte) }
        reader.endCommand()
        return reader.commands
    }

    private struct Reader {
        var commands: [Command] = []
        private var words: [String] = []
        private var word: [UInt8] = []
        private var isInWord = false
        private var quote: UInt8 = 0
        private var isEscaped = false
        private var isComment = false
        private var line = 0
        private var start = 0

        mutating func read(_ byte: UInt8) {
            defer { if byte == 0x0A { line += 1 } }
            if isComment {
                guard byte == 0x0A else { return }
                isComment = false
            }
            if isEscaped {
                isEscaped = false
                if byte != 0x0A { append(byte) }
                return
            }
            if byte == 0x5C, quote != 0x27 {
                isEscaped = true
                return
            }
            if quote != 0 {
                if byte == quote { quote = 0 } else { append(byte) }
                return
            }
            switch byte {
            case 0x22, 0x27:
                quote = byte
                isInWord = true
            case 0x20, 0x09, 0x0D: endWord()
            case 0x23 where !isInWord: isComment = true
            case 0x0A, 0x3B, 0x7C, 0x26, 0x28, 0x29, 0x60: endCommand()
            default: append(byte)
            }
        }

        private mutating func append(_ byte: UInt8) {
            if words.isEmpty, !isInWord { start = line }
            isInWord = true
            word.append(byte)
        }

        private mutating func endWord() {
            if isInWord { words.append(String(decoding: word, as: UTF8.self)) }
            isInWord = false
            word.removeAll(keepingCapacity: true)
        }

        mutating func endCommand() {
            endWord()
            let trimmed = Array(words.drop { ShellCommands.isPrefix($0) })
            if !trimmed.isEmpty { commands.append(Command(words: trimmed, line: start)) }
            words = []
        }
    }

    /// `sudo`, `then`, `NAME=value`: words before the command itself.
    private static func isPrefix(_ word: String) -> Bool {
        if ["sudo", "if", "then", "else", "do", "while", "until", "!", "{", "time", "exec", "nice", "nohup", "command", "env", "elif", "&&", "-E"].contains(
            word)
        {
            return true
        }
        guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { return false }
        return word[..<equals].utf8.allSatisfy { $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    }
}
