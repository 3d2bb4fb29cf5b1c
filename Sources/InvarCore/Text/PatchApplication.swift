/// Puts a patch on bytes, or takes it off again.
package enum PatchApplication {
    package enum Direction: Sendable {
        case forth, back
    }

    /// A file's bytes on the other side of a patch; nil when they are not what the patch shows.
    ///
    /// Every line that a hunk shows must stand there as it is. A hunk may have moved as a whole.
    package static func apply(_ file: Patch.File, to bytes: [UInt8], _ direction: Direction) -> [UInt8]? {
        guard file.content == .text else { return nil }
        let lines = self.lines(bytes)
        var out: [[UInt8]] = []
        var next = 0
        for hunk in file.hunks {
            let kept = hunk.lines.filter { direction == .forth ? $0.kind != .added : $0.kind != .removed }
            let made = hunk.lines.filter { direction == .forth ? $0.kind != .removed : $0.kind != .added }.map { Array($0.text.utf8) }
            let wanted = kept.map { Array($0.text.utf8) }
            let stated = direction == .forth ? kept.first?.old : kept.first?.new
            guard let start = place(wanted, in: lines, near: (stated ?? hunk.before + 1) - 1, from: next) else { return nil }
            out += lines[next..<start].map { Array($0) } + made
            next = start + wanted.count
        }
        out += lines[next...].map { Array($0) }
        let endsOpen = bytes.last.map { $0 != 0x0A } ?? false
        return Array(out.joined(separator: [0x0A])) + (endsOpen || out.isEmpty ? [] : [0x0A])
    }

    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty ?? false { lines.removeLast() }
        return lines
    }

    /// Where lines stand: at the stated place, else the nearest one within a thousand lines.
    private static func place(_ wanted: [[UInt8]], in lines: [ArraySlice<UInt8>], near stated: Int, from first: Int) -> Int? {
        let last = lines.count - wanted.count
        guard first <= last else { return nil }
        // A hunk without context that only adds stands where it says.
        if wanted.isEmpty { return min(max(first, stated), lines.count) }
        func isThere(_ start: Int) -> Bool { wanted.indices.allSatisfy { lines[start + $0].elementsEqual(wanted[$0]) } }
        for distance in 0...1_000 {
            for start in distance == 0 ? [stated] : [stated - distance, stated + distance] where start >= first && start <= last && isThere(start) {
                return start
            }
        }
        return nil
    }
}
