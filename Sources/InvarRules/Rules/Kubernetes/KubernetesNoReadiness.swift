import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesNoReadiness = Rule(
        id: "kubernetes/no-readiness",
        title: Wording(en: "a container that serves before it is ready", ja: "準備できる前から受け付けるコンテナー"),
        why: Wording(
            en:
                "Without a readiness probe a pod gets requests as soon as its process runs, and a rollout goes on although the new version does not answer. Looked at: long-running workloads whose containers expose ports, or none of whose containers says so although a Service sends requests to the pod; not jobs, init containers and known sidecars. An agent on every node (DaemonSet) is a note.",
            ja:
                "readinessProbe がないと、プロセスが動いた時点でリクエストが届き、新しい版が応答しなくてもロールアウトが進みます。ポートを公開する常駐ワークロードと、ポートの記載がなくても Service の転送先になっているものを見ます。ジョブ、init コンテナー、既知のサイドカーは対象外です。全ノードで動くエージェント（DaemonSet）は注意にとどめます。"
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
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: 在庫 }
                spec: { template: { metadata: { labels: { app: stock, tier: api } }, spec: { containers: [{ name: ↓api, image: "stock:4" }] } } }

                """, at: "deploy/stock.yaml",
                with: [
                    (
                        "deploy/service.yaml",
                        "apiVersion: v1\nkind: Service\nmetadata: { name: stock }\nspec: { selector: { app: stock }, ports: [{ port: 80, targetPort: 8080 }] }\n"
                    )
                ]),
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
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: metrics }
                spec:
                  template:
                    metadata: { labels: { app: metrics } }
                    spec:
                      containers:
                        - { name: metrics, image: "metrics:4", args: ["--host=127.0.0.1"] } # 前段だけが受け付ける
                        - { name: kube-rbac-proxy, image: "proxy:1", ports: [{ containerPort: 8443 }] }
                ---
                apiVersion: v1
                kind: Service
                metadata: { name: metrics }
                spec: { selector: { app: metrics }, ports: [{ port: 8443 }] }

                """, at: "deploy/metrics.yaml"),
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
            return run.joinedWorkloads { workload in
                guard workload.isComplete, isServing(workload) else { return [] }
                let all = workload.containers.filter { $0.role != .initial }
                let mains = all.filter { $0.role == .main && !(all.count > 1 && Sidecar.isKnown($0, in: workload)) }
                let service = all.contains { $0.hasPorts || $0.value.value("readinessProbe") != nil } ? nil : service(of: workload, run)
                let serving = service == nil ? mains.filter(\.hasPorts) : Array(mains.prefix(1))
                return serving.filter { $0.image != nil && $0.value.value("readinessProbe") == nil }.map { container in
                    var match = run.match(
                        workload.object, at: container.nameValue, part: container.name,
                        Wording(
                            en: "\(workload.title): container \(container.name) takes requests before it is ready: it has no readinessProbe",
                            ja: "\(workload.title) のコンテナー \(container.name) は、準備できる前からリクエストを受け付けます（readinessProbe なし）"),
                        hint: hint(container, service))
                    if let service {
                        let place = Place(path: service.path, position: service.nameValue.position)
                        match.related = [Match.Related(place: place, message: Wording(en: "sends requests to it", ja: "ここからリクエストが届きます"))]
                        if service.path != workload.object.path { match.causes.append(service.path) }
                    }
                    if workload.kind == "DaemonSet" { match.severity = .note }
                    return match
                }
            }
        })

    private static func isServing(_ workload: KubernetesWorkload) -> Bool {
        if workload.isJob { return false }
        return workload.kind != "Pod" || !["Never", "OnFailure"].contains(workload.pod.value("restartPolicy")?.text ?? "Always")
    }

    /// A Service that sends requests to the pods, whether or not a container says that it listens.
    private static func service(of workload: KubernetesWorkload, _ run: KubernetesRun) -> KubernetesObject? {
        let labels = workload.podLabels
        guard !labels.isEmpty else { return nil }
        return run.peers(of: workload.object, .selecting(kind: "Service", labels)).first { object in
            object.group.isEmpty && !(object.spec?.value("selector")?.members.isEmpty ?? true)
        }
    }

    private static func hint(_ container: KubernetesContainer, _ service: KubernetesObject?) -> Wording {
        let port = service?.spec?.value("ports")?.items.first
        let target = port?.value("targetPort")?.text ?? port?.value("port")?.text
        return Advice.write(
            en: "say when it can serve", ja: "リクエストを受けられる状態かどうかを readinessProbe で示してください", ProbeAdvice.readiness(container, target: target))
    }
}

/// Containers that something puts beside the real one.
enum Sidecar {
    private static let names: Set<String> = [
        "istio-proxy", "linkerd-proxy", "envoy", "proxyv2", "cloud-sql-proxy", "cloudsql-proxy", "gce-proxy", "oauth-proxy", "oauth2-proxy", "kube-rbac-proxy",
        "fluent-bit", "fluentd", "fluentbit", "vault-agent", "jaeger-agent", "otel-agent", "statsd-exporter", "filebeat", "datadog-agent", "node-exporter",
    ]

    static func isKnown(_ container: KubernetesContainer, in workload: KubernetesWorkload) -> Bool {
        // An exporter that is a workload of its own is nobody's sidecar.
        if container.name == workload.object.name { return false }
        return names.contains(container.name) || (container.image.map { names.contains($0.basename) } ?? false) || container.name.holds("sidecar")
            || container.name.hasSuffix("-exporter")
    }
}
