import InvarCore
import InvarRules
import InvarSyntax

/// Decisions of ours whose number the base branch has given to another one meanwhile: git would merge both clean.
struct BaseCollisions: Sendable {
    let git: GitChange
    let folders: KnowledgeFolders
    let reader: KnowledgeReader

    /// - Parameters:
    ///   - base: the revision that the work tree is to be merged into.
    ///   - parted: the commit where the two parted.
    func matches(base: String, parted: String, ours: [DecisionItem], _ surroundings: KnowledgeSurroundings) throws(Failure) -> [Checker.RuleMatch] {
        guard try git.git.line(["rev-parse", base + "^{commit}"]) != parted else { return [] }
        let before = Set(try paths(in: parted))
        let present = Set(ours.map(\.path))
        let added = try paths(in: base).filter { !before.contains($0) && !present.contains($0) && folders.role(of: $0) == .decisions }
        guard !added.isEmpty else { return [] }
        var theirs: [String: String] = [:]
        for (path, bytes) in try git.contents(of: added, in: base) {
            for entry in reader.read(bytes, path: path, role: .decisions).entries {
                theirs[RelativePath.folder(path) + "\n" + EntryName.key(id: entry.id)] = path
            }
        }
        return ours.compactMap { item in
            guard !before.contains(item.path), let path = theirs[RelativePath.folder(item.path) + "\n" + EntryName.key(id: item.decision.id)] else {
                return nil
            }
            var match = surroundings.match(
                at: Place(path: item.path, position: item.decision.position),
                Wording(
                    en: "\(base) has given \(item.decision.id) to \(path) meanwhile", ja: "\(base) では \(item.decision.id) がすでに \(path) に使われています"),
                hint: Wording(en: "take the next free number before merging", ja: "マージする前に、空いている次の番号に付け替えてください"))
            match.key = item.decision.id + " " + path
            match.causes = [item.path]
            return Checker.RuleMatch(rule: "knowledge/duplicate-number", match: match)
        }
    }

    private func paths(in commit: String) throws(Failure) -> [String] {
        let output = try git.git.output(["ls-tree", "-r", "-z", "--name-only", commit])
        return output.split(separator: 0).compactMap { String(validating: $0, as: UTF8.self) }.filter { $0.hasSuffix(".md") || $0.hasSuffix(".markdown") }
    }
}
