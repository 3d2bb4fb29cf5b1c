import InvarCore

/// What a review is about, found: the change, where it ends, and what rules can look at.
struct ReviewSource: Sendable {
    var base: String
    var head: String
    var patch: Patch
    /// nil when no rule can look: nothing of it is in the work tree.
    var since: Workspace.Since?
    /// Files that the patch leaves, new ones among them, whose content the overlay has.
    var added: [String] = []
    var removed: Set<String> = []
    /// Files that no rule may speak of, since the work tree has another version.
    var unchecked: [String] = []
}

/// Finds what a review is about.
struct ReviewSourceReader: Sendable {
    let workspace: Workspace
    private var git: GitChange { GitChange(git: Git(root: workspace.root)) }

    init(_ workspace: Workspace) {
        self.workspace = workspace
    }

    /// What the work tree changes since it left a revision.
    func since(_ base: String) throws(Failure) -> ReviewSource {
        let (patch, commit) = try git.patch(since: base)
        let since = Workspace.Since(change: patch.change(base: base), commit: commit, before: .commit(commit))
        return ReviewSource(base: base, head: "work tree", patch: patch, since: since)
    }

    /// What was committed or merged within a sprint's days, on the line of first parents.
    func sprint(_ name: String) throws(Failure) -> ReviewSource {
        guard let sprint = workspace.configuration.sprints.sprint(named: name) else {
            let hint =
                workspace.configuration.sprints == .none
                ? "tell when sprints begin: sprints: in \(Configuration.fileName)" : "names are as sprints: in \(Configuration.fileName) says"
            throw Failure("there is no sprint \(name)", hint: hint)
        }
        guard sprint.start <= workspace.today else {
            throw Failure("sprint \(sprint.name) begins on \(sprint.start)", hint: "name one that has begun")
        }
        guard git.git.isWorkTree else { throw Failure("--sprint needs a git repository", hint: "\(workspace.root) is none") }
        let log = try git.git.output(["log", "--first-parent", "--format=%H %ct", "HEAD", "--"])
        var head: String?
        var base: String?
        for line in log.split(separator: 0x0A) {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard words.count == 2, let seconds = Int(words[1]) else { continue }
            let day = Clock.day(of: seconds, in: workspace.configuration.timeZone)
            if head == nil, day <= sprint.end { head = String(words[0]) }
            if head != nil, day < sprint.start {
                base = String(words[0])
                break
            }
        }
        if base == nil, try git.git.line(["rev-parse", "--is-shallow-repository"]) == "true" {
            throw Failure(
                "this clone does not reach back to \(sprint.start), where sprint \(sprint.name) begins",
                hint: "fetch more of it (`git fetch --unshallow`, or fetch-depth: 0 in CI)")
        }
        guard let head else {
            throw Failure("there is no commit on or before \(sprint.end), the last day of sprint \(sprint.name)", hint: "name a sprint that has begun")
        }
        // A history that begins within the sprint is compared with nothing.
        var start = base ?? ""
        if start.isEmpty { start = try git.git.output(["hash-object", "-t", "tree", "--stdin"], input: []).text }
        let patch = try git.patch(from: start, to: head)
        let later = try git.paths(changedSince: head)
        let change = patch.change(base: sprint.name)
        let kept = change.files.filter { !later.contains($0.key) }
        let since = Workspace.Since(
            change: Change(base: sprint.name, files: kept), commit: base, before: base.map { .commit($0) } ?? .contents([:]))
        let dropped = change.files.keys.filter { later.contains($0) }.sorted(by: RepositoryFiles.inOrder)
        return ReviewSource(base: sprint.name, head: String(head.prefix(12)), patch: patch, since: since, unchecked: dropped)
    }

    /// A patch, which the work tree may have already, or not yet, or know nothing of.
    func patch(_ bytes: [UInt8]) throws(Failure) -> ReviewSource {
        var patch = PatchReader.read(bytes)
        // git names files from the top of the repository, which may lie above the root.
        let prefix = workspace.repositoryPrefix
        if !prefix.isEmpty {
            for index in patch.files.indices where patch.files[index].path.hasPrefix(prefix) {
                patch.files[index].path = String(patch.files[index].path.dropFirst(prefix.count))
                patch.files[index].oldPath = patch.files[index].oldPath.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
            }
        }
        guard !patch.isEmpty || bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) else {
            let problem = patch.problems.first.map { ": line \($0.line): \($0.message)" } ?? ""
            throw Failure("standard input is no patch\(problem)", hint: "git diff … | invar review -")
        }
        var source = ReviewSource(base: "-", head: "patch", patch: patch)
        var before: [String: [UInt8]] = [:]
        var overlay: [String: [UInt8]] = [:]
        var files: [String: Change.FileChange] = [:]
        let change = patch.change(base: "-")
        var met: Set<String> = []
        for file in patch.files {
            guard let entry = change.files[file.path], met.insert(file.path).inserted else { continue }
            switch placed(file) {
            case .unknown: source.unchecked.append(file.path)
            case .there(let old):
                before[file.oldPath ?? file.path] = old
                files[file.path] = entry
            case .made(let old, let new):
                if let old { before[file.oldPath ?? file.path] = old }
                if let new { overlay[file.path] = new } else { source.removed.insert(file.path) }
                if file.kind == .renamed, let old = file.oldPath { source.removed.insert(old) }
                if FileSystem.kind(workspace.root + "/" + file.path) == nil, new != nil { source.added.append(file.path) }
                files[file.path] = entry
            }
        }
        source.since = Workspace.Since(change: Change(base: "-", files: files), commit: nil, before: .contents(before), overlay: overlay)
        return source
    }

    private enum Placed {
        /// The work tree has neither side.
        case unknown
        /// It has the new side; the old one is this.
        case there(old: [UInt8])
        /// It has the old side, or nothing of a new file; the new one is this, nil when the file goes.
        case made(old: [UInt8]?, new: [UInt8]?)
    }

    private func placed(_ file: Patch.File) -> Placed {
        func bytes(_ path: String) -> [UInt8]? {
            let full = workspace.root + "/" + path
            guard let real = FileSystem.realPath(full), real.hasPrefix(workspace.root + "/") else { return nil }
            return try? FileSystem.read(full, limit: 16 << 20)
        }
        let present = bytes(file.path)
        switch file.kind {
        case .added:
            guard let made = PatchApplication.apply(file, to: [], .forth) else { return .unknown }
            guard let present else { return .made(old: nil, new: made) }
            return present == made || PatchApplication.apply(file, to: present, .back) != nil ? .there(old: []) : .unknown
        case .deleted:
            return .made(old: present ?? PatchApplication.apply(file, to: [], .back), new: nil)
        case .modified, .renamed:
            let old = file.kind == .renamed ? file.oldPath.flatMap(bytes) : present
            let forth = old.flatMap { file.hunks.isEmpty ? $0 : PatchApplication.apply(file, to: $0, .forth) }
            let back = present.flatMap { file.hunks.isEmpty ? $0 : PatchApplication.apply(file, to: $0, .back) }
            // Lines can be added twice, and taken away where they never were: what is there tells.
            let adds = file.hunks.contains { $0.lines.contains { $0.kind == .added } }
            if let back, adds || forth == nil { return .there(old: back) }
            if let old, let forth { return .made(old: old, new: forth) }
            return .unknown
        }
    }
}

extension [UInt8] {
    /// One line of a program's output.
    fileprivate var text: String {
        var text = String(decoding: self, as: UTF8.self)
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }
}
