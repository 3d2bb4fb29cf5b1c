/// The keys that a line of YAML stands under, as far as the patch shows them.
struct EnclosingKeys {
    private var keys: [Patch.Line: [String]] = [:]

    init(_ file: Patch.File) {
        guard ["yaml", "yml"].contains(RelativePath.suffix(file.path)) else { return }
        for hunk in file.hunks {
            var open: [(indent: Int, key: String)] = []
            for line in hunk.lines {
                guard let (indent, key) = EnclosingKeys.key(line.plain) else { continue }
                while let last = open.last, last.indent >= indent { open.removeLast() }
                if line.kind != .context { keys[line] = open.map(\.key) }
                if let key, open.count < 40 { open.append((indent, key)) }
            }
        }
    }

    /// Outermost first.
    func keys(of line: Patch.Line) -> [String] { keys[line] ?? [] }

    /// Whether it is a label, an annotation or a tag, which steer nothing.
    func isMark(_ line: Patch.Line) -> Bool {
        keys(of: line).contains { ["labels", "annotations", "tags", "matchLabels", "matchlabels"].contains($0) }
    }

    /// A line's indentation and its key; nil for a blank line or a comment.
    private static func key(_ line: Substring) -> (indent: Int, key: String?)? {
        var indent = 0
        var rest = line
        while let first = rest.first, first == " " || first == "-" {
            // A dash that is no list item belongs to a value.
            if first == "-", rest.dropFirst().first != " " { break }
            indent += 1
            rest = rest.dropFirst()
        }
        guard let first = rest.first, first != "#" else { return nil }
        guard let colon = rest.firstIndex(of: ":") else { return (indent, nil) }
        let key = rest[..<colon].filter { $0 != "\"" }
        return (indent, key.contains(" ") ? nil : String(key))
    }
}
