package import InvarCore
import InvarStore
import InvarSyntax

extension Workspace {
    /// The edits of proposals against the documents as they are.
    ///
    /// - Returns: diffs by the proposal's key; none where the text cannot be edited safely, as in another encoding.
    package func diffs(_ proposals: [Proposal], in sprint: Sprint) throws -> [String: String] {
        guard !proposals.isEmpty else { return [:] }
        return try withStore { synced in
            let exceptions = try synced.store.exceptions(today: sprint.end)
            var invariants: [String: [UInt8]] = [:]
            for item in try synced.store.invariants() where invariants[item.path] == nil { invariants[item.path] = editable(item.path) }
            var decisions: [String: [UInt8]] = [:]
            for reference in proposals.flatMap(\.material.exceptions) where decisions[reference.place.path] == nil {
                decisions[reference.place.path] = editable(reference.place.path)
            }
            let files = RevisionFiles(
                invariants: invariants, decisions: decisions,
                folder: knowledgeFolders.folder(for: .invariants), vocabulary: StatusVocabulary(adding: configuration.statusWords))
            let editor = RevisionEditor(files: files, sprint: sprint, exceptions: exceptions)
            var diffs: [String: String] = [:]
            for proposal in proposals {
                let diff = editor.diff(proposal)
                if !diff.isEmpty { diffs[proposal.key] = diff }
            }
            return diffs
        }
    }

    /// The bytes of a document that may be edited as it is.
    private func editable(_ path: String) -> [UInt8]? {
        guard !configuration.encodings.contains(where: { $0.glob.matches(path) }) else { return nil }
        return try? FileSystem.read(root + "/" + path, limit: KnowledgeReader.maximumBytes)
    }
}
