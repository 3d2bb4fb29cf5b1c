import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesNoReadiness = Rule(
        id: "kubernetes/no-readiness",
        title: Wording(en: "a container that serves before it is ready", ja: "準備できる前から受け付けるコンテナー"),
        why: Wording(
            en:
                "Without a readiness probe a pod gets requests as soon as its process runs, and a rollout goes on although the new version does not answer. Looked at: long-running workloads whose containers expose ports; not jobs, init containers and known sidecars. An agent on every node (DaemonSet) is a note.",
            ja:
                "readinessProbe がないと、プロセスが動いた時点でリクエストが届き、新しい版が応答しなくてもロールアウトが進みます。ポートを公開する常駐ワークロードを見ます。ジョブ、init コンテナー、既知のサイドカーは対象外です。全ノードで動くエージェント（DaemonSet）は注意にとどめます。"
        ),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: storefront }
                spec:
                  template:
                    spec:
                      containers:
                        - name: ↓web
                          image: storefront:4
                          ports: [{ containerPort: 8080 }]
                          livenessProbe: { httpGet: { path: /alive, port: 8080 } }

                """, at: "deploy/storefront.yaml"),
            Example(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: { name: 決済 }
                spec:
                  template:
                    spec:
                      containers:
                        - image: pay:4
                          name: ↓pay
                          ports: [{ name: http, containerPort: 80 }]

                """, at: "deploy/pay.yaml"),
            Example(
                """
                common: &common
                  image: edge:1
                  ports: [{ containerPort: 443 }]
                ---
                apiVersion: v1
                kind: Pod
                metadata: { name: edge }
                spec:
                  containers:
                    - &first
                      name: ↓edge
                      image: edge:1
                      ports: [{ containerPort: 443 }]
                    - <<: *first
                      name: ↓edge-2 # 2 つ目

                """, at: "deploy/edge.yaml"),
        ],
        conforming: [
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: storefront }
                spec:
                  template:
                    spec:
                      initContainers: [{ name: prepare, image: "prepare:1", ports: [{ containerPort: 1 }] }]
                      containers:
                        - { name: web, image: "storefront:4", ports: [{ containerPort: 8080 }], readinessProbe: { tcpSocket: { port: 8080 } } }
                        - { name: istio-proxy, image: "istio/proxyv2:1", ports: [{ containerPort: 15090 }] }
                        - { name: worker, image: "storefront:4" }

                """, at: "deploy/storefront.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: 一回 }
                spec: { template: { spec: { containers: [{ name: once, image: "once:1", ports: [{ containerPort: 8080 }] }] } } }

                """, at: "deploy/once.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: web }
                spec: { template: { spec: { containers: [{ name: web, ports: [{ containerPort: 9090 }] }] } } }

                """, at: "overlays/prod/port.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.workloads { workload in
                guard workload.isComplete, isServing(workload) else { return [] }
                return workload.containers.filter { $0.role == .main && $0.hasPorts && $0.image != nil && $0.value.value("readinessProbe") == nil }.compactMap {
                    container in
                    if workload.containers.count > 1, Sidecar.isKnown(container) { return nil }
                    var match = run.match(
                        workload.object, at: container.nameValue, part: container.name,
                        Wording(
                            en: "\(workload.title): container \(container.name) takes requests before it is ready: it has no readinessProbe",
                            ja: "\(workload.title) のコンテナー \(container.name) は、準備できる前からリクエストを受け付けます（readinessProbe なし）"),
                        hint: hint(container))
                    if workload.kind == "DaemonSet" { match.severity = .note }
                    return match
                }
            }
        })

    private static func isServing(_ workload: KubernetesWorkload) -> Bool {
        if workload.isJob { return false }
        return workload.kind != "Pod" || !["Never", "OnFailure"].contains(workload.pod.value("restartPolicy")?.text ?? "Always")
    }

    private static func hint(_ container: KubernetesContainer) -> Wording {
        let port = container.value.value("ports")?.items.first
        let number = port?.value("name")?.text ?? port?.value("containerPort")?.text ?? "8080"
        return Advice.write(
            en: "say when it can serve", ja: "いつ受け付けられるかを示してください",
            "readinessProbe:\n  httpGet:\n    path: /ready\n    port: \(number)\n  periodSeconds: 5")
    }
}

/// Containers that something puts beside the real one.
enum Sidecar {
    private static let names: Set<String> = [
        "istio-proxy", "linkerd-proxy", "envoy", "proxyv2", "cloud-sql-proxy", "cloudsql-proxy", "gce-proxy", "oauth-proxy", "oauth2-proxy", "kube-rbac-proxy",
        "fluent-bit", "fluentd", "fluentbit", "vault-agent", "jaeger-agent", "otel-agent", "statsd-exporter", "filebeat", "datadog-agent", "node-exporter",
    ]

    static func isKnown(_ container: KubernetesContainer) -> Bool {
        names.contains(container.name) || (container.image.map { names.contains($0.basename) } ?? false) || container.name.holds("sidecar")
            || container.name.hasSuffix("-exporter")
    }
}
