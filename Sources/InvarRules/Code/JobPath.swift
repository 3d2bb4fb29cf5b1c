import InvarCore
import InvarSyntax

/// Whether a file is the code of a job, by where it stands.
enum JobPath {
    /// Below a folder of jobs, batches, ETL, cron or scripts, or named as one.
    static func isJob(_ path: String) -> Bool {
        let segments = path.split(separator: "/")
        for segment in segments.dropLast() where CodeWords.of(segment).contains(where: { folders.contains($0) }) { return true }
        let stem = RelativePath.stem(path)
        if ["バッチ", "ジョブ", "夜間", "日次", "月次"].contains(where: { path.contains($0) }) { return true }
        let words = CodeWords.of(stem)
        return words.contains { ["batch", "etl", "cron", "cronjob", "nightly"].contains($0) } || ["job", "tasklet", "dag"].contains(words.last ?? "")
    }

    /// Run by a schedule, not only by hand: a job as ``isJob(_:)`` knows it, but for folders of scripts alone.
    static func isScheduled(_ path: String) -> Bool {
        let stem = RelativePath.stem(path)
        let folders = path.split(separator: "/").dropLast().filter { !["script", "scripts"].contains($0.lowercased()) }
        return isJob((folders + [Substring(stem)]).joined(separator: "/"))
    }

    private static let folders: Set<String> = [
        "job", "jobs", "batch", "batches", "etl", "elt", "cron", "crons", "cronjob", "cronjobs", "crontab", "script", "scripts", "dag", "dags",
    ]

    /// An Airflow DAG file.
    static func isDAG(_ code: CodeText) -> Bool {
        guard code.language == .python else { return false }
        return !AirflowDAG.all(in: code).isEmpty
    }
}
