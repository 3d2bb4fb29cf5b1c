extension ADRTools {
    /// `adr link SOURCE LINK TARGET REVERSE-LINK`: a line in the status section of both records.
    func link(_ arguments: [String]) throws -> Answer {
        let names = ["SOURCE", "LINK", "TARGET", "REVERSE-LINK"]
        for (index, name) in names.enumerated() where index >= arguments.count || arguments[index].isEmpty {
            throw Stop(errors: "adr-link: \(index + 1): \(name)\n")
        }
        let folder = try folder()
        let all = try records(in: folder)
        let source = try record(arguments[0], in: folder, all)
        let target = try record(arguments[2], in: folder, all)
        return try FileSystem.locking(absolute(folder)) {
            var edits = ADRToolsEdits(self, folder)
            try edits.link(source, arguments[1], target)
            try edits.link(target, arguments[3], source)
            try edits.write()
            return Answer(errors: edits.complaints)
        }
    }
}
