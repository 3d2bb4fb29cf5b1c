import InvarCore

extension ADRTools {
    /// `adr generate toc [-i INTRO] [-o OUTRO] [-p LINK_PREFIX]`: a Markdown list of the records, between two files.
    func tableOfContents(_ arguments: [String]) throws -> Answer {
        let options = try TocOptions(arguments)
        var answer = Answer("# Architecture Decision Records\n\n")
        let folder = try folder()
        let names = try records(in: folder)
        do {
            if let intro = options.intro { answer.output += try FileSystem.read(absolute(intro), limit: 64 << 20) + [0x0A] }
            for name in names {
                let title = read(folder, name, &answer).title
                answer.output += Array("* [".utf8) + title + Array("](\(options.prefix)\(name))\n".utf8)
            }
            if let outro = options.outro { answer.output += try [0x0A] + FileSystem.read(absolute(outro), limit: 64 << 20) }
        } catch {
            answer.errors += shown(error.message) + "\n"
            answer.status = 1
        }
        return answer
    }

    /// Options in any order, with words between them that mean nothing, as the program `getopt` reads them.
    private struct TocOptions {
        var intro: String?
        var outro: String?
        var prefix = ""

        init(_ arguments: [String]) throws(Stop) {
            var index = 0
            while index < arguments.count, arguments[index] != "--" {
                let word = arguments[index]
                index += 1
                guard word.hasPrefix("-"), let letter = word.dropFirst().first else { continue }
                guard "iop".contains(letter) else {
                    let complaint = letter == "-" ? "unrecognized option '\(word)'" : "invalid option -- '\(letter)'"
                    throw Stop(errors: "getopt: \(complaint)\n")
                }
                var value = String(word.dropFirst(2))
                if value.isEmpty {
                    guard index < arguments.count else { throw Stop(errors: "getopt: option requires an argument -- '\(letter)'\n") }
                    value = arguments[index]
                    index += 1
                }
                switch letter {
                case "i": intro = value.isEmpty ? nil : value
                case "o": outro = value.isEmpty ? nil : value
                default: prefix = value
                }
            }
        }
    }
}
