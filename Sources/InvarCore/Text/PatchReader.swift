/// Reads unified diffs: git's, with or without context, combined ones of merges, plain `diff -u`, mails around them.
///
/// Never fails: what cannot be read is a ``Patch/Problem``, and reading goes on behind it. Time is linear in bytes.
package enum PatchReader {
    package static func read(_ bytes: [UInt8]) -> Patch {
        var reading = Reading()
        var number = 0
        var start = 0
        bytes.withUnsafeBufferPointer { bytes in
            while start < bytes.count {
                var end = start
                while end < bytes.count, bytes[end] != 0x0A { end += 1 }
                number += 1
                reading.read(UnsafeBufferPointer(rebasing: bytes[start..<end]), number)
                start = end + 1
            }
        }
        reading.finish(number)
        return reading.patch.reportingRepeats(at: number)
    }

    /// Between two lines of the patch.
    private struct Reading {
        var patch = Patch()
        private var file: Patch.File?
        private var header = PatchHeader()
        private var hunk: OpenHunk?

        mutating func read(_ line: UnsafeBufferPointer<UInt8>, _ number: Int) {
            if let wasTaken = hunk?.take(line) {
                if wasTaken { return }
                close(number)
            }
            // Outside hunks only a few first bytes mean anything.
            guard let first = line.first, line.count < 65_536, "dicrGBnos-+@S*".utf8.contains(first) else { return }
            var text = String(decoding: line, as: UTF8.self)
            if text.utf8.last == 0x0D { text.removeLast() }
            if text.hasPrefix("@@") { return begin(text, number) }
            if text.hasPrefix("diff --git ") || text.hasPrefix("diff --cc ") || text.hasPrefix("diff --combined ") {
                endFile()
                header = PatchHeader(text)
                file = Patch.File(path: "", kind: .modified, content: .nothing)
            } else if text.hasPrefix("--- "), file == nil || header.isWhole {
                // A plain diff has no other header.
                endFile()
                header = PatchHeader()
                file = Patch.File(path: "", kind: .modified, content: .nothing)
                header.take(text)
            } else if file != nil {
                header.take(text)
            }
        }

        private mutating func begin(_ text: String, _ number: Int) {
            guard file != nil else { return problem(number, "a hunk belongs to no file") }
            guard let opened = OpenHunk(text) else { return problem(number, "the header of a hunk cannot be read") }
            hunk = opened
        }

        private mutating func close(_ number: Int) {
            guard let open = hunk else { return }
            hunk = nil
            if !open.isComplete { problem(number, "a hunk ends before all its lines are there") }
            file?.content = .text
            file?.hunks.append(open.hunk)
        }

        private mutating func endFile() {
            guard var done = file else { return }
            file = nil
            guard header.complete(&done) else {
                // A signature's `-- ` begins no file.
                if !done.hunks.isEmpty { problem(0, "a file's name cannot be read, or leads out of the root") }
                return
            }
            patch.files.append(done)
        }

        mutating func finish(_ number: Int) {
            close(number)
            endFile()
        }

        private mutating func problem(_ line: Int, _ message: String) {
            guard patch.problems.count < 100 else { return }
            patch.problems.append(Patch.Problem(line: line, message: message))
        }
    }
}

/// A hunk of which lines are still to come.
private struct OpenHunk {
    private(set) var hunk: Patch.Hunk
    /// Lines to come: of each old side, and of the new one.
    private var left: [Int]
    private var old: Int
    private var new: Int
    /// 1, or the number of parents of a merge.
    private let parents: Int

    /// `@@ -3,2 +3,0 @@ heading`, or with one `@` more for each further parent.
    init?(_ text: String) {
        let marks = text.prefix { $0 == "@" }.count
        guard (2...9).contains(marks) else { return nil }
        parents = marks - 1
        let rest = text.dropFirst(marks)
        guard let end = rest.firstRange(of: " " + String(repeating: "@", count: marks)) else { return nil }
        let sides = rest[..<end.lowerBound].split(separator: " ")
        guard sides.count == marks else { return nil }
        var counts: [Int] = []
        var starts: [Int] = []
        for (index, side) in sides.enumerated() {
            guard side.hasPrefix(index == parents ? "+" : "-"), let (start, count) = OpenHunk.lines(side.dropFirst()) else { return nil }
            starts.append(start)
            counts.append(count)
        }
        left = counts
        old = starts[0]
        new = starts[parents]
        let heading = rest[end.upperBound...].drop { $0 == " " }
        hunk = Patch.Hunk(heading: String(heading), before: counts[parents] == 0 ? starts[parents] : max(0, starts[parents] - 1), lines: [])
    }

    var isComplete: Bool { left.allSatisfy { $0 <= 0 } }

    private static func lines(_ text: Substring) -> (start: Int, count: Int)? {
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false)
        guard numbers.count <= 2, let start = Int(numbers[0]), (0...1_000_000_000).contains(start) else { return nil }
        guard numbers.count == 2 else { return (start, 1) }
        guard let count = Int(numbers[1]), (0...1_000_000_000).contains(count) else { return nil }
        return (start, count)
    }

    /// Takes a line of the hunk; false when it is none.
    mutating func take(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        // `\ No newline at end of file` stands behind the last line, too.
        if line.first == 0x5C { return true }
        guard !isComplete else { return false }
        // Editors and mail programs drop the blank of an empty context line.
        let isBare = line.isEmpty || (line.count == 1 && line[0] == 0x0D)
        guard isBare || line.count >= parents else { return false }
        let marks = isBare ? [UInt8](repeating: 0x20, count: parents) : Array(line[..<parents])
        guard marks.allSatisfy({ $0 == 0x20 || $0 == 0x2B || $0 == 0x2D }) else { return false }
        let text = isBare ? "" : String(decoding: line[parents...], as: UTF8.self)
        let isRemoved = marks.contains(0x2D)
        let isAdded = !isRemoved && marks.contains(0x2B)
        for (index, mark) in marks.enumerated() where isRemoved ? mark == 0x2D : mark == 0x20 { left[index] -= 1 }
        if !isRemoved { left[parents] -= 1 }
        let isOld = isRemoved ? marks[0] == 0x2D : marks[0] == 0x20
        hunk.lines.append(
            Patch.Line(kind: isRemoved ? .removed : isAdded ? .added : .context, old: isOld && !isAdded ? old : nil, new: isRemoved ? nil : new, text: text))
        if isOld { old += 1 }
        if !isRemoved { new += 1 }
        return true
    }
}
