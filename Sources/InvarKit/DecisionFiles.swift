import InvarCore
import InvarStore
import InvarSyntax

/// The files of decisions that a verb edits, with the style of the collection around them.
struct DecisionFiles {
    let workspace: Workspace
    let store: Store
    let vocabulary: StatusVocabulary

    init(_ workspace: Workspace, _ store: Store) {
        self.workspace = workspace
        self.store = store
        vocabulary = StatusVocabulary(adding: workspace.configuration.statusWords)
    }

    /// A file as it was read, and as it is to be.
    struct Edit {
        var path: String
        var before: [UInt8]
        var after: [UInt8]
    }

    /// The bytes of a file that can be edited.
    ///
    /// - Throws: ``Failure`` for one in another encoding than UTF-8.
    func read(_ path: String) throws(Failure) -> [UInt8] {
        if let encoding = workspace.configuration.encodings.first(where: { $0.glob.matches(path) }) {
            throw Failure("is written in \(encoding.name)", at: Place(path: path), hint: "edit it yourself; nothing was written")
        }
        return try FileSystem.read(workspace.root + "/" + path)
    }

    /// How the records of the same folder are written: those with the nearest names.
    func style(besides path: String) throws -> DecisionStyle {
        let folder = RelativePath.folder(path)
        // One directory per record: its neighbours stand beside the directory.
        let paths = try store.decisions().map(\.path)
        var beside = paths.filter { RelativePath.folder($0) == folder && $0 != path }
        for parent in [folder, RelativePath.folder(folder)] where beside.isEmpty && !parent.isEmpty {
            beside = paths.filter { RelativePath.folder(RelativePath.folder($0)) == parent && $0 != path }
        }
        let next = beside.firstIndex { $0 > path } ?? beside.count
        let first = max(0, min(next - DecisionStyle.enough / 2, beside.count - DecisionStyle.enough))
        let files = beside[first...].prefix(DecisionStyle.enough).compactMap { path -> (path: String, bytes: [UInt8])? in
            (try? read(path)).map { (path, $0) }
        }
        return DecisionStyle(files, vocabulary: vocabulary)
    }

    func edit(_ bytes: [UInt8], _ found: FoundEntry, _ style: DecisionStyle) throws(Failure) -> DecisionEdit {
        try DecisionEdit(bytes, path: found.path, id: found.id, line: found.line, style: style, vocabulary: vocabulary, today: workspace.today)
    }

    /// Writes all of the edits or none.
    func write(_ edits: [Edit]) throws(Failure) {
        try FileSystem.replace(
            edits.filter { $0.before != $0.after }.map { FileSystem.Replacement(path: workspace.root + "/" + $0.path, expected: $0.before, bytes: $0.after) })
    }
}

extension FoundEntry {
    /// As other records name it.
    func target(_ decision: Decision) -> DecisionTarget {
        DecisionTarget(id: id, number: decision.number, title: decision.title, path: path)
    }
}

extension ChangeReport {
    init(_ edits: [DecisionFiles.Edit], _ entry: JSON) {
        self.init(changes: edits.map { Change($0.before == $0.after ? .unchanged : .edited, $0.path) }, entry: entry)
        details = edits.flatMap { edit in LineChange.all(from: edit.before, to: edit.after).map { Detail(path: edit.path, line: $0) } }
    }
}
