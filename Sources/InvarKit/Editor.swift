import Foundation
package import InvarCore

/// The editor of the person who runs invar.
package enum Editor {
    /// Opens a file and waits until the editor is closed.
    ///
    /// - Throws: ``Failure`` when none is set and when it ends with a failure; the file stays.
    package static func open(_ path: String) throws(Failure) {
        let environment = ProcessInfo.processInfo.environment
        let set = [environment["VISUAL"], environment["EDITOR"]].lazy.compactMap { $0 }.first { !$0.trimmingBlanks.isEmpty }
        guard let set else { throw Failure("neither VISUAL nor EDITOR is set", hint: "the file is written: \(path)") }
        guard let words = split(set) else { throw Failure("a quote is not closed in the editor's command: \(set)", hint: "the file is written: \(path)") }
        let ending = ChildProgram(words + [path], environment).run()
        if let complaint = ending.complaint { throw Failure("the editor cannot be run: \(complaint)", hint: "the file is written: \(path)") }
        guard ending.status == 0 else { throw Failure("the editor ended with status \(ending.status)", hint: "the file is kept: \(path)") }
    }

    /// The words of a command such as `code --wait` or `"/My Apps/edit" -n`: quotes and backslashes keep blanks, and nothing
    /// else means anything. nil when a quote is not closed.
    static func split(_ command: String) -> [String]? {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        var isWord = false
        var quote: Unicode.Scalar?
        var isEscaped = false
        for scalar in command.unicodeScalars {
            if isEscaped {
                word.append(scalar)
                isEscaped = false
            } else if scalar == "\\", quote != "'" {
                (isEscaped, isWord) = (true, true)
            } else if let open = quote {
                if scalar == open { quote = nil } else { word.append(scalar) }
            } else if scalar == "'" || scalar == "\"" {
                (quote, isWord) = (scalar, true)
            } else if scalar == " " || scalar == "\t" || scalar == "\n" {
                if isWord { words.append(String(word)) }
                (word, isWord) = (String.UnicodeScalarView(), false)
            } else {
                word.append(scalar)
                isWord = true
            }
        }
        if isWord { words.append(String(word)) }
        return quote == nil && !isEscaped ? words : nil
    }
}
