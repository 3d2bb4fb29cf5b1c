import InvarCore

/// The value that a YAML or JSON file holds, description or fragment.
package enum APIFile {
    /// The first document; nil for what is neither YAML nor JSON, is broken, or is empty.
    package static func root(of artifact: Artifact) -> APINode? {
        let stream: YAMLStream
        switch artifact.content {
        case .manifest(let read), .apiDescription(let read): stream = read
        case .text:
            // JSON is parsed only where it declares an API; a fragment is parsed once something refers to it.
            guard artifact.bytes.count <= maximumBytes, ArtifactReader.Language(path: artifact.path) == .json || opensLikeJSON(artifact.bytes) else {
                return nil
            }
            stream = JSONText.stream(artifact.bytes)
        case .document, .migration, .script, .nothing: return nil
        }
        guard let first = stream.documents.first else { return nil }
        return APINode(yaml: first, path: artifact.path, endLine: artifact.lines.count)
    }

    /// As for the other files that a reference may lead to.
    private static let maximumBytes = 16 << 20

    private static func opensLikeJSON(_ bytes: [UInt8]) -> Bool {
        bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == 0x7B
    }
}
