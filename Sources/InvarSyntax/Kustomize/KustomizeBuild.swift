import InvarCore

/// What becomes of an object on its way through kustomizations.
package struct KustomizeBuild: Sendable {
    /// The object as it comes out, with the kustomizations at the ends of its ways (``KubernetesObject/roots``); its
    /// positions are those of the file it stands in.
    package var object: KubernetesObject
    /// Kustomizations and patches that had a say.
    package var causes: [String]

    package init(object: KubernetesObject, causes: [String] = []) {
        self.object = object
        self.causes = causes
    }

    /// The same once for each end, for what depends on the objects that come out beside it.
    package var byRoot: [KustomizeBuild] {
        guard object.roots.count > 1 else { return [self] }
        return object.roots.map { root in
            var build = self
            build.object.roots = [root]
            return build
        }
    }

    /// Every different thing that is made of an object; none when all kustomizations delete it.
    ///
    /// - Parameter reading: gives another file by its path from the root.
    static func all(of object: KubernetesObject, _ index: KustomizationIndex, reading: @escaping (String) -> Artifact?) -> [KustomizeBuild] {
        let chains = index.chains(of: object.path)
        guard !chains.isEmpty else { return [KustomizeBuild(object: object)] }
        var builds: [KustomizeBuild] = []
        for chain in chains {
            var way = KustomizeWay(object, reading)
            for kustomization in chain {
                for component in index.components(of: kustomization) where component.path != kustomization.path { way.pass(component) }
                way.pass(kustomization)
            }
            guard let value = way.value, var built = way.built(value), let root = chain.last?.path else { continue }
            if let same = builds.firstIndex(where: { $0.object.value.isSame(as: value) }) {
                builds[same].causes = Array(Set(builds[same].causes + way.causes)).sorted()
                if !builds[same].object.roots.contains(root) { builds[same].object.roots.append(root) }
            } else {
                built.roots = [root]
                builds.append(KustomizeBuild(object: built, causes: way.causes.sorted()))
            }
        }
        return builds
    }
}

/// An object under way.
private struct KustomizeWay {
    let object: KubernetesObject
    /// nil once a patch has deleted it.
    private(set) var value: YAML?
    private(set) var causes: Set<String> = []
    /// What it has been called so far; patches may use any of these.
    private var names: Set<String>
    private let reading: (String) -> Artifact?

    init(_ object: KubernetesObject, _ reading: @escaping (String) -> Artifact?) {
        self.object = object
        self.reading = reading
        value = object.value
        names = [object.name]
    }

    /// Under the name that its file gives it, so that what is found in several builds is one thing.
    func built(_ value: YAML) -> KubernetesObject? {
        var built = KubernetesObject(value, path: object.path, lines: object.lines, isTemplate: object.isTemplate, isPatch: object.isPatch)
        if !object.name.isEmpty { built?.name = object.name }
        return built
    }

    mutating func pass(_ kustomization: Kustomization) {
        causes.insert(kustomization.path)
        for patch in kustomization.patches { apply(patch) }
        for (target, fields) in kustomization.replaced where fits(target) {
            for field in fields { replace(field) }
        }
        if !kustomization.images.isEmpty { value = value.map { renamed($0, kustomization) } }
        for change in kustomization.replicas where names.contains(change.name) {
            lay(YAML(content: .map([(scalar("spec"), YAML(content: .map([(scalar("replicas"), scalar(change.count))]), position: origin))]), position: origin))
        }
        if !kustomization.prefix.isEmpty || !kustomization.suffix.isEmpty {
            names.formUnion(names.map { kustomization.prefix + $0 + kustomization.suffix })
        }
    }

    private var origin: Position { object.value.position }

    private func scalar(_ text: String) -> YAML { YAML(content: .scalar(text, isQuoted: true), position: origin) }

    private mutating func apply(_ patch: Kustomization.Patch) {
        let documents: [YAML]
        switch patch.body {
        case .inline(let inline): documents = inline
        case .file(let path):
            guard let artifact = reading(path) else { return }
            switch artifact.content {
            case .manifest(let stream): documents = stream.documents.map(\.merged)
            case .text: documents = YAMLStream(artifact.bytes).documents.map(\.merged)
            case .document, .apiDescription, .migration, .script, .nothing: return
            }
            causes.insert(path)
        }
        for document in documents {
            if case .list(let operations) = document.content {
                guard let target = patch.target, fits(target) else { continue }
                value = value.map { JSONPatch.applied(operations, to: $0) }
            } else if let target = patch.target {
                if fits(target) { lay(document) }
            } else if document.value("kind")?.text == object.kind, names.contains(document.value("metadata", "name")?.text ?? "") {
                lay(document)
            }
        }
    }

