import InvarCore
import InvarSyntax

/// Makes matches on operations and consumers, where they really stand.
struct APIMatch {
    private let artifact: Artifact
    private let surroundings: FileSurroundings

    init(_ artifact: Artifact, _ surroundings: FileSurroundings) {
        self.artifact = artifact
        self.surroundings = surroundings
    }

    /// The description, read with its references; nil when it is none.
    var description: APIDescription? {
        APIDescription(artifact, reading: { [artifact, surroundings] path in path == artifact.path ? artifact : surroundings.artifact(at: path) })
    }

    /// A match on an operation: it starts at the method's key.
    func on(_ operation: APIOperation, _ message: Wording, hint: Wording?) -> Match {
        var match = match(in: operation.file, operation.start, operation.end, message, hint)
        match.operations = operation.names
        match.key = operation.name
        match.scope = trimmed(operation.lines, in: operation.file)
        match.causes = operation.sources
        return match
    }

    /// A match on a consumer: it starts at the action's or the operation's key.
    func on(_ consumer: APIConsumer, _ message: Wording, hint: Wording?) -> Match {
        var match = match(in: consumer.file, consumer.start, consumer.end, message, hint)
        match.operations = [consumer.name] + (consumer.id.map { [$0] } ?? [])
        match.key = consumer.name
        match.scope = trimmed(consumer.lines, in: consumer.file)
        match.causes = consumer.sources
        return match
    }

    func match(in path: String, _ start: Position, _ end: Position?, _ message: Wording, _ hint: Wording?) -> Match {
        let file = path == artifact.path ? artifact : surroundings.artifact(at: path)
        return file?.match(at: start, to: end, message, hint: hint)
            ?? Match(path: path, start: start, end: end ?? start, message: message, hint: hint)
    }

    /// Without the blank lines and comments that stand before the next key.
    private func trimmed(_ lines: ClosedRange<Int>, in path: String) -> ClosedRange<Int> {
        guard let file = path == artifact.path ? artifact : surroundings.artifact(at: path) else { return lines }
        var last = lines.upperBound
        while last > lines.lowerBound {
            let text = file.text(ofLine: last).drop { $0 == " " || $0 == "\t" }
            guard text.isEmpty || text.hasPrefix("#") else { break }
            last -= 1
        }
        return lines.lowerBound...last
    }
}
