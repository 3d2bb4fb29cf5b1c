import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesPDBBlocksDrain = Rule(
        id: "kubernetes/pdb-blocks-drain",
        title: Wording(en: "a disruption budget that allows no disruption", ja: "1 つも止めさせない PodDisruptionBudget"),
        why: Wording(
            en:
                "A budget that lets no pod go keeps a node from being drained: upgrades hang until somebody deletes the budget by hand. Seen from the budget alone, and from the replicas of the workload that it selects in the same folder or kustomization.",
            ja: "1 つの Pod も止めさせない予算があると、ノードを空にできません。誰かが手で予算を消すまで更新が止まります。予算そのものと、同じフォルダーか kustomization でそれが選ぶワークロードのレプリカ数から判断します。"),
        invariant: "INV-OPS-001", severity: .warning,
        violating: [
            Example(SampleManifest.budget(named: "storefront", for: "storefront", "maxUnavailable: ↓\"0%\" # 止めない"), at: "deploy/budget.yaml"),
            Example(
                SampleManifest.budget(named: "決済", for: "pay", "minAvailable: ↓2"), at: "deploy/budget.yaml",
                with: [("deploy/pay.yaml", SampleManifest.workload(named: "pay", spec: "replicas: 2"))]),
            // Harmless in one build, but not in the one that leaves one pod.
            Example(
                SampleManifest.budget(named: "shop", for: "shop", "minAvailable: ↓1 # 常に 1 つ"), at: "shop/base/budget.yaml",
                with: [
                    ("shop/base/shop.yaml", SampleManifest.workload(named: "shop", spec: "replicas: 2")),
                    ("shop/base/kustomization.yaml", "resources: [shop.yaml, budget.yaml]\n"), ("shop/large/kustomization.yaml", "resources: [../base]\n"),
                    ("shop/small/kustomization.yaml", "resources: [../base]\nreplicas: [{ name: shop, count: 1 }]\n"),
                ]),
        ],
        conforming: [
            Example(SampleManifest.budget(named: "決済", for: "pay", "maxUnavailable: 1"), at: "deploy/budget.yaml"),
            Example(
                SampleManifest.budget(named: "決済, namespace: shop", for: "pay", "minAvailable: 1"), at: "deploy/budget.yaml",
                with: [("deploy/pay.yaml", SampleManifest.workload(named: "pay, namespace: other", spec: "replicas: 1"))]),
            Example(
                SampleManifest.file(
                    SampleManifest.object(
                        "policy/v1", "PodDisruptionBudget", named: "自動増減",
                        "spec: { minAvailable: 50%, selector: { matchExpressions: [{ key: app, operator: In, values: [pay] }] } }\n"),
                    SampleManifest.workload(named: "pay"), SampleManifest.autoscaler(of: "pay", "minReplicas: 3, maxReplicas: 6")), at: "deploy/pay.yaml"),
            // How many there are is decided elsewhere.
            Example(
                SampleManifest.file(SampleManifest.workload(named: "pay"), SampleManifest.budget(named: "決済", for: "pay", "minAvailable: 2")),
                at: "deploy/pay.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.joinedObjects { object in match(object, run).map { [$0] } ?? [] }
                + TemplateScan.lines(of: ["maxUnavailable"], in: group).filter { $0.kind == "PodDisruptionBudget" && ["0", "0%"].contains($0.value) }.map {
                    $0.match(Wording(en: "this budget lets no pod go", ja: "この PodDisruptionBudget は Pod を 1 つも止めさせません"), hint: hint)
                }
        })

    private static func match(_ budget: KubernetesObject, _ run: KubernetesRun) -> Match? {
        guard budget.kind == "PodDisruptionBudget", let spec = budget.spec, !budget.isPatch else { return nil }
        if let most = spec.value("maxUnavailable"), ["0", "0%"].contains(most.text ?? "") {
            return run.match(
                budget, at: most,
                Wording(en: "\(budget.title) lets no pod go: a node cannot be drained", ja: "\(budget.title) が Pod を 1 つも止めさせないため、ノードをドレインできません"),
                hint: hint)
        }
        guard let least = spec.value("minAvailable"), let text = least.text else { return nil }
        if text == "100%" {
            return run.match(
                budget, at: least,
                Wording(en: "\(budget.title) wants every pod at all times: a node cannot be drained", ja: "\(budget.title) が常にすべての Pod を求めるため、ノードをドレインできません"),
                hint: hint)
        }
        guard let selector = LabelSelector(spec.value("selector")) else { return nil }
        let workloads = run.peers(of: budget, .selected(selector)).filter { !$0.isTemplate }
        for workload in workloads {
            guard let replicas = run.replicas(of: workload)?.lowerBound, replicas > 0, let wanted = pods(text, of: replicas), wanted >= replicas else {
                continue
            }
            // Whoever wants several of a number that is not written keeps it somewhere else.
            if workload.spec?.value("replicas") == nil, replicas == 1, wanted > 1, !run.isScaled(workload) { continue }
            var match = run.match(
                budget, at: least,
                replicas == 1
                    ? Wording(
                        en: "\(budget.title) never lets the only pod of \(workload.title) go: a node cannot be drained",
                        ja: "\(budget.title) が \(workload.title) のただ 1 つの Pod を止めさせないため、ノードをドレインできません")
                    : Wording(
                        en: "\(budget.title) wants \(text) of the \(replicas) pods of \(workload.title): a node cannot be drained",
                        ja: "\(budget.title) が \(workload.title) の \(replicas) 個の Pod のうち \(text) を常に求めるため、ノードをドレインできません"),
                hint: hint)
            let place = (workload.spec?.value("replicas") ?? workload.nameValue).position
            match.related = [
                Match.Related(place: Place(path: workload.path, position: place), message: Wording(en: "the pods that it selects", ja: "対象の Pod"))
            ]
            if workload.path != budget.path { match.causes.append(workload.path) }
            return match
        }
        return nil
    }

    /// A number, or a share of the pods rounded up; nil for neither.
    private static func pods(_ text: String, of replicas: Int) -> Int? {
        guard text.hasSuffix("%") else { return Int(text) }
        guard let share = Int(text.dropLast()), (0...1000).contains(share), replicas < 1_000_000 else { return nil }
        return (replicas * share + 99) / 100
    }

    private static let hint = Advice.write(en: "let one pod go at a time", ja: "Pod を 1 つずつ止められるようにしてください", "spec:\n  maxUnavailable: 1")
}
