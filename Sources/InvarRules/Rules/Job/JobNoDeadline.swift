import InvarCore
import InvarSyntax

extension Rule {
    package static let jobNoDeadline = Rule(
        id: "job/no-deadline",
        title: Wording(en: "a job that may run for ever", ja: "終わらないまま動き続けうるジョブ"),
        why: Wording(
            en:
                "A run that hangs blocks the runs after it, or runs beside them. `activeDeadlineSeconds` ends it, so that somebody learns of it. Nearly no job has one, so this rule is opt-in.",
            ja: "固まった実行は、次の実行を止めるか、次の実行と並んで動き続けます。`activeDeadlineSeconds` があれば打ち切られ、異常に気付けます。書かれていることがほとんどないため、既定では無効です。"),
        invariant: "INV-OPS-004", severity: .note, isOptIn: true,
        violating: [
            Example(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata:
                  name: ↓nightly-sales
                spec:
                  schedule: "0 2 * * *"
                  jobTemplate: { spec: { template: { spec: { containers: [{ name: sales, image: "sales:1" }] } } } }

                """, at: "deploy/sales.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { generateName: ↓移行- }
                spec: { backoffLimit: 2, template: { spec: { containers: [{ name: move, image: "move:1" }] } } }

                """, at: "deploy/move.yaml"),
        ],
        conforming: [
            Example(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: { name: nightly-sales }
                spec:
                  schedule: "0 2 * * *"
                  jobTemplate: { spec: { activeDeadlineSeconds: 1800, template: { spec: { containers: [{ name: sales, image: "sales:1" }] } } } }

                """, at: "deploy/sales.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: move }
                spec: { template: { spec: { activeDeadlineSeconds: 600, containers: [{ name: move, image: "move:1" }] } } }

                """, at: "deploy/move.yaml"),
            Example("apiVersion: batch/v1\nkind: Job\nmetadata: { name: move }\nspec: { backoffLimit: 0 }\n", at: "deploy/部分.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.workloads { workload in
                guard workload.isJob, workload.isComplete, workload.jobSpec?.value("activeDeadlineSeconds") == nil,
                    workload.pod.value("activeDeadlineSeconds") == nil
                else { return [] }
                return [
                    run.match(
                        workload.object, at: workload.object.nameValue,
                        Wording(en: "\(workload.title) has no deadline: a run that hangs is never ended", ja: "\(workload.title) に期限がありません。固まった実行がいつまでも終わりません"),
                        hint: Advice.write(
                            en: "end a run that takes longer than it ever should", ja: "想定より長くかかった実行を打ち切ってください",
                            "spec:\n  activeDeadlineSeconds: 3600"))
                ]
            }
        })
}
