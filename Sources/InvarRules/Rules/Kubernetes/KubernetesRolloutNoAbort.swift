import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesRolloutNoAbort = Rule(
        id: "kubernetes/rollout-no-abort",
        title: Wording(en: "a progressive rollout that nothing stops", ja: "止めるものがない段階的デプロイ"),
        why: Wording(
            en:
                "A canary that goes on by the clock alone, without analysis, without a step that waits for somebody and without `progressDeadlineAbort`, reaches everybody whatever happens. The same holds for a blue-green Rollout that promotes by default.",
            ja: "分析もなく、人を待つ手順もなく、`progressDeadlineAbort` もないまま時間だけで進むカナリアは、何が起きても全体に行き渡ります。既定で自動昇格する Blue-Green の Rollout も同じです。"),
        invariant: "INV-OPS-003", severity: .note,
        violating: [
            Example(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: { name: storefront }
                spec:
                  strategy:
                    ↓canary:
                      steps: [{ setWeight: 20 }, { pause: { duration: 10m } }, { setWeight: 60 }]
                  template: { spec: { containers: [{ name: web, image: "storefront:4" }] } }

                """, at: "deploy/storefront.yaml"),
            Example(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: { name: 決済 }
                spec:
                  workloadRef: { kind: Deployment, name: pay }
                  strategy: { ↓blueGreen: { activeService: pay } }

                """, at: "deploy/pay.yaml"),
        ],
        conforming: [
            Example(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: { name: storefront }
                spec:
                  strategy:
                    canary:
                      steps: [{ setWeight: 20 }, { pause: {} }, { setWeight: 60 }]
                  template: { spec: { containers: [{ name: web, image: "storefront:4" }] } }

                """, at: "deploy/storefront.yaml"),
            Example(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: { name: 決済 }
                spec:
                  strategy: { canary: { analysis: { templates: [{ templateName: errors }] }, steps: [{ setWeight: 20 }] } }
                  template: { spec: { containers: [{ name: pay, image: "pay:4" }] } }

                """, at: "deploy/pay.yaml"),
            Example(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: { name: stock }
                spec:
                  progressDeadlineAbort: true
                  strategy: { blueGreen: { activeService: stock } }
                  template: { spec: { containers: [{ name: stock, image: "stock:4" }] } }

                """, at: "deploy/stock.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.objects { object in
                guard object.kind == "Rollout", object.group == "argoproj.io", !object.isTemplate, let spec = object.spec,
                    spec.value("workloadRef") != nil || (KubernetesWorkload(object)?.isComplete ?? false), spec.value("progressDeadlineAbort")?.bool != true,
                    let strategy = spec.value("strategy")
                else { return [] }
                for name in ["canary", "blueGreen"] {
                    guard let way = strategy.member(name), name == "canary" ? runsThrough(way.value) : promotesByDefault(way.value) else { continue }
                    return [
                        run.match(
                            object, at: way.key,
                            Wording(en: "nothing stops \(object.title) once it has begun", ja: "\(object.title) は、始まると止めるものがありません"), hint: hint(name))
                    ]
                }
                return []
            }
        })

    private static func runsThrough(_ canary: YAML) -> Bool {
        guard canary.value("analysis") == nil else { return false }
        return !(canary.value("steps")?.items ?? []).contains { step in
            if step.value("analysis") != nil || step.value("experiment") != nil || step.value("plugin") != nil { return true }
            guard let pause = step.member("pause") else { return false }
            return pause.value.value("duration") == nil
        }
    }

    /// An explicit promotion is `kubernetes/no-way-back`'s.
    private static func promotesByDefault(_ blueGreen: YAML) -> Bool {
        blueGreen.value("autoPromotionEnabled") == nil && blueGreen.value("prePromotionAnalysis") == nil && blueGreen.value("postPromotionAnalysis") == nil
    }

    private static func hint(_ name: String) -> Wording {
        Advice.write(
            en: "let an analysis or somebody decide whether it goes on", ja: "続けるかどうかを、分析か人に判断させてください",
            name == "canary"
                ? "canary:\n  steps:\n    - setWeight: 20\n    - pause: {}\n    - setWeight: 60" : "blueGreen:\n  autoPromotionEnabled: false")
    }
}
