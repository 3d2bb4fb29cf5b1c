import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesZeroGrace = Rule(
        id: "kubernetes/zero-grace",
        title: Wording(en: "a pod that is killed without a moment to finish", ja: "片付ける間もなく強制終了される Pod"),
        why: Wording(
            en:
                "With `terminationGracePeriodSeconds: 0` the process is killed at once: requests break off, buffers are lost, and for a StatefulSet the new pod may start while the old one still writes.",
            ja: "`terminationGracePeriodSeconds: 0` ではプロセスが即座に強制終了されます。処理中のリクエストは途切れ、バッファーは失われ、StatefulSet では古い Pod が書いている間に新しい Pod が始まるおそれもあります。"),
        invariant: "INV-OPS-001", severity: .note,
        violating: [
            Example(SampleManifest.workload(named: "storefront", pod: "terminationGracePeriodSeconds: ↓0 # すぐ止める"), at: "deploy/storefront.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: { name: 集計 }
                spec:
                  schedule: "0 1 * * *"
                  jobTemplate: { spec: { template: { spec: { terminationGracePeriodSeconds: ↓0, containers: [{ name: sum, image: "sum:1" }] } } } }

                """, at: "deploy/sum.yaml"),
        ],
        conforming: [
            // Pods that only keep room for others have nothing to finish.
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: reserve }
                spec: { template: { spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 場所取り, image: "registry.example.com/pause:3.9" }] } } }

                """, at: "deploy/reserve.yaml"),
            Example(SampleManifest.workload(named: "storefront", pod: "terminationGracePeriodSeconds: 30"), at: "deploy/storefront.yaml"),
            Example("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: 設定 }\ndata: { pod: 'terminationGracePeriodSeconds: 0' }\n", at: "deploy/config.yaml"),
            Example(
                SampleManifest.workload(named: "storefront", pod: "terminationGracePeriodSeconds: 0"), at: "overlays/dev/grace.yaml",
                with: [("overlays/dev/kustomization.yaml", "patches: [{ path: grace.yaml }]\n")]),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            let hint = Advice.write(en: "give it time to finish what it has begun", ja: "始めた処理を終える時間を与えてください", "terminationGracePeriodSeconds: 30")
            return run.workloads { workload in
                guard workload.isJudged, let grace = workload.pod.value("terminationGracePeriodSeconds"), grace.number == 0, !isPlaceholder(workload) else {
                    return []
                }
                return [
                    run.match(
                        workload.object, at: grace,
                        Wording(en: "pods of \(workload.title) are killed without a moment to finish", ja: "\(workload.title) の Pod は、片付ける間もなく強制終了されます"),
                        hint: hint)
                ]
            }
                + TemplateScan.lines(of: ["terminationGracePeriodSeconds"], in: group).filter { $0.value == "0" && KubernetesRun.runsPods($0.kind) }.map {
                    $0.match(Wording(en: "these pods are killed without a moment to finish", ja: "この Pod は、片付ける間もなく強制終了されます"), hint: hint)
                }
        })

    private static func isPlaceholder(_ workload: KubernetesWorkload) -> Bool {
        workload.containers.allSatisfy { $0.image?.basename.hasPrefix("pause") ?? false }
    }
}
