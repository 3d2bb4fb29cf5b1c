package import InvarCore
import InvarStore
import InvarSyntax

extension Workspace {
    /// Logs a note as one new file in the notes folder.
    ///
    /// With an id of its own the same note makes one file however often it is logged; other content under a taken id is
    /// refused. Without one the id is `N-<date>-<slug>`, with `-2` and so on where that is taken.
    ///
    /// - Parameter like: a note whose fields fill those that the draft lacks.
    /// - Throws: ``Failure`` for an unknown invariant or decision, with the nearest id.
    package func note(_ draft: NoteDraft, like: String? = nil) throws -> (report: ChangeReport, language: Language) {
        guard !draft.text.trimmingBlanks.isEmpty else { throw Failure("a note needs a text", hint: "invar note \"what happened\" --violates INV-…") }
        return try withNoteStore { store in
            var draft = draft
            if let like { try fill(&draft, like: like, store) }
            if let store { try check(&draft, store) }
            if draft.kind == nil { draft.kind = draft.invariants.isEmpty ? .observation : .violated }
            let spoken = try store.map { try language($0) } ?? configuration.language ?? .english
            let date = draft.date ?? today
            let folder = knowledgeFolders.folder(for: .notes)
            try FileSystem.makeFolder(root + "/" + folder)
            let written = try draft.id.map { try write(draft, id: $0, date, folder, store) } ?? write(draft, date, folder, store)
            return (ChangeReport(changes: [written.change], entry: entry(draft, written.id, date, written.change.path)), spoken)
        }
    }

    /// A knowledge base may begin with a note: without any folder there is no index to ask.
    private func withNoteStore<T>(_ body: (Store?) throws -> T) throws -> T {
        if knowledgeFolders.isEmpty { return try body(nil) }
        return try withStore { try body($0.store) }
    }

    private func fill(_ draft: inout NoteDraft, like name: String, _ store: Store?) throws {
        guard let store else { throw Failure("there is no note \(name)") }
        let found = try entry(name, store)
        guard let other = try store.notes(sprints: configuration.sprints, entries: [found.row]).first?.note else { throw Failure("\(name) is no note") }
        draft.kind = draft.kind ?? other.kind
        if draft.invariants.isEmpty { draft.invariants = other.invariants }
        draft.cause = draft.cause ?? other.cause
        draft.severity = draft.severity ?? other.severity
        if draft.paths.isEmpty { draft.paths = other.paths }
        draft.incident = draft.incident ?? other.incident
        if draft.decisions.isEmpty { draft.decisions = other.decisions }
    }

    private func check(_ draft: inout NoteDraft, _ store: Store) throws {
        for (index, name) in draft.invariants.enumerated() {
            let found = try resolvedInvariant(name, store)
            draft.invariants[index] = Identifier(name)?.part ?? found.id
        }
        for (index, name) in draft.decisions.enumerated() { draft.decisions[index] = try resolvedDecision(name, store).id }
    }

    private func write(_ draft: NoteDraft, _ date: Day, _ folder: String, _ store: Store?) throws -> (id: String, change: ChangeReport.Change) {
        let slug = NoteSlug.make(draft.title)
        let (year, month, day) = date.civil
        for number in 1...9999 {
            let suffix = (slug.isEmpty ? "" : "-" + slug) + (number == 1 ? "" : "-\(number)")
            let id = "N-\(year * 10_000 + month * 100 + day)" + suffix
            if let store, try !store.entries(named: EntryName.key(id: id)).isEmpty { continue }
            let path = folder + "/\(date)" + suffix + ".md"
            if try FileSystem.create(root + "/" + path, draft.file(id: id, date: date)) { return (id, ChangeReport.Change(.created, path)) }
        }
        throw Failure("there are thousands of notes of this name today", hint: "say what is different about this one")
    }

    private func write(
        _ draft: NoteDraft, id: String, _ date: Day, _ folder: String, _ store: Store?
    ) throws -> (id: String, change: ChangeReport.Change) {
        guard !id.isEmpty, id.utf8.count <= 120, !id.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw Failure("an id is one line of at most 120 bytes")
        }
        if let found = try store?.entries(named: EntryName.key(id: id)).first { return (id, try same(draft, id, date, found.path)) }
        // The name follows from the id alone, so that two processes that log it at once meet at one file.
        let slug = NoteSlug.make(id)
        let name = slug.isEmpty || slug != id.lowercased() ? slug + "-" + String(UInt32(truncatingIfNeeded: ContentHash.of(Array(id.utf8))), radix: 16) : slug
        let path = folder + "/" + name + ".md"
        if try FileSystem.create(root + "/" + path, draft.file(id: id, date: date)) { return (id, ChangeReport.Change(.created, path)) }
        return (id, try same(draft, id, date, path))
    }

    /// The date is not compared unless it was given: a job that is run again after midnight still logs the same note.
    private func same(_ draft: NoteDraft, _ id: String, _ date: Day, _ path: String) throws -> ChangeReport.Change {
        let bytes = try FileSystem.read(root + "/" + path)
        let reader = KnowledgeReader(vocabulary: StatusVocabulary())
        let entries = reader.read(bytes, path: path, role: .notes).entries
        var stored: Day?
        if case .note(let note)? = entries.first?.content, draft.date == nil { stored = note.date }
        guard bytes == draft.file(id: id, date: stored ?? date) else {
            throw Failure("\(id) stands already with other content", at: Place(path: path), hint: "use another --id, or edit that note")
        }
        return ChangeReport.Change(.unchanged, path)
    }

    private func entry(_ draft: NoteDraft, _ id: String, _ date: Day, _ path: String) -> JSON {
        var note = Note(id: id, kind: draft.kind ?? .observation, title: draft.title, position: Position(line: 1))
        note.date = date
        note.invariants = draft.invariants
        note.cause = draft.cause
        note.severity = draft.severity
        note.paths = draft.paths
        note.incident = draft.incident
        note.decisions = draft.decisions
        note.author = draft.author
        return NoteItem(path: path, note: note, sprint: configuration.sprints.sprint(on: date)?.name).json
    }
}
