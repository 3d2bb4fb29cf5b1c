import InvarCore

/// What one way of carrying out a proposal would do to files.
struct RevisionPlan {
    var revisions: [InvariantRevision]
    /// Files that are made, with the invariants that reading them must give.
    var made: [(edit: FileEdit, change: InvariantChange)] = []
    /// Edits of decisions, proven where they were made.
    var decisions: [FileEdit] = []
    /// New invariants among the revised files.
    var added: [(path: String, change: InvariantChange)] = []

    init(_ revisions: [InvariantRevision]) {
        self.revisions = revisions
    }

    /// The edits, files of invariants first in the order of their first revision; nil when reading them again does not give
    /// what was meant.
    func proven(_ files: RevisionFiles) -> [FileEdit]? {
        var edits: [FileEdit] = []
        var paths: [String] = []
        for revision in revisions where !paths.contains(revision.source.file.path) { paths.append(revision.source.file.path) }
        for path in paths {
            let own = revisions.filter { $0.source.file.path == path }
            guard let bytes = own.first?.source.file.bytes else { continue }
            let splices = own.flatMap(\.splices)
            guard RevisionPlan.areApart(splices) else { return nil }
            let edit = FileEdit(path: path, bytes, splices)
            guard RevisionProof.holds(files.reading(path), RevisionPlan.read(edit), own.map(\.change) + added.filter { $0.path == path }.map { $0.change })
            else { return nil }
            edits.append(edit)
        }
        for (edit, change) in made {
            guard RevisionProof.holds(files.reading(edit.path), RevisionPlan.read(edit), [change]) else { return nil }
            edits.append(edit)
        }
        return edits + decisions
    }

    private static func read(_ edit: FileEdit) -> RevisionProof.Reading { RevisionProof.Reading(MarkdownFile(path: edit.path, bytes: edit.after)) }

    private static func areApart(_ splices: [Splice]) -> Bool {
        let ordered = splices.sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
        return zip(ordered, ordered.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound }
    }
}
