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
        guard git.isWorkTree else { throw Failure("--base needs a git repository", hint: "\(git.root) is none") }
        guard !base.hasPrefix("-"), let commit = try git.line(["rev-parse", "--verify", "--quiet", base + "^{commit}"]) else {
            throw Failure("git knows no revision \(base)", hint: try shallowHint("git fetch origin \(base)"))
        }
        guard let parted = try git.line(["merge-base", commit, "HEAD"]), !parted.isEmpty else {
            throw Failure(
                "\(base) and HEAD have no common commit here", hint: try shallowHint("they share no history: name another base"))
        }
        let diff = try git.output([
            "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--relative", "--unified=0", "--inter-hunk-context=0", "--text",
            "--src-prefix=a/", "--dst-prefix=b/",
            "--ignore-submodules", parted, "--",
        ])
        var files = DiffReader.files(in: diff)
        let untracked = try git.output(["ls-files", "-z", "-o", "--exclude-standard"])
        for path in untracked.split(separator: 0).compactMap({ String(validating: $0, as: UTF8.self) }) { files[path] = Change.FileChange(kind: .added) }
        return (Change(base: base, files: files), parted)
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

/// Reads a unified diff without context.
enum DiffReader {
    static func files(in diff: [UInt8]) -> [String: Change.FileChange] {
        var files: [String: Change.FileChange] = [:]
        var current: (path: String?, change: Change.FileChange)?
        var oldPath: String?
        func finish() {
            guard let current, let path = current.path ?? oldPath else { return }
            files[path] = current.change
        }
        // Inside a hunk the lines are content, whatever they look like.
        var left = (old: 0, new: 0)
        for line in diff.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if left.old > 0, line.first == 0x2D {
                left.old -= 1
                continue
            }
            if left.new > 0, line.first == 0x2B {
                left.new -= 1
                continue
            }
            if left.old > 0, left.new > 0, line.first == 0x20 {
                left = (left.old - 1, left.new - 1)
                continue
            }
            let text = String(decoding: line, as: UTF8.self)
            if text.hasPrefix("diff --git ") {
                finish()
                // An empty file has no further header that names it.
                current = (samePath(text), Change.FileChange(kind: .modified))
                oldPath = nil
            } else if text.hasPrefix("new file mode") {
                current?.change.kind = .added
            } else if text.hasPrefix("deleted file mode") {
                current?.change.kind = .deleted
            } else if let path = value(text, "rename from ") {
                current?.change.kind = .renamed
                current?.change.oldPath = path
            } else if let path = value(text, "rename to ") {
                current?.path = path
            } else if let path = value(text, "--- a/") {
                oldPath = path
            } else if let path = value(text, "+++ b/") {
                current?.path = path
            } else if text.hasPrefix("@@ "), let hunk = hunk(text) {
                left = (hunk.old.count, hunk.new.count)
                if hunk.new.count > 0 { current?.change.lines.append(hunk.new.start...(hunk.new.start + hunk.new.count - 1)) }
                if hunk.old.count > 0 { current?.change.deletedAfter.append(hunk.new.count == 0 ? hunk.new.start : hunk.new.start - 1) }
            }
        }
        finish()
        return files
    }

    /// `diff --git a/x b/x` of a file that was not renamed.
    private static func samePath(_ text: String) -> String? {
        let rest = text.dropFirst("diff --git ".count)
        let half = (rest.utf8.count - 1) / 2
        guard rest.utf8.count % 2 == 1, rest.hasPrefix("a/"), let middle = rest.utf8.index(rest.startIndex, offsetBy: half, limitedBy: rest.endIndex) else {
            return nil
        }
        let (old, new) = (rest[..<middle], rest[rest.utf8.index(after: middle)...])
        guard new.hasPrefix("b/"), old.dropFirst(2) == new.dropFirst(2) else { return nil }
        return String(old.dropFirst(2))
    }

    /// The rest of a header line, a quoted path read as git writes it.
    private static func value(_ text: String, _ prefix: String) -> String? {
        if text.hasPrefix(prefix) {
            var rest = String(text.dropFirst(prefix.count))
            // git ends a path that holds a space with a tab.
            if rest.hasSuffix("\t") { rest.removeLast() }
            return rest
        }
        // `rename from "a\tb"` and `+++ "b/a\tb"`.
        let bare = prefix.hasSuffix("a/") || prefix.hasSuffix("b/") ? String(prefix.dropLast(2)) : prefix
        let inner = String(prefix.dropFirst(bare.count))
        guard text.hasPrefix(bare + "\"" + inner), text.hasSuffix("\"") else { return nil }
        return unquoted(text.dropFirst(bare.count + 1 + inner.count).dropLast())
    }

    private static func unquoted(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            guard byte == 0x5C, let next = iterator.next() else {
                bytes.append(byte)
                continue
            }
            switch next {
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "0")...UInt8(ascii: "3"):
                let digits = [next, iterator.next() ?? 0x30, iterator.next() ?? 0x30]
                bytes.append(digits.reduce(0) { $0 &* 8 &+ ($1 &- 0x30) })
            default: bytes.append(next)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `@@ -3,2 +3,0 @@`: start and number of lines, before and after.
    private static func hunk(_ text: String) -> (old: (start: Int, count: Int), new: (start: Int, count: Int))? {
        let parts = text.split(separator: " ")
        guard parts.count >= 4, let old = lines(parts[1].dropFirst()), let new = lines(parts[2].dropFirst()) else { return nil }
        return (old, new)
    }

    private static func lines(_ text: Substring) -> (start: Int, count: Int)? {
        let numbers = text.split(separator: ",").map { Int($0) }
        guard let start = numbers.first.flatMap({ $0 }) else { return nil }
        return (start, numbers.count > 1 ? numbers[1] ?? 1 : 1)
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
