/// Manifests that examples stand on, so that each example shows only what matters in it.
///
/// A text that is put in goes where its name says, line by line; it may hold `↓` and comments.
enum SampleManifest {
    /// An object that runs pods of one container, `web`, whose labels are `app` and its name.
    ///
    /// - Parameters:
    ///   - named: its name, with further fields of `metadata` where they matter: `pay, namespace: shop`.
    ///   - spec: lines of its own part, above the template.
    ///   - container: further fields of the container, in one line: `ports: [{ containerPort: 80 }]`.
    ///   - pod: lines of the pod's part, below the container.
    static func workload(
        _ kind: String = "Deployment", _ apiVersion: String = "apps/v1", named name: String, spec: String = "", container: String = "", pod: String = ""
    ) -> String {
        let app = name.filter { $0 != "↓" }.prefix { $0 != "," && $0 != " " }
        let fields = container.isEmpty ? "" : ", " + container
        return object(
            apiVersion, kind, named: name,
            """
            spec:
            \(indented(spec, by: 2))  template:
                metadata: { labels: { app: \(app) } }
                spec:
                  containers: [{ name: web, image: "web:4"\(fields) }]
            \(indented(pod, by: 6))
            """)
    }

    /// A PersistentVolumeClaim; `modes` are its access modes, `ReadWriteOnce`.
    static func claim(named name: String, _ modes: String) -> String {
        object("v1", "PersistentVolumeClaim", named: name, "spec: { accessModes: [\(modes)] }\n")
    }

    /// A PodDisruptionBudget for the pods of ``workload(_:_:named:spec:container:pod:)``; `limit` is `maxUnavailable: 1` or the like.
    static func budget(named name: String, for app: String, _ limit: String) -> String {
        object("policy/v1", "PodDisruptionBudget", named: name, "spec:\n  \(limit)\n  selector: { matchLabels: { app: \(app) } }\n")
    }

    /// A HorizontalPodAutoscaler of a Deployment; `bounds` are `minReplicas: 1, maxReplicas: 4`.
    static func autoscaler(of name: String, _ bounds: String) -> String {
        object(
            "autoscaling/v2", "HorizontalPodAutoscaler", named: name,
            "spec: { \(bounds), scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: \(name) } }\n")
    }

    static func object(_ apiVersion: String, _ kind: String, named name: String, _ rest: String) -> String {
        "apiVersion: \(apiVersion)\nkind: \(kind)\nmetadata: { name: \(name) }\n\(rest)"
    }

    /// Several documents of one file.
    static func file(_ documents: String...) -> String { documents.joined(separator: "---\n") }

    /// Lines that are each indented and ended; nothing for nothing.
    private static func indented(_ text: String, by width: Int) -> String {
        if text.isEmpty { return "" }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { String(repeating: " ", count: width) + $0 + "\n" }.joined()
    }
}
