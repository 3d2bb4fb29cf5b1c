import InvarCore
import InvarSyntax

/// Manifests that only become YAML when they are rendered, read line by line for what they say outright.
enum TemplateScan {
    /// A line `key: value` without placeholders.
    struct Line {
        let artifact: Artifact
        /// The `kind:` of its document, "" when it is a placeholder.
        let kind: String
        let key: String
        let value: String
        let position: Position

        func match(_ message: Wording, hint: Wording?) -> Match {
            let end = Position(line: position.line, column: position.column + value.unicodeScalars.count)
            var match = artifact.match(at: position, to: end, message, hint: hint)
            match.key = kind + "/" + key
            return match
        }
    }

    /// The wanted keys of all templates that could not be parsed, below what could.
    static func lines(of keys: Set<String>, in group: FileGroup) -> [Line] {
        group.artifacts.flatMap { artifact -> [Line] in
            guard case .manifest(let stream) = artifact.content, let problem = stream.problem, TemplateMarks.occur(in: artifact.bytes) else { return [] }
            return lines(of: keys, in: artifact, from: stream.documents.isEmpty ? 1 : problem.line)
        }
    }

    private static func lines(of keys: Set<String>, in artifact: Artifact, from first: Int) -> [Line] {
        guard first <= artifact.lines.count else { return [] }
        var found: [Line] = []
        var kind = ""
        for line in 1...artifact.lines.count {
            let text = artifact.text(ofLine: line)
            if text.hasPrefix("---") { kind = "" }
            let body = text.drop { $0 == " " }
            var rest = body
            while rest.hasPrefix("- ") { rest = rest.dropFirst(2).drop { $0 == " " } }
            guard let colon = rest.firstIndex(of: ":"), !rest.hasPrefix("#") else { continue }
            let key = String(rest[..<colon])
            var value = rest[rest.index(after: colon)...].drop { $0 == " " }
            if let comment = value.firstRange(of: " #") { value = value[..<comment.lowerBound] }
            while value.last == " " { value.removeLast() }
            if body.startIndex == text.startIndex, key == "kind" { kind = value.contains("{") ? "" : String(value) }
            guard line >= first, keys.contains(key), !value.isEmpty, !value.contains("{") else { continue }
            let column = text.unicodeScalars.distance(from: text.startIndex, to: value.startIndex) + 1
            found.append(Line(artifact: artifact, kind: kind, key: key, value: unquoted(value), position: Position(line: line, column: column)))
        }
        return found
    }

    private static func unquoted(_ value: Substring) -> String {
        guard value.count >= 2, let first = value.first, first == value.last, first == "\"" || first == "'" else { return String(value) }
        return String(value.dropFirst().dropLast())
    }
}
