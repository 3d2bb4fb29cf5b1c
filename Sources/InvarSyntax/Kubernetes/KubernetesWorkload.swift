/// An object that runs pods, with the parts that rules ask for.
package struct KubernetesWorkload: Sendable {
    package var object: KubernetesObject
    package var pod: YAML
    package var containers: [KubernetesContainer]
    package var volumes: [KubernetesVolume]

    /// nil for an object that runs no pods of its own.
    package init?(_ object: KubernetesObject) {
        guard KubernetesWorkload.groups[object.kind]?.contains(object.group) ?? false, let spec = object.spec else { return nil }
        let pod: YAML? =
            switch object.kind {
            case "Pod": spec
            case "CronJob": spec.value("jobTemplate", "spec", "template", "spec")
            default: spec.value("template", "spec")
            }
        guard let pod else { return nil }
        self.object = object
        self.pod = pod
        containers =
            (pod.value("initContainers")?.items ?? []).map { KubernetesContainer($0, role: .initial) }
            + (pod.value("containers")?.items ?? []).map { KubernetesContainer($0, role: .main) }
        volumes = (pod.value("volumes")?.items ?? []).compactMap(KubernetesVolume.init)
    }

    private static let groups: [String: Set<String>] = [
        "Deployment": ["apps", "extensions"], "StatefulSet": ["apps"], "DaemonSet": ["apps", "extensions"], "ReplicaSet": ["apps", "extensions"],
        "ReplicationController": [""], "DeploymentConfig": ["apps.openshift.io", ""], "Rollout": ["argoproj.io"], "Job": ["batch"],
        "CronJob": ["batch"], "Pod": [""],
    ]

    package var kind: String { object.kind }

    /// Whether it is a whole object, so that what it lacks is really absent.
    package var isComplete: Bool {
        !object.isTemplate && !object.isPatch && containers.contains { $0.role == .main && $0.value.value("image") != nil }
    }

    /// Runs until it is done, not for ever.
    package var isJob: Bool { kind == "Job" || kind == "CronJob" }

    /// `spec.replicas` as it is written.
    package var replicasValue: YAML? { object.spec?.value("replicas") }

    package var replicas: Int? { object.replicas }

    package var podLabels: [String: String] { object.podLabels }

    /// The Job's own part: of a CronJob the one that it makes.
    package var jobSpec: YAML? {
        kind == "CronJob" ? object.spec?.value("jobTemplate", "spec") : object.spec
    }

    package func volume(_ name: String) -> KubernetesVolume? { volumes.first { $0.name == name } }

    /// Names of the volumes that a StatefulSet claims for each pod.
    package var claimTemplates: Set<String> {
        Set((object.spec?.value("volumeClaimTemplates")?.items ?? []).compactMap { $0.value("metadata", "name")?.text })
    }

    /// Whether what is written to a mount outlives the pod; true for a volume that is not declared here.
    package func isDurable(_ mount: KubernetesContainer.Mount) -> Bool {
        claimTemplates.contains(mount.volume) || (volume(mount.volume)?.isDurable ?? true)
    }
}

extension KubernetesObject {
    /// The number of pods: Kubernetes' default where it is not written; nil when a placeholder stands there.
    package var replicas: Int? {
        guard let value = spec?.value("replicas") else { return 1 }
        return value.number
    }

    /// The labels of its pods; those that it selects where it has no template.
    package var podLabels: [String: String] {
        if kind == "Pod" { return labels }
        return KubernetesObject.texts(spec?.value("template", "metadata", "labels") ?? spec?.value("selector", "matchLabels"))
    }
}
