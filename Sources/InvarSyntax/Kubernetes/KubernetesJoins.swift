import InvarCore

/// Objects by what others ask of them, so that a folder of thousands is joined in the time of reading it.
package struct KubernetesJoins: Sendable {
    private var byKey: [String: [KubernetesObject]] = [:]

    /// What some object asks for.
    package enum Wanted: Sendable {
        /// A PersistentVolumeClaim by its name.
        case claim(String)
        /// What sets the number of pods of a workload.
        case scaler(kind: String, name: String)
        /// Objects of a kind whose selector takes pods with these labels.
        case selecting(kind: String, [String: String])
        /// Workloads whose pods a selector takes.
        case selected(LabelSelector)
    }

    /// Whether others may ask for an object of its kind.
    static func joins(_ object: KubernetesObject) -> Bool { kinds.contains(object.kind) }

    private static let kinds: Set<String> = [
        "PersistentVolumeClaim", "HorizontalPodAutoscaler", "ScaledObject", "Service", "PodDisruptionBudget", "Deployment", "StatefulSet", "ReplicaSet",
        "ReplicationController", "DeploymentConfig", "Rollout",
    ]

    mutating func add(_ object: KubernetesObject) {
        switch object.kind {
        case "PersistentVolumeClaim": add(object, "claim " + object.name)
        case "HorizontalPodAutoscaler", "ScaledObject":
            guard let target = object.spec?.value("scaleTargetRef"), let name = target.value("name")?.text else { return }
            add(object, "scaler " + (target.value("kind")?.text ?? "Deployment") + " " + name)
        case "Service", "PodDisruptionBudget":
            guard let selector = LabelSelector(object.spec?.value("selector")) else { return }
            add(object, object.kind + " " + (selector.anchor ?? ""))
        case "Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "DeploymentConfig", "Rollout":
            add(object, "pods ")
            for label in object.podLabels { add(object, "pods " + LabelSelector.text(label)) }
        default: break
        }
    }

    private mutating func add(_ object: KubernetesObject, _ key: String) { byKey[key, default: []].append(object) }

    /// In no particular order of files.
    func objects(_ wanted: Wanted) -> [KubernetesObject] {
        switch wanted {
        case .claim(let name): return byKey["claim " + name] ?? []
        case .scaler(let kind, let name): return byKey["scaler " + kind + " " + name] ?? []
        case .selecting(let kind, let labels):
            let keys = [""] + labels.map(LabelSelector.text).sorted()
            return keys.flatMap { byKey[kind + " " + $0] ?? [] }.filter { LabelSelector($0.spec?.value("selector"))?.matches(labels) ?? false }
        case .selected(let selector): return (byKey["pods " + (selector.anchor ?? "")] ?? []).filter { selector.matches($0.podLabels) }
        }
    }
}
