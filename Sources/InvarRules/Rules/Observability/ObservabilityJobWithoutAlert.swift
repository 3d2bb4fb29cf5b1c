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
                        "apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: batch/v1, kind: CronJob, metadata: { name: import-orders } }\n  - { apiVersion: batch/v1, kind: CronJob, metadata: { name: ↓backup } }\n"
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
                    ("deploy/close.yaml", "apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: close-month }\n"),
                    (
                        "deploy/rules.yaml",
                        "groups:\n  - name: all\n    rules:\n      - alert: JobFailed\n        expr: kube_job_status_failed{job=\"kube-state-metrics\"} > 0\n"
                    ),
                ]),
            Example(files: [("deploy/close.yaml", "apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: 締め処理 }\n")]),
            Example(
                files: [
                    ("deploy/close.yaml", "apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: close-month }\n"),
                    (
                        "deploy/rules.yaml",
                        "groups:\n  - name: close\n    rules:\n      - alert: CloseFailed\n        expr: kube_job_status_failed{job_name=~\"(close-month|import)-.*\"} > 0\n"
                    ),
                ]),
        ],
        matcher: .knowledge { _, surroundings in
            var jobs: [(name: YAML, artifact: Artifact)] = []
            var expressions: [String] = []
            var alertFiles: [String] = []
            for path in surroundings.files where ArtifactReader.Language(path: path) == .yaml {
                guard let artifact = surroundings.artifact(at: path), case .manifest(let stream) = artifact.content, cues.occur(in: artifact.bytes) else {
                    continue
                }
                for name in stream.documents.flatMap(cronJobNames) { jobs.append((name, artifact)) }
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

    /// The names of CronJobs in a document, also in a `List`.
    private static func cronJobNames(_ document: YAML) -> [YAML] {
        let objects = document["kind"]?.text?.hasSuffix("List") ?? false ? document["items"]?.items ?? [] : [document]
        return objects.compactMap { object in
            guard object["kind"]?.text == "CronJob", object["apiVersion"]?.text?.hasPrefix("batch/") ?? false else { return nil }
            return object["metadata"]?["name"].flatMap { $0.text == nil ? nil : $0 }
        }
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

    static func covers(_ name: String, _ expression: String) -> Bool {
        if expression.holds(name) { return true }
        return expression.split(whereSeparator: { "\"'|()".contains($0) }).contains { piece in
            let fixed = piece.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
            return fixed.count >= 3 && fixed.count < piece.count && name.hasPrefix(fixed)
        }
    }
}
