/// Changes of files as `git apply` takes them: three lines around each change, names quoted as git quotes them.
package enum UnifiedDiff {
    /// Unchanged lines shown on each side of a change.
    static let context = 3

    /// All edits in their order; nothing of a file that stays as it is.
    ///
    /// - Parameter edits: files whose bytes are valid UTF-8.
    package static func text(of edits: [FileEdit]) -> String {
        var out: [UInt8] = []
        for edit in edits { append(edit, to: &out) }
        return String(decoding: out, as: UTF8.self)
    }

    private static func append(_ edit: FileEdit, to out: inout [UInt8]) {
        guard edit.before != edit.after else { return }
        let old = lines(edit.before ?? [])
        let new = lines(edit.after)
        let name = edit.before == nil ? "/dev/null" : label("a/" + edit.path)
        out += Array("--- \(name)\n+++ \(label("b/" + edit.path))\n".utf8)
        for hunk in hunks(changes(old, new), old.count) {
            let first = hunk[0]
            let last = hunk[hunk.count - 1]
            let before = max(0, first.old.lowerBound - context)..<min(old.count, last.old.upperBound + context)
            let newStart = first.new.lowerBound - (first.old.lowerBound - before.lowerBound)
            let newCount = last.new.upperBound + (before.upperBound - last.old.upperBound) - newStart
            out += Array("@@ -\(span(before.lowerBound, before.count)) +\(span(newStart, newCount)) @@\n".utf8)
            var position = before.lowerBound
            for change in hunk {
                for line in old[position..<change.old.lowerBound] { append(0x20, line, to: &out) }
                for line in old[change.old] { append(0x2D, line, to: &out) }
                for line in new[change.new] { append(0x2B, line, to: &out) }
                position = change.old.upperBound
            }
            for line in old[position..<before.upperBound] { append(0x20, line, to: &out) }
        }
    }

    private static func append(_ mark: UInt8, _ line: ArraySlice<UInt8>, to out: inout [UInt8]) {
        out.append(mark)
        out += line
        if line.last != 0x0A { out += Array("\n\\ No newline at end of file\n".utf8) }
    }

    /// `12,4`; git counts an empty stretch from the line before it.
    private static func span(_ start: Int, _ count: Int) -> String {
        count == 0 ? "\(start),0" : count == 1 ? "\(start + 1)" : "\(start + 1),\(count)"
    }

    /// Only LF ends a line for git.
    static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for index in bytes.indices where bytes[index] == 0x0A {
            lines.append(bytes[start...index])
            start = index + 1
        }
        if start < bytes.count { lines.append(bytes[start...]) }
        return lines
    }
}

extension UnifiedDiff {
    /// Lines that went, and what stands in their place.
    struct LineChange {
        var old: Range<Int>
        var new: Range<Int>
    }

