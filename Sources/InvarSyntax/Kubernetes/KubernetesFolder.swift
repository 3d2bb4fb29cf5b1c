import InvarCore
import Synchronization

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
    private let joins: KubernetesJoins
    private let known = Companions()

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
        var joins = KubernetesJoins()
        for item in items { for build in item.builds { joins.add(build.object) } }
        self.joins = joins
    }

    /// The objects that meet one in some build: those of this folder, else those that its kustomizations take in.
    ///
    /// - Parameter reading: gives another file; called only when the folder itself has no answer.
    package func peers(of object: KubernetesObject, _ wanted: KubernetesJoins.Wanted, reading: @escaping (String) -> Artifact?) -> [KubernetesObject] {
        func meets(_ other: KubernetesObject) -> Bool { other.sharesBuild(with: object) && other.sharesNamespace(with: object) }
        let here = joins.objects(wanted).filter(meets)
        if !here.isEmpty { return here }
        let roots = Set(index.chains(of: object.path).compactMap(\.last?.path)).filter { object.roots.isEmpty || object.roots.contains($0) }
        return roots.sorted().flatMap { companions(at: $0, reading).objects(wanted).filter(meets) }
    }

    /// The objects of other folders that a kustomization takes in, as it builds them, read once.
    private func companions(at root: String, _ reading: @escaping (String) -> Artifact?) -> KubernetesJoins {
        known.joins(at: root) {
            var joins = KubernetesJoins()
            guard let kustomization = index.kustomization(at: root) else { return joins }
            for artifact in index.files(of: kustomization).sorted().filter({ artifacts[$0] == nil }).compactMap(reading) {
                for object in KubernetesObjectReader.objects(of: artifact, isPatch: index.isPatch(artifact.path)) where !object.isPatch {
                    guard KubernetesJoins.joins(object) else { continue }
                    for build in KustomizeBuild.all(of: object, index, reading: reading) where build.object.roots.contains(root) { joins.add(build.object) }
                }
            }
            return joins
        }
    }

    private final class Companions: Sendable {
        private let known = Mutex<[String: KubernetesJoins]>([:])

        func joins(at root: String, _ make: () -> KubernetesJoins) -> KubernetesJoins {
            known.withLock { known in
                if let joins = known[root] { return joins }
                let joins = make()
                known[root] = joins
                return joins
            }
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
