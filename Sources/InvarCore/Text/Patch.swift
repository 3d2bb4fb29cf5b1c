/// A change as a patch tells it: its files, and every line that the patch shows with its number on both sides.
package struct Patch: Sendable {
    /// In the order of the patch; a file that it changes twice stands twice.
    package var files: [File] = []
    /// Stretches that could not be read; what stands around them was.
    package var problems: [Problem] = []

    package init() {}

    package struct File: Sendable {
        /// Relative to the root: the new path, or the old one of a deleted file.
        package var path: String
        /// What it was called before it was renamed or copied.
        package var oldPath: String?
        package var kind: Change.Kind
        package var content: Content
        package var hunks: [Hunk]

        package init(path: String, oldPath: String? = nil, kind: Change.Kind, content: Content = .text, hunks: [Hunk] = []) {
            self.path = path
            self.oldPath = oldPath
            self.kind = kind
            self.content = content
            self.hunks = hunks
        }
    }

    /// What of a file changes.
    package enum Content: String, Sendable {
        case text, binary, submodule
        /// Nothing but its permissions.
        case mode
        /// Nothing but its name, or an empty file that came or went.
        case nothing
    }

    package struct Hunk: Sendable {
        /// What stands behind the second `@@`: mostly the function it is in.
        package var heading: String
        /// The new file's line before its first one; 0 at the top.
        package var before: Int
        package var lines: [Line]

        package init(heading: String, before: Int, lines: [Line]) {
            self.heading = heading
            self.before = before
            self.lines = lines
        }
    }

    package struct Line: Hashable, Sendable {
        package var kind: Kind
        /// 1-based in the old file; nil for an added line.
        package var old: Int?
        /// 1-based in the new file; nil for a removed line.
        package var new: Int?
        /// Without line feed; a carriage return before it stays.
        package var text: String

        package init(kind: Kind, old: Int?, new: Int?, text: String) {
            self.kind = kind
            self.old = old
            self.new = new
            self.text = text
        }

        package enum Kind: Sendable {
            case context, added, removed
        }

        /// Without a carriage return at its end.
        package var plain: Substring { text.utf8.last == 0x0D ? text.dropLast() : text[...] }
    }

    /// Something malformed in the patch.
    package struct Problem: Hashable, Sendable {
        /// 1-based in the patch.
        package var line: Int
        package var message: String

        package init(line: Int, message: String) {
            self.line = line
            self.message = message
        }
    }

    package var isEmpty: Bool { files.isEmpty }

    /// The same without its lines: what files it changes, and where.
    package func change(base: String) -> Change {
        var files: [String: Change.FileChange] = [:]
        for file in self.files where file.content != .submodule {
            var change = files[file.path] ?? Change.FileChange(oldPath: file.kind == .renamed ? file.oldPath : nil, kind: file.kind)
            for hunk in file.hunks { hunk.add(to: &change) }
            files[file.path] = change
        }
        return Change(base: base, files: files)
    }
}

extension Patch.File {
    /// A file that is new as a whole.
    package static func added(_ path: String, _ bytes: [UInt8]) -> Patch.File {
        guard !bytes.contains(0) else { return Patch.File(path: path, kind: .added, content: .binary) }
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty ?? false { lines.removeLast() }
        let added = lines.enumerated().map { Patch.Line(kind: .added, old: nil, new: $0.offset + 1, text: String(decoding: $0.element, as: UTF8.self)) }
        return Patch.File(
            path: path, kind: .added, content: added.isEmpty ? .nothing : .text, hunks: added.isEmpty ? [] : [Patch.Hunk(heading: "", before: 0, lines: added)])
    }
}

extension Patch.Hunk {
    /// Each run of lines that are not context is one change.
    fileprivate func add(to change: inout Change.FileChange) {
        var run: (first: Int?, last: Int, removes: Bool)?
        var newLine = before
        func finish() {
            guard let run else { return }
            if let first = run.first { change.lines.append(first...run.last) }
            if run.removes { change.deletedAfter.append(run.first.map { $0 - 1 } ?? newLine) }
        }
        for line in lines {
            switch line.kind {
            case .context:
                finish()
                run = nil
                newLine = line.new ?? newLine
            case .added:
                let number = line.new ?? newLine + 1
                run = (run?.first ?? number, number, run?.removes ?? false)
                newLine = number
            case .removed:
                run = (run?.first, run?.last ?? 0, true)
            }
        }
        finish()
    }
}

extension Patch {
    /// Several patches in a row, as a mail of commits has them, may change one file more than once. Each is read by its words,
    /// but no rule can look at what stands between them: that is a problem, not a pass.
    ///
    /// - Parameter line: the last line, 1-based.
    func reportingRepeats(at line: Int) -> Patch {
        var patch = self
        let counts = Dictionary(files.map { ($0.path, 1) }, uniquingKeysWith: +)
        for path in counts.filter({ $0.value > 1 }).keys.sorted() {
            patch.problems.append(Problem(line: line, message: "\(path) is changed more than once; give one diff of it all"))
        }
        return patch
    }
}
