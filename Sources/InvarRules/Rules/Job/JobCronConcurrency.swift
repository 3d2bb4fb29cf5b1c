import InvarCore
import InvarSyntax

extension Rule {
    package static let jobCronConcurrency = Rule(
        id: "job/cron-concurrency",
        title: Wording(en: "a CronJob whose runs may overlap", ja: "実行が重なりうる CronJob"),
        why: Wording(
            en:
                "Without `concurrencyPolicy` a run that takes longer than its interval meets the next one, and both do the same work. `Forbid` keeps them apart, but not the retries of one run: the job has to be idempotent as well. A suspended CronJob is left out.",
            ja:
                "`concurrencyPolicy` がないと、間隔より長くかかった実行に次の実行が重なり、同じ処理を二重に行います。`Forbid` で重なりは防げますが、1 回の実行の中の再試行は防げないため、ジョブ自体も冪等にする必要があります。停止中（suspend）の CronJob は対象外です。"
        ),
        invariant: "INV-OPS-004", severity: .warning,
        violating: [
            Example(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata:
                  name: nightly-sales
                spec:
                  schedule: ↓"0 2 * * *" # 毎晩 2 時
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          restartPolicy: Never
                          containers:
                            - name: 売上集計
                              image: registry.example.com/sales:1.4.0

                """, at: "deploy/sales.yaml"),
            Example(
                """
                apiVersion: v1
                kind: List
                items:
                  - apiVersion: batch/v1
                    kind: CronJob
                    metadata: { name: sync-stock, annotations: { invar.dev/idempotent: ADR-0007 } }
                    spec:
                      schedule: "*/5 * * * *"
                      concurrencyPolicy: ↓Allow
                      jobTemplate: { spec: { template: { spec: { containers: [{ name: sync, image: "stock:2" }] } } } }

                """, at: "deploy/stock.yaml"),
            Example(
                """
                {{- if .Values.cron.enabled }}
                apiVersion: batch/v1
                kind: CronJob
                metadata:
                  name: {{ include "app.fullname" . }}
                spec:
                  schedule: {{ .Values.cron.schedule | quote }}
                  concurrencyPolicy: ↓Allow
                {{- end }}

                """, at: "charts/app/templates/cron.yaml"),
        ],
        conforming: [
            Example(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: { name: nightly-sales }
                spec:
                  schedule: "0 2 * * *"
                  concurrencyPolicy: Forbid
                  jobTemplate: { spec: { template: { spec: { containers: [{ name: sales, image: "sales:1.4.0" }] } } } }
                ---
                apiVersion: batch/v1
                kind: CronJob
                metadata: { name: paused }
                spec:
                  schedule: "0 3 * * *"
                  suspend: true
                  jobTemplate: { spec: { template: { spec: { containers: [{ name: sales, image: "sales:1.4.0" }] } } } }

                """, at: "deploy/sales.yaml"),
            Example(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata:
                  name: nightly-sales
                spec:
                  schedule: "30 1 * * *"
                  jobTemplate: { spec: { template: { spec: { containers: [{ name: sales, image: "sales:1.5.0" }] } } } }

                """, at: "overlays/prod/time.yaml",
                with: [("overlays/prod/kustomization.yaml", "resources: [../../base]\npatches: [{ path: time.yaml }]\n")]),
            Example(
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: { name: nightly-sales }
                spec:
                  schedule: "0 2 * * *"
                  jobTemplate: { spec: { template: { spec: { containers: [{ name: sales, image: "sales:1.4.0" }] } } } }

                """, at: "base/cron.yaml",
                with: [
                    ("base/kustomization.yaml", "resources: [cron.yaml]\n"),
                    (
                        "prod/kustomization.yaml",
                        "resources: [../base]\npatches:\n  - target: { kind: CronJob }\n    patch: |\n      - op: add\n        path: /spec/concurrencyPolicy\n        value: Forbid\n"
                    ),
                ]),
            Example(
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  ignoreDifferences:\n    - { group: batch, kind: CronJob }\n",
                at: "deploy/app.yaml"),
        ],
        matcher: .group(.manifests) { group, surroundings in
            let run = KubernetesRun(group, surroundings)
            return run.workloads { workload in match(workload, run).map { [$0] } ?? [] }
                + TemplateScan.lines(of: ["concurrencyPolicy"], in: group).filter { $0.value == "Allow" && $0.kind == "CronJob" }.map { line in
                    line.match(Wording(en: "runs of this CronJob may overlap", ja: "この CronJob は実行が重なることがあります"), hint: hint)
                }
        })

    private static func match(_ workload: KubernetesWorkload, _ run: KubernetesRun) -> Match? {
        guard workload.kind == "CronJob", workload.isJudged, let spec = workload.object.spec, let schedule = spec.value("schedule"),
            !(spec.value("suspend")?.bool ?? false)
        else { return nil }
        let policy = spec.value("concurrencyPolicy")
        guard policy.map({ $0.text == "Allow" }) ?? workload.isComplete else { return nil }
        return run.match(
            workload.object, at: policy ?? schedule,
            Wording(
                en: "runs of \(workload.title) may overlap: \(policy == nil ? "no concurrencyPolicy" : "concurrencyPolicy: Allow")",
                ja: "\(workload.title) は実行が重なることがあります（\(policy == nil ? "concurrencyPolicy なし" : "concurrencyPolicy: Allow")）"),
            hint: hint)
    }

    private static let hint = Advice.write(
        en: "let no run start beside another, and make the job safe to repeat", ja: "実行が重ならないようにし、ジョブは繰り返しても結果が変わらないようにしてください",
        "spec:\n  concurrencyPolicy: Forbid")
}
