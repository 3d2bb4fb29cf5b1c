import InvarCore

/// Reads what an AsyncAPI description receives.
struct AsyncAPIReader {
    private let root: APINode
    private let protocols: [String: String]

    static func consumers(of root: APINode, _ format: APIDescription.Format, _ references: inout APIReferences) -> [APIConsumer] {
        references.forgetFiles()
        var protocols: [String: String] = [:]
        for (key, node) in root["servers"]?.members ?? [] {
            guard let server = references.resolve(node), let name = server.text("protocol") else { continue }
            protocols[key.keyText] = name.lowercased()
        }
        let reader = AsyncAPIReader(root: root, protocols: protocols)
        return format == .asyncAPI3 ? reader.operations(&references) : reader.channels(&references)
    }

    /// AsyncAPI 2: `publish` is what the application receives, `subscribe` what those who read the description do.
    private func channels(_ references: inout APIReferences) -> [APIConsumer] {
        var consumers: [APIConsumer] = []
        for (key, node) in root["channels"]?.members ?? [] {
            references.forgetFiles()
            guard let channel = references.resolve(node) else { continue }
            let passed = references.files
            for (action, operation) in channel.members where ["publish", "subscribe"].contains(action.keyText) {
                references.forgetFiles()
                var consumer = consumer(action, operation, key.keyText, servers: channel["servers"]?.yaml.texts ?? [], &references)
                consumer.action = action.keyText
                consumer.id = operation.text("operationId")
                let message = operation["message"].flatMap { references.resolve($0) }
                let variants = message?["oneOf"]?.items ?? message.map { [$0] } ?? []
                consumer.messages = variants.compactMap { read($0, &references) }
                finish(&consumer, operation, passed, &references)
                consumers.append(consumer)
            }
        }
        return consumers
    }

    /// AsyncAPI 3: operations name their channel, and the messages are the channel's.
    private func operations(_ references: inout APIReferences) -> [APIConsumer] {
        var consumers: [APIConsumer] = []
        for (key, node) in root["operations"]?.members ?? [] {
            references.forgetFiles()
            guard let operation = references.resolve(node), operation.text("action") == "receive" else { continue }
            let reference = operation["channel"]
            guard let channel = reference.flatMap({ references.resolve($0) }) else { continue }
            let name = channel.text("address") ?? reference?.text("$ref")?.split(separator: "/").last.map(String.init) ?? key.keyText
            var servers: [String] = []
            for server in channel["servers"]?.items ?? [] { servers.append(server.text("$ref")?.split(separator: "/").last.map(String.init) ?? "") }
            var consumer = consumer(key, operation, name, servers: servers, &references)
            consumer.action = "receive"
            consumer.id = key.keyText
            if node.yaml.member("$ref") != nil, node.path != operation.path {
                consumer.start = operation.yaml.position
                consumer.end = nil
                consumer.lines = operation.yaml.position.line...max(operation.yaml.position.line, operation.endLine)
            }
            let named = operation["messages"]?.items
            let all = channel["messages"]?.members.map(\.node) ?? []
            consumer.messages = (named ?? all).compactMap { read($0, &references) }
            finish(&consumer, operation, [], &references)
            consumers.append(consumer)
        }
        return consumers
    }

    private func consumer(
        _ key: YAML, _ operation: APINode, _ channel: String, servers: [String], _ references: inout APIReferences
    ) -> APIConsumer {
        let names = servers.isEmpty ? protocols.keys.sorted() : servers
        return APIConsumer(
            action: "", channel: channel, id: nil, protocols: Set(names.compactMap { protocols[$0] }).sorted(), messages: [], qosZero: nil,
            isDeduplicated: false, file: operation.path, start: key.position, end: key.keyEnd,
            lines: key.position.line...max(key.position.line, operation.endLine), sources: [], isComplete: true)
    }

    private func finish(_ consumer: inout APIConsumer, _ operation: APINode, _ passed: Set<String>, _ references: inout APIReferences) {
        for source in [operation] + traits(of: operation, &references) {
            guard let bindings = source["bindings"].flatMap({ references.resolve($0) }) else { continue }
            if let qos = bindings["mqtt"].flatMap({ references.resolve($0) })?["qos"], qos.yaml.text == "0" { consumer.qosZero = qos.place }
            if bindings["sqs"]?["queue"]?["fifoQueue"]?.yaml.bool ?? false { consumer.isDeduplicated = true }
        }
        consumer.sources = references.files.union(passed).union([root.path]).subtracting([consumer.file]).sorted()
        consumer.isComplete = !references.isIncomplete
    }

    private func traits(of node: APINode, _ references: inout APIReferences) -> [APINode] {
        (node["traits"]?.items ?? []).compactMap { references.resolve($0) }
    }

    private func read(_ node: APINode, _ references: inout APIReferences) -> APIMessage? {
        guard let message = references.resolve(node) else { return nil }
        let parts = [message] + traits(of: message, &references)
        var headers: [APIProperty] = []
        for part in parts { if let schema = part["headers"] { headers += APISchemas.properties(of: [schema], &references) } }
        let bindings = parts.compactMap { $0["bindings"] }
        for binding in bindings.flatMap({ references.resolve($0)?.members ?? [] }) {
            // The brokers' own ids, as MQTT's correlationData.
            headers += binding.node.members.map { APIProperty(name: $0.key.keyText, description: "") }
        }
        let format = message.text("schemaFormat") ?? message["payload"]?.text("schemaFormat") ?? ""
        let schema = message["payload"].flatMap { $0["schemaFormat"] == nil ? $0 : $0["schema"] }
        let isRead = format.isEmpty || format.contains("asyncapi") || format.contains("schema+") || format.contains("openapi")
        return APIMessage(
            name: message.text("name") ?? message.text("title") ?? "", hasCorrelationID: parts.contains { $0["correlationId"] != nil },
            headers: headers, payload: isRead ? APISchemas.properties(of: schema.map { [$0] } ?? [], &references) : [], isRead: isRead, place: message.place)
    }
}
