package import InvarCore
import InvarStore
import InvarSyntax

extension Workspace {
    /// Notes that a person has read the invariant again and that the exceptions to it still stand.
    ///
    /// - Throws: ``Failure`` for an exception that the decision does not grant.
    package func confirm(_ choice: ExceptionChoice) throws -> (report: ExceptionChangeReport, language: Language) {
        try withDecisions { synced in
            let store = synced.store
            let (id, invariant) = try excepted(choice.invariant, store)
            let found = try resolvedDecision(choice.decision, store)
            let spoken = try language(store)
            let decision = try decisionItem(found, store)
            try confirmHolds(decision)
            var file = try ExceptionFile(found, self)
            let indices = try all(choice, id, in: file)
            let fingerprint = invariant.invariant.fingerprint
            var texts: ExceptionChangeReport.Texts?
            for index in indices {
                let seen = file.current.decision.exceptions[index].seen
                guard seen.map({ Folding.searchable($0) != fingerprint }) ?? true else { continue }
                if let seen, texts == nil { texts = try oldText(of: invariant, seen: seen) }
                try file.confirm(index, seen: fingerprint)
            }
            if file.isChanged { try file.write() }
            let items = indices.map { file.current.decision.exceptions[$0] }
            return (report(file.isChanged ? .edited : .unchanged, file, items, decision, invariant, [], texts), spoken)
        }
    }

    /// How far back an old text is looked for.
    private static let history = 300

    /// The invariant's title and clauses when it had a fingerprint, as git knows them, and now.
    private func oldText(of item: InvariantItem, seen: String) throws -> ExceptionChangeReport.Texts? {
        let git = Git(root: root)
        guard git.isWorkTree, let log = try git.line(["log", "--format=%H", "--max-count=\(Workspace.history)", "--", item.path]), !log.isEmpty else {
            return nil
        }
        let prefix = try git.line(["rev-parse", "--show-prefix"]) ?? ""
        guard !item.path.contains("\n") else { return nil }
        let names = log.split(separator: "\n").map { "\($0):\(prefix)\(item.path)" }
        let (bytes, ranges) = try BranchFiles(git: git).objects(names)
        let reader = KnowledgeReader(vocabulary: StatusVocabulary())
        let wanted = Folding.searchable(seen)
        for name in names {
            guard let range = ranges[name] else { continue }
            for entry in reader.read(Array(bytes[range]), path: item.path, role: .invariants).entries {
                guard case .invariant(let old) = entry.content, old.id == item.invariant.id, old.fingerprint == wanted else { continue }
                return ExceptionChangeReport.Texts(before: Workspace.lines(old), after: Workspace.lines(item.invariant))
            }
        }
        return nil
    }

    private static func lines(_ invariant: Invariant) -> [String] {
        [invariant.title] + invariant.clauses.map(\.text)
    }
}
