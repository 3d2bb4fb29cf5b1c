/// What a diff changes, by the files' present paths.
package struct Change: Sendable {
    /// What it was compared with, as it was asked for.
    package var base: String
    package let files: [String: FileChange]
    /// What renamed files were called.
    private let oldPaths: Set<String>

    package init(base: String, files: [String: FileChange]) {
        self.base = base
        self.files = files
        oldPaths = Set(files.values.compactMap(\.oldPath))
    }

    package struct FileChange: Hashable, Sendable {
        /// Its path before, when it was renamed.
        package var oldPath: String?
        package var kind: Kind
        /// Lines that are new or other than before, 1-based, in order.
        package var lines: [ClosedRange<Int>]
        /// Lines after which something was taken away; 0 is the top of the file.
        package var deletedAfter: [Int]

        package init(oldPath: String? = nil, kind: Kind, lines: [ClosedRange<Int>] = [], deletedAfter: [Int] = []) {
            self.oldPath = oldPath
            self.kind = kind
            self.lines = lines
            self.deletedAfter = deletedAfter
        }
    }

    package enum Kind: String, Sendable {
        case added, modified, deleted, renamed
    }

    /// Whether it brought a match about: one of its lines is new, something in its scope was taken away, or a file
    /// that it depends on changed.
    package func brings(_ match: Match) -> Bool {
        if let file = files[match.path] {
            if file.kind == .added { return true }
            // Renamed into another language, it is read for the first time.
            if let old = file.oldPath, Change.ending(of: old) != Change.ending(of: match.path) { return true }
            let own = match.start.line...max(match.start.line, match.end.column == 1 && match.end.line > match.start.line ? match.end.line - 1 : match.end.line)
            if file.lines.contains(where: { $0.overlaps(own) }) { return true }
            if let scope = match.scope {
                if file.lines.contains(where: { $0.overlaps(scope) }) { return true }
                if file.deletedAfter.contains(where: { $0 + 1 >= scope.lowerBound && $0 <= scope.upperBound }) { return true }
            }
        }
        return match.causes.contains { files[$0] != nil || oldPaths.contains($0) }
    }

    private static func ending(of path: String) -> Substring {
        path.split(separator: "/").last?.split(separator: ".").last ?? ""
    }

    package static func == (a: Change, b: Change) -> Bool { a.base == b.base && a.files == b.files }
}
