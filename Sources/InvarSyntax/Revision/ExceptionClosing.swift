import InvarCore

/// Ends exceptions in the front matter of their decision, on a day.
enum ExceptionClosing {
    /// nil when one of them stands elsewhere, or when anything else would read differently.
    ///
    /// - Parameter lines: where the exceptions begin.
    static func edit(_ path: String, _ bytes: [UInt8], _ lines: [Int], until day: Day, _ vocabulary: StatusVocabulary) -> FileEdit? {
        let file = FrontMatterEdit(bytes)
        guard file.frontMatter.problem == nil, let list = file.frontMatter.yaml?["exceptions"] else { return nil }
        var splices: [Splice] = []
        for line in Set(lines) {
            guard let item = list.items.first(where: { $0.position.line == line }),
                let found = MappingEdit.set("until", day.description, in: item, named: nil, file)
            else { return nil }
            splices += found
        }
        let edit = FileEdit(path: path, bytes, splices)
        var (before, after) = (exceptions(path, bytes, vocabulary), exceptions(path, edit.after, vocabulary))
        guard before.count == after.count else { return nil }
        for index in before.indices {
            if lines.contains(before[index].position.line) { before[index].until = day }
            before[index].position = Position(line: 1)
            after[index].position = Position(line: 1)
        }
        return before == after ? edit : nil
    }

    private static func exceptions(_ path: String, _ bytes: [UInt8], _ vocabulary: StatusVocabulary) -> [Exception] {
        KnowledgeReader(vocabulary: vocabulary).read(bytes, path: path, role: .decisions).entries.flatMap { entry -> [Exception] in
            if case .decision(let decision) = entry.content { decision.exceptions } else { [] }
        }
    }
}
