/// A container of a pod.
package struct KubernetesContainer: Sendable {
    package var value: YAML
    package var name: String
    package var role: Role

    package enum Role: Sendable {
        case main
        /// Runs to its end before the main ones start.
        case initial
        /// Starts before the main ones and stays: an init container with `restartPolicy: Always`.
        case sidecar
    }

    package init(_ value: YAML, role: Role) {
        self.value = value
        self.name = value.value("name")?.text ?? ""
        self.role = role == .initial && value.value("restartPolicy")?.text == "Always" ? .sidecar : role
    }

    /// The value of `image`; nil when it is absent or no text.
    package var imageValue: YAML? { value.value("image").flatMap { $0.text == nil ? nil : $0 } }

    package var image: ImageReference? { imageValue?.text.flatMap(ImageReference.init) }

    /// Where what the container lacks is said: its name, else its image.
    package var nameValue: YAML { value.value("name") ?? value.value("image") ?? value }

    package var hasPorts: Bool { !(value.value("ports")?.items.isEmpty ?? true) }

    package var mounts: [Mount] {
        (value.value("volumeMounts")?.items ?? []).compactMap(Mount.init)
    }

    /// The items of `command` and `args`, in order.
    package var words: [YAML] {
        (value.value("command")?.items ?? []) + (value.value("args")?.items ?? [])
    }

    /// Names and literal values of `env`.
    package var variables: [(name: String, value: YAML)] {
        (value.value("env")?.items ?? []).compactMap { item in
            guard let name = item.value("name")?.text, let value = item.value("value"), value.text != nil else { return nil }
            return (name, value)
        }
    }

    /// A volume at its place in the container.
    package struct Mount: Sendable {
        package var volume: String
        package var path: YAML
        package var isReadOnly: Bool

        init?(_ value: YAML) {
            guard let name = value.value("name")?.text, let path = value.value("mountPath"), path.text != nil else { return nil }
            volume = name
            self.path = path
            isReadOnly = value.value("readOnly")?.bool ?? false
        }

        package var pathText: String { path.text ?? "" }

        /// Whether a file of this absolute path is on it.
        package func holds(_ file: String) -> Bool {
            let folder = pathText.hasSuffix("/") ? String(pathText.dropLast()) : pathText
            return file == folder || file.hasPrefix(folder + "/")
        }
    }
}
