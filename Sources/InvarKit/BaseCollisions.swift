import InvarCore
import InvarRules
import InvarSyntax

/// Decisions of ours whose number the base branch, or a branch that is not merged yet, has given to another one meanwhile:
/// git would merge both clean.
struct BaseCollisions: Sendable {
    let git: GitChange
    let folders: KnowledgeFolders
    let reader: KnowledgeReader

    /// - Parameters:
    ///   - base: the revision that the work tree is to be merged into.
    ///   - parted: the commit where the two parted.
    func matches(base: String, parted: String, ours: [DecisionItem], _ surroundings: KnowledgeSurroundings) throws(Failure) -> [Checker.RuleMatch] {
        let before = Set(try paths(in: parted))
        let new = ours.filter { !before.contains($0.path) && $0.decision.number != nil }
        guard !new.isEmpty else { return [] }
        let tip = try git.git.line(["rev-parse", base + "^{commit}"]) ?? parted
        let onBase = tip == parted ? before : Set(try paths(in: base))
        let clashes = tip == parted ? [] : try onBaseBranch(base, new, onBase.subtracting(before), surroundings, present: Set(ours.map(\.path)))
        let settled = Set(clashes.map(\.match.path))
        return clashes + (try onOtherBranches(new.filter { !settled.contains($0.path) }, tip: tip, onBase, surroundings, present: Set(ours.map(\.path))))
    }

    /// What names a record in its collection.
    private static func key(_ path: String, _ id: String) -> String {
        let own = RelativePath.folder(path)
        return (RecordFileName(path: path).isFolder ? RelativePath.folder(own) : own) + "\n" + EntryName.key(id: id)
    }

    private func onBaseBranch(
        _ base: String, _ new: [DecisionItem], _ candidates: Set<String>, _ surroundings: KnowledgeSurroundings, present: Set<String>
    ) throws(Failure) -> [Checker.RuleMatch] {
        let added = candidates.filter { !present.contains($0) && folders.role(of: $0) == .decisions }
        guard !added.isEmpty else { return [] }
        var theirs: [String: String] = [:]
        for (path, bytes) in try git.contents(of: added.sorted(), in: base).sorted(by: { $0.key > $1.key }) {
            for entry in reader.read(bytes, path: path, role: .decisions).entries { theirs[BaseCollisions.key(path, entry.id)] = path }
        }
        return new.compactMap { item in
            guard let path = theirs[BaseCollisions.key(item.path, item.decision.id)] else { return nil }
            var match = surroundings.match(
                at: Place(path: item.path, position: item.decision.position),
                Wording(
                    en: "\(base) has given \(item.decision.id) to \(path) meanwhile", ja: "\(base) では \(item.decision.id) がすでに \(path) に使われています"),
                hint: BaseCollisions.cure(item, "before merging", "マージする前に"))
            match.key = item.decision.id + " " + path
            match.causes = [item.path]
            return Checker.RuleMatch(rule: "knowledge/duplicate-number", match: match)
        }
    }

    private static func cure(_ item: DecisionItem, _ en: String, _ ja: String) -> Wording {
        Wording(
            en: "take the next free number \(en): `invar adr renumber \(item.path)`", ja: "\(ja)、`invar adr renumber \(item.path)` で空いている次の番号に付け替えてください")
    }

    /// Only a note, and one a record: whoever merges second has to renumber, and a branch may never be merged. What the own
    /// branch was pushed as, what the base branch has and what is the same record under another name is no collision.
    private func onOtherBranches(
        _ new: [DecisionItem], tip: String, _ onBase: Set<String>, _ surroundings: KnowledgeSurroundings, present: Set<String>
    ) throws(Failure) -> [Checker.RuleMatch] {
        guard !new.isEmpty else { return [] }
        let branches = BranchFiles(git: git.git)
        let own = try git.git.line(["rev-parse", "--abbrev-ref", "HEAD"]) ?? ""
        let upstream = try git.git.line(["rev-parse", "--abbrev-ref", "--symbolic-full-name", "@{upstream}"])
        let others = try branches.commits(notIn: "HEAD").filter { commit in
            commit.id != tip && commit.branch != upstream && (own == "HEAD" || (commit.branch != own && !commit.branch.hasSuffix("/" + own)))
        }
        let wanted = Set(new.map { BaseCollisions.key($0.path, $0.decision.id) })
        let files = try branches.markdown(below: folders.folder(for: .decisions), in: others).filter { file in
            guard !onBase.contains(file.path), !present.contains(file.path), let number = RecordFileName(path: file.path).number else { return false }
            return wanted.contains(BaseCollisions.key(file.path, "ADR-" + number))
        }
        let contents = try branches.objects(files.map(\.blob))
        var theirs: [String: [(file: BranchFiles.File, title: String)]] = [:]
        for file in files {
            guard let range = contents.ranges[file.blob] else { continue }
            for entry in reader.read(Array(contents.bytes[range]), path: file.path, role: .decisions).entries {
                theirs[BaseCollisions.key(file.path, entry.id), default: []].append((file, entry.title))
            }
        }
        return new.compactMap { item in
            let found = theirs[BaseCollisions.key(item.path, item.decision.id)]?.first { $0.title != item.decision.title }
            guard let file = found?.file else { return nil }
            var match = surroundings.match(
                at: Place(path: item.path, position: item.decision.position),
                Wording(
                    en: "\(file.branch), not merged yet, has given \(item.decision.id) to \(file.path)",
                    ja: "未マージの \(file.branch) でも \(item.decision.id) が \(file.path) に使われています"),
                hint: BaseCollisions.cure(item, "if that one is merged first", "そちらが先にマージされる場合は"))
            match.severity = .note
            match.key = item.decision.id + " " + file.path
            match.causes = [item.path]
            return Checker.RuleMatch(rule: "knowledge/duplicate-number", match: match)
        }
    }

    private func paths(in commit: String) throws(Failure) -> [String] {
        let output = try git.git.output(["ls-tree", "-r", "-z", "--name-only", commit])
        return output.split(separator: 0).compactMap { String(validating: $0, as: UTF8.self) }.filter { $0.hasSuffix(".md") || $0.hasSuffix(".markdown") }
    }
}
