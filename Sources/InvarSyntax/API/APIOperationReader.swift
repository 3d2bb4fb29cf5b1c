import InvarCore

/// Reads the operations under `paths`.
struct APIOperationReader {
    private let root: APINode
    private let format: APIDescription.Format
    private let basePath: String

    static let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"]

    static func operations(of root: APINode, _ format: APIDescription.Format, _ references: inout APIReferences) -> [APIOperation] {
        let reader = APIOperationReader(root: root, format: format, basePath: basePath(of: root))
        var operations: [APIOperation] = []
        references.forgetFiles()
        guard let paths = root["paths"].flatMap({ references.resolve($0) }) else { return [] }
        for (key, node) in paths.members where key.keyText.hasPrefix("/") {
            references.forgetFiles()
            reader.read(key.keyText, node, &references, into: &operations)
        }
        return operations
    }

    /// Swagger's `basePath`, or the path of the first server's URL, without a final slash.
    private static func basePath(of root: APINode) -> String {
        if let path = root.text("basePath") { return trimmed(path) }
        guard let url = root["servers"]?.items.first?.text("url"), !url.contains("{") else { return "" }
        guard let scheme = url.firstRange(of: "://") else { return trimmed(url) }
        return trimmed(String(url[scheme.upperBound...].drop { $0 != "/" }))
    }

    private static func trimmed(_ path: String) -> String {
        var path = path
        while path.hasSuffix("/") { path.removeLast() }
        return path.isEmpty || path.hasPrefix("/") ? path : "/" + path
    }

    /// A path item: its own methods, and those that its `$ref` leads to.
    private func read(_ path: String, _ item: APINode, _ references: inout APIReferences, into operations: inout [APIOperation]) {
        read(methodsOf: item, path, passing: [], &references, into: &operations)
        guard item.yaml.member("$ref") != nil else { return }
        references.forgetFiles()
        guard let target = references.resolve(item) else { return }
        read(methodsOf: target, path, passing: references.files, &references, into: &operations)
    }

    private func read(
        methodsOf item: APINode, _ path: String, passing files: Set<String>, _ references: inout APIReferences, into operations: inout [APIOperation]
    ) {
        for (key, node) in item.members where APIOperationReader.methods.contains(key.keyText) {
            guard case .map = node.yaml.content else { continue }
            references.forgetFiles()
            guard let operation = references.resolve(node) else { continue }
            let isElsewhere = node.yaml.member("$ref") != nil
            let shared = item["parameters"]
            var read = self.operation(key.keyText, path, operation, shared, &references)
            if isElsewhere {
                read.start = operation.yaml.position
                read.end = nil
                read.lines = operation.yaml.position.line...max(operation.yaml.position.line, operation.endLine)
            } else {
                read.start = key.position
                read.end = key.keyEnd
                // An alias stands where its anchor does.
                let last = node.yaml.position.line < key.position.line ? key.position.line : node.endLine
                read.lines = key.position.line...max(key.position.line, last)
                if let shared, shared.path == read.file, shared.yaml.position.line >= item.yaml.position.line {
                    read.lines = min(read.lines.lowerBound, shared.yaml.position.line)...max(read.lines.upperBound, shared.endLine)
                }
            }
            read.sources = references.files.union(files).union([root.path]).subtracting([read.file]).sorted()
            operations.append(read)
        }
    }

    private func operation(
        _ method: String, _ path: String, _ node: APINode, _ shared: APINode?, _ references: inout APIReferences
    ) -> APIOperation {
        var parameters: [(APIParameter, APINode)] = []
        for list in [node["parameters"], shared] {
            for item in list.flatMap({ references.resolve($0) })?.items ?? [] {
                guard let parameter = references.resolve(item), let name = parameter.text("name") else { continue }
                let read = APIParameter(
                    name: name, location: parameter.text("in") ?? "", description: parameter.text("description") ?? "", place: parameter.place)
                guard !parameters.contains(where: { $0.0.name == name && $0.0.location == read.location }) else { continue }
                parameters.append((read, parameter))
            }
        }
        let body = ["post", "put", "patch"].contains(method) ? self.body(node, parameters, &references) : .none
        // A lost response hides no key.
        let isComplete = !references.isIncomplete
        return APIOperation(
            method: method.uppercased(), path: path, id: node.text("operationId"), summary: text("summary", node), description: text("description", node),
            tags: node["tags"]?.yaml.texts ?? [], isDeprecated: node["deprecated"]?.yaml.bool ?? false, parameters: parameters.map(\.0), body: body,
            responses: responses(node, &references),
            extensions: node.yaml.members.filter { $0.key.keyText.hasPrefix("x-") }.map { ($0.key.keyText, $0.value) }, basePath: basePath,
            file: node.path, start: node.yaml.position, end: nil, lines: node.yaml.position.line...node.yaml.position.line, sources: [],
            isComplete: isComplete)
    }

    private func text(_ name: String, _ node: APINode) -> APIText? {
        node[name].flatMap { value in value.yaml.text.map { APIText(text: $0, place: value.place) } }
    }

    private func responses(_ node: APINode, _ references: inout APIReferences) -> [APIResponse] {
        (node["responses"]?.members ?? []).map { key, node in
            APIResponse(status: key.keyText, description: references.resolve(node)?.text("description") ?? "")
        }
    }

    private func body(_ node: APINode, _ parameters: [(APIParameter, APINode)], _ references: inout APIReferences) -> APIBody {
        var body = APIBody.none
        var schemas: [APINode] = []
        if let request = node["requestBody"].flatMap({ references.resolve($0) }) {
            for (key, media) in request["content"]?.members ?? [] {
                body.mediaTypes.append(key.keyText)
                if let schema = media["schema"] { schemas.append(schema) }
            }
        }
        for (parameter, node) in parameters {
            if parameter.location == "body", let schema = node["schema"] { schemas.append(schema) }
            if parameter.location == "formData" { body.properties.append(APIProperty(name: parameter.name, description: parameter.description)) }
        }
        if format == .swagger, !schemas.isEmpty || !body.properties.isEmpty {
            body.mediaTypes = (node["consumes"] ?? root["consumes"])?.yaml.texts ?? []
        }
        body.properties += APISchemas.properties(of: schemas, &references)
        return body
    }
}
