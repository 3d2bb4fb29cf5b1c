import InvarCore

/// A change log in YAML as the flat list that the XML gives.
struct LiquibaseYAML {
    private(set) var nodes: [LiquibaseNode] = []
    private let lines: LineTable

    init(_ root: YAML, _ bytes: [UInt8]) {
        lines = LineTable(bytes)
        for entry in root["databaseChangeLog"]?.items ?? [] {
            for (key, value) in entry.members where key.text == "changeSet" { addChangeSet(key, value) }
        }
    }

    private func offset(_ yaml: YAML) -> Int {
        lines.range(ofLine: yaml.position.line).lowerBound + max(0, yaml.position.column - 1)
    }

    @discardableResult
    private mutating func add(_ key: YAML, _ value: YAML, parent: Int?) -> Int {
        let start = offset(key)
        var node = LiquibaseNode(name: key.text ?? "", attributes: [:], parent: parent, span: start..<start + (key.text?.utf8.count ?? 0))
        for (key, value) in value.members { if let name = key.text, let text = value.text { node.attributes[name] = text } }
        node.text = value.text ?? node.attributes["sql"]
        nodes.append(node)
        return nodes.count - 1
    }

    private mutating func addChangeSet(_ key: YAML, _ value: YAML) {
        let index = add(key, value, parent: nil)
        for (key, value) in value.members {
            switch key.text {
            case "changes": for change in value.items { for (key, value) in change.members { addChange(key, value, parent: index) } }
            case "rollback": addRollback(key, value, parent: index)
            default: break
            }
        }
    }

    private mutating func addRollback(_ key: YAML, _ value: YAML, parent: Int) {
        let index = add(key, value, parent: parent)
        for item in value.items { for (key, value) in item.members { addChange(key, value, parent: index) } }
    }

    /// A change with its columns and their constraints.
    private mutating func addChange(_ key: YAML, _ value: YAML, parent: Int) {
        let index = add(key, value, parent: parent)
        for (key, value) in value.members where key.text == "columns" {
            for item in value.items {
                for (key, value) in item.members {
                    let column = add(key, value, parent: index)
                    for (key, value) in value.members where key.text == "constraints" { add(key, value, parent: column) }
                }
            }
        }
    }
}
