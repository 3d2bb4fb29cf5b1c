import InvarCore

/// What an edit of a file of invariants takes away that no proposal may take.
package enum RevisionLoss {
    /// In words that go on after "the diff"; nil when nothing is lost.
    ///
    /// - Parameter about: the invariants that may change; new ones may come.
    package static func found(_ path: String, _ before: [UInt8], _ after: [UInt8], about: Set<String>) -> String? {
        guard RevisionFiles.isReadable(after) else { return "would make \(path) unreadable" }
        let old = RevisionProof.Reading(MarkdownFile(path: path, bytes: before))
        let new = RevisionProof.Reading(MarkdownFile(path: path, bytes: after))
        if new.problems.count > old.problems.count, let problem = new.problems.last { return "makes the file harder to read: \(problem)" }
        for invariant in old.invariants {
            guard let now = new.invariants.first(where: { $0.id == invariant.id }) else { return "would lose \(invariant.id)" }
            if now.clauses.count < invariant.clauses.count { return "would lose a clause of \(invariant.id)" }
            if !about.contains(invariant.id), InvariantChange.withoutPlaces(now) != InvariantChange.withoutPlaces(invariant) {
                return "would change \(invariant.id), too"
            }
        }
        return nil
    }
}
