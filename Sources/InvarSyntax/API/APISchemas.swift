import InvarCore

/// What a schema calls its properties, whatever it is composed of.
enum APISchemas {
    /// More schemas than this below one body are not looked at.
    static let maximumSchemas = 2000

    /// The properties of the schemas, of what they are composed of (`allOf`, `oneOf`, `anyOf`, `items`), and those of
    /// their properties, each schema once.
    static func properties(of schemas: [APINode], _ references: inout APIReferences) -> [APIProperty] {
        var found: [APIProperty] = []
        var seen: Set<Place> = []
        var pending = schemas.map { (node: $0, depth: 0) }
        var next = 0
        while next < pending.count, next < maximumSchemas {
            let (node, depth) = pending[next]
            next += 1
            guard let schema = references.resolve(node), seen.insert(schema.place).inserted else { continue }
            for name in ["allOf", "oneOf", "anyOf"] {
                pending += schema[name]?.items.map { ($0, depth) } ?? []
            }
            if let items = schema["items"] { pending.append((items, depth)) }
            for (key, property) in schema["properties"]?.members ?? [] {
                let resolved = property.yaml.member("$ref") == nil ? property : references.resolve(property)
                let description = property.text("description") ?? resolved?.text("description") ?? ""
                found.append(APIProperty(name: key.keyText, description: description))
                if depth == 0, let resolved { pending.append((resolved, 1)) }
            }
        }
        return found
    }
}
