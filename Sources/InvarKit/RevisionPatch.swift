import InvarCore
import InvarSyntax

/// The diff of a written proposal, tried on the documents as they are now.
struct RevisionPatch {
    let workspace: Workspace
    let item: ProposalItem
    /// The invariants that it is about; all others must stay.
    private let about: Set<String>

    init(workspace: Workspace, _ item: ProposalItem, _ section: ProposalsFile.Section?) {
        self.workspace = workspace
        self.item = item
        about = Set([item.decision.invariant] + (section?.partner.map { [$0] } ?? []))
    }

    struct Replacements {
        var edited: [FileSystem.Replacement] = []
        var made: [(path: String, bytes: [UInt8])] = []
        /// Relative to the root, in the order of the diff.
        var paths: [String] = []
    }

    /// What to write where.
    ///
    /// - Throws: ``Failure`` when the diff does not apply any more, leaves the knowledge base, or would change more than the
    ///   proposal is about.
    func replacements() throws(Failure) -> Replacements {
        let patch: UnifiedPatch
        do {
            patch = try UnifiedPatch(item.diff)
        } catch {
            throw stale("its diff cannot be read: \(error.message)")
        }
        var out = Replacements()
        for file in patch.files {
            try check(file.path)
            guard !out.paths.contains(file.path) else { throw stale("its diff names \(file.path) twice") }
            let absolute = workspace.root + "/" + file.path
            let before = file.oldPath == nil ? [] : try read(file.path, absolute)
            let after: [UInt8]
            do {
                after = try file.applied(to: before)
            } catch {
                throw stale("\(file.path) changed since: \(error.message)")
            }
            try prove(file.path, before, after)
            if file.oldPath == nil {
                guard FileSystem.kind(absolute, followingLinks: false) == nil else { throw stale("\(file.path) stands already") }
                out.made.append((absolute, after))
            } else {
                out.edited.append(FileSystem.Replacement(path: absolute, expected: before, bytes: after))
            }
            out.paths.append(file.path)
        }
        return out
    }

    private func read(_ path: String, _ absolute: String) throws(Failure) -> [UInt8] {
        guard FileSystem.kind(absolute) == .file, let real = FileSystem.realPath(absolute), real.hasPrefix(workspace.root + "/") else {
            throw stale("\(path) is gone")
        }
        return try FileSystem.read(absolute, limit: KnowledgeReader.maximumBytes)
    }

    /// Somebody may have edited the diff: it must stay within the knowledge base.
    private func check(_ path: String) throws(Failure) {
        let isInside = !path.hasPrefix("/") && !path.split(separator: "/").contains("..") && path.hasSuffix(".md")
        let role = workspace.knowledgeFolders.role(of: path)
        let parent = FileSystem.realPath(workspace.root + "/" + RelativePath.folder(path))
        guard isInside, role == .invariants || role == .decisions, parent.map({ $0 == workspace.root || $0.hasPrefix(workspace.root + "/") }) ?? true else {
            throw Failure("the diff of \(item.id) touches \(path)", at: item.place, hint: "it may only change invariants and decisions; nothing was written")
        }
    }

    /// What the edited file says of other invariants is what it said before, and no clause or invariant is lost.
    private func prove(_ path: String, _ before: [UInt8], _ after: [UInt8]) throws(Failure) {
        guard workspace.knowledgeFolders.role(of: path) == .invariants else { return }
        if let loss = RevisionLoss.found(path, before, after, about: about) {
            throw Failure("the diff of \(item.id) \(loss)", at: item.place, hint: "mend the diff, or edit by hand and say --by-hand; nothing was written")
        }
    }

    private func stale(_ message: String) -> Failure {
        Failure(
            "\(item.id) is stale: \(message)", at: item.place,
            hint: "edit the document yourself and record it with `invar proposal apply \(item.id) --by-hand`, or reject it; nothing was written")
    }
}