    /// The stretches in which the files differ. Lines that stand once in both are taken for the same, which keeps the work
    /// linear; what is between them is compared line by line.
    static func changes(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [LineChange] {
        var changes: [LineChange] = []
        var position = (old: 0, new: 0)
        for anchor in anchors(old, new) + [(old.count, new.count)] {
            var gap = LineChange(old: position.old..<anchor.0, new: position.new..<anchor.1)
            trim(&gap, old, new)
            changes += LineMatch.changes(in: gap, old, new)
            position = (anchor.0 + 1, anchor.1 + 1)
        }
        return changes
    }

    private static func trim(_ gap: inout LineChange, _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) {
        while let first = gap.old.first, let other = gap.new.first, old[first] == new[other] {
            gap = LineChange(old: (first + 1)..<gap.old.upperBound, new: (other + 1)..<gap.new.upperBound)
        }
        while let last = gap.old.last, let other = gap.new.last, old[last] == new[other] {
            gap = LineChange(old: gap.old.lowerBound..<last, new: gap.new.lowerBound..<other)
        }
    }

    /// Pairs of lines that stand exactly once in each file, as long a rising row of them as there is.
    private static func anchors(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [(Int, Int)] {
        var seen: [ArraySlice<UInt8>: (count: Int, old: Int)] = [:]
        for (index, line) in old.enumerated() { seen[line, default: (0, index)].count += 1 }
        var counts: [ArraySlice<UInt8>: Int] = [:]
        for line in new { counts[line, default: 0] += 1 }
        let pairs = new.enumerated().compactMap { index, line -> (Int, Int)? in
            guard counts[line] == 1, let found = seen[line], found.count == 1 else { return nil }
            return (found.old, index)
        }
        return rising(pairs)
    }

    /// The longest subsequence whose first members rise; the second ones rise already.
    private static func rising(_ pairs: [(Int, Int)]) -> [(Int, Int)] {
        var tails: [Int] = []
        var previous = [Int](repeating: -1, count: pairs.count)
        for (index, pair) in pairs.enumerated() {
            var low = 0
            var high = tails.count
            while low < high {
                let middle = (low + high) / 2
                if pairs[tails[middle]].0 < pair.0 { low = middle + 1 } else { high = middle }
            }
            if low > 0 { previous[index] = tails[low - 1] }
            if low == tails.count { tails.append(index) } else { tails[low] = index }
        }
        var out: [(Int, Int)] = []
        var next = tails.last ?? -1
        while next >= 0 {
            out.append(pairs[next])
            next = previous[next]
        }
        return out.reversed()
    }

    /// Changes whose contexts touch share a hunk.
    private static func hunks(_ changes: [LineChange], _ count: Int) -> [[LineChange]] {
        var hunks: [[LineChange]] = []
        for change in changes {
            if let last = hunks.last?.last, change.old.lowerBound - last.old.upperBound <= 2 * context {
                hunks[hunks.count - 1].append(change)
            } else {
                hunks.append([change])
            }
        }
        return hunks
    }
}

extension UnifiedDiff {
    /// A name as git writes it: in quotes with octal escapes where it holds anything but plain ASCII, with a tab behind it
    /// where it holds a space.
    static func label(_ path: String) -> String {
        let needsQuotes = path.utf8.contains { $0 < 0x20 || $0 >= 0x7F || $0 == 0x22 || $0 == 0x5C }
        guard needsQuotes else { return path.utf8.contains(0x20) ? path + "\t" : path }
        var out = "\""
        for byte in path.utf8 {
            switch byte {
            case 0x22, 0x5C: out += "\\" + String(Unicode.Scalar(byte))
            case 0x07: out += "\\a"
            case 0x08: out += "\\b"
            case 0x09: out += "\\t"
            case 0x0A: out += "\\n"
            case 0x0B: out += "\\v"
            case 0x0C: out += "\\f"
            case 0x0D: out += "\\r"
            case 0x00..<0x20, 0x7F...0xFF:
                let octal = String(byte, radix: 8)
                out += "\\" + String(repeating: "0", count: 3 - octal.count) + octal
            default: out.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return out + "\""
    }

    /// The path that a name in a diff stands for, without `a/` or `b/`; nil for `/dev/null`.
    static func path(label: some Collection<UInt8>) -> String? {
        var bytes = Array(label)
        while let last = bytes.last, last == 0x0D || last == 0x09 || last == 0x20 { bytes.removeLast() }
        if bytes.first == 0x22 { bytes = unquoted(bytes) }
        let text = String(decoding: bytes, as: UTF8.self)
        if text == "/dev/null" { return nil }
        return text.hasPrefix("a/") || text.hasPrefix("b/") ? String(text.dropFirst(2)) : text
    }

    private static func unquoted(_ bytes: [UInt8]) -> [UInt8] {
        let named: [UInt8: UInt8] = [0x61: 0x07, 0x62: 0x08, 0x74: 0x09, 0x6E: 0x0A, 0x76: 0x0B, 0x66: 0x0C, 0x72: 0x0D]
        var out: [UInt8] = []
        var index = 1
        while index < bytes.count, bytes[index] != 0x22 {
            guard bytes[index] == 0x5C, index + 1 < bytes.count else {
                out.append(bytes[index])
                index += 1
                continue
            }
            let digits = bytes[(index + 1)...].prefix(3).prefix { (0x30...0x37).contains($0) }
            if digits.count == 3, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8) {
                out.append(value)
                index += 4
            } else {
                out.append(named[bytes[index + 1]] ?? bytes[index + 1])
                index += 2
            }
        }
        return out
    }
}
