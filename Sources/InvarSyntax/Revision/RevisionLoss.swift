package import InvarCore

/// What an edit of a file of invariants takes away that no proposal may take.
package enum RevisionLoss {
    /// In words that go on after "the diff"; nil when nothing is lost.
    ///
    /// - Parameter about: the invariants that may change; new ones may come.
    package static func found(_ path: String, _ before: [UInt8], _ after: [UInt8], about: Set<String>) -> String? {
        let (old, oldFindings) = RevisionProof.read(path, before)
        let (new, newFindings) = RevisionProof.read(path, after)
        if newFindings.count > oldFindings.count, let finding = newFindings.last { return "makes the file harder to read: \(finding.message)" }
        for invariant in old {
            guard let now = new.first(where: { $0.id == invariant.id }) else { return "would lose \(invariant.id)" }
            if now.clauses.count < invariant.clauses.count { return "would lose a clause of \(invariant.id)" }
            if !about.contains(invariant.id), InvariantChange.withoutPlaces(now) != InvariantChange.withoutPlaces(invariant) {
                return "would change \(invariant.id), too"
            }
        }
        return nil
    }
}
