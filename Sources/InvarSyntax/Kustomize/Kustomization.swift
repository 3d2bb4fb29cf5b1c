import InvarCore

/// A `kustomization.yaml`: what it takes in and what it lays over it.
package struct Kustomization: Sendable {
    package var path: String
    package var folder: String
    /// Files and folders that it takes in, relative to the root.
    package var resources: [String]
    package var components: [String]
    package var patches: [Patch]
    package var images: [(name: String, newName: String?, newTag: String?, digest: String?)]
    package var replicas: [(name: String, count: String)]
    package var prefix: String
    package var suffix: String
    /// Fields that get their value from elsewhere.
    package var replaced: [(target: Target, fields: [String])]

    package struct Patch: Sendable {
        /// nil for a strategic merge patch that names its object itself.
        package var target: Target?
        package var body: Body
    }

    package enum Body: Sendable {
        /// A path from the root.
        case file(String)
        case inline([YAML])
    }

    /// What a patch is for; what is nil fits everything.
    package struct Target: Sendable {
        package var kind: String?
        package var name: String?
        package var namespace: String?
        package var labels: [String: String]

        init(_ value: YAML?) {
            kind = value?.value("kind")?.text
            name = value?.value("name")?.text
            namespace = value?.value("namespace")?.text
            labels = Target.pairs(value?.value("labelSelector")?.text)
        }

        private static func pairs(_ text: String?) -> [String: String] {
            var found: [String: String] = [:]
            for part in (text ?? "").split(separator: ",") {
                let sides = part.split(separator: "=", omittingEmptySubsequences: true)
                if sides.count == 2, let key = sides.first, let value = sides.last {
                    found[key.trimmingPrefix(while: { $0 == " " }).description] = value.trimmingPrefix(while: { $0 == " " }).description
                }
            }
            return found
        }
    }

    /// The names that kustomize looks for, in its order.
    package static let fileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

    package static func isName(_ path: String) -> Bool { fileNames.contains(RelativePath.name(path)) }

    /// Reads one; nil when it is none.
    package init?(_ artifact: Artifact) {
        let streams: YAMLStream
        switch artifact.content {
        case .manifest(let stream): streams = stream
        case .text: streams = YAMLStream(artifact.bytes)
        case .document, .apiDescription, .migration, .script, .nothing: return nil
        }
        guard let root = streams.documents.first?.merged, case .map = root.content else { return nil }
        path = artifact.path
        let path = artifact.path
        folder = RelativePath.folder(path)
        func resolved(_ key: String) -> [String] {
            (root.value(key)?.items ?? []).compactMap(\.text).compactMap { RelativePath.resolve($0, from: path) }
        }
        resources = resolved("resources") + resolved("bases")
        components = resolved("components")
        patches = Kustomization.patches(root, path)
        images = (root.value("images")?.items ?? []).compactMap { item in
            guard let name = item.value("name")?.text else { return nil }
            return (name, item.value("newName")?.text, item.value("newTag")?.text, item.value("digest")?.text)
        }
        replicas = (root.value("replicas")?.items ?? []).compactMap { item in
            guard let name = item.value("name")?.text, let count = item.value("count")?.text else { return nil }
            return (name, count)
        }
        prefix = root.value("namePrefix")?.text ?? ""
        suffix = root.value("nameSuffix")?.text ?? ""
        replaced = (root.value("replacements")?.items ?? []).flatMap { $0.value("targets")?.items ?? [] }.map { target in
            (Target(target.value("select")), target.value("fieldPaths")?.texts ?? [])
        }
    }

    private static func patches(_ root: YAML, _ path: String) -> [Patch] {
        var found: [Patch] = []
        func add(_ target: YAML?, file: String?, inline: YAML?) {
            let target = target.map(Target.init)
            if let inline = inline?.text {
                found.append(Patch(target: target, body: .inline(YAMLStream(inline).documents.map(\.merged))))
            } else if let file = file.flatMap({ RelativePath.resolve($0, from: path) }) {
                found.append(Patch(target: target, body: .file(file)))
            }
        }
        for item in root.value("patches")?.items ?? [] {
            // A bare text is the short form that some versions took for a file.
            add(item.value("target"), file: item.value("path")?.text ?? item.text, inline: item.value("patch"))
        }
        for item in root.value("patchesStrategicMerge")?.items ?? [] {
            let isInline = item.text?.utf8.contains(0x0A) ?? false
            add(nil, file: isInline ? nil : item.text, inline: isInline ? item : nil)
        }
        for item in root.value("patchesJson6902")?.items ?? [] {
            add(item.value("target"), file: item.value("path")?.text, inline: item.value("patch"))
        }
        return found
    }

    /// The patch files among its patches.
    var patchFiles: [String] {
        patches.compactMap { if case .file(let path) = $0.body { path } else { nil } }
    }
}
