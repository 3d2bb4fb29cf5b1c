import InvarCore
import InvarRules
import InvarSyntax

/// Migrations of ours whose version the base branch has given to another one meanwhile: git would merge both clean.
struct MigrationCollisions: Sendable {
    let git: GitChange
    let reader: FileReader

    /// - Parameters:
    ///   - base: the revision that the work tree is to be merged into.
    ///   - parted: the commit where the two parted.
    ///   - ours: the files that are checked now.
    func matches(base: String, parted: String, ours: [String]) throws(Failure) -> [Checker.RuleMatch] {
        guard try git.git.line(["rev-parse", base + "^{commit}"]) != parted else { return [] }
        let before = Set(try git.migrations(in: parted))
        let added = ours.filter { MigrationName.read($0) != nil && !before.contains($0) }
        guard !added.isEmpty else { return [] }
        let present = Set(ours)
        let others = try git.migrations(in: base).filter { !before.contains($0) && !present.contains($0) }
        let contents = try git.contents(of: others, in: base)
        var theirs: [String: String] = [:]
        for path in others {
            guard let bytes = contents[path], let key = MigrationCollisions.key(ArtifactReader.read(bytes, path: path)) else { continue }
            theirs[key] = theirs[key].map { min($0, path) } ?? path
        }
        guard !theirs.isEmpty else { return [] }
        return added.compactMap { path in
            let artifact = reader.artifact(at: path)
            guard case .migration(let file) = artifact.content, let taken = MigrationCollisions.key(artifact).flatMap({ theirs[$0] }) else { return nil }
            return Checker.RuleMatch(rule: "sql/version-collision", match: VersionClaim.match(artifact, file.name, taken: taken, on: base))
        }
    }

    private static func key(_ artifact: Artifact) -> String? {
        guard case .migration(let file) = artifact.content else { return nil }
        return VersionClaim.key(file.name, path: artifact.path)
    }
}

extension GitChange {
    /// The files of a commit whose paths are those of migrations.
    fileprivate func migrations(in commit: String) throws(Failure) -> [String] {
        let output = try git.output(["ls-tree", "-r", "-z", "--name-only", commit])
        return output.split(separator: 0).compactMap { String(validating: $0, as: UTF8.self) }.filter { MigrationName.read($0) != nil }
    }
}
