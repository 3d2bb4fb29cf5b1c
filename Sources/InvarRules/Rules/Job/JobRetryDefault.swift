import InvarCore
import InvarSyntax

extension Rule {
    package static let jobRetryDefault = Rule(
        id: "job/retry-default",
        title: Wording(en: "a job that changes something and is retried by default", ja: "更新を行うのに、既定のまま再試行されるジョブ"),
        why: Wording(
            en:
                "Kubernetes starts a failed Job again up to six times unless `backoffLimit` says otherwise, and `OnFailure` restarts its containers. A command that inserts, posts or sends does so again each time. Only commands with such a word are looked at.",
            ja: "`backoffLimit` を書かないと、Kubernetes は失敗した Job を最大 6 回やり直し、`OnFailure` はコンテナーを再起動します。登録・POST・送信を行うコマンドは、そのたびに同じことを繰り返します。そうした語を含むコマンドだけを対象とします。"),
        invariant: "INV-OPS-004", severity: .note,
        violating: [
            Example(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: load-prices }
                spec:
                  template:
                    spec:
                      restartPolicy: Never
                      containers:
                        - name: load
                          image: postgres:16
                          command: [sh, -c, ↓"psql -f /sql/prices.sql"]

                """, at: "deploy/load.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: { name: 請求通知 }
                spec:
                  schedule: "0 9 1 * *"
                  jobTemplate:
                    spec:
                      backoffLimit: 3
                      template:
                        spec:
                          restartPolicy: OnFailure
                          containers:
                            - name: notify
                              image: billing:3
                              args: [↓curl -X POST https://billing.example.com/notices]

                """, at: "deploy/billing.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: 通知 }
                spec:
                  template:
                    spec:
                      containers:
                        - name: notify
                          image: tools:1
                          command: [sh, -c]
                          args:
                            - |
                              set -eu
                              ↓curl -X POST "$NOTICE_URL"

                """, at: "deploy/notify.yaml"),
        ],
        conforming: [
            Example(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: load-prices }
                spec:
                  backoffLimit: 0
                  template: { spec: { restartPolicy: OnFailure, containers: [{ name: load, image: "postgres:16", args: [psql -f /sql/prices.sql] }] } }

                """, at: "deploy/load.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: report }
                spec: { template: { spec: { restartPolicy: Never, containers: [{ name: report, image: "report:1", args: [--month, last] }] } } }

                """, at: "deploy/report.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: 単価登録 }
                spec:
                  template:
                    spec:
                      containers:
                        - name: load
                          image: postgres:16
                          args: [psql -c "INSERT INTO prices VALUES (1) ON CONFLICT DO NOTHING"]

                """, at: "deploy/load.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: { name: load-prices }
                spec: { template: { spec: { containers: [{ name: load, args: [psql -f /sql/prices.sql] }] } } }

                """, at: "deploy/args-patch.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.workloads { workload in match(workload, run).map { [$0] } ?? [] }
        })

    private static func match(_ workload: KubernetesWorkload, _ run: KubernetesRun) -> Match? {
        guard workload.isJob, workload.isComplete else { return nil }
        let limit = workload.jobSpec?.value("backoffLimit")
        let restarts = workload.pod.value("restartPolicy")?.text == "OnFailure" && limit?.number != 0
        guard limit == nil || restarts else { return nil }
        for container in workload.containers where container.role == .main {
            guard let mutation = CommandWords.mutation(in: container) else { continue }
            let reason =
                limit == nil
                ? Wording(en: "is retried up to 6 times by default", ja: "は既定で最大 6 回やり直されます") : Wording(en: "is restarted on failure", ja: "は失敗すると再起動されます")
            return run.match(
                workload.object, at: run.place(of: mutation.cue, in: mutation.value, of: workload.object), part: container.name,
                Wording(en: "\(workload.title) changes something (`\(mutation.cue)`) and ", ja: "データを変更する \(workload.title)（`\(mutation.cue)`）") + reason,
                hint: Advice.write(
                    en: "say how often it may run again, and make every run after the first harmless", ja: "何回までやり直してよいかを書き、2 回目以降の実行が害にならないようにしてください",
                    "spec:\n  backoffLimit: 0\n  template:\n    spec:\n      restartPolicy: Never"))
        }
        return nil
    }
}
