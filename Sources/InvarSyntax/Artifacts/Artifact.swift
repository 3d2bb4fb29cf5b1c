package import InvarCore

/// One file of the repository, parsed once in the language that its content shows.
package struct Artifact: Sendable {
    /// Relative to the root.
    package let path: String
    /// Valid UTF-8: bytes that were not are replaced and named in ``problems``.
    package let bytes: [UInt8]
    package let lines: LineTable
    package let content: Content
    /// What could not be read of it.
    package let problems: [Problem]
    /// Its `invar:allow` comments.
    package let allowances: [Allowance]

    package init(path: String, bytes: [UInt8], lines: LineTable, content: Content, problems: [Problem], allowances: [Allowance]) {
        self.path = path
        self.bytes = bytes
        self.lines = lines
        self.content = content
        self.problems = problems
        self.allowances = allowances
    }

    package enum Content: Sendable {
        case document(MarkdownFile)
        /// YAML that is no API description; see ``YAMLStream``.
        case manifest(YAMLStream)
        /// OpenAPI, Swagger or AsyncAPI, in YAML or JSON.
        case apiDescription(YAMLStream)
        /// A step of a schema's history, in SQL or in a framework's language.
        case migration(MigrationFile)
        /// SQL that is no migration.
        case script(SQLScript)
        /// Anything else that is text.
        case text
        /// Nothing of it could be read; ``Artifact/problems`` says why.
        case nothing
    }

    /// Which rules look at it.
    package enum Kind: String, Sendable, CaseIterable {
        case document, manifest, apiDescription, migration, script, text
    }

    package var kind: Kind? {
        switch content {
        case .document: .document
        case .manifest: .manifest
        case .apiDescription: .apiDescription
        case .migration: .migration
        case .script: .script
        case .text: .text
        case .nothing: nil
        }
    }

    /// Why a file, or a part of it, could not be read.
    package struct Problem: Hashable, Sendable {
        /// `file/unreadable`, `yaml/unreadable`, …
        package var rule: String
        package var severity: Severity
        package var message: Wording
        package var hint: Wording?
        package var position: Position

        package init(rule: String, severity: Severity, message: Wording, hint: Wording? = nil, position: Position) {
            self.rule = rule
            self.severity = severity
            self.message = message
            self.hint = hint
            self.position = position
        }
    }
}

extension Artifact {
    /// A 1-based line without its line break.
    package func text(ofLine line: Int) -> String {
        SourceText(bytes, lines).text(ofLine: line)
    }

    /// The position after the last character of a line.
    package func end(ofLine line: Int) -> Position {
        let range = lines.range(ofLine: line)
        guard range.count > Artifact.longestKeptLine else { return Position(line: line, column: text(ofLine: line).unicodeScalars.count + 1) }
        var end = range.upperBound
        while end > range.lowerBound, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return lines.position(line: line, byteColumn: end - range.lowerBound + 1, in: bytes)
    }

    /// A match in this file from `start` to `end`, or to the end of the line.
    package func match(at start: Position, to end: Position? = nil, _ message: Wording, hint: Wording? = nil) -> Match {
        let last = end ?? self.end(ofLine: start.line)
        var match = Match(path: path, start: start, end: max(last, start), message: message, hint: hint)
        (match.excerpt, match.excerptColumn) = excerpt(at: start)
        return match
    }

    /// A line of a minified file is as long as the file, and there may be a match at each of its thousand operations.
    private static let longestKeptLine = 4000

    /// The line of a position, or the part of it around the position, and the column at which that begins.
    private func excerpt(at position: Position) -> (String, Int) {
        let range = lines.range(ofLine: position.line)
        guard range.count > Artifact.longestKeptLine else { return (text(ofLine: position.line), 1) }
        let offset = lines.offset(of: position, in: bytes)
        var first = max(range.lowerBound, offset - Artifact.longestKeptLine / 4)
        while first < offset, bytes[first] & 0xC0 == 0x80 { first += 1 }
        var last = min(range.upperBound, offset + Artifact.longestKeptLine / 2)
        while last > offset, last < range.upperBound, bytes[last] & 0xC0 == 0x80 { last -= 1 }
        while last > first, bytes[last - 1] == 0x0A || bytes[last - 1] == 0x0D { last -= 1 }
        let text = String(decoding: bytes[first..<last], as: UTF8.self)
        let before = String(decoding: bytes[first..<max(first, offset)], as: UTF8.self).unicodeScalars.count
        return (text, max(1, position.column - before))
    }

    /// A match over bytes of this file.
    package func match(over span: Range<Int>, _ message: Wording, hint: Wording? = nil) -> Match {
        match(at: lines.position(at: span.lowerBound, in: bytes), to: lines.position(at: span.upperBound, in: bytes), message, hint: hint)
    }
}
