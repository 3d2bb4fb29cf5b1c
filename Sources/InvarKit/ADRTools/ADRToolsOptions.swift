/// The options of a command as the shell's `getopts` reads them: one letter with a value, up to the first other word.
struct ADRToolsOptions {
    /// In the order given.
    private(set) var values: [(letter: Character, value: String)] = []
    /// The words behind the options.
    private(set) var rest: [String] = []

    /// - Parameters:
    ///   - letters: those that are known; each takes a value, attached or as the next word.
    ///   - command: named in complaints.
    init(_ arguments: [String], _ letters: String, command: String) throws(ADRTools.Stop) {
        var index = 0
        while index < arguments.count {
            let word = arguments[index]
            if word == "--" {
                index += 1
                break
            }
            guard word.hasPrefix("-"), word != "-", let letter = word.dropFirst().first else { break }
            guard letters.contains(letter) else {
                throw ADRTools.Stop(errors: "\(command): illegal option -- \(letter)\nNot implemented: ?\n")
            }
            let attached = String(word.dropFirst(2))
            index += 1
            if !attached.isEmpty {
                values.append((letter, attached))
            } else if index < arguments.count {
                values.append((letter, arguments[index]))
                index += 1
            } else {
                throw ADRTools.Stop(errors: "\(command): option requires an argument -- \(letter)\nNot implemented: ?\n")
            }
        }
        rest = Array(arguments[index...])
    }

    /// All values of an option.
    func all(_ letter: Character) -> [String] {
        values.filter { $0.letter == letter }.map(\.value)
    }
}
