package import InvarCore
import InvarStore
import InvarSyntax

extension Workspace {
    /// Fills in what a note lacks; every other byte of the file stays.
    ///
    /// - Throws: ``Failure`` when the note says something else already: that is for a person to edit.
    package func setNote(_ name: String, _ fields: NoteDraft) throws -> (report: ChangeReport, language: Language) {
        try withStore { synced in
            let store = synced.store
            let found = try entry(name, store)
            guard found.kind == .note, let item = try store.notes(sprints: configuration.sprints, entries: [found.row]).first else {
                throw Failure("\(name) is \(found.kind.phrase), not a note")
            }
            var fields = fields
            fields.invariants = try fields.invariants.map { name in
                let found = try resolvedInvariant(name, store)
                return Identifier(name)?.part ?? found.id
            }
            fields.decisions = try fields.decisions.map { try resolvedDecision($0, store).id }
            let missing = try Workspace.missing(in: item.note, fields, at: Place(path: item.path, position: item.note.position))
            guard !missing.isEmpty else { return (ChangeReport(changes: [.init(.unchanged, item.path)], entry: item.json), try language(store)) }
            let isOneOfSeveral = try found.lines.lowerBound > 1 || store.entries(inFile: item.path).count > 1
            let edited = try edit(item, missing, fields, headingLine: isOneOfSeveral ? found.line : nil)
            return (ChangeReport(changes: [.init(.edited, item.path)], entry: edited.json), try language(store))
        }
    }

    /// Writes the fields, but only when the file then reads as the same note with them.
    private func edit(_ item: NoteItem, _ missing: [NoteEdit.Field], _ fields: NoteDraft, headingLine: Int?) throws(Failure) -> NoteItem {
        let place = Place(path: item.path, position: item.note.position)
        if let encoding = configuration.encodings.first(where: { $0.glob.matches(item.path) }) {
            throw Failure("is written in \(encoding.name)", at: place, hint: "edit the note yourself; nothing was written")
        }
        let file = root + "/" + item.path
        let bytes = try FileSystem.read(file)
        let edit = NoteEdit(bytes, path: item.path)
        let edited = if let headingLine { edit.adding(missing, underHeading: headingLine) } else { try edit.adding(missing) }
        let written = missing.map(\.key)
        guard let before = Workspace.note(item.note.id, in: bytes, item.path), let after = Workspace.note(item.note.id, in: edited, item.path) else {
            throw Workspace.unsafe(place)
        }
        var wanted = fields.filling(before.note, written)
        if headingLine != nil, written.contains("invariants") {
            // Below a heading the words name the invariants; they are links then.
            wanted.invariants = before.note.invariants
            let named = Set(after.links.filter { $0.kind == .violates }.map(\.key))
            guard fields.invariants.allSatisfy({ named.contains(EntryName.key(id: $0)) }) else { throw Workspace.unsafe(place) }
        }
        wanted.position = after.note.position
        guard after.note == wanted else { throw Workspace.unsafe(place) }
        try FileSystem.replace(file, expected: bytes, with: edited)
        var told = after.note
        if told.invariants.isEmpty { told.invariants = fields.invariants.isEmpty ? item.note.invariants : fields.invariants }
        return NoteItem(path: item.path, note: told, sprint: item.sprint)
    }

    private static func unsafe(_ place: Place) -> Failure {
        Failure("the note cannot be edited safely", at: place, hint: "edit it yourself; nothing was written")
    }

    /// The note of an id as its file says it, with the links of its text.
    private static func note(_ id: String, in bytes: [UInt8], _ path: String) -> (note: Note, links: [Link])? {
        for entry in KnowledgeReader(vocabulary: StatusVocabulary()).read(bytes, path: path, role: .notes).entries {
            if case .note(let note) = entry.content, note.id == id { return (note, entry.links) }
        }
        return nil
    }

    /// The lines to add, in the order of the format.
    private static func missing(in note: Note, _ fields: NoteDraft, at place: Place) throws(Failure) -> [NoteEdit.Field] {
        var lines: [NoteEdit.Field] = []
        func add(_ key: String, _ known: [String], _ wanted: [String], _ value: String, _ words: String) throws(Failure) {
            guard !wanted.isEmpty, known != wanted else { return }
            guard known.isEmpty else {
                let said = known.joined(separator: ", ")
                throw Failure("\(note.id) says \(key): \(said) already", at: place, hint: "edit the note if that is wrong")
            }
            lines.append(NoteEdit.Field(key: key, value: value, words: words))
        }
        func word(_ key: String, _ known: String?, _ wanted: String?) throws(Failure) {
            try add(key, known.map { [$0] } ?? [], wanted.map { [$0] } ?? [], wanted.map(YAMLText.scalar) ?? "", wanted ?? "")
        }
        func list(_ key: String, _ known: [String], _ wanted: [String], mark: String = "") throws(Failure) {
            try add(key, known, wanted, YAMLText.list(wanted), wanted.map { mark + $0 + mark }.joined(separator: ", "))
        }
        try word("kind", note.kind == .observation ? nil : note.kind.rawValue, fields.kind?.rawValue)
        try list("invariants", note.invariants, fields.invariants)
        try word("cause", note.cause?.rawValue, fields.cause?.rawValue)
        try word("severity", note.severity?.rawValue, fields.severity?.rawValue)
        try list("paths", note.paths, fields.paths, mark: "`")
        try word("incident", note.incident, fields.incident)
        try list("decisions", note.decisions, fields.decisions)
        try word("author", note.author, fields.author)
        return lines
    }
}

extension NoteDraft {
    /// A note with those of the fields here that are written.
    fileprivate func filling(_ note: Note, _ keys: [String]) -> Note {
        var note = note
        if keys.contains("kind"), let kind { note.kind = kind }
        if keys.contains("invariants") { note.invariants = invariants }
        if keys.contains("cause") { note.cause = cause }
        if keys.contains("severity") { note.severity = severity }
        if keys.contains("paths") { note.paths = paths }
        if keys.contains("incident") { note.incident = incident }
        if keys.contains("decisions") { note.decisions = decisions }
        if keys.contains("author") { note.author = author }
        return note
    }
}
