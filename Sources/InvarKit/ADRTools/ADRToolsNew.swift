import InvarCore

extension ADRTools {
    /// `adr new [-s SUPERCEDED] [-l TARGET:LINK:REVERSE-LINK] TITLE_TEXT...`
    func new(_ arguments: [String]) throws -> Answer {
        let options = try ADRToolsOptions(arguments, "sl", command: "adr-new")
        let title = options.rest.joined(separator: " ")
        guard !title.isEmpty else { throw Stop(Answer("ERROR: no title given\n", status: 1)) }
        guard !title.contains(where: \.isNewline) else { throw Stop(errors: "ERROR: a title is one line\n") }
        return try create(
            title: title, template: try template(), superseded: options.all("s"), links: try options.all("l").map(LinkOption.init), isEdited: true)
    }

    /// The value of `-l`: two labels and the record that they are about.
    private struct LinkOption {
        var target: String
        var label: String
        var reverse: String

        init(_ text: String) throws(Stop) {
            let fields = text.split { $0 == " " || $0 == "\t" || $0 == "\n" }.joined(separator: " ")
                .split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard fields.count >= 3, !fields[..<3].contains("") else {
                throw Stop(errors: "ERROR: -l takes TARGET:LINK:REVERSE-LINK, such as \"5:Amends:Amended by\"\n")
            }
            (target, label, reverse) = (fields[0], fields[1], fields[2])
        }
    }

    /// What a new record is made from: `ADR_TEMPLATE`, the project's own template, or the usual one.
    private func template() throws -> [UInt8] {
        if let named = surroundings.variable("ADR_TEMPLATE") { return try FileSystem.read(absolute(named), limit: 1 << 20) }
        let own = absolute(ADRTools.path(try folder(), "templates/template.md"))
        return FileSystem.kind(own) == .file ? try FileSystem.read(own, limit: 1 << 20) : PackageResources.template_md
    }

    /// Writes the next record and the links that it comes with, opens it, and prints its path.
    ///
    /// The numbering, the record and the other ends of its links are one step: two processes at once get two numbers, and
    /// when one file cannot be written, none is.
    func create(title: String, template: [UInt8]) throws -> Answer {
        try create(title: title, template: template, superseded: [], links: [], isEdited: false)
    }

    private func create(
        title: String, template: [UInt8], superseded: [String], links: [LinkOption], isEdited: Bool
    ) throws -> Answer {
        let folder = try folder()
        let absoluteFolder = absolute(folder)
        let known = superseded.isEmpty && links.isEmpty ? [] : try records(in: folder)
        try FileSystem.makeFolder(absoluteFolder)
        let (name, complaints) = try FileSystem.locking(absoluteFolder) {
            let number = try highestNumber(in: folder) + 1
            let digits = String(number)
            let name = String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-\(ADRTools.slug(title)).md"
            var edits = ADRToolsEdits(self, folder)
            edits.begin(name, ADRToolsRecord(filled(template, number: digits, title: title)))
            for reference in superseded {
                let target = try record(reference, in: folder, known)
                try edits.link(target, "Superceded by", name)
                try edits.remove(status: "Accepted", from: target)
                try edits.link(name, "Supercedes", target)
            }
            for link in links {
                let target = try record(link.target, in: folder, known)
                try edits.link(name, link.label, target)
                try edits.link(target, link.reverse, name)
            }
            let path = absolute(folder + "/" + name)
            guard try FileSystem.create(path, try edits.record(name).bytes) else { throw Failure("\(folder)/\(name) stands there already") }
            do {
                try edits.write()
            } catch {
                FileSystem.remove(path)
                throw error
            }
            return (name, edits.complaints)
        }
        let shown = folder + "/" + name
        if isEdited { try edit(shown, complaints) }
        return Answer(output: Array((shown + "\n").utf8), errors: complaints)
    }

    /// Runs the person's editor on the record; where it fails, so does the command, and the record stays.
    private func edit(_ path: String, _ complaints: String) throws {
        let words = (surroundings.variable("VISUAL") ?? surroundings.variable("EDITOR") ?? "").split { " \t\n".contains($0) }.map(String.init)
        guard !words.isEmpty else { return }
        let ended = ChildProgram(words + [path], surroundings.environment).run()
        if ended.status != 0 { throw Stop(errors: complaints + (ended.complaint.map { "adr-new: \($0)\n" } ?? ""), status: ended.status) }
    }

    /// The template with the first of each word in a line filled in, in this order; what was filled in is never looked
    /// through again.
    private func filled(_ template: [UInt8], number: String, title: String) -> [UInt8] {
        let date = surroundings.variable("ADR_DATE") ?? Clock.localToday.description
        let words = [("NUMBER", number), ("TITLE", title), ("DATE", date), ("STATUS", "Accepted")].map { (Array($0.0.utf8), Array($0.1.utf8)) }
        var out: [UInt8] = []
        for line in template.split(separator: 0x0A, omittingEmptySubsequences: false) {
            var places: [(range: Range<Int>, value: [UInt8])] = []
            let text = Array(line)
            for (word, value) in words {
                guard let start = ByteSearch.firstIndex(of: word, in: text) else { continue }
                places.append((start..<(start + word.count), value))
            }
            var end = 0
            for (range, value) in places.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
                out += text[end..<range.lowerBound] + value
                end = range.upperBound
            }
            out += text[end...] + [0x0A]
        }
        out.removeLast()
        return out
    }

    /// The title in a file's name: ASCII letters and digits in lower case, one hyphen for whatever else stands between them.
    static func slug(_ title: String) -> String {
        title.utf8.split { byte in !(ADRToolsRecord.isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) && byte < 0x80) }
            .map { String(decoding: $0, as: UTF8.self).lowercased() }.joined(separator: "-")
    }
}
