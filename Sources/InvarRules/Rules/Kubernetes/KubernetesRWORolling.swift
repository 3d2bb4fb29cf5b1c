import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesRWORolling = Rule(
        id: "kubernetes/rwo-rolling",
        title: Wording(en: "a rolling update of pods that share a volume for one node", ja: "1 ノード専用のボリュームを使う Pod のローリング更新"),
        why: Wording(
            en:
                "A ReadWriteOnce volume attaches to one node. A rolling update starts the new pod while the old one holds the volume: on another node it waits for ever, and the rollout is stuck. Claims are looked up in the folder and in the kustomizations that take the workload in.",
            ja:
                "ReadWriteOnce のボリュームは 1 つのノードにしか接続できません。ローリング更新では古い Pod がボリュームを持ったまま新しい Pod が起動し、別のノードではいつまでも待ち続けてロールアウトが止まります。要求（PVC）は、同じフォルダーと、そのワークロードを取り込む kustomization から探します。"
        ),
        invariant: "INV-OPS-003", severity: .error,
        violating: [
            Example(
                SampleManifest.file(
                    SampleManifest.claim(named: "wiki-data", "ReadWriteOnce"), SampleManifest.workload(named: "社内wiki", pod: volume("↓wiki-data"))),
                at: "deploy/wiki.yaml"),
            Example(
                SampleManifest.workload(
                    named: "帳票", spec: "replicas: 2\nstrategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 0 } }", pod: volume("↓reports")),
                at: "app/base/deployment.yaml",
                with: [
                    ("app/kustomization.yaml", "resources: [base/deployment.yaml, storage]\n"), ("app/storage/kustomization.yaml", "resources: [claim.yaml]\n"),
                    ("app/storage/claim.yaml", SampleManifest.claim(named: "reports", "ReadWriteOncePod")),
                ]),
            // The claim is for one node only in the build of a single node.
            Example(
                SampleManifest.workload(named: "git", pod: volume("↓git")), at: "git/base/git.yaml",
                with: [
                    ("git/base/claim.yaml", SampleManifest.claim(named: "git", "ReadWriteMany")),
                    ("git/base/kustomization.yaml", "resources: [git.yaml, claim.yaml]\n"), ("git/large/kustomization.yaml", "resources: [../base]\n"),
                    (
                        "git/small/kustomization.yaml",
                        """
                        resources: [../base]
                        patches:
                          - target: { kind: PersistentVolumeClaim }
                            patch: "[{ op: replace, path: /spec/accessModes/0, value: ReadWriteOnce }]" # 1 ノード

                        """
                    ),
                ]),
        ],
        conforming: [
            Example(
                SampleManifest.file(
                    SampleManifest.claim(named: "wiki-data", "ReadWriteOnce"),
                    SampleManifest.workload(
                        named: "wiki", spec: "strategy: { rollingUpdate: { maxSurge: \"0%\", maxUnavailable: 1 } }", pod: volume("wiki-data")),
                    SampleManifest.workload(named: "再作成", spec: "strategy: { type: Recreate }", pod: volume("wiki-data"))), at: "deploy/wiki.yaml"),
            Example(
                SampleManifest.file(
                    SampleManifest.claim(named: "shared", "ReadWriteOnce, ReadWriteMany"), SampleManifest.workload(named: "共有", pod: volume("shared"))),
                at: "deploy/web.yaml"),
            Example(
                SampleManifest.workload(named: "wiki, namespace: tools", pod: volume("wiki-data")), at: "deploy/wiki.yaml",
                with: [("deploy/別の.yaml", SampleManifest.claim(named: "wiki-data, namespace: other", "ReadWriteOnce"))]),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.joinedWorkloads { workload in match(workload, run).map { [$0] } ?? [] }
        })

    /// The line of an example's pod that mounts a claim.
    private static func volume(_ claim: String) -> String { "volumes: [{ name: data, persistentVolumeClaim: { claimName: \(claim) } }]" }

    private static func match(_ workload: KubernetesWorkload, _ run: KubernetesRun) -> Match? {
        guard ["Deployment", "DeploymentConfig"].contains(workload.kind), workload.isComplete, workload.replicas != 0, isRolling(workload) else { return nil }
        for volume in workload.volumes {
            guard let name = volume.claim, let place = volume.value.value("claimName") else { continue }
            let claims = run.peers(of: workload.object, .claim(name))
            guard let claim = claims.first, let modes = claim.spec?.value("accessModes"), !modes.texts.isEmpty,
                modes.texts.allSatisfy({ $0 == "ReadWriteOnce" || $0 == "ReadWriteOncePod" })
            else { continue }
            var match = run.match(
                workload.object, at: place,
                Wording(
                    en: "\(workload.title) rolls while its old pod holds \(name) (\(modes.texts.joined(separator: ", "))): the new one may never start",
                    ja: "\(workload.title) は、古い Pod が \(name)（\(modes.texts.joined(separator: "、"))）を持ったままローリング更新します。新しい Pod が起動しないおそれがあります"),
                hint: Advice.write(
                    en: "let the old pod go first, make it a StatefulSet, or use a volume that several nodes can mount",
                    ja: "古い Pod を先に止めるか、StatefulSet にするか、複数ノードからマウントできるボリュームを使ってください", "strategy:\n  type: Recreate"))
            match.related = [
                Match.Related(place: Place(path: claim.path, position: modes.position), message: Wording(en: "the claim", ja: "この要求（PVC）"))
            ]
            if claim.path != workload.object.path { match.causes.append(claim.path) }
            return match
        }
        return nil
    }

    /// Whether a new pod starts while an old one runs.
    private static func isRolling(_ workload: KubernetesWorkload) -> Bool {
        let strategy = workload.object.spec?.value("strategy")
        guard ["RollingUpdate", "Rolling"].contains(strategy?.value("type")?.text ?? "RollingUpdate") else { return false }
        let surge = strategy?.value("rollingUpdate", "maxSurge")?.text ?? strategy?.value("rollingParams", "maxSurge")?.text
        return !(workload.replicas == 1 && ["0", "0%"].contains(surge ?? ""))
    }
}
