/// The lines of a changed file that mean something: neither blank, nor comments, nor imports, nor what differs in
/// nothing but blanks or a mistyped letter.
struct ChangedLines {
    /// In the order of the patch.
    let lines: [Patch.Line]

    init(_ file: Patch.File, _ kind: ChangedFileKind) {
        var kept: [Patch.Line] = []
        let isPython = RelativePath.suffix(file.path) == "py"
        let keepsIndent = ["py", "yaml", "yml"].contains(RelativePath.suffix(file.path))
        let hasStarComments = ChangedLines.starred.contains(RelativePath.suffix(file.path))
        for hunk in file.hunks {
            var removed: [Patch.Line] = []
            var added: [Patch.Line] = []
            // Within a documentation string of Python.
            var isQuoted = false
            func flush() {
                kept += ChangedLines.meant(removed, added, kind, keepsIndent: keepsIndent, hasStarComments: hasStarComments)
                removed = []
                added = []
            }
            for line in hunk.lines {
                let wasQuoted = isQuoted
                if isPython, line.kind != .removed, ChangedLines.opensQuotation(line.plain) { isQuoted.toggle() }
                switch line.kind {
                case .context: flush()
                case .removed where !wasQuoted: removed.append(line)
                case .added where !wasQuoted: added.append(line)
                case .removed, .added: break
                }
            }
            flush()
        }
        lines = kept
    }

    /// Whether three quotation marks stand on a line an odd number of times, at its beginning.
    private static func opensQuotation(_ line: Substring) -> Bool {
        let trimmed = line.drop { $0 == " " || $0 == "\t" }
        guard trimmed.hasPrefix("\"\"\"") || trimmed.hasSuffix("\"\"\"") else { return false }
        return line.split(separator: "\"\"\"", omittingEmptySubsequences: false).count % 2 == 0
    }

    /// Languages whose comments go on with a star.
    private static let starred: Set<String> = [
        "java", "js", "mjs", "cjs", "ts", "tsx", "jsx", "kt", "go", "c", "cc", "cpp", "h", "hpp", "cs", "php", "scala", "swift", "rs", "groovy", "proto",
        "dart", "vue",
    ]

    /// Of one place where lines were replaced.
    private static func meant(_ removed: [Patch.Line], _ added: [Patch.Line], _ kind: ChangedFileKind, keepsIndent: Bool, hasStarComments: Bool) -> [Patch.Line]
    {
        guard !removed.isEmpty || !added.isEmpty else { return [] }
        func squeezed(_ line: Patch.Line) -> String {
            keepsIndent ? DisplayText.trimmedEnd(String(line.plain)) : line.plain.filter { $0 != " " && $0 != "\t" }
        }
        if removed.count == added.count, zip(removed, added).allSatisfy({ squeezed($0) == squeezed($1) }) { return [] }
        let isProse = kind == .document || kind == .guide
        var skipped = Set<Int>()
        if isProse, removed.count == added.count {
            for (index, (old, new)) in zip(removed, added).enumerated() where isSlip(String(old.plain), String(new.plain)) { skipped.insert(index) }
        }
        let starred = hasStarComments
        func isMeant(_ item: (offset: Int, element: Patch.Line)) -> Bool {
            !skipped.contains(item.offset) && (isProse ? !item.element.plain.allSatisfy { $0 == " " || $0 == "\t" } : isCode(item.element.plain, kind, starred))
        }
        return removed.enumerated().filter(isMeant).map(\.element) + added.enumerated().filter(isMeant).map(\.element)
    }

    /// Whether two lines differ in letters of one word, or in punctuation, so that nothing else is said.
    static func isSlip(_ old: String, _ new: String) -> Bool {
        let (a, b) = (Array(old.unicodeScalars), Array(new.unicodeScalars))
        var start = 0
        while start < min(a.count, b.count), a[start] == b[start] { start += 1 }
        var end = 0
        while end < min(a.count, b.count) - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
        let middles = [a[start..<(a.count - end)], b[start..<(b.count - end)]]
        let isPunctuation = middles.allSatisfy { $0.allSatisfy { !$0.properties.isAlphabetic && $0.properties.numericType == nil } }
        if isPunctuation { return true }
        func isLetter(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCII && scalar.properties.isAlphabetic }
        guard middles.allSatisfy({ $0.count <= 3 && $0.allSatisfy(isLetter) }) else { return false }
        // Inside a word of four letters and more, whose length tells it from "not" and "no".
        var (first, last) = (start, a.count - end)
        while first > 0, isLetter(a[first - 1]) { first -= 1 }
        while last < a.count, isLetter(a[last]) { last += 1 }
        return last - first >= 4
    }

    /// Whether a line of a file that is no prose does something.
    private static func isCode(_ line: Substring, _ kind: ChangedFileKind, _ hasStarComments: Bool) -> Bool {
        let trimmed = line.drop { $0 == " " || $0 == "\t" }
        guard trimmed.utf8.contains(where: { IdentifierScanner.isUpper($0) || IdentifierScanner.isLower($0) || IdentifierScanner.isDigit($0) || $0 >= 0x80 })
        else { return false }
        if hasStarComments, trimmed.hasPrefix("* ") || trimmed.hasPrefix("*/") { return false }
        for mark in ["//", "/*", "<!--", "\"\"\"", "'''", "rem ", "REM ", ";;"] where trimmed.hasPrefix(mark) { return false }
        if trimmed.hasPrefix("--"), kind == .sql || kind == .migration || kind == .job { return false }
        if trimmed.hasPrefix("#"), !trimmed.hasPrefix("#[") { return false }
        if kind == .code || kind == .job || kind == .view || kind == .tool {
            // A line of Go's list of imports.
            if trimmed.hasPrefix("\""), trimmed.hasSuffix("\""), !trimmed.contains(" ") { return false }
            for word in ["import ", "from ", "using ", "use ", "package ", "require ", "require(", "const { ", "export * from", "#include", "namespace "]
            where trimmed.hasPrefix(word) && (word != "const { " || trimmed.holds("require(")) { return false }
        }
        return true
    }
}

extension Substring {
    fileprivate func holds(_ text: String) -> Bool { String(self).holds(text) }
}
