import InvarCore
import InvarRules
import InvarStore

/// Loads what the revision engine reads. What is dated after the sprint is left out by the engine, not here.
struct RevisionInputLoader {
    let workspace: Workspace
    let synced: SyncedStore
    let sprint: Sprint

    /// Bytes of one note that may be quoted.
    private static let longestNote = 1 << 20

    /// Sprints that are looked back on; no team has had more, and a calendar can be set up to have a million.
    private static let longestHistory = 1_000

    func input() throws -> RevisionInput {
        let store = synced.store
        let notes = try notes()
        let calendar = workspace.configuration.sprints
        let earliest = notes.compactMap(\.note.date).min() ?? sprint.start
        let history = try workspace.revisionHistory()
        // Revisions may be older than the first note that is left.
        let since = min(earliest, history.revisions.map(\.on).min() ?? earliest)
        let earlier = Array(calendar.sprints(before: sprint, since: since).suffix(RevisionInputLoader.longestHistory))
        var input = RevisionInput(sprint: sprint, earlier: earlier, language: try workspace.language(store))
        input.invariants = try store.invariants()
        input.decisions = try store.decisions()
        input.exceptions = try store.exceptions(today: sprint.end)
        input.notes = notes
        input.revisions = history.revisions
        input.decided = history.decided
        input.files = try files(input)
        input.glossary = try workspace.glossary()
        input.rules = RuleCatalogue(conventions: workspace.configuration.checking.conventions).rules.map { rule in
            RevisionInput.RuleWords(id: rule.id, invariant: rule.invariant, text: "\(rule.title.en) \(rule.title.ja) \(rule.why.en) \(rule.why.ja)")
        }
        return input
    }

    private func notes() throws -> [RevisionNote] {
        let items = try synced.store.notes(sprints: .none)
        let texts = try synced.store.noteTexts()
        guard items.count == texts.count else { throw Failure("the index changed while it was read", hint: "run the command again") }
        let window = (RevisionInputLoader.windowStart(workspace.configuration.sprints, sprint))...sprint.end
        var sources: [String: LineText] = [:]
        return zip(items, texts).map { item, text in
            let day = item.note.date
            // Only notes that may be quoted are read again; of older ones the folded text is enough.
            let isQuoted = day.map { window.contains($0) } ?? false
            if isQuoted, sources[item.path] == nil { sources[item.path] = LineText(workspace, item.path) }
            return RevisionNote(
                path: item.path, note: item.note, folded: NoteBody.cut(text.text),
                text: isQuoted ? sources[item.path]?.text(text.lines).map { NoteBody.cut($0) } : nil)
        }
    }

    /// The first day of the three sprints before.
    private static func windowStart(_ calendar: SprintCalendar, _ sprint: Sprint) -> Day {
        let span = sprint.end.ordinal - sprint.start.ordinal + 1
        let before = calendar.sprints(before: sprint, since: sprint.start + -(4 * max(span, 92)))
        return before.suffix(3).map(\.start).min() ?? sprint.start
    }

    /// All files but the knowledge base; nil where no invariant and no exception is about any.
    private func files(_ input: RevisionInput) throws -> [String]? {
        guard input.invariants.contains(where: { !$0.invariant.paths.isEmpty }) || input.exceptions.contains(where: { $0.state == .active }) else { return nil }
        let files = RepositoryFiles(root: workspace.root, configuration: workspace.configuration)
        let knowledge = Set((0..<synced.files.count).map { synced.files[$0].path })
        let proposals = workspace.configuration.proposals + "/"
        return try files.files(of: files.listing()).map(\.path).filter { !knowledge.contains($0) && !$0.hasPrefix(proposals) }
    }

    /// A file's text by lines.
    private struct LineText {
        private let bytes: [UInt8]
        private let lines: LineTable

        init?(_ workspace: Workspace, _ path: String) {
            guard let bytes = try? FileSystem.read(workspace.root + "/" + path, limit: longestNote) else { return nil }
            if let encoding = workspace.configuration.encodings.first(where: { $0.glob.matches(path) }) {
                guard let text = try? Transcoding.utf8(bytes, from: encoding.name) else { return nil }
                self.bytes = text
            } else {
                self.bytes = bytes
            }
            lines = LineTable(self.bytes)
        }

        func text(_ range: ClosedRange<Int>) -> String? {
            guard range.upperBound <= lines.count else { return nil }
            return String(decoding: bytes[lines.range(ofLine: range.lowerBound).lowerBound..<lines.range(ofLine: range.upperBound).upperBound], as: UTF8.self)
        }
    }
}

/// A note's words without its front matter.
enum NoteBody {
    /// The text after a front matter that is closed; else all of it.
    static func cut(_ text: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            var lines = bytes.split(separator: 0x0A, maxSplits: 200, omittingEmptySubsequences: false)[...]
            guard let first = lines.popFirst(), isFence(first.starts(with: [0xEF, 0xBB, 0xBF]) ? first.dropFirst(3) : first) else {
                return String(decoding: bytes, as: UTF8.self)
            }
            for line in lines where isFence(line) || isEnd(line) { return String(decoding: bytes[line.endIndex...], as: UTF8.self) }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func isFence(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool { bare(line).elementsEqual([0x2D, 0x2D, 0x2D]) }

    private static func isEnd(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool { bare(line).elementsEqual([0x2E, 0x2E, 0x2E]) }

    private static func bare(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
        var line = line
        while let last = line.last, [0x0D, 0x20, 0x09].contains(last) { line.removeLast() }
        return line
    }
}
