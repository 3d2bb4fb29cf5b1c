import InvarCore
import InvarStore
import InvarSyntax

/// The file of a decision whose exceptions are edited: read once, changed in memory, and written only when it then reads
/// as the same records with exactly the wanted exceptions.
struct ExceptionFile {
    let path: String
    private let file: String
    private let original: [UInt8]
    private(set) var bytes: [UInt8]
    private let reader: KnowledgeReader
    private let found: FoundEntry

    /// - Throws: ``Failure`` for a file in another encoding, and for front matter that cannot be read.
    init(_ found: FoundEntry, _ workspace: Workspace) throws(Failure) {
        self.found = found
        path = found.path
        if let encoding = workspace.configuration.encodings.first(where: { $0.glob.matches(found.path) }) {
            throw Failure("is written in \(encoding.name)", at: Place(path: found.path), hint: "write the exception yourself; nothing was written")
        }
        file = workspace.root + "/" + found.path
        original = try FileSystem.read(file, limit: KnowledgeReader.maximumBytes)
        bytes = original
        reader = KnowledgeReader(vocabulary: StatusVocabulary(adding: workspace.configuration.statusWords))
        guard let decision = ExceptionFile.decision(found, in: bytes, reader), String(validating: bytes, as: UTF8.self) != nil else {
            throw Failure("does not hold \(found.id) any more, or is not UTF-8", at: Place(path: path), hint: "nothing was written; run the command again")
        }
        current = decision
        if FrontMatterExceptionEdit(bytes).isBroken {
            throw Failure("the front matter cannot be read", at: Place(path: path), hint: "mend it first; nothing was written")
        }
    }

    /// The decision as the bytes have it now, and its lines.
    private(set) var current: (decision: Decision, lines: ClosedRange<Int>)

    var isChanged: Bool { bytes != original }

    func write() throws(Failure) {
        try FileSystem.replace([FileSystem.Replacement(path: file, expected: original, bytes: bytes)])
    }

    // MARK: Edits

    mutating func add(_ exception: Exception, title: String) throws(Failure) {
        let yaml = FrontMatterExceptionEdit(bytes)
        let markdown = MarkdownFile(path: path, bytes: bytes)
        let body = BodyExceptionEdit(markdown, lines: current.lines)
        let isFirst = current.lines.lowerBound <= 2
        let usesBody = (body.hasExceptions && !(isFirst && yaml.hasExceptions)) || (body.hasEmptySection && !(isFirst && yaml.hasKey))
        guard usesBody || isFirst else {
            throw Failure(
                "\(found.id) is one of several records of its file", at: Place(path: path, position: current.decision.position),
                hint: "give it a heading `Exceptions`, and run the command again; nothing was written")
        }
        var wanted = exception
        if usesBody {
            wanted.reason = wanted.reason.map(ExceptionFile.line)
            wanted.retry = wanted.retry.map(ExceptionFile.line)
        }
        let choices = usesBody ? body.adding(wanted, title: title) : yaml.adding(wanted)
        var after = current.decision
        after.exceptions.append(wanted)
        try apply(choices, wanted: after)
    }

    mutating func renew(_ index: Int, until: Day, _ renewal: Exception.Renewal) throws(Failure) {
        let exception = current.decision.exceptions[index]
        var after = current.decision
        after.exceptions[index].until = until
        after.exceptions[index].renewals.append(renewal)
        let body = BodyExceptionEdit(MarkdownFile(path: path, bytes: bytes), lines: current.lines)
        let inFrontMatter = FrontMatterExceptionEdit(bytes).renewing(at: exception.position, until: until, renewal)
        try apply(inFrontMatter.choices.isEmpty ? body.renewing(at: exception.position, until: until, renewal) : inFrontMatter, wanted: after)
    }

    mutating func confirm(_ index: Int, seen: String) throws(Failure) {
        let exception = current.decision.exceptions[index]
        var after = current.decision
        after.exceptions[index].seen = seen
        let body = BodyExceptionEdit(MarkdownFile(path: path, bytes: bytes), lines: current.lines)
        let inFrontMatter = FrontMatterExceptionEdit(bytes).confirming(at: exception.position, seen: seen)
        try apply(inFrontMatter.choices.isEmpty ? body.confirming(at: exception.position, seen: seen) : inFrontMatter, wanted: after)
    }

    /// Takes the first choice after which the file reads as wanted.
    private mutating func apply(_ choices: EditChoices, wanted: Decision) throws(Failure) {
        for splices in choices.choices {
            let edited = bytes.splicing(splices)
            guard edited.count <= KnowledgeReader.maximumBytes, reads(edited, as: wanted), let decision = ExceptionFile.decision(found, in: edited, reader)
            else { continue }
            bytes = edited
            current = decision
            return
        }
        throw Failure(
            "the exceptions here cannot be edited safely",
            at: Place(path: path, position: current.decision.exceptions.last?.position ?? current.decision.position),
            hint: "write it yourself, as the lines there are written; nothing was written")
    }

    /// Whether the bytes hold the wanted decision and otherwise the records and the complaints of before.
    private func reads(_ edited: [UInt8], as wanted: Decision) -> Bool {
        let before = reader.read(bytes, path: path, role: .decisions)
        let after = reader.read(edited, path: path, role: .decisions)
        guard before.entries.count == after.entries.count, before.findings.map(\.message) == after.findings.map(\.message) else { return false }
        for (old, new) in zip(before.entries, after.entries) {
            guard case .decision(let old) = old.content, case .decision(let new) = new.content else { return false }
            let expected = old.id == wanted.id && old.position == current.decision.position ? wanted : old
            guard ExceptionFile.placeless(expected) == ExceptionFile.placeless(new) else { return false }
        }
        return true
    }

    /// Without places, and with the exceptions in an order of their own: a new one may stand before those of the text.
    private static func placeless(_ decision: Decision) -> Decision {
        var decision = decision
        decision.position = Position(line: 1)
        decision.statusLine = nil
        for index in decision.exceptions.indices { decision.exceptions[index].position = Position(line: 1) }
        decision.exceptions.sort { key($0) < key($1) }
        return decision
    }

    private static func key(_ exception: Exception) -> String {
        let parts = [
            exception.clause ?? exception.invariant, exception.reason ?? "", exception.retry ?? "", exception.until?.description ?? "", exception.seen ?? "",
        ]
        return (parts + exception.paths + exception.operations).joined(separator: "\u{0}")
    }

    private static func decision(_ wanted: FoundEntry, in bytes: [UInt8], _ reader: KnowledgeReader) -> (decision: Decision, lines: ClosedRange<Int>)? {
        var found: [(decision: Decision, lines: ClosedRange<Int>)] = []
        for entry in reader.read(bytes, path: wanted.path, role: .decisions).entries {
            guard case .decision(let decision) = entry.content, decision.id == wanted.id else { continue }
            found.append((decision, entry.firstLine...max(entry.firstLine, entry.endLine)))
        }
        // Two records of one number in one file are told apart by their lines while nothing is edited.
        return found.count > 1 ? found.first { $0.decision.position.line == wanted.line } : found.first
    }

    /// One line, as a labelled item of Markdown holds it.
    static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { String($0).trimmingBlanks }.joined(separator: " ")
    }
}
