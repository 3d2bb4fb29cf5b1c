/// A path pattern as in `.gitignore` and CI files: `*` and `?` within a segment, `**` across segments,
/// `[a-z]` and `{a,b}`; a pattern without any of these names a file or everything below a folder.
///
/// Matching takes time proportional to pattern × path, whatever the pattern.
package struct Glob: Sendable, Hashable {
    package let pattern: String
    private let alternatives: [[[Unicode.Scalar]]]

    package init(_ pattern: String) {
        self.pattern = pattern
        var trimmed = pattern
        while trimmed.hasPrefix("./") { trimmed.removeFirst(2) }
        if trimmed.hasPrefix("/") { trimmed.removeFirst() }
        if trimmed.hasSuffix("/") { trimmed.removeLast() }
        self.alternatives = Glob.expandingBraces(trimmed).map { alternative in
            alternative.split(separator: "/", omittingEmptySubsequences: true).map { Array($0.unicodeScalars) }
        }
    }

    /// Whether `path` (relative to the root, `/` between segments) is meant, itself or as part of a named folder.
    package func matches(_ path: String) -> Bool {
        let segments = path.split(separator: "/", omittingEmptySubsequences: true).map { Array($0.unicodeScalars) }
        return alternatives.contains { Glob.match($0, segments) }
    }

    /// The part before the first wildcard that names a folder, to know where a walk must start; "" is the root.
    package var fixedPrefix: String {
        let fixed = pattern.prefix { !"*?[{".contains($0) }
        guard fixed.count < pattern.count else { return pattern }
        return fixed.lastIndex(of: "/").map { String(fixed[..<$0]) } ?? ""
    }

    /// Whether it has any wildcard; one without names a file or a folder.
    package var hasWildcard: Bool { pattern.contains { "*?[{".contains($0) } }

    private static func match(_ pattern: [[Unicode.Scalar]], _ path: [[Unicode.Scalar]]) -> Bool {
        // The last `**` met is the only one that ever needs another try, so two indices and one memory are enough.
        var p = 0
        var s = 0
        var retry: (p: Int, s: Int)?
        while s < path.count {
            if p < pattern.count, pattern[p] == ["*", "*"] {
                retry = (p, s)
                p += 1
            } else if p < pattern.count, matchSegment(pattern[p], path[s]) {
                p += 1
                s += 1
            } else if p == pattern.count, p > 0, !pattern[p - 1].contains(where: { "*?[".unicodeScalars.contains($0) }) {
                return true  // the pattern named a folder above
            } else if let again = retry {
                retry = (again.p, again.s + 1)
                p = again.p + 1
                s = again.s + 1
            } else {
                return false
            }
        }
        while p < pattern.count, pattern[p] == ["*", "*"] { p += 1 }
        return p == pattern.count
    }

    private static func matchSegment(_ pattern: [Unicode.Scalar], _ text: [Unicode.Scalar]) -> Bool {
        var p = 0
        var t = 0
        var retry: (p: Int, t: Int)?
        while t < text.count {
            if p < pattern.count, pattern[p] == "*" {
                retry = (p, t)
                p += 1
            } else if p < pattern.count, let next = matchOne(pattern, at: p, text[t]) {
                p = next
                t += 1
            } else if let again = retry {
                retry = (again.p, again.t + 1)
                p = again.p + 1
                t = again.t + 1
            } else {
                return false
            }
        }
        while p < pattern.count, pattern[p] == "*" { p += 1 }
        return p == pattern.count
    }

    /// The index after the pattern item at `p` when it takes `scalar`, else nil.
    private static func matchOne(_ pattern: [Unicode.Scalar], at p: Int, _ scalar: Unicode.Scalar) -> Int? {
        switch pattern[p] {
        case "?":
            return p + 1
        case "[":
            guard let close = pattern[(p + 1)...].dropFirst().firstIndex(of: "]") else {
                return scalar == "[" ? p + 1 : nil
            }
            var items = pattern[(p + 1)..<close]
            let negated = items.first == "!" || items.first == "^"
            if negated { items.removeFirst() }
            return contains(items, scalar) != negated ? close + 1 : nil
        case "\\" where p + 1 < pattern.count:
            return pattern[p + 1] == scalar ? p + 2 : nil
        default:
            return pattern[p] == scalar ? p + 1 : nil
        }
    }

    private static func contains(_ items: ArraySlice<Unicode.Scalar>, _ scalar: Unicode.Scalar) -> Bool {
        var index = items.startIndex
        while index < items.endIndex {
            if index + 2 < items.endIndex, items[index + 1] == "-" {
                if items[index] <= scalar, scalar <= items[index + 2] { return true }
                index += 3
            } else {
                if items[index] == scalar { return true }
                index += 1
            }
        }
        return false
    }

    /// `a{b,c}` → `ab`, `ac`; nested and unbalanced braces are taken literally past the first 64 alternatives.
    private static func expandingBraces(_ pattern: String) -> [String] {
        var done: [String] = []
        var todo = [pattern]
        while let next = todo.popLast() {
            guard done.count + todo.count < 64, let open = next.firstIndex(of: "{"),
                let close = next[open...].firstIndex(of: "}")
            else {
                done.append(next)
                continue
            }
            let items = next[next.index(after: open)..<close].split(separator: ",", omittingEmptySubsequences: false)
            for item in items.reversed() {
                todo.append(String(next[..<open]) + String(item) + String(next[next.index(after: close)...]))
            }
        }
        return done
    }
}
