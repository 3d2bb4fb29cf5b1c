import InvarCore
import InvarSyntax

extension Rule {
    package static let jobCronMissedRun = Rule(
        id: "job/cron-missed-run",
        title: Wording(en: "a CronJob that does not say how late it may start", ja: "どれだけ遅れて始めてよいかを決めていない CronJob"),
        why: Wording(
            en:
                "After an outage of the control plane a CronJob without `startingDeadlineSeconds` starts a run that was due long ago, and after a hundred missed ones none at all. Nearly no CronJob has it, so this rule is opt-in.",
            ja: "`startingDeadlineSeconds` がないと、コントロールプレーンの停止後に、とうに時刻を過ぎた実行が始まります。100 回以上逃すと、まったく始まりません。書かれていることがほとんどないため、既定では無効です。"),
        invariant: "INV-OPS-004", severity: .note, isOptIn: true,
        violating: [
            Example(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: { name: nightly-sales }
                spec:
                  schedule: ↓"0 2 * * *"
                  jobTemplate: { spec: { template: { spec: { containers: [{ name: sales, image: "sales:1" }] } } } }

                """, at: "deploy/sales.yaml"),
            Example(
                """
                apiVersion: batch/v1beta1
                kind: CronJob
                metadata: { name: 在庫同期 }
                spec:
                  schedule: ↓'*/10 * * * *'
                  concurrencyPolicy: Forbid
                  jobTemplate: { spec: { template: { spec: { containers: [{ name: sync, image: "sync:1" }] } } } }

                """, at: "deploy/sync.yaml"),
        ],
        conforming: [
            Example(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: { name: nightly-sales }
                spec:
                  schedule: "0 2 * * *"
                  startingDeadlineSeconds: 300
                  jobTemplate: { spec: { template: { spec: { containers: [{ name: sales, image: "sales:1" }] } } } }

                """, at: "deploy/sales.yaml"),
            Example("apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: 夜間 }\nspec: { schedule: '0 4 * * *' }\n", at: "deploy/time.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: once }
                spec: { template: { spec: { containers: [{ name: once, image: "once:1" }] } } }

                """, at: "deploy/once.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.workloads { workload in
                guard workload.kind == "CronJob", workload.isComplete, let spec = workload.object.spec, spec.value("startingDeadlineSeconds") == nil,
                    let schedule = spec.value("schedule")
                else { return [] }
                return [
                    run.match(
                        workload.object, at: schedule,
                        Wording(en: "\(workload.title) does not say how late a missed run may start", ja: "\(workload.title) は、逃した実行をいつまで始めてよいかを決めていません"),
                        hint: Advice.write(
                            en: "say until when a missed run may be made up", ja: "逃した実行をいつまで始めてよいかを書いてください",
                            "spec:\n  startingDeadlineSeconds: 300"))
                ]
            }
        })
}
