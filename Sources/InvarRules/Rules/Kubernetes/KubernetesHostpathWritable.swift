import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesHostpathWritable = Rule(
        id: "kubernetes/hostpath-writable",
        title: Wording(en: "a pod that writes to its node's disk", ja: "ノードのディスクに書き込む Pod"),
        why: Wording(
            en:
                "What is written to a `hostPath` stays on that node: the pod that starts elsewhere does not find it. Agents that run on every node (DaemonSets) are left out; sockets, devices and the system's own folders are only notes.",
            ja: "`hostPath` に書いたものはそのノードに残るため、別のノードで起動した Pod からは見えません。全ノードで動くエージェント（DaemonSet）は対象外、ソケット・デバイス・システムのフォルダーは注意にとどめます。"),
        invariant: "INV-OPS-001", severity: .warning,
        violating: [
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: reports }
                spec:
                  template:
                    spec:
                      containers:
                        - name: app
                          image: reports:1.2
                          volumeMounts:
                            - { name: out, mountPath: ↓/var/reports }
                      volumes:
                        - { name: out, hostPath: { path: /srv/reports } } # 帳票の出力先

                """, at: "deploy/reports.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: 取込 }
                spec:
                  template:
                    spec:
                      initContainers: [{ name: fetch, image: "fetch:1", volumeMounts: [{ name: in, mountPath: ↓/in }] }]
                      containers: [{ name: load, image: "load:1", volumeMounts: [{ name: in, mountPath: /in, readOnly: true }] }]
                      volumes: [{ name: in, hostPath: { path: /srv/in, type: DirectoryOrCreate } }]

                """, at: "deploy/load.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: 台帳 }
                spec:
                  selector: { matchLabels: { app: ledger } }
                  template:
                    spec:
                      containers: [{ name: ledger, volumeMounts: [{ name: book, mountPath: ↓/book }] }]
                      volumes: [{ name: book, hostPath: { path: /srv/book } }]

                """, at: "deploy/ledger.yaml"),
        ],
        conforming: [
            Example(
                """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: { name: agent }
                spec:
                  template:
                    spec:
                      containers: [{ name: agent, image: "agent:1", volumeMounts: [{ name: state, mountPath: /state }] }]
                      volumes: [{ name: state, hostPath: { path: /var/lib/agent } }]

                """, at: "deploy/agent.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: clock }
                spec:
                  template:
                    spec:
                      containers: [{ name: app, image: "clock:1", volumeMounts: [{ name: tz, mountPath: /etc/localtime, readOnly: true }] }]
                      volumes: [{ name: tz, hostPath: { path: /usr/share/zoneinfo/Asia/Tokyo } }, { name: 未使用, hostPath: { path: /srv } }]

                """, at: "deploy/clock.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: reports }
                spec: { template: { spec: { containers: [{ name: app, volumeMounts: [{ name: 出力, mountPath: /out }] }], volumes: [{ name: 出力, hostPath: { path: /srv } }] } } }

                """, at: "overlays/dev/out.yaml", with: [("overlays/dev/kustomization.yaml", "patches: [{ path: out.yaml }]\n")]),
            Example(
                """
                apiVersion: v1
                kind: PersistentVolume
                metadata: { name: local }
                spec: { hostPath: { path: /srv/data } }

                """, at: "deploy/pv.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.workloads { workload in
                // Mount and volume are both here, so it needs no image to be told.
                guard !workload.object.isPatch, workload.kind != "DaemonSet" else { return [] }
                return workload.containers.flatMap { container in
                    container.mounts.compactMap { mount in match(mount, container, workload, run) }
                }
            }
        })

    private static func match(
        _ mount: KubernetesContainer.Mount, _ container: KubernetesContainer, _ workload: KubernetesWorkload, _ run: KubernetesRun
    ) -> Match? {
        guard !mount.isReadOnly, let volume = workload.volume(mount.volume), volume.source == "hostPath" else { return nil }
        let path = volume.value.value("path")?.text ?? ""
        var match = run.match(
            workload.object, at: mount.path, part: container.name + mount.pathText,
            Wording(
                en: "\(workload.title) may write to \(path) of whichever node it runs on",
                ja: "\(workload.title) は、動いているノードの \(path) に書き込めます"),
            hint: Advice.write(
                en: "mount it read-only, or claim a volume that follows the pod", ja: "読み取り専用でマウントするか、Pod に付いていくボリュームを要求してください",
                "volumeMounts:\n  - name: \(mount.volume)\n    mountPath: \(mount.pathText)\n    readOnly: true"))
        let type = volume.value.value("type")?.text ?? ""
        let isOfTheSystem = ["/dev", "/sys", "/proc", "/run", "/var/run", "/lib/modules", "/etc", "/usr", "/boot"].contains {
            path == $0 || path.hasPrefix($0 + "/")
        }
        if isOfTheSystem || ["Socket", "CharDevice", "BlockDevice"].contains(type) || path.hasSuffix(".sock") { match.severity = .note }
        return match
    }
}
