import InvarCore
import InvarStore
import InvarSyntax

/// The records of one collection as the work tree and every branch know them: a number that any of them uses is taken.
///
/// Without git the folder alone counts.
struct DecisionNumbers: Sendable {
    let workspace: Workspace
    /// The collection's folder, relative to the root; what lies in folders below counts, too.
    let folder: String

    struct Record: Hashable, Sendable {
        var path: String
        var name: RecordFileName
        /// nil in the work tree.
        var branch: String?
    }

    /// - Parameter here: the records of the work tree.
    func records(_ here: [NumberedDecision], paths: [String]) throws(Failure) -> [Record] {
        var found = paths.filter { Workspace.isWithin($0, folder) }.map { Record(path: $0, name: RecordFileName(path: $0), branch: nil) }
        // Several records in one file, and numbers that only a heading has.
        for decision in here where Workspace.isWithin(decision.place.path, folder) && RecordFileName(path: decision.place.path).number != decision.number {
            found.append(Record(path: decision.place.path, name: RecordFileName(headingNumber: decision.number), branch: nil))
        }
        let known = Set(found.map(\.path))
        let readsHeadings = found.contains { $0.name.spelling.isEmpty && $0.name.number != nil }
        return DecisionNumbers.inOneSeries(found + (try elsewhere(readsHeadings: readsHeadings).filter { !known.contains($0.path) }), folder)
    }

    private func elsewhere(readsHeadings: Bool) throws(Failure) -> [Record] {
        let git = Git(root: workspace.root)
        guard git.isWorkTree else { return [] }
        let branches = BranchFiles(git: git)
        let files = try branches.markdown(below: folder, in: try branches.commits())
        var records = files.map { Record(path: $0.path, name: RecordFileName(path: $0.path), branch: $0.branch) }
        let unnamed = readsHeadings ? zip(files, records).filter { $0.1.name.number == nil && $0.1.name.day == nil }.map(\.0) : []
        guard !unnamed.isEmpty else { return records }
        let contents = try branches.objects(unnamed.map(\.blob))
        let reader = KnowledgeReader(vocabulary: StatusVocabulary(adding: workspace.configuration.statusWords))
        for file in unnamed {
            guard let range = contents.ranges[file.blob] else { continue }
            for entry in reader.read(Array(contents.bytes[range]), path: file.path, role: .decisions).entries {
                guard case .decision(let decision) = entry.content, let number = decision.number else { continue }
                records.append(Record(path: file.path, name: RecordFileName(headingNumber: number), branch: file.branch))
            }
        }
        return records
    }

    /// Leaves out folders below that count by themselves: they use numbers again that the folder uses in the work tree.
    private static func inOneSeries(_ records: [Record], _ folder: String) -> [Record] {
        func home(_ record: Record) -> String {
            let own = RelativePath.folder(record.path)
            return record.name.isFolder ? RelativePath.folder(own) : own
        }
        let direct = Set(
            records.filter { $0.branch == nil && home($0) == folder }.compactMap { $0.name.number.map { EntryName.key(decision: $0) } })
        let apart = Set(
            records.filter { record in
                record.branch == nil && home(record) != folder && record.name.number.map { direct.contains(EntryName.key(decision: $0)) } ?? false
            }.map(home))
        return apart.isEmpty ? records : records.filter { !apart.contains(home($0)) }
    }
}

extension Workspace {
    /// How the next decision of a collection is numbered: after the highest number in the work tree, on the base branch and
    /// on every local and remote branch, in the collection's own manner or in the one that `numbering:` asks for.
    ///
    /// - Parameters:
    ///   - folder: the collection, relative to the root; nil is where new decisions belong.
    ///   - prefix: letters in front of the number (`MS` in `ADR-MS-0002`); nil takes those of most records.
    ///   - title: what a hash is made of.
    package func nextDecisionNumber(in folder: String? = nil, prefix: String? = nil, title: String) throws -> DecisionNumber {
        try withStoreOrNothing { synced in
            let records = try numberedRecords(in: folder ?? knowledgeFolders.folder(for: .decisions), synced)
            return NumberSeries(records.map(\.name), today: today).next(configuration.numbering, prefix: prefix, title: title)
        }
    }

    func numberedRecords(in folder: String, _ synced: SyncedStore) throws -> [DecisionNumbers.Record] {
        let paths = (0..<synced.files.count).filter { synced.files[$0].role == .decisions }.map { synced.files[$0].path }
        return try DecisionNumbers(workspace: self, folder: folder).records(try synced.store.numberedDecisions(), paths: paths)
    }
}
