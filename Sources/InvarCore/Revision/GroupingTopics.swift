/// Concepts of the glossary that notes about one subject use side by side: whoever writes of a restore may not say backup.
///
/// Each is named by one of its forms; a form that the glossary does not know is a word by itself.
enum GroupingTopics {
    static let all: [[String]] = [
        ["backup", "restore", "restore test", "snapshot", "point-in-time recovery"],
        ["certificate", "cert", "tls", "証明書", "certificate expiry", "certificate renewal", "certificate revocation"],
        ["pii", "個人情報", "氏名", "住所", "カード番号", "masking", "redaction", "anonymization", "data leak"],
        ["alert", "alert fatigue", "noisy alert", "threshold", "pager", "monitoring", "false positive"],
        ["deploy", "release", "rollback", "rolling update", "canary", "blue-green", "rollout", "リリース"],
        ["time zone", "utc", "jst", "daylight saving", "夏時間", "サマータイム", "時差"],
        ["disk full", "disk", "ディスク", "log rotation", "inode exhaustion"],
        ["secret", "credential", "hardcoded secret", "secret rotation", "key rotation", "api key", "access key", "秘密鍵", "アクセスキー", "トークン"],
        ["rate limiting", "throttling", "429", "流量制御", "quota"],
        ["exclusive lock", "row lock", "lock wait", "lock contention", "deadlock", "lost update", "race condition", "concurrency", "同時更新", "排他"],
        ["runbook", "handover", "key-person dependency", "tribal knowledge", "手順書"],
        ["batch", "cron", "scheduled job", "job failure", "batch delay", "missed run"],
        ["replication", "replication lag", "read replica"], ["queue", "consumer", "consumer lag", "queue backlog", "dead letter queue"],
        ["migration", "schema change", "data migration", "add column", "drop column"],
        ["cache", "stale cache", "cache invalidation", "cache stampede"], ["connection pool", "connection exhaustion", "connection leak"],
        ["memory leak", "out of memory", "oom killer"], ["timeout", "response time", "latency", "slow query"],
    ]
}
