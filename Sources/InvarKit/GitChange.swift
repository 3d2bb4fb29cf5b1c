import InvarCore

/// What the work tree changes against a revision, as git tells it.
struct GitChange: Sendable {
    let git: Git

    /// Against the point where the work tree left `base`, so that what others did there since does not count; files that
    /// git does not know yet count as added.
    ///
    /// - Throws: ``Failure`` without a git repository, for a revision that is not there, and in a clone too shallow to
    ///   find where the two parted.
    func change(since base: String) throws(Failure) -> Change {
        try since(base).change
    }

    /// The change with the commit it starts from.
    func since(_ base: String) throws(Failure) -> (change: Change, commit: String) {
        let parted = try parting(from: base)
        var files = try patch(["--unified=0", "--ignore-submodules", parted]).change(base: base).files
        for path in try untracked() { files[path] = Change.FileChange(kind: .added) }
        return (Change(base: base, files: files), parted)
    }

    /// The commit at which the work tree left `base`.
    private func parting(from base: String) throws(Failure) -> String {
        guard git.isWorkTree else { throw Failure("--base needs a git repository", hint: "\(git.root) is none") }
        guard !base.hasPrefix("-"), let commit = try git.line(["rev-parse", "--verify", "--quiet", base + "^{commit}"]) else {
            throw Failure("git knows no revision \(base)", hint: try shallowHint("git fetch origin \(base)"))
        }
        guard let parted = try git.line(["merge-base", commit, "HEAD"]), !parted.isEmpty else {
            throw Failure(
                "\(base) and HEAD have no common commit here", hint: try shallowHint("they share no history: name another base"))
        }
        return parted
    }

    /// The same with the lines around each change, what git does not know yet among it.
    ///
    /// - Parameter longest: bytes above which a file that git does not know is named without its lines.
    func patch(since base: String, longest: Int = 1 << 20) throws(Failure) -> (patch: Patch, commit: String) {
        let parted = try parting(from: base)
        var patch = try patch(["--unified=3", parted])
        for path in try untracked().sorted(by: RepositoryFiles.inOrder) where FileSystem.kind(git.root + "/" + path, followingLinks: false) == .file {
            let bytes = try? FileSystem.read(git.root + "/" + path, limit: longest)
            patch.files.append(bytes.map { Patch.File.added(path, $0) } ?? Patch.File(path: path, kind: .added, content: .nothing))
        }
        return (patch, parted)
    }

    /// What lies between two commits.
    func patch(from old: String, to new: String) throws(Failure) -> Patch {
        try patch(["--unified=3", old, new])
    }

    /// Files whose present content is another one than a commit's.
    func paths(changedSince commit: String) throws(Failure) -> Set<String> {
        let output = try git.output(["diff", "--name-only", "-z", "--no-renames", "--relative", "--ignore-submodules", commit, "--"])
        return Set(output.split(separator: 0).compactMap { String(validating: $0, as: UTF8.self) })
    }

    private func patch(_ arguments: [String]) throws(Failure) -> Patch {
        let diff = try git.output(
            [
                "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--relative", "--inter-hunk-context=0", "--text",
                "--src-prefix=a/", "--dst-prefix=b/", "--submodule=short",
            ] + arguments + ["--"])
        return PatchReader.read(diff)
    }

    private func untracked() throws(Failure) -> [String] {
        try git.output(["ls-files", "-z", "-o", "--exclude-standard"]).split(separator: 0).compactMap { String(validating: $0, as: UTF8.self) }
    }

    /// Files as a commit has them, those that it does not have left out.
    func contents(of paths: [String], in commit: String) throws(Failure) -> [String: [UInt8]] {
        let known = paths.filter { !$0.contains("\n") }
        guard !known.isEmpty else { return [:] }
        let prefix = try git.line(["rev-parse", "--show-prefix"]) ?? ""
        let questions = known.map { "\(commit):\(prefix)\($0)\n" }.joined()
        let answers = try git.output(["cat-file", "--batch"], input: Array(questions.utf8))
        return BlobReader.blobs(in: answers, named: known)
    }

    private func shallowHint(_ otherwise: String) throws(Failure) -> String {
        try git.line(["rev-parse", "--is-shallow-repository"]) == "true"
            ? "this clone is shallow: fetch more of it (`git fetch --unshallow`, or fetch-depth: 0 in CI)" : otherwise
    }
}

/// Reads what `git cat-file --batch` answers: `<id> blob <size>`, the bytes and a line feed, or `… missing`.
enum BlobReader {
    static func blobs(in answers: [UInt8], named names: [String]) -> [String: [UInt8]] {
        var blobs: [String: [UInt8]] = [:]
        var offset = 0
        for name in names {
            guard let end = answers[offset...].firstIndex(of: 0x0A) else { break }
            let words = String(decoding: answers[offset..<end], as: UTF8.self).split(separator: " ")
            offset = end + 1
            guard words.count == 3, let size = Int(words[2]), size >= 0, offset + size <= answers.count else { continue }
            if words[1] == "blob" { blobs[name] = Array(answers[offset..<(offset + size)]) }
            offset += size + 1
        }
        return blobs
    }
}
