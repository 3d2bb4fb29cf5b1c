import InvarCore

/// The files that a revision may touch, each read once.
package struct RevisionFiles: Sendable {
    /// Files of invariants by the ids in them.
    private let paths: [String: String]
    private let files: [String: MarkdownFile]
    private let entries: [String: [Entry]]
    private let readings: [String: RevisionProof.Reading]
    /// Where a new file of invariants belongs.
    package let folder: String
    /// Files of decisions as they are, by path.
    let decisions: [String: [UInt8]]
    let vocabulary: StatusVocabulary

    /// - Parameters:
    ///   - invariants: bytes of all files that hold invariants, by path; what is no UTF-8 is left out and not edited.
    ///   - decisions: bytes of the decisions whose exceptions may be closed.
    package init(invariants: [String: [UInt8]], decisions: [String: [UInt8]] = [:], folder: String, vocabulary: StatusVocabulary = StatusVocabulary()) {
        var paths: [String: String] = [:]
        var files: [String: MarkdownFile] = [:]
        var entries: [String: [Entry]] = [:]
        var readings: [String: RevisionProof.Reading] = [:]
        for (path, bytes) in invariants.sorted(by: { $0.key < $1.key }) where RevisionFiles.isReadable(bytes) {
            let file = MarkdownFile(path: path, bytes: bytes)
            files[path] = file
            let read = InvariantReader.read(file)
            entries[path] = read.entries
            readings[path] = RevisionProof.Reading(file, read)
            for entry in read.entries where paths[entry.id] == nil { paths[entry.id] = path }
        }
        self.paths = paths
        self.files = files
        self.entries = entries
        self.readings = readings
        self.folder = folder
        self.decisions = decisions.filter { RevisionFiles.isReadable($0.value) }
        self.vocabulary = vocabulary
    }

    /// Text that the readers take as it is.
    static func isReadable(_ bytes: [UInt8]) -> Bool {
        bytes.count <= KnowledgeReader.maximumBytes && !bytes.contains(0) && UTF8Check.firstInvalid(bytes) == nil
            && MarkdownLimits.lineBeyond(bytes) == nil && MarkdownLimits.lineTooLong(bytes) == nil
    }

    func source(_ id: String) -> InvariantSource? {
        guard let path = paths[id], let file = files[path] else { return nil }
        return InvariantSource(id, in: file, entries[path] ?? [])
    }

    func file(_ path: String) -> MarkdownFile? { files[path] }

    /// The last invariant of a file.
    func lastInvariant(in path: String) -> InvariantSource? {
        guard let file = files[path], let entries = entries[path] else { return nil }
        return entries.last.flatMap { InvariantSource($0.id, in: file, entries) }
    }

    /// What a file says before any edit; nothing of one that is made.
    func reading(_ path: String) -> RevisionProof.Reading { readings[path] ?? RevisionProof.Reading(MarkdownFile(path: path, bytes: [])) }

    /// All invariants of a file in their order.
    func invariants(in path: String) -> [Invariant] { reading(path).invariants }

    /// Whether a path is free.
    func isFree(_ path: String) -> Bool { files[path] == nil }
}
