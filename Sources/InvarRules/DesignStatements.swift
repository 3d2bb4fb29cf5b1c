import InvarCore
import InvarSyntax

/// The statements of a design document that the `design/*` rules share: read once a rule, cheap where no cue stands.
enum DesignStatements {
    /// Statements of some kinds; none for knowledge documents, which speak of such things by nature, and for documents
    /// that teach or belong to others.
    static func of(_ kinds: Set<ProseStatement.Kind>, in artifact: Artifact, _ surroundings: FileSurroundings) -> [ProseStatement] {
        guard case .document(let file) = artifact.content, surroundings.role == nil, !ProseDocumentFilter.isForeign(path: artifact.path) else { return [] }
        guard !ProseDocumentFilter.isChinese(artifact.bytes) else { return [] }
        return ProseReader.statements(in: file).filter { kinds.contains($0.kind) }
    }

    /// The match of a statement: its sentence, what it is about, the decisions that it names.
    static func match(_ statement: ProseStatement, in artifact: Artifact, _ message: Wording, hint: Wording) -> Match {
        var match = artifact.match(at: statement.start, to: statement.end, message, hint: hint)
        match.operations = statement.operations
        match.decisions = statement.decisions + statement.sectionDecisions
        match.key = Folding.unwrapped(statement.text)
        match.scope = statement.start.line...max(statement.start.line, statement.end.line)
        return match
    }
}
