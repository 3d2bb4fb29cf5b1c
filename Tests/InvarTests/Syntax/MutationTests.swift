import Foundation
import InvarCore
import InvarSyntax
import Testing

/// Whatever is done to a file, readers answer, and what they point at lies inside the file.
@Suite struct MutationTests {
    private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Markdown file of the repository: fixtures, transcripts, examples, templates and its own knowledge base.
    static let files: [String] = {
        let folders = ["Tests", "Examples", "Templates", "ADRs", "Invariants", "RawNotes"]
        return folders.flatMap { folder in
            let names = FileManager.default.subpaths(atPath: repository.appendingPathComponent(folder).path) ?? []
            return names.filter { $0.hasSuffix(".md") }.map { folder + "/" + $0 }
        }.sorted()
    }()

    @Test func thereAreFilesToDamage() {
        #expect(MutationTests.files.count > 40)
    }

    @Test(arguments: files)
    func damagedFilesAreReadWithoutACrash(path: String) throws {
        let bytes = Array(try Data(contentsOf: MutationTests.repository.appendingPathComponent(path)).prefix(12_000))
        let reader = KnowledgeReader(vocabulary: StatusVocabulary())
        for number in 0..<24 {
            var generator = SeededGenerator(path, number)
            let damaged = number == 0 ? bytes : Mutation.apply(bytes, &generator)
            let role = Document.Role.allCases[number % Document.Role.allCases.count]
            let document = reader.read(damaged, path: "ADRs/0007-x.md", role: role)
            let problem = Places(damaged).problem(document)
            #expect(problem == nil, "seed \(number), \(role)")
        }
    }
}

/// The places of a file, to tell whether a document's positions are among them.
private struct Places {
    private let bytes: [UInt8]
    private let table: LineTable

    init(_ bytes: [UInt8]) {
        self.bytes = Array(String(decoding: bytes, as: UTF8.self).utf8)
        table = LineTable(self.bytes)
    }

    /// The first position that lies outside; nil when there is none.
    func problem(_ document: Document) -> String? {
        for finding in document.findings { if let problem = problem(finding.place.position, finding.rule + ": " + finding.message) { return problem } }
        for link in document.links { if let problem = problem(link.position, "link to \(link.target)") { return problem } }
        for entry in document.entries {
            if entry.firstLine < 1 || entry.endLine < entry.firstLine || entry.endLine > table.count { return "lines of \(entry.id)" }
            if entry.span.lowerBound < 0 || entry.span.upperBound > bytes.count { return "span of \(entry.id)" }
            for link in entry.links { if let problem = problem(link.position, "link of \(entry.id) to \(link.target)") { return problem } }
            for (position, what) in positions(entry) { if let problem = problem(position, what) { return problem } }
        }
        return nil
    }

    private func positions(_ entry: Entry) -> [(Position, String)] {
        switch entry.content {
        case .invariant(let invariant):
            return [(invariant.position, invariant.id)] + invariant.clauses.map { (Position(line: $0.line), $0.id) }
                + invariant.checks.map { (Position(line: $0.line), $0.id) }
        case .decision(let decision):
            return [(decision.position, decision.id), (Position(line: decision.statusLine ?? 1), "status of \(decision.id)")]
                + decision.exceptions.map { ($0.position, "exception of \($0.invariant)") }
        case .note(let note): return [(note.position, note.id)]
        }
    }

    private func problem(_ position: Position, _ what: String) -> String? {
        guard position.line >= 1, position.line <= table.count else { return "\(what): line \(position.line) of \(table.count)" }
        let scalars = String(decoding: bytes[table.range(ofLine: position.line)], as: UTF8.self).unicodeScalars.count
        return position.column >= 1 && position.column <= scalars + 1 ? nil : "\(what): column \(position.column) of \(scalars) on line \(position.line)"
    }
}
