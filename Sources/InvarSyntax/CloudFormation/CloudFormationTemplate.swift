import InvarCore

/// The resources of a CloudFormation or SAM template, in YAML or JSON.
package struct CloudFormationTemplate: Sendable {
    package var path: String
    package var resources: [Resource]

    package struct Resource: Sendable {
        /// Its logical name.
        package var name: String
        /// The value of `Type`.
        package var type: YAML
        /// nil when it has none.
        package var properties: YAML?
        package var lines: ClosedRange<Int>

        package var typeName: String { type.text ?? "" }

        /// A property by its path; an intrinsic function (`!If`, `!Ref`) reads as what its arguments are, so a value
        /// that is there but cannot be told is not nil.
        package func property(_ path: String...) -> YAML? {
            var value = properties
            for name in path { value = value?.value(name) }
            return value
        }
    }

    /// nil for anything else: a template has `Resources`, each with a `Type` such as `AWS::ECS::Service`.
    package init?(_ artifact: Artifact) {
        guard case .manifest(let stream) = artifact.content, let root = stream.documents.first, root.value("kind") == nil,
            let section = root.member("Resources"), case .map(let members) = section.value.content
        else { return nil }
        let last = (root.members.map(\.key.position.line).filter { $0 > section.key.position.line }.min() ?? artifact.lines.count + 1) - 1
        path = artifact.path
        resources = members.indices.compactMap { index in
            let (key, value) = members[index]
            guard let type = value.value("Type"), type.text?.holds("::") ?? false else { return nil }
            let next = index + 1 < members.count ? members[index + 1].key.position.line - 1 : last
            return Resource(
                name: key.keyText, type: type, properties: value.value("Properties"), lines: key.position.line...max(key.position.line, next))
        }
        if resources.isEmpty { return nil }
    }

    /// The logical name that a `!GetAtt Name.Arn`, `!Ref Name` or their long forms mean; nil for another value.
    package static func referred(by value: YAML) -> String? {
        if let text = value.text { return text.split(separator: ".").first.map(String.init) }
        if let name = value.value("Ref")?.text { return name }
        guard let attribute = value.value("Fn::GetAtt") else { return nil }
        return attribute.items.first?.text?.split(separator: ".").first.map(String.init)
    }
}
