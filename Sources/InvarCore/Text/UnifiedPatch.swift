/// A diff that somebody may have edited, read to be applied: each hunk must stand in its file word for word, where it says
/// or at the only other place.
package struct UnifiedPatch: Sendable {
    package private(set) var files: [File] = []

    /// The hunks of one file.
    package struct File: Sendable {
        /// nil when the file is made.
        package var oldPath: String?
        package var path: String
        var hunks: [Hunk] = []
    }

    /// Lines without their ends, and where they are expected to begin (0-based).
    struct Hunk: Sendable {
        var start: Int
        var old: [ArraySlice<UInt8>] = []
        var new: [ArraySlice<UInt8>] = []
        /// Whether the last line of each side has no line break.
        var oldIsOpen = false
        var newIsOpen = false
    }

    /// Why a text is no patch, or why it does not apply.
    package struct Problem: Error, Hashable, Sendable {
        package var message: String
        /// Of the patch, 1-based.
        package var line: Int
    }

    package init(_ text: String) throws(Problem) {
        let lines = UnifiedDiff.lines(Array(text.utf8)).map(UnifiedPatch.withoutEnd)
        var index = 0
        while index < lines.count {
            if lines[index].isEmpty || !lines[index].starts(with: Array("--- ".utf8)) {
                // Whatever stands before the first file, such as `diff --git`, says nothing that we need.
                guard files.isEmpty || lines[index].isEmpty || lines[index].starts(with: Array("diff ".utf8)) || lines[index].starts(with: Array("index ".utf8))
                else { throw Problem(message: "a line of no hunk", line: index + 1) }
                index += 1
                continue
            }
            guard index + 1 < lines.count, lines[index + 1].starts(with: Array("+++ ".utf8)),
                let path = UnifiedDiff.path(label: lines[index + 1].dropFirst(4))
            else { throw Problem(message: "a file has no +++ line, or is to be deleted", line: index + 1) }
            files.append(File(oldPath: UnifiedDiff.path(label: lines[index].dropFirst(4)), path: path))
            index += 2
            while index < lines.count, lines[index].starts(with: Array("@@ -".utf8)) { try readHunk(lines, &index) }
        }
        if files.isEmpty { throw Problem(message: "it names no file", line: 1) }
        if let file = files.first(where: { $0.hunks.isEmpty }) { throw Problem(message: "\(file.path) has no hunk", line: 1) }
    }

    private mutating func readHunk(_ lines: [ArraySlice<UInt8>], _ index: inout Int) throws(Problem) {
        let head = index
        let digits = lines[index].dropFirst(4).prefix { (0x30...0x39).contains($0) }
        guard let start = Int(String(decoding: digits, as: UTF8.self)) else { throw Problem(message: "a hunk has no line number", line: head + 1) }
        var hunk = Hunk(start: max(0, start - 1))
        var last: UInt8 = 0
        index += 1
        while index < lines.count {
            let line = lines[index]
            switch line.first {
            case 0x20, nil:
                // An editor that strips spaces leaves an empty line of an empty context line.
                if line.isEmpty, !lines[index...].contains(where: { !$0.isEmpty && [0x20, 0x2B, 0x2D, 0x40].contains($0[$0.startIndex]) }) { break }
                hunk.old.append(line.dropFirst())
                hunk.new.append(line.dropFirst())
            case 0x2D where !(line.starts(with: Array("--- ".utf8)) && index + 1 < lines.count && lines[index + 1].starts(with: Array("+++ ".utf8))):
                hunk.old.append(line.dropFirst())
            case 0x2B: hunk.new.append(line.dropFirst())
            case 0x5C:
                if last != 0x2B { hunk.oldIsOpen = true }
                if last != 0x2D { hunk.newIsOpen = true }
                index += 1
                continue
            default:
                guard !hunk.old.isEmpty || !hunk.new.isEmpty else { throw Problem(message: "a hunk is empty", line: head + 1) }
                files[files.count - 1].hunks.append(hunk)
                return
            }
            if line.isEmpty, !lines[index...].contains(where: { !$0.isEmpty && [0x20, 0x2B, 0x2D, 0x40].contains($0[$0.startIndex]) }) { break }
            last = line.first ?? 0x20
            index += 1
        }
        files[files.count - 1].hunks.append(hunk)
    }

    /// A line without its LF and the CR before it: what the patch adds ends as the file's lines do.
    private static func withoutEnd(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        if line.last == 0x0A { line.removeLast() }
        if line.last == 0x0D { line.removeLast() }
        return line
    }
}

