/// What a change of an interface description (OpenAPI, AsyncAPI, protocol buffers, GraphQL) does to those who use it.
struct InterfaceChange {
    private(set) var evidence: [(topic: Topic, strength: Double, line: Patch.Line)] = []

    /// Whether lines of a YAML or JSON file show paths and methods of an API.
    static func describesInterface(_ file: Patch.File) -> Bool {
        guard ["yaml", "yml", "json"].contains(RelativePath.suffix(file.path)) else { return false }
        var (hasMethod, hasResponse) = (false, false)
        for hunk in file.hunks {
            for line in hunk.lines {
                let key = key(of: line.plain)
                if methods.contains(key) { hasMethod = true }
                if ["responses", "requestbody", "operationid", "parameters"].contains(key) { hasResponse = true }
            }
        }
        return hasMethod && hasResponse
    }

    init(_ file: Patch.File) {
        let isDescription = ["yaml", "yml", "json"].contains(RelativePath.suffix(file.path))
        for hunk in file.hunks {
            // Which operation the lines stand in: the last method above them.
            var method = ""
            // Or which type, in other languages.
            var isMutation = hunk.heading.contains("Mutation")
            for line in hunk.lines {
                let key = InterfaceChange.key(of: line.plain)
                if isDescription, InterfaceChange.methods.contains(key) { method = key }
                if !isDescription, ["type ", "input ", "enum ", "message ", "service ", "interface "].contains(where: { line.plain.hasPrefix($0) }) {
                    isMutation = line.plain.contains("Mutation")
                }
                guard line.kind != .context, !key.isEmpty, !InterfaceChange.words.contains(key), !line.plain.allSatisfy({ $0 == " " }) else { continue }
                if isDescription { read(line, key, method) } else { readDefinition(line, isMutation: isMutation) }
            }
        }
    }

    private mutating func read(_ line: Patch.Line, _ key: String, _ method: String) {
        if line.kind == .removed {
            evidence.append((.contract, 1, line))
        } else if key == "required" || key == "enum" || key == "minlength" || key == "maxlength" || key == "pattern" || key == "type" || key == "format" {
            evidence.append((.contract, key == "required" && !line.plain.hasSuffix("false") ? 0.9 : 0.4, line))
        }
        if ["post", "put", "patch", "delete", "publish", "subscribe", "send", "receive"].contains(method), key != "get" {
            evidence.append((.repetition, key == method ? 1 : 0.7, line))
        }
        if String(line.plain).lowercased().contains("idempotency") { evidence.append((.repetition, 1, line)) }
        if key == "security" || key == "securityschemes" || key == "scopes" { evidence.append((.access, 0.9, line)) }
    }

    /// A line of protocol buffers or GraphQL.
    private mutating func readDefinition(_ line: Patch.Line, isMutation: Bool) {
        evidence.append((.contract, line.kind == .removed || line.plain.hasSuffix("!") ? 1 : 0.4, line))
        let words = Pieces(line.plain).words
        if isMutation || words.contains("mutation") || words.first == "rpc" && words.dropFirst().first.map({ InterfaceChange.changing.contains($0) }) ?? false {
            evidence.append((.repetition, 0.8, line))
        }
    }

    /// Its key in YAML or JSON, in lower case; what stands before anything else in other languages.
    private static func key(of line: Substring) -> String {
        var text = String(line.drop { $0 == " " || $0 == "\t" || $0 == "-" || $0 == "\"" }.prefix { $0 != ":" && $0 != "\"" })
        while text.hasSuffix(" ") { text.removeLast() }
        return text.hasPrefix("#") || text.hasPrefix("//") ? "" : text.lowercased()
    }

    private static let methods: Set<String> = ["get", "post", "put", "patch", "delete", "head", "options", "publish", "subscribe", "send", "receive"]
    /// Keys under which prose stands.
    private static let words: Set<String> = [
        "description", "summary", "example", "examples", "tags", "title", "x-internal", "externaldocs", "contact", "license", "version",
    ]
    private static let changing: Set<String> = [
        "create", "update", "delete", "charge", "refund", "send", "register", "submit", "cancel", "transfer", "add", "put", "set", "post",
    ]
}
