import InvarCore
import InvarSyntax

extension Rule {
    package static let kubernetesMigrateAtStart = Rule(
        id: "kubernetes/migrate-at-start",
        title: Wording(en: "a schema that every starting pod migrates", ja: "起動する Pod がそれぞれ行うマイグレーション"),
        why: Wording(
            en:
                "With several replicas the pods migrate at the same time, pods of the old version go on against the new schema, and a pod that restarts migrates again. A comment or an annotation on the lock that keeps them apart (`lock`, ロック) settles it; a single replica is a note.",
            ja: "レプリカが複数あると、各 Pod が同時にマイグレーションを行い、古い版の Pod は新しいスキーマに対して動き続け、再起動した Pod はもう一度行います。それを防ぐロックについてコメントか注釈（`lock`・ロック）があれば対象外、レプリカが 1 つなら注意にとどめます。"),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: orders }
                spec:
                  replicas: 3
                  template:
                    spec:
                      initContainers:
                        - name: schema # スキーマの更新
                          image: orders:7
                          command: [sh, -c, ↓"bundle exec rails db:migrate && echo done"]
                      containers: [{ name: web, image: "orders:7" }]

                """, at: "deploy/orders.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: 台帳 }
                spec:
                  template:
                    spec:
                      containers: [{ name: web, image: "ledger:2", command: [↓alembic, upgrade, head] }]

                """, at: "deploy/ledger.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: { name: 台帳 }
                spec:
                  replicas: 2
                  template:
                    spec:
                      initContainers:
                        - { name: schema, image: "ledger:7", command: [↓alembic, -c, ledger.ini, upgrade, head] }
                        - { name: ↓run-migrations, image: "ledger-tools:7", command: [dotnet, Ledger.dll] }
                      containers: [{ name: web, image: "ledger:7" }]

                """, at: "deploy/ledger.yaml"),
        ],
        conforming: [
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: orders }
                spec:
                  replicas: 3
                  template:
                    spec:
                      initContainers:
                        # takes an advisory lock, so that one pod migrates and the others wait
                        - { name: schema, image: "orders:7", command: [rails, "db:migrate"] }
                      containers: [{ name: web, image: "orders:7" }]

                """, at: "deploy/orders.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: orders-schema }
                spec: { template: { spec: { containers: [{ name: 移行, image: "orders:7", command: [rails, "db:migrate"] }] } } }

                """, at: "deploy/schema.yaml"),
            Example(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: orders }
                spec:
                  replicas: 3
                  template:
                    spec:
                      initContainers:
                        - { name: wait, image: "orders:7", command: [./wait-for-migrate.sh] }
                        - { name: wait-for-migrations, image: "orders:7", command: [./ready] }
                      containers: [{ name: web, image: "orders:7", args: [--skip-migrate, --migrate=false] }]

                """, at: "deploy/orders.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            let kinds: Set<String> = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "DeploymentConfig", "Rollout", "ReplicationController"]
            return run.joinedWorkloads { workload in
                guard kinds.contains(workload.kind), workload.isComplete, !speaksOfLock(workload, run) else { return [] }
                return workload.containers.compactMap { container in
                    guard let migration = CommandWords.migration(in: container) else { return nil }
                    var match = run.match(
                        workload.object, at: run.place(of: migration.cue, in: migration.value, of: workload.object), part: container.name,
                        Wording(
                            en: "every starting pod of \(workload.title) migrates the schema (`\(migration.cue)`)",
                            ja: "\(workload.title) の Pod は、起動のたびにスキーマを移行します（`\(migration.cue)`）"), hint: hint)
                    let most = run.replicas(of: workload.object)?.upperBound ?? 2
                    if most < 2, workload.kind != "DaemonSet" { match.severity = .note }
                    return match
                }
            }
        })

    /// Whether the object says how its pods are kept apart.
    private static func speaksOfLock(_ workload: KubernetesWorkload, _ run: KubernetesRun) -> Bool {
        let words = ["lock", "ロック", "排他", "leader"]
        if workload.object.annotations.values.contains(where: { text in words.contains { Folding.searchable(text).holds($0) } }) { return true }
        guard let artifact = run.folder.artifacts[workload.object.path] else { return false }
        return workload.object.lines.contains { line in
            let text = artifact.text(ofLine: line)
            guard let start = text.firstIndex(of: "#") else { return false }
            let comment = Folding.searchable(String(text[start...]))
            return words.contains { comment.holds($0) } && !comment.holds("block")
        }
    }

    private static let hint = Advice.write(
        en: "migrate once before the rollout, in a Job of its own, in steps that the old version can live with",
        ja: "ロールアウトの前に、専用の Job で 1 回だけ、古い版も動き続けられる手順で移行してください",
        "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\nspec:\n  backoffLimit: 0\n  template:\n    spec:\n      restartPolicy: Never")
}
