import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesRecreateStrategy = Rule(
        id: "kubernetes/recreate-strategy",
        title: Wording(en: "a rollout that stops everything first", ja: "すべて止めてから入れ替えるデプロイ"),
        why: Wording(
            en:
                "With `Recreate` no old pod is left when the new ones turn out not to start. It is right where two must never run at once: with a volume that one node alone may mount, or a single scheduler or controller; those are notes.",
            ja: "`Recreate` では、新しい Pod が起動しなかったときに古い Pod が残っていません。同時に 2 つ動かせないもの（1 ノードしかマウントできないボリューム、単独で動くスケジューラーやコントローラー）では妥当なため、注意にとどめます。"),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example(
                SampleManifest.workload(named: "storefront", spec: "replicas: 3\nstrategy:\n  type: ↓Recreate # 全台を止めてから入れ替える"), at: "deploy/storefront.yaml"),
            Example(
                SampleManifest.workload("DeploymentConfig", "apps.openshift.io/v1", named: "受付", spec: "strategy: { type: ↓Recreate }"),
                at: "deploy/intake.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: {{ .Release.Name }}
                spec:
                  replicas: {{ .Values.replicas }}
                  {{- with .Values.x }}
                  {{- end }}
                  strategy:
                    type: ↓Recreate

                """, at: "charts/web/templates/deployment.yaml"),
        ],
        conforming: [
            Example(
                SampleManifest.workload(named: "storefront", spec: "strategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 0 } }"),
                at: "deploy/storefront.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: 受付 }
                spec:
                  strategy: { type: Recreate }
                  template: { spec: { containers: [{ name: web, env: [{ name: A, value: b }] }] } }

                """, at: "overlays/dev/strategy.yaml"),
            Example("apiVersion: example.com/v1\nkind: Broker\nmetadata: { name: queue }\nspec: { strategy: { type: Recreate } }\n", at: "deploy/queue.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.workloads { workload in match(workload, run).map { [$0] } ?? [] }
                + TemplateScan.lines(of: ["type"], in: group).filter { $0.value == "Recreate" && ["Deployment", "DeploymentConfig"].contains($0.kind) }.map {
                    $0.match(Wording(en: "this rollout stops all pods before new ones start", ja: "このデプロイは、すべての Pod を止めてから新しい Pod を起動します"), hint: hint)
                }
        })

    private static func match(_ workload: KubernetesWorkload, _ run: KubernetesRun) -> Match? {
        guard ["Deployment", "DeploymentConfig"].contains(workload.kind), workload.isJudged, let type = workload.object.spec?.value("strategy", "type"),
            type.text == "Recreate"
        else { return nil }
        var match = run.match(
            workload.object, at: type,
            Wording(en: "\(workload.title) stops all its pods before new ones start", ja: "\(workload.title) は、すべての Pod を止めてから新しい Pod を起動します"), hint: hint)
        if isSingleWriter(workload) { match.severity = .note }
        return match
    }

    /// Whether two of it must not run at once: a volume of its own, or a single pod that leads or schedules.
    private static func isSingleWriter(_ workload: KubernetesWorkload) -> Bool {
        if workload.volumes.contains(where: { $0.isDurable && !["nfs", "cephfs", "azureFile", "glusterfs"].contains($0.source) }) { return true }
        guard (workload.replicas ?? 1) <= 1 else { return false }
        let words = Folding.searchable(
            workload.object.name + " " + workload.containers.flatMap { $0.words.compactMap(\.text) + [$0.name] }.joined(separator: " "))
        return ["leader", "cron", "scheduler", "controller", "operator", "singleton", "horologium", "tide"].contains { words.holds($0) }
    }

    private static let hint = Advice.write(
        en: "replace the pods little by little, so that the old version still serves when the new one fails",
        ja: "Pod を少しずつ入れ替え、新しい版が失敗しても古い版が残るようにしてください",
        "strategy:\n  type: RollingUpdate\n  rollingUpdate:\n    maxSurge: 1\n    maxUnavailable: 0")
}
