import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesNoPDB = Rule(
        id: "kubernetes/no-pdb",
        title: Wording(en: "several pods that may all be evicted at once", ja: "一斉に退避されうる複数の Pod"),
        why: Wording(
            en:
                "Draining two nodes at once can take all pods of a workload unless a PodDisruptionBudget of its namespace selects them. A workload that leaves `replicas` out leaves it to an autoscaler, so it counts; one that says `replicas: 1` does not. Most workloads have no budget, so this rule is opt-in.",
            ja:
                "同じ名前空間の PodDisruptionBudget が選んでいないと、2 つのノードを同時に空にしただけで、ワークロードの全 Pod が止まることがあります。`replicas` を書かないものは数をオートスケーラーに任せているとみなして対象とし、`replicas: 1` と書いたものは対象外です。予算のないワークロードが多いため、既定では無効です。"
        ),
        invariant: "INV-OPS-001", severity: .note, isOptIn: true,
        violating: [
            Example(
                SampleManifest.file(
                    SampleManifest.workload(named: "↓storefront, namespace: shop", spec: "replicas: 3"),
                    SampleManifest.budget(named: "storefront, namespace: 別の場所", for: "storefront", "maxUnavailable: 1")), at: "deploy/storefront.yaml"),
            Example(
                SampleManifest.file(SampleManifest.workload(named: "↓受付"), SampleManifest.autoscaler(of: "受付", "minReplicas: 1, maxReplicas: 4")),
                at: "deploy/intake.yaml"),
            // How many there are is decided with `kubectl scale`.
            Example(SampleManifest.workload("StatefulSet", named: "↓待ち行列"), at: "deploy/queue.yaml"),
        ],
        conforming: [
            Example(
                SampleManifest.file(
                    SampleManifest.workload(named: "storefront", spec: "replicas: 3 # 3 台"),
                    SampleManifest.budget(named: "storefront", for: "storefront", "maxUnavailable: 1")), at: "deploy/storefront.yaml"),
            Example(SampleManifest.workload(named: "単独", spec: "replicas: 1"), at: "deploy/one.yaml"),
            Example(
                SampleManifest.workload(named: "storefront", spec: "replicas: 2"), at: "base/storefront.yaml",
                with: [
                    ("base/kustomization.yaml", "resources: [storefront.yaml]\n"), ("prod/kustomization.yaml", "resources: [../base, budget.yaml]\n"),
                    ("prod/budget.yaml", SampleManifest.budget(named: "予算", for: "storefront", "maxUnavailable: 1")),
                ]),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.joinedWorkloads { workload in
                guard ["Deployment", "StatefulSet", "Rollout", "DeploymentConfig"].contains(workload.kind), workload.isComplete,
                    let replicas = run.replicas(of: workload.object), replicas.upperBound >= 2 || (workload.replicasValue == nil && replicas.upperBound == 1)
                else { return [] }
                let budgets = run.peers(of: workload.object, .selecting(kind: "PodDisruptionBudget", workload.podLabels))
                guard budgets.isEmpty else { return [] }
                let labels = workload.podLabels.sorted { $0.key < $1.key }.first.map { "\($0.key): \($0.value)" } ?? "app: \(workload.object.name)"
                return [
                    run.match(
                        workload.object, at: workload.object.nameValue,
                        message(workload, replicas.upperBound),
                        hint: Advice.write(
                            en: "say how many may be away at a time", ja: "同時に止めてよい Pod の数を PodDisruptionBudget に書いてください",
                            "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: \(workload.object.name)\nspec:\n  maxUnavailable: 1\n  selector:\n    matchLabels:\n      \(labels)"
                        ))
                ]
            }
        })

    private static func message(_ workload: KubernetesWorkload, _ count: Int) -> Wording {
        guard count >= 2 else {
            return Wording(
                en: "all pods of \(workload.title) may be evicted at once: no PodDisruptionBudget selects them, and replicas is not written",
                ja: "\(workload.title) の Pod は一斉に退避されることがあります（対象とする PodDisruptionBudget がなく、replicas の指定もありません）")
        }
        return Wording(
            en: "all \(count) pods of \(workload.title) may be evicted at once: no PodDisruptionBudget selects them",
            ja: "\(workload.title) の \(count) 個の Pod は一斉に退避されることがあります（対象とする PodDisruptionBudget がありません）")
    }
}
