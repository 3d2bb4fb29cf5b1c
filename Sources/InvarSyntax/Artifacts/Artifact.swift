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
        /// Anything else that is text.
        case text
        /// Nothing of it could be read; ``Artifact/problems`` says why.
        case nothing
    }

    /// Which rules look at it.
    package enum Kind: String, Sendable, CaseIterable {
        case document, manifest, apiDescription, text
    }

    package var kind: Kind? {
        switch content {
        case .document: .document
        case .manifest: .manifest
        case .apiDescription: .apiDescription
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
        Position(line: line, column: text(ofLine: line).unicodeScalars.count + 1)
    }

    /// A match in this file from `start` to `end`, or to the end of the line.
    package func match(at start: Position, to end: Position? = nil, _ message: Wording, hint: Wording? = nil) -> Match {
        let last = end ?? self.end(ofLine: start.line)
        var match = Match(path: path, start: start, end: max(last, start), message: message, hint: hint)
        match.excerpt = text(ofLine: start.line)
        return match
    }

    /// A match over bytes of this file.
    package func match(over span: Range<Int>, _ message: Wording, hint: Wording? = nil) -> Match {
        match(at: lines.position(at: span.lowerBound, in: bytes), to: lines.position(at: span.upperBound, in: bytes), message, hint: hint)
    }
}
