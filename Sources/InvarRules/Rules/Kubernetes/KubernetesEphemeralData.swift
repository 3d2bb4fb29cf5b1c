import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesEphemeralData = Rule(
        id: "kubernetes/ephemeral-data",
        title: Wording(en: "data on a volume that goes away with its pod", ja: "Pod とともに消えるボリュームに置かれたデータ"),
        why: Wording(
            en:
                "An `emptyDir` is deleted with its pod: at the next rollout or eviction the database starts empty. Scratch folders, caches, logs and configuration may live there. An image that is no database is only a note, since its data may be a copy.",
            ja: "`emptyDir` は Pod とともに消えます。次のロールアウトや退避のあと、データベースは空の状態から始まります。作業用・キャッシュ・ログ・設定のフォルダーであれば問題ありません。データベースでないイメージの場合は、写しの可能性があるため注意にとどめます。"),
        invariant: "INV-OPS-001", severity: .error,
        violating: [
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: redis-cart }
                spec:
                  selector: { matchLabels: { app: redis-cart } }
                  template:
                    metadata: { labels: { app: redis-cart } }
                    spec:
                      containers:
                        - name: redis
                          image: redis:7
                          volumeMounts:
                            - name: redis-data # 買い物かご
                              mountPath: ↓/data
                      volumes:
                        - name: redis-data
                          emptyDir: {}

                """, at: "deploy/redis.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: 画像受付 }
                spec:
                  template:
                    spec:
                      containers:
                        - name: app
                          image: registry.example.com/intake:2.0
                          volumeMounts: [{ name: files, mountPath: ↓/srv/uploads }]
                      volumes: [{ name: files, emptyDir: }]

                """, at: "deploy/intake.yaml"),
        ],
        conforming: [
            Example(
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: { name: mysql }
                spec:
                  template:
                    spec:
                      containers:
                        - name: mysql
                          image: mysql:8.4
                          volumeMounts: [{ name: data, mountPath: /var/lib/mysql }, { name: conf, mountPath: /etc/mysql/conf.d }]
                      volumes: [{ name: conf, emptyDir: {} }]
                  volumeClaimTemplates: [{ metadata: { name: data } }]

                """, at: "deploy/mysql.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: search-frontend }
                spec:
                  template:
                    spec:
                      containers:
                        - name: web
                          image: search-frontend:3
                          volumeMounts: [{ name: scratch, mountPath: /data }, { name: scratch, mountPath: /var/cache/store }]
                      volumes: [{ name: scratch, emptyDir: {} }]

                """, at: "deploy/web.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: db }
                spec: { template: { spec: { volumes: [{ name: data, emptyDir: {} }], containers: [{ name: db, volumeMounts: [{ name: data, mountPath: /data }] }] } } }

                """, at: "overlays/開発/db-patch.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: try-restore }
                spec:
                  template:
                    spec:
                      containers: [{ name: db, image: "postgres:16", volumeMounts: [{ name: d, mountPath: /var/lib/postgresql/data }] }]
                      volumes: [{ name: d, emptyDir: {} }]

                """, at: "deploy/restore.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.workloads { workload in
                guard workload.isJudged, !workload.isJob else { return [] }
                return workload.containers.filter { $0.role != .initial }.flatMap { matches($0, workload, run) }
            }
        })

    private static func matches(_ container: KubernetesContainer, _ workload: KubernetesWorkload, _ run: KubernetesRun) -> [Match] {
        return EphemeralData.mounts(of: container, in: workload).map { mount in
            let isDatabase = Database.isDatabase(container) || Database.isDatabaseFolder(mount.pathText)
            var match = run.match(
                workload.object, at: mount.path, part: container.name + mount.pathText,
                isDatabase
                    ? Wording(
                        en: "\(workload.title) keeps its data at \(mount.pathText) on an emptyDir: it is gone with the pod",
                        ja: "\(workload.title) は \(mount.pathText) のデータを emptyDir に置いています。Pod とともに消えます")
                    : Wording(
                        en: "\(workload.title) mounts an emptyDir at \(mount.pathText): is what it writes there kept elsewhere as well?",
                        ja: "\(workload.title) は \(mount.pathText) に emptyDir を置いています。そこに書くものは、ほかにも残りますか"),
                hint: Advice.write(
                    en: "claim a volume that outlives the pod", ja: "Pod より長く残るボリュームを要求してください",
                    "volumes:\n  - name: \(mount.volume)\n    persistentVolumeClaim:\n      claimName: \(workload.object.name)-data"))
            let isCache = workload.object.name.lowercased().holds("cache") || mount.volume.lowercased().holds("cache")
            if !isDatabase || isCache { match.severity = .note }
            if let volume = workload.volume(mount.volume) {
                match.related = [
                    Match.Related(
                        place: Place(path: workload.object.path, position: volume.value.position), message: Wording(en: "the emptyDir", ja: "この emptyDir"))
                ]
            }
            return match
        }
    }
}

/// Data paths on volumes that go away.
enum EphemeralData {
    static func mounts(of container: KubernetesContainer, in workload: KubernetesWorkload) -> [KubernetesContainer.Mount] {
        let isDatabase = Database.isDatabase(container)
        let isData = { (mount: KubernetesContainer.Mount) in
            Database.isDataPath(mount.pathText) || (isDatabase && Database.isOwnFolder(mount.pathText, of: container.image))
        }
        let mounts = container.mounts
        // What matters is kept; the other folder is scratch.
        if mounts.contains(where: { isData($0) && workload.isDurable($0) }) { return [] }
        return mounts.filter { mount in
            guard !workload.claimTemplates.contains(mount.volume), workload.volume(mount.volume)?.source == "emptyDir", !mount.isReadOnly else { return false }
            return isData(mount) && (isDatabase || !["/data", "/data/"].contains(mount.pathText))
        }
    }
}
