import InvarCore

extension APIText {
    /// What it says of the operation not being repeatable, read as the Markdown that descriptions are written in.
    package var statements: [ProseStatement] {
        guard CueStems.mayOccur(in: text) else { return [] }
        let bytes = Array(text.utf8)
        guard MarkdownLimits.lineTooLong(bytes) == nil, MarkdownLimits.lineBeyond(bytes) == nil else { return [] }
        return ProseReader.statements(in: MarkdownFile(path: place.path, bytes: bytes))
    }
}
