import InvarCore

/// The services of a docker-compose file.
package struct ComposeFile: Sendable {
    package var path: String
    package var services: [Service]

    package struct Service: Sendable {
        package var name: String
        package var key: YAML
        package var value: YAML
        /// The lines that can belong to it.
        package var lines: ClosedRange<Int>

        /// The value of `image`; nil when it is built here or left to another file.
        package var imageValue: YAML? { value.value("image").flatMap { $0.text == nil ? nil : $0 } }

        package var image: ImageReference? { imageValue?.text.flatMap(ImageReference.init) }

        /// Another service that it takes over.
        package var isExtended: Bool { value.value("extends") != nil }

        /// Whether something of it is kept outside of the container; memory is not.
        package var hasVolumes: Bool {
            (value.value("volumes")?.items ?? []).contains { $0.value("type")?.text != "tmpfs" }
        }

        /// The words of `command` and `entrypoint`.
        package var words: [String] {
            (value.value("entrypoint")?.texts ?? [])
                + (value.value("command")?.items ?? []).compactMap(\.text).flatMap { $0.split(separator: " ").map(String.init) }
        }
    }

    /// nil for a file that declares no services; only names that compose files have, or services with images, count.
    package init?(_ artifact: Artifact) {
        guard case .manifest(let stream) = artifact.content, let raw = stream.documents.first, raw.value("kind") == nil,
            let services = raw.value("services"), case .map = services.content
        else { return nil }
        let hasMerges = ByteSearch.firstIndex(of: Array("<<".utf8), in: artifact.bytes) != nil
        let root = hasMerges ? raw.merged : raw
        guard case .map(let members) = root.value("services")?.content else { return nil }
        let name = RelativePath.name(artifact.path).lowercased()
        guard name.holds("compose") || members.contains(where: { $0.value.value("image") != nil || $0.value.value("build") != nil }) else { return nil }
        path = artifact.path
        let last =
            (root.members.map(\.key.position.line).filter { line in members.first.map { line > $0.key.position.line } ?? false }.min() ?? artifact.lines.count
                + 1) - 1
        self.services = members.indices.map { index in
            let (key, value) = members[index]
            let next = index + 1 < members.count ? members[index + 1].key.position.line - 1 : last
            return Service(name: key.keyText, key: key, value: value, lines: key.position.line...max(key.position.line, next))
        }
    }
}
