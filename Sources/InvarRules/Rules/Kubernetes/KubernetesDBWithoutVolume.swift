import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesDBWithoutVolume = Rule(
        id: "kubernetes/db-without-volume",
        title: Wording(en: "a database without a volume", ja: "ボリュームのないデータベース"),
        why: Wording(
            en:
                "What a database writes into its container is lost when the pod is replaced. Only images whose name is exactly a database's are looked at, so that exporters, routers and proxies are left out; memcached is a cache, NATS counts with JetStream alone.",
            ja: "データベースがコンテナーの中に書いたものは、Pod が置き換わると失われます。エクスポーターやルーターを除くため、名前がデータベースと完全に一致するイメージだけを見ます。memcached はキャッシュとみなし、NATS は JetStream を使う場合に限ります。"),
        invariant: "INV-OPS-001", severity: .error,
        violating: [
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: orders-db }
                spec:
                  template:
                    spec:
                      containers:
                        - name: db
                          image: ↓docker.io/library/postgres:16.4 # 受注
                          volumeMounts: [{ name: conf, mountPath: /etc/postgresql }]
                      volumes: [{ name: conf, configMap: { name: conf } }]

                """, at: "deploy/db.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: { name: 伝言 }
                spec:
                  template:
                    spec:
                      containers: [{ name: nats, image: ↓"nats:2.10", args: [-js, -m, "8222"] }]

                """, at: "deploy/nats.yaml"),
        ],
        conforming: [
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: orders-db }
                spec:
                  template:
                    spec:
                      containers: [{ name: db, image: "postgres:16", volumeMounts: [{ name: data, mountPath: /var/lib/postgresql/data }] }]
                      volumes: [{ name: data, csi: { driver: disk.example.com } }]

                """, at: "deploy/db.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: watchers }
                spec:
                  template:
                    spec:
                      containers:
                        - { name: exporter, image: "prom/mysqld-exporter:1" }
                        - { name: router, image: "mysql-router:8" }
                        - { name: cache, image: "memcached:1.6" }
                        - { name: nats, image: "nats:2.10" }

                """, at: "deploy/watchers.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: redis-cart }
                spec:
                  template:
                    spec:
                      containers: [{ name: redis, image: "redis:7", volumeMounts: [{ name: d, mountPath: /data }] }]
                      volumes: [{ name: d, emptyDir: {} }]

                """, at: "deploy/redis.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: 在庫db, labels: { app: db } }
                spec:
                  template: { spec: { containers: [{ name: db, image: "postgres:16" }] } }

                """, at: "base/db.yaml",
                with: [
                    ("base/kustomization.yaml", "resources: [db.yaml]\n"),
                    ("prod/kustomization.yaml", "bases: [../base]\npatchesStrategicMerge: [disk.yaml]\n"),
                    (
                        "prod/disk.yaml",
                        "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: 在庫db }\nspec: { template: { spec: { volumes: [{ name: d, persistentVolumeClaim: { claimName: d } }] } } }\n"
                    ),
                ]),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            let kinds: Set<String> = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "DeploymentConfig", "Rollout"]
            return run.workloads { workload in
                guard kinds.contains(workload.kind), workload.isComplete, workload.claimTemplates.isEmpty, !workload.volumes.contains(where: \.isDurable)
                else { return [] }
                return workload.containers.filter { Database.isDatabase($0) && EphemeralData.mounts(of: $0, in: workload).isEmpty }.compactMap { container in
                    container.imageValue.map { image in match(workload, container, image, run) }
                }
            }
        })

    private static func match(_ workload: KubernetesWorkload, _ container: KubernetesContainer, _ image: YAML, _ run: KubernetesRun) -> Match {
        run.match(
            workload.object, at: image, part: container.name,
            Wording(
                en: "\(workload.title) runs \(container.image?.basename ?? "a database") without a volume: its data is gone with the pod",
                ja: "\(workload.title) はボリュームなしで \(container.image?.basename ?? "データベース") を動かしています。データは Pod とともに消えます"),
            hint: workload.kind == "StatefulSet"
                ? Advice.write(
                    en: "claim a volume for each pod and mount it where the data is", ja: "Pod ごとにボリュームを要求し、データのフォルダーにマウントしてください",
                    "volumeClaimTemplates:\n  - metadata:\n      name: data\n    spec:\n      accessModes: [ReadWriteOnce]\n      resources:\n        requests:\n          storage: 10Gi"
                )
                : Advice.write(
                    en: "make it a StatefulSet, or claim a volume and mount it where the data is", ja: "StatefulSet にするか、ボリュームを要求してデータのフォルダーにマウントしてください",
                    "volumes:\n  - name: data\n    persistentVolumeClaim:\n      claimName: \(workload.object.name)-data"))
    }
}
