package import InvarCore

/// A value of an API description, in the file where it really stands.
package struct APINode: Sendable {
    package var yaml: YAML
    /// The file it stands in, relative to the root.
    package var path: String
    /// The last line that can belong to it.
    package var endLine: Int

    package init(yaml: YAML, path: String, endLine: Int) {
        self.yaml = yaml
        self.path = path
        self.endLine = endLine
    }

    /// The members of a mapping, each with the lines up to the next one.
    package var members: [(key: YAML, node: APINode)] {
        guard case .map(let members) = yaml.content else { return [] }
        return members.indices.map { (members[$0].key, node(at: $0, of: members)) }
    }

    /// The items of a list.
    package var items: [APINode] {
        guard case .list(let items) = yaml.content else { return [] }
        return items.indices.map { index in
            let next = index + 1 < items.count ? items[index + 1].position.line - 1 : endLine
            return APINode(yaml: items[index], path: path, endLine: max(items[index].position.line, next))
        }
    }

    /// A member by its exact name; nil for null.
    package subscript(name: String) -> APINode? {
        guard case .map(let members) = yaml.content else { return nil }
        if let index = members.firstIndex(where: { $0.key.keyText == name }) {
            return members[index].value.isNull ? nil : node(at: index, of: members)
        }
        return yaml.value(name).map { APINode(yaml: $0, path: path, endLine: $0.position.line) }
    }

    /// The text of a member.
    package func text(_ name: String) -> String? { yaml.value(name)?.text }

    package var place: Place { Place(path: path, position: yaml.position) }

    /// The member at an index of this mapping.
    func node(at index: Int, of members: [(key: YAML, value: YAML)]) -> APINode {
        let (key, value) = members[index]
        let next = index + 1 < members.count ? members[index + 1].key.position.line - 1 : endLine
        return APINode(yaml: value, path: path, endLine: max(key.position.line, value.position.line, next))
    }
}