extension UnifiedPatch.File {
    /// The file's bytes with all hunks.
    ///
    /// - Throws: a ``UnifiedPatch/Problem`` that says which lines are not there, or stand at several places.
    package func applied(to bytes: [UInt8]) throws(UnifiedPatch.Problem) -> [UInt8] {
        let whole = UnifiedDiff.lines(bytes)
        let bare = whole.map { line in
            var line = line
            if line.last == 0x0A { line.removeLast() }
            if line.last == 0x0D { line.removeLast() }
            return line
        }
        let newline = Array((bytes.isEmpty ? "\n" : LineEnding.of(bytes) == "\r\n" ? "\r\n" : "\n").utf8)
        var out: [UInt8] = []
        var position = 0
        var shift = 0
        for hunk in hunks {
            let start = try place(of: hunk, in: bare, from: position, expected: hunk.start + shift)
            shift = start - hunk.start
            for line in whole[position..<start] { out += line }
            position = start + hunk.old.count
            append(hunk, whole[start..<position], bare, newline, isAtEnd: position == whole.count, to: &out)
        }
        for line in whole[position...] { out += line }
        return out
    }

    /// Lines that stay keep their own bytes.
    private func append(
        _ hunk: UnifiedPatch.Hunk, _ before: ArraySlice<ArraySlice<UInt8>>, _ bare: [ArraySlice<UInt8>], _ newline: [UInt8], isAtEnd: Bool,
        to out: inout [UInt8]
    ) {
        var head = 0
        while head < hunk.old.count, head < hunk.new.count, hunk.old[head] == hunk.new[head], head + 1 < hunk.old.count || !hunk.oldIsOpen { head += 1 }
        for line in before.prefix(head) { out += line }
        var tail = 0
        let room = min(hunk.old.count, hunk.new.count) - head
        if hunk.oldIsOpen == hunk.newIsOpen {
            while tail < room, hunk.old[hunk.old.count - 1 - tail] == hunk.new[hunk.new.count - 1 - tail] { tail += 1 }
        }
        for (index, line) in hunk.new.enumerated().dropFirst(head).dropLast(tail) {
            out += line
            let isLast = index + 1 == hunk.new.count
            if !(isLast && isAtEnd && hunk.newIsOpen) { out += newline }
        }
        for line in before.suffix(tail) { out += line }
    }

    private func place(
        of hunk: UnifiedPatch.Hunk, in lines: [ArraySlice<UInt8>], from position: Int, expected: Int
    ) throws(UnifiedPatch.Problem) -> Int {
        func stands(at start: Int) -> Bool {
            start >= position && start + hunk.old.count <= lines.count && zip(hunk.old, lines[start...]).allSatisfy { $0 == $1 }
        }
        if hunk.old.isEmpty { return min(max(position, expected + (hunk.start > 0 ? 1 : 0)), lines.count) }
        if stands(at: expected) { return expected }
        var found: Int?
        if position <= lines.count {
            for start in position..<max(position + 1, lines.count - hunk.old.count + 1) where stands(at: start) {
                guard found == nil else {
                    throw UnifiedPatch.Problem(message: "the lines at \(hunk.start + 1) stand at several places now", line: hunk.start + 1)
                }
                found = start
            }
        }
        guard let found else { throw UnifiedPatch.Problem(message: "the lines at \(hunk.start + 1) are no longer as they were", line: hunk.start + 1) }
        return found
    }
}
