import InvarCore

/// An OpenAPI, Swagger or AsyncAPI description with all references followed.
package struct APIDescription: Sendable {
    package var format: Format
    /// Whether it is written in JSON, so that hints are too.
    package var isJSON: Bool
    /// Those under `paths`; webhooks and callbacks are calls to others and no operations of this API.
    package var operations: [APIOperation]
    /// AsyncAPI: what is received.
    package var consumers: [APIConsumer]
    /// References that lead nowhere.
    package var unread: [APIUnreadReference]

    package enum Format: Sendable {
        case openAPI, swagger, asyncAPI2, asyncAPI3
    }

    /// Reads an artifact that is an API description; nil for any other.
    ///
    /// - Parameter reading: gives another file of the repository by its path from the root.
    package init?(_ artifact: Artifact, reading: @escaping @Sendable (String) -> Artifact?) {
        guard case .apiDescription = artifact.content, let root = APIFile.root(of: artifact) else { return nil }
        isJSON = artifact.bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) } == 0x7B
        var references = APIReferences(reading: reading)
        references.know(root)
        operations = []
        consumers = []
        if let version = root.text("asyncapi") {
            format = version.hasPrefix("3") ? .asyncAPI3 : .asyncAPI2
            consumers = AsyncAPIReader.consumers(of: root, format, &references)
        } else {
            format = root.text("swagger") == nil ? .openAPI : .swagger
            operations = APIOperationReader.operations(of: root, format, &references)
        }
        unread = references.unread
    }
}
