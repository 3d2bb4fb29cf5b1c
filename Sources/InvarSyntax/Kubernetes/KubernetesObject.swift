import InvarCore

/// One object of a manifest: a document, or an item of a `List` or an OpenShift `Template`.
package struct KubernetesObject: Sendable {
    /// The file it stands in, relative to the root.
    package var path: String
    /// The whole object, merges resolved.
    package var value: YAML
    /// `apps/v1`.
    package var apiVersion: String
    package var kind: String
    /// "" when it has none, or only a generated one.
    package var name: String
    package var namespace: String?
    /// From its first line to its last that holds something.
    package var lines: ClosedRange<Int>
    /// Holds placeholders of a template where values belong: what is absent may come in when it is rendered.
    package var isTemplate: Bool
    /// A part of an object that is laid over another one; it is never judged.
    package var isPatch: Bool
    /// The kustomizations at the ends of its ways that make exactly this of it; empty as it stands in its file.
    package var roots: [String] = []

    /// Reads a value; nil when it declares no object.
    package init?(_ value: YAML, path: String, lines: ClosedRange<Int>, isTemplate: Bool = false, isPatch: Bool = false) {
        guard let apiVersion = value.value("apiVersion")?.text, let kind = value.value("kind")?.text else { return nil }
        self.path = path
        self.value = value
        self.apiVersion = apiVersion
        self.kind = kind
        let metadata = value.value("metadata")
        name = metadata?.value("name")?.text ?? metadata?.value("generateName")?.text ?? ""
        namespace = metadata?.value("namespace")?.text
        self.lines = lines
        self.isTemplate = isTemplate
        self.isPatch = isPatch
    }

    /// `apps` of `apps/v1`; "" for the core group.
    package var group: String {
        apiVersion.firstIndex(of: "/").map { String(apiVersion[..<$0]) } ?? ""
    }

    /// `CronJob/nightly-sales`.
    package var title: String { kind + "/" + name }

    /// Where the object's name stands, or its kind when it has none: the place of what it lacks as a whole.
    package var nameValue: YAML {
        value.value("metadata", "name") ?? value.value("metadata", "generateName") ?? value.value("kind") ?? value
    }

    package var spec: YAML? { value.value("spec") }

    package var labels: [String: String] { KubernetesObject.texts(value.value("metadata", "labels")) }

    package var annotations: [String: String] { KubernetesObject.texts(value.value("metadata", "annotations")) }

    /// Whether two objects can meet: a manifest without a namespace goes wherever it is applied.
    package func sharesNamespace(with other: KubernetesObject) -> Bool {
        namespace == nil || other.namespace == nil || namespace == other.namespace
    }

    /// Whether some build holds both: as they stand in their files, objects meet whatever is built.
    package func sharesBuild(with other: KubernetesObject) -> Bool {
        roots.isEmpty || other.roots.isEmpty || roots.contains { other.roots.contains($0) }
    }

    static func texts(_ map: YAML?) -> [String: String] {
        Dictionary((map?.members ?? []).map { ($0.key.keyText, $0.value.text ?? "") }) { first, _ in first }
    }
}
