import InvarCore
import InvarSyntax

/// A hint: what to do on its first line, below it what to write.
enum Advice {
    static func write(en: String, ja: String, _ snippet: String) -> Wording {
        Wording(en: en + "\n" + snippet, ja: ja + "\n" + snippet)
    }

    /// The same hint with what to write in the format of the file that it is for: YAML or JSON.
    static func fitted(_ hint: Wording?, to path: String) -> Wording? {
        guard path.hasSuffix(".json"), let hint else { return hint }
        return Wording(en: withJSON(hint.en), ja: withJSON(hint.ja))
    }

    private static func withJSON(_ text: String) -> String {
        let parts = text.split(separator: "\n", maxSplits: 1)
        guard parts.count == 2, let value = try? YAML.parse(withLongForms(String(parts[1]))), case .map = value.content else { return text }
        // The members alone: they go into an object that is there.
        let lines = json(value).text.split(separator: "\n").dropFirst().dropLast().map { $0.dropFirst(2) }
        return parts[0] + "\n" + lines.joined(separator: "\n")
    }

    /// JSON has no tags: `!GetAtt Name.Arn` is a call there.
    private static func withLongForms(_ snippet: String) -> String {
        let tag = "!GetAtt "
        return snippet.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let start = line.firstRange(of: tag) else { return String(line) }
            let names = line[start.upperBound...].split(separator: ".").joined(separator: ", ")
            return line[..<start.lowerBound] + "{ \"Fn::GetAtt\": [\(names)] }"
        }.joined(separator: "\n")
    }

    /// Recursion is bounded: it is a hint of our own.
    private static func json(_ value: YAML) -> JSON {
        switch value.content {
        case .map(let members): return .object(Dictionary(members.map { ($0.key.keyText, json($0.value)) }) { first, _ in first })
        case .list(let items): return .array(items.map(json))
        case .scalar(let text, let isQuoted):
            if isQuoted { return .string(text) }
            if value.isNull { return .null }
            if text == "true" || text == "false" { return .bool(text == "true") }
            return value.number.map(JSON.integer) ?? .string(text)
        }
    }
}