    private mutating func lay(_ patch: YAML) {
        guard let present = value else { return }
        if patch.value("$patch")?.text == "delete" {
            value = nil
            return
        }
        // Their schema is unknown to kustomize, so lists of other kinds are replaced.
        let isKnown = !object.group.contains(".") || object.group.hasSuffix(".k8s.io")
        // An object keeps its identity, whatever a patch with a target calls itself.
        guard case .map(let members) = patch.content else { return }
        let content = members.filter { !["apiVersion", "kind"].contains($0.key.keyText) }.map { member in
            guard member.key.keyText == "metadata", case .map(let fields) = member.value.content else { return member }
            return (member.key, YAML(content: .map(fields.filter { $0.key.keyText != "name" }), position: member.value.position))
        }
        value = StrategicMerge.merged(present, with: YAML(content: .map(content), position: patch.position), mergesLists: isKnown)
    }

    /// Names and kinds of targets are patterns; only the simplest are tried.
    private func fits(_ target: Kustomization.Target) -> Bool {
        func isMet(_ pattern: String?, _ candidates: Set<String>) -> Bool {
            guard var pattern = pattern, !pattern.isEmpty, pattern != ".*" else { return true }
            // Most are plain names; patterns take many times as long.
            guard pattern.utf8.contains(where: { [0x2A, 0x7C, 0x28, 0x5E, 0x24].contains($0) }) else { return candidates.contains(pattern) }
            if pattern.hasPrefix("^") { pattern.removeFirst() }
            if pattern.hasSuffix("$") { pattern.removeLast() }
            if candidates.contains(pattern) { return true }
            let parts = pattern.replacing(".*", with: "*").split(separator: "*", omittingEmptySubsequences: false)
            if parts.count == 2, let head = parts.first, let tail = parts.last {
                return candidates.contains { $0.hasPrefix(head) && $0.hasSuffix(tail) && $0.count >= head.count + tail.count }
            }
            return pattern.split(separator: "|").contains { candidates.contains($0.trimmingPrefix("(").description.replacing(")", with: "")) }
        }
        let labels = object.labels
        return isMet(target.kind, [object.kind]) && isMet(target.name, names) && target.labels.allSatisfy { labels[$0.key] == $0.value }
    }

    /// A field whose value comes from elsewhere is no longer known: `spec.template.spec.containers.[name=app].image`.
    private mutating func replace(_ field: String) {
        let path = field.split(separator: ".").map(String.init)
        value = value.map { KustomizeWay.unknown(path[...], in: $0) }
    }

    private static func unknown(_ path: ArraySlice<String>, in value: YAML) -> YAML {
        guard let name = path.first, path.count <= YAML.maximumDepth else {
            return YAML(content: .scalar("${replacement}", isQuoted: true), position: value.position)
        }
        switch value.content {
        case .map(let members):
            let changed = members.map { member in
                member.key.keyText == name || name == "*" ? (member.key, unknown(path.dropFirst(), in: member.value)) : member
            }
            return YAML(content: .map(changed), position: value.position)
        case .list(let items):
            var key = ""
            var wanted = ""
            if name.hasPrefix("["), let equals = name.firstIndex(of: "=") {
                key = String(name[name.index(after: name.startIndex)..<equals])
                wanted = String(name[name.index(after: equals)...].prefix { $0 != "]" })
            }
            let changed = items.enumerated().map { index, item in
                let isMeant = name == "*" || Int(name) == index || (!key.isEmpty && item.value(key)?.text == wanted)
                return isMeant ? unknown(path.dropFirst(), in: item) : item
            }
            return YAML(content: .list(changed), position: value.position)
        case .scalar: return value
        }
    }

    /// With the `images` of a kustomization put in.
    private func renamed(_ value: YAML, _ kustomization: Kustomization) -> YAML {
        guard case .map(let members) = value.content else {
            if case .list(let items) = value.content { return YAML(content: .list(items.map { renamed($0, kustomization) }), position: value.position) }
            return value
        }
        let changed = members.map { member -> (key: YAML, value: YAML) in
            guard member.key.keyText == "image", let text = member.value.text, var image = ImageReference(text) else {
                return (member.key, renamed(member.value, kustomization))
            }
            for change in kustomization.images where change.name == image.name {
                image.name = change.newName ?? image.name
                if change.newTag != nil || change.digest != nil { (image.tag, image.digest) = (change.newTag, change.digest) }
            }
            if image.text == text { return member }
            return (member.key, YAML(content: .scalar(image.text, isQuoted: true), position: member.value.position))
        }
        return YAML(content: .map(changed), position: value.position)
    }
}
