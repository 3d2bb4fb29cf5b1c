import InvarCore
import InvarSyntax

extension Rule {
    package static let observabilityJobWithoutAlert = Rule(
        id: "observability/job-without-alert",
        title: Wording(en: "a CronJob whose failure no alert notices", ja: "失敗してもアラートが鳴らない CronJob"),
        why: Wording(
            en:
                "Where some jobs have an alert by name, the one that has none fails in silence. Alerts that watch all jobs of the cluster cover each. Only repositories that alert on jobs at all are looked at.",
            ja: "名前を指定したアラートがあるジョブとないジョブが混在していると、ないものは黙って失敗します。クラスターの全ジョブを見るアラートがあれば、すべてのジョブを監視しているものとみなします。ジョブのアラートを 1 つも持たないリポジトリは対象外です。"),
        invariant: "INV-OPS-005", severity: .note, isOptIn: true,
        violating: [
            Example(
                files: [
                    ("deploy/close.yaml", "apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: ↓close-month }\nspec: { schedule: \"0 1 1 * *\" }\n"),
                    (
                        "deploy/rules.yaml",
                        "groups:\n  - name: 夜間\n    rules:\n      - alert: ImportFailed\n        expr: kube_job_status_failed{job_name=~\"import-.*\"} > 0\n"
                    ),
                ]),
            Example(
                files: [
                    (
                        "deploy/jobs.yaml",
                        "apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: batch/v1, kind: CronJob, metadata: { name: import-orders }, spec: { schedule: \"0 1 * * *\" } }\n  - { apiVersion: batch/v1, kind: CronJob, metadata: { name: ↓backup }, spec: { schedule: \"0 2 * * *\" } }\n"
                    ),
                    (
                        "deploy/rules.yaml",
                        "groups:\n  - name: batch\n    rules:\n      - alert: ImportFailed\n        expr: kube_cronjob_status_last_successful_time{cronjob=\"import-orders\"} < 1\n"
                    ),
                ]),
        ],
        conforming: [
            Example(
                files: [
                    ("deploy/close.yaml", "apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: close-month }\nspec: { schedule: \"0 1 1 * *\" }\n"),
                    (
                        "deploy/rules.yaml",
                        "groups:\n  - name: all\n    rules:\n      - alert: JobFailed\n        expr: kube_job_status_failed{job=\"kube-state-metrics\"} > 0\n"
                    ),
                ]),
            Example(files: [("deploy/close.yaml", "apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: 締め処理 }\nspec: { schedule: \"0 1 1 * *\" }\n")]),
            Example(
                files: [
                    ("deploy/close.yaml", "apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: close-month }\nspec: { schedule: \"0 1 1 * *\" }\n"),
                    (
                        "deploy/rules.yaml",
                        "groups:\n  - name: close\n    rules:\n      - alert: CloseFailed\n        expr: kube_job_status_failed{job_name=~\"(close-month|import)-.*\"} > 0\n"
                    ),
                ]),
            // A patch is no job of its own, and a pattern may name a job in parts.
            Example(
                files: [
                    ("base/probe.yaml", "apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: vpn-eu-probe }\nspec: { schedule: \"*/5 * * * *\" }\n"),
                    ("base/kustomization.yaml", "resources: [probe.yaml]\n"),
                    ("prod/kustomization.yaml", "resources: [../base]\npatches: [{ path: often.yaml }]\n"),
                    ("prod/often.yaml", "apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: 別名 }\nspec: { schedule: \"* * * * *\" }\n"),
                    (
                        "rules.yaml",
                        "groups:\n  - name: vpn\n    rules:\n      - alert: ProbeFailed\n        expr: kube_job_status_failed{job_name=~\"vpn(-eu)?-probe-.*\"} > 0\n"
                    ),
                ]),
        ],
        matcher: .knowledge { _, surroundings in
            var jobs: [(name: YAML, artifact: Artifact)] = []
            var expressions: [String] = []
            var alertFiles: [String] = []
            let index = KustomizationIndex(
                surroundings.files.filter(Kustomization.isName).compactMap { surroundings.artifact(at: $0).flatMap(Kustomization.init) })
            for path in surroundings.files where ArtifactReader.Language(path: path) == .yaml {
                guard let artifact = surroundings.artifact(at: path), case .manifest(let stream) = artifact.content, cues.occur(in: artifact.bytes) else {
                    continue
                }
                for job in KubernetesObjectReader.objects(of: artifact, isPatch: index.isPatch(path)) where isCronJob(job) {
                    jobs.append((job.nameValue, artifact))
                }
                let found = AlertRules(stream.documents).alerts.compactMap { $0.expression?.text }.filter { JobAlert.isAboutJobs($0) }
                if !found.isEmpty { alertFiles.append(path) }
                expressions += found
            }
            guard !expressions.isEmpty, !expressions.contains(where: JobAlert.coversAll) else { return [] }
            return jobs.filter { job in !expressions.contains { JobAlert.covers(job.name.text ?? "", $0) } }.map { job in
                let name = job.name.text ?? ""
                var match = job.artifact.match(
                    at: job.name.position, to: job.name.keyEnd,
                    Wording(en: "no alert names the CronJob \(name): it fails in silence", ja: "CronJob \(name) を名指しするアラートがなく、失敗に気づけません"),
                    hint: Wording(en: "add an alert on its failures\n", ja: "失敗を知らせるアラートを加えてください\n")
                        + Wording("- alert: CronJobFailed\n  expr: kube_job_status_failed{job_name=~\"\(name)-.*\"} > 0\n  for: 5m"))
                match.operations = [name]
                match.key = name
                match.causes = alertFiles
                return match
            }
        })

    private static let cues = CueSet(["CronJob", "kube_job", "kube_cronjob"])

    private static func isCronJob(_ object: KubernetesObject) -> Bool {
        object.kind == "CronJob" && object.group == "batch" && !object.isPatch && !object.name.isEmpty && object.spec?.value("schedule") != nil
    }
}

/// Which jobs an alert's expression watches.
private enum JobAlert {
    static func isAboutJobs(_ expression: String) -> Bool {
        expression.holds("kube_job_status_failed") || expression.holds("kube_job_failed") || expression.holds("kube_cronjob")
    }

    /// It picks no job by name.
    static func coversAll(_ expression: String) -> Bool {
        !["job_name", "cronjob=", "cronjob!=", "cronjob=~", "owner_name", "exported_job", "label_"].contains { expression.holds($0) }
    }

    /// It names the job, or a pattern of it fits the job or one of its runs, whose name ends in a number.
    static func covers(_ name: String, _ expression: String) -> Bool {
        if expression.holds(name) { return true }
        return AlertExpression.labelMatchers(in: expression).contains { matcher in
            matcher.test == "=~" && ["job_name", "cronjob", "owner_name", "exported_job", "job"].contains(matcher.label)
                && [name, name + "-29000000", name + "-29000000-abcde"].contains(where: matcher.accepts)
        }
    }
}
