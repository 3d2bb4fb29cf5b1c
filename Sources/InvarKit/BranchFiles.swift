import InvarCore

/// The Markdown files below one folder on many commits, each file once however many commits have it: the distinct trees
/// are read level by level, by one git process a level, so that five hundred branches cost little more than one.
struct BranchFiles {
    let git: Git

    /// A commit and what people call it.
    struct Commit: Hashable, Sendable {
        var id: String
        /// `feature/x`, `origin/feature/x`, `HEAD`.
        var branch: String
    }

    struct File: Hashable, Sendable {
        /// Relative to the folder that git runs in.
        var path: String
        /// The id of its content.
        var blob: String
        /// The first commit that has it.
        var branch: String
    }

    /// All local and remote branches and HEAD, a commit once; none before the first commit.
    ///
    /// - Parameter notIn: leaves out those that are part of this commit.
    func commits(notIn: String? = nil) throws(Failure) -> [Commit] {
        var arguments = ["for-each-ref", "--format=%(objectname) %(refname)", "refs/heads", "refs/remotes"]
        if let notIn { arguments.insert("--no-merged=" + notIn, at: 1) }
        let lines = String(decoding: try git.output(arguments), as: UTF8.self).split(separator: "\n")
        var commits: [Commit] = []
        var known: Set<String> = []
        if notIn == nil, let head = try git.line(["rev-parse", "--verify", "--quiet", "HEAD"]) {
            commits.append(Commit(id: head, branch: "HEAD"))
            known.insert(head)
        }
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 1)
            guard words.count == 2, known.insert(String(words[0])).inserted else { continue }
            let name = String(words[1])
            let short = ["refs/heads/", "refs/remotes/"].first(where: name.hasPrefix).map { String(name.dropFirst($0.utf8.count)) } ?? name
            commits.append(Commit(id: String(words[0]), branch: short))
        }
        return commits
    }

    /// Deeper folders hold no records.
    private static let maximumDepth = 12

    /// A folder still to be read.
    private struct Folder {
        var tree: String
        var path: String
        var branch: String
    }

    func markdown(below folder: String, in commits: [Commit]) throws(Failure) -> [File] {
        guard !commits.isEmpty, !folder.contains("\n") else { return [] }
        var open = try roots(folder, commits)
        var files: [File] = []
        var seen: Set<UInt64> = []
        for _ in 0..<BranchFiles.maximumDepth where !open.isEmpty {
            var trees: [String] = []
            var wanted: Set<String> = []
            for folder in open where wanted.insert(folder.tree).inserted { trees.append(folder.tree) }
            let contents = try objects(trees)
            var deeper: [Folder] = []
            for folder in open {
                guard let range = contents.ranges[folder.tree] else { continue }
                let width = folder.tree.utf8.count / 2
                TreeReader(contents.bytes, range, idWidth: width, salt: ContentHash.of(Array(folder.path.utf8))).forEach(unless: &seen) { entry in
                    let path = (folder.path.isEmpty ? "" : folder.path + "/") + entry.name
                    if entry.isFolder {
                        deeper.append(Folder(tree: entry.id, path: path, branch: folder.branch))
                    } else {
                        files.append(File(path: path, blob: entry.id, branch: folder.branch))
                    }
                }
            }
            open = deeper
        }
        return files
    }

    /// The folder's tree on each commit, equal ones once.
    private func roots(_ folder: String, _ commits: [Commit]) throws(Failure) -> [Folder] {
        let prefix = try git.line(["rev-parse", "--show-prefix"]) ?? ""
        let within = folder.isEmpty ? String(prefix.dropLast()) : prefix + folder
        let questions = commits.map { "\($0.id):\(within)\n" }.joined()
        let answers = try git.output(["cat-file", "--batch-check=%(objectname) %(objecttype)"], input: Array(questions.utf8))
        let lines = String(decoding: answers, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        var known: Set<String> = []
        return zip(commits, lines).compactMap { commit, line in
            let words = line.split(separator: " ")
            guard words.count == 2, words[1] == "tree", known.insert(String(words[0])).inserted else { return nil }
            return Folder(tree: String(words[0]), path: folder, branch: commit.branch)
        }
    }

    /// Objects by id, in one answer of git.
    func objects(_ ids: [String]) throws(Failure) -> (bytes: [UInt8], ranges: [String: Range<Int>]) {
        guard !ids.isEmpty else { return ([], [:]) }
        let answer = try git.output(["cat-file", "--batch"], input: Array(ids.map { $0 + "\n" }.joined().utf8))
        var ranges: [String: Range<Int>] = [:]
        var offset = 0
        for id in ids {
            guard offset < answer.count, let end = answer[offset...].firstIndex(of: 0x0A) else { break }
            let words = String(decoding: answer[offset..<end], as: UTF8.self).split(separator: " ")
            offset = end + 1
            guard words.count == 3, let size = Int(words[2]), size >= 0, offset + size <= answer.count else { continue }
            ranges[id] = offset..<(offset + size)
            offset += size + 1
        }
        return (answer, ranges)
    }
}

/// Reads the entries of a tree object: mode, space, name, NUL, the bytes of the id.
private struct TreeReader {
    private let bytes: [UInt8]
    private let range: Range<Int>
    private let idWidth: Int
    private let salt: UInt64

    struct Item {
        var name: String
        var id: String
        var isFolder: Bool
    }

    init(_ bytes: [UInt8], _ range: Range<Int>, idWidth: Int, salt: Int64) {
        self.bytes = bytes
        self.range = range
        self.idWidth = idWidth
        self.salt = UInt64(bitPattern: salt)
    }

    /// Folders and Markdown files that were not seen before under this path; hidden ones are left out.
    func forEach(unless seen: inout Set<UInt64>, _ body: (Item) -> Void) {
        bytes.withUnsafeBufferPointer { bytes in
            var offset = range.lowerBound
            while offset < range.upperBound {
                let start = offset
                var hash = salt
                while offset < range.upperBound, bytes[offset] != 0x20 { offset += 1 }
                let mode = bytes[start..<offset]
                let name = min(offset + 1, range.upperBound)
                offset = name
                while offset < range.upperBound, bytes[offset] != 0 { offset += 1 }
                let nameEnd = offset
                offset += 1 + idWidth
                guard offset <= range.upperBound, nameEnd > name else { return }
                let isFolder = mode.first == 0x34 || (mode.count == 6 && mode.starts(with: [0x30, 0x34]))
                guard bytes[name] != 0x2E, isFolder || isMarkdown(bytes[name..<nameEnd], mode) else { continue }
                for byte in bytes[name..<offset] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
                guard seen.insert(hash ^ (hash >> 29)).inserted else { continue }
                let id = bytes[(nameEnd + 1)..<offset].map { byte in
                    let digits = String(byte, radix: 16)
                    return digits.utf8.count < 2 ? "0" + digits : digits
                }.joined()
                body(Item(name: String(decoding: bytes[name..<nameEnd], as: UTF8.self), id: id, isFolder: isFolder))
            }
        }
    }

    /// A regular file, no link and no submodule.
    private func isMarkdown(_ name: Slice<UnsafeBufferPointer<UInt8>>, _ mode: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard mode.starts(with: [0x31, 0x30, 0x30]) else { return false }
        return [".md", ".markdown", ".MD"].contains { (ending: StaticString) in
            name.count >= ending.utf8CodeUnitCount && ending.withUTF8Buffer { name.suffix($0.count).elementsEqual($0) }
        }
    }
}
