import InvarCore

/// The Kubernetes objects of a folder's manifests, each as it is finally built.
package struct KubernetesFolder: Sendable {
    /// An object and what is made of it.
    package struct Item: Sendable {
        package var object: KubernetesObject
        /// Never empty.
        package var builds: [KustomizeBuild]
    }

    /// In the order of files and lines, patches left out.
    package let items: [Item]
    /// The files that it was read from.
    package let artifacts: [String: Artifact]
    private let index: KustomizationIndex

    package init(_ artifacts: [Artifact], _ index: KustomizationIndex, reading: @escaping (String) -> Artifact?) {
        self.index = index
        self.artifacts = Dictionary(artifacts.map { ($0.path, $0) }) { first, _ in first }
        var items: [Item] = []
        for artifact in artifacts {
            let objects = KubernetesObjectReader.objects(of: artifact, isPatch: index.isPatch(artifact.path))
            for object in objects where !object.isPatch && !KubernetesFolder.isPartial(object, index) {
                let builds = KustomizeBuild.all(of: object, index, reading: reading)
                if !builds.isEmpty { items.append(Item(object: object, builds: builds)) }
            }
        }
        self.items = items
    }

    /// Wanted objects of the kustomizations that build an object, as they build them, those of this folder left out: they
    /// are read only when the folder itself has no answer.
    package func companions(of object: KubernetesObject, reading: @escaping (String) -> Artifact?, where isWanted: (KubernetesObject) -> Bool)
        -> [KubernetesObject]
    {
        var files: Set<String> = []
        for chain in index.chains(of: object.path) {
            guard let root = chain.last, object.roots.isEmpty || object.roots.contains(root.path) else { continue }
            files.formUnion(index.files(of: root))
        }
        return files.sorted().filter { artifacts[$0] == nil }.compactMap(reading).flatMap { artifact in
            KubernetesObjectReader.objects(of: artifact, isPatch: index.isPatch(artifact.path)).filter { !$0.isPatch && isWanted($0) }
                .flatMap { KustomizeBuild.all(of: $0, index, reading: reading).map(\.object) }
                .filter { isWanted($0) && $0.sharesBuild(with: object) }
        }
    }

    /// A workload without selector and labels that lies about where overlays keep patches: some tool that invar does not
    /// follow lays it over another.
    private static func isPartial(_ object: KubernetesObject, _ index: KustomizationIndex) -> Bool {
        guard ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout", "DeploymentConfig"].contains(object.kind),
            let spec = object.spec, spec.value("selector") == nil, spec.value("template", "metadata", "labels") == nil
        else { return false }
        return object.path.lowercased().holds("patch") || object.path.holds("overlays/") || index.isLeftOut(object.path)
    }
}
