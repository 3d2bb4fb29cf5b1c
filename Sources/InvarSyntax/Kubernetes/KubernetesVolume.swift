/// A volume of a pod.
package struct KubernetesVolume: Sendable {
    package var name: String
    /// The member that says what it is made of, `emptyDir` and its value.
    package var source: String
    package var value: YAML

    init?(_ volume: YAML) {
        guard let name = volume.value("name")?.text else { return nil }
        self.name = name
        let member = volume.members.first { $0.key.keyText != "name" }
        // A volume without a source is an emptyDir.
        source = member?.key.keyText ?? "emptyDir"
        value = member?.value ?? volume
    }

    package var claim: String? { source == "persistentVolumeClaim" ? value.value("claimName")?.text : nil }

    /// Whether what is written there outlives the pod. A folder of the node does, on that node.
    package var isDurable: Bool { !KubernetesVolume.fleeting.contains(source) }

    private static let fleeting: Set<String> = ["emptyDir", "configMap", "secret", "projected", "downwardAPI", "ephemeral", "image"]
}
