import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesIdenticalProbes = Rule(
        id: "kubernetes/identical-probes",
        title: Wording(en: "a container that is killed for not being ready", ja: "準備できていないだけで再起動されるコンテナー"),
        why: Wording(
            en:
                "When the liveness probe asks the same as the readiness probe, a pod that only waits for its database is restarted instead of being left out for a while, and all of them at once. Compared is what is asked, not how often.",
            ja: "livenessProbe が readinessProbe と同じことを調べていると、データベースを待っているだけの Pod が、しばらく外されるのではなく再起動され、しかも一斉に起こります。間隔や回数ではなく、何を調べているかを比べます。"),
        invariant: "INV-OPS-001", severity: .note,
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
                        - name: web
                          image: storefront:4
                          readinessProbe: { httpGet: { path: /health, port: 8080 }, periodSeconds: 5 }
                          livenessProbe: ↓{ httpGet: { port: 8080, path: /health, scheme: HTTP }, failureThreshold: 6 }

                """, at: "deploy/storefront.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: { name: 台帳 }
                spec:
                  template:
                    spec:
                      containers:
                        - name: db
                          image: postgres:16
                          livenessProbe: ↓&probe
                            exec: { command: [pg_isready] }
                          readinessProbe: *probe

                """, at: "deploy/ledger.yaml"),
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
                      containers:
                        - name: web
                          image: storefront:4
                          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
                          livenessProbe: { httpGet: { path: /alive, port: 8080 } }

                """, at: "deploy/storefront.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: 受付 }
                spec:
                  template:
                    spec:
                      containers:
                        - { name: a, image: "a:1", readinessProbe: { tcpSocket: { port: 80 } }, livenessProbe: { httpGet: { port: 80 } } }
                        - { name: b, image: "b:1", livenessProbe: { tcpSocket: { port: 81 } } }

                """, at: "deploy/intake.yaml"),
            Example("kind: ConfigMap\napiVersion: v1\nmetadata: { name: 設定 }\ndata: { livenessProbe: same, readinessProbe: same }\n", at: "deploy/config.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.workloads { workload in
                guard workload.isJudged, !workload.isJob else { return [] }
                return workload.containers.compactMap { container in
                    guard let liveness = container.value.value("livenessProbe"), let readiness = container.value.value("readinessProbe"),
                        let asked = question(liveness), asked == question(readiness)
                    else { return nil }
                    return run.match(
                        workload.object, at: liveness, part: container.name,
                        Wording(
                            en: "\(workload.title): container \(container.name) is restarted for what only makes it unready (\(asked))",
                            ja: "\(workload.title) のコンテナー \(container.name) は、準備できていないだけで再起動されます（\(asked)）"),
                        hint: Advice.write(
                            en: "let readiness ask whether it can serve, and liveness only whether the process is stuck",
                            ja: "readinessProbe では受け付けられるかを、livenessProbe ではプロセスが固まっていないかだけを調べてください", ProbeAdvice.apart(liveness, container)))
                }
            }
        })

    /// What a probe asks, in a form that can be compared and shown.
    private static func question(_ probe: YAML) -> String? {
        if let http = probe.value("httpGet") { return "GET :\(http.value("port")?.text ?? "")\(http.value("path")?.text ?? "/")" }
        if let tcp = probe.value("tcpSocket") { return "TCP :\(tcp.value("port")?.text ?? "")" }
        if let grpc = probe.value("grpc") { return "gRPC :\(grpc.value("port")?.text ?? "") \(grpc.value("service")?.text ?? "")" }
        return probe.value("exec", "command").map { $0.texts.joined(separator: " ") }
    }
}
