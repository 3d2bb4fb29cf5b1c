import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesNoWayBack = Rule(
        id: "kubernetes/no-way-back",
        title: Wording(en: "a rollout that cannot be undone", ja: "元に戻せないデプロイ"),
        why: Wording(
            en:
                "With `revisionHistoryLimit: 0` the previous version is forgotten at once and `kubectl rollout undo` has nothing to go back to. A blue-green Rollout that promotes by itself, without analysis and without a rollback window, is a warning.",
            ja: "`revisionHistoryLimit: 0` では直前の版がすぐに忘れられ、`kubectl rollout undo` で戻る先がありません。分析もロールバックウィンドウもないまま自動で昇格する Blue-Green の Rollout は警告です。"),
        invariant: "INV-OPS-003", severity: .error,
        violating: [
            Example(SampleManifest.workload(named: "storefront", spec: "revisionHistoryLimit: ↓0 # 履歴は不要"), at: "deploy/storefront.yaml"),
            Example(
                rollout(named: "決済", spec: "strategy:\n  blueGreen: { activeService: pay, previewService: pay-preview, autoPromotionEnabled: ↓true }"),
                at: "deploy/pay.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata:
                  labels:
                    {{- include "labels" . | nindent 4 }}
                spec:
                  revisionHistoryLimit: ↓0

                """, at: "charts/db/templates/set.yaml"),
        ],
        conforming: [
            Example(SampleManifest.workload(named: "storefront", spec: "revisionHistoryLimit: 2"), at: "deploy/storefront.yaml"),
            Example(
                SampleManifest.file(
                    rollout(
                        named: "決済", spec: "rollbackWindow: { revisions: 3 }\nstrategy: { blueGreen: { activeService: pay, autoPromotionEnabled: true } }"),
                    rollout(
                        named: "stock",
                        spec: "strategy: { blueGreen: { autoPromotionEnabled: true, prePromotionAnalysis: { templates: [{ templateName: errors }] } } }")),
                at: "deploy/pay.yaml"),
            Example("apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: 証明書 }\nspec: { revisionHistoryLimit: 0 }\n", at: "deploy/cert.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            let kinds: Set<String> = ["Deployment", "StatefulSet", "DaemonSet", "DeploymentConfig", "Rollout"]
            return run.workloads { workload in
                guard kinds.contains(workload.kind), workload.isJudged || workload.kind == "Rollout" else { return [] }
                return [forgotten(workload, run), promoted(workload.object, run)].compactMap { $0 }
            }
                + run.objects { object in
                    // A Rollout that takes its pods from a Deployment has no template of its own.
                    guard object.kind == "Rollout", KubernetesWorkload(object) == nil, object.spec?.value("workloadRef") != nil else { return [] }
                    return promoted(object, run).map { [$0] } ?? []
                }
                + TemplateScan.lines(of: ["revisionHistoryLimit"], in: group).filter { $0.value == "0" && kinds.contains($0.kind) }.map {
                    $0.match(Wording(en: "keeps no revision to go back to", ja: "戻る先のリビジョンを残していません"), hint: hint)
                }
        })

    private static func rollout(named name: String, spec: String) -> String {
        SampleManifest.workload("Rollout", "argoproj.io/v1alpha1", named: name, spec: spec)
    }

    private static func forgotten(_ workload: KubernetesWorkload, _ run: KubernetesRun) -> Match? {
        guard let limit = workload.object.spec?.value("revisionHistoryLimit"), limit.number == 0 else { return nil }
        return run.match(
            workload.object, at: limit, part: "revisionHistoryLimit",
            Wording(en: "\(workload.title) keeps no revision to go back to", ja: "\(workload.title) は戻る先のリビジョンを残していません"), hint: hint)
    }

    private static func promoted(_ object: KubernetesObject, _ run: KubernetesRun) -> Match? {
        guard object.kind == "Rollout", !object.isPatch, object.spec?.value("rollbackWindow") == nil,
            let blueGreen = object.spec?.value("strategy", "blueGreen"),
            let promotion = blueGreen.value("autoPromotionEnabled"), promotion.bool == true,
            blueGreen.value("prePromotionAnalysis") == nil, blueGreen.value("postPromotionAnalysis") == nil
        else { return nil }
        var match = run.match(
            object, at: promotion, part: "autoPromotionEnabled",
            Wording(
                en: "Rollout \(object.name) promotes itself: no analysis stops it and no rollback window shortens the way back",
                ja: "Rollout \(object.name) は自動で昇格します。止める分析も、戻りを早めるロールバックウィンドウもありません"),
            hint: Advice.write(
                en: "let somebody or an analysis decide, and keep a window for going back", ja: "人か分析に判断させ、戻るためのウィンドウを設けてください",
                "spec:\n  rollbackWindow:\n    revisions: 3\n  strategy:\n    blueGreen:\n      autoPromotionEnabled: false"))
        match.severity = .warning
        return match
    }

    private static let hint = Advice.write(
        en: "keep a few revisions, so that `kubectl rollout undo` has something to go back to", ja: "`kubectl rollout undo` で戻れるよう、リビジョンをいくつか残してください",
        "spec:\n  revisionHistoryLimit: 3")
}
