import InvarCore
import InvarSyntax

extension Rule {
    package static let jobCrontabNoLock = Rule(
        id: "job/crontab-no-lock",
        title: Wording(en: "a cron entry that may overlap itself", ja: "前の実行と重なりうる cron の行"),
        why: Wording(
            en:
                "cron starts the next run whether or not the last one has ended. Less than an hour apart, one slow run is enough for two to work on the same rows or files. A lock (`flock -n`) lets the second give up; a systemd timer never starts a unit that still runs. Commands that only look, and scripts that lock by themselves, are no harm.",
            ja:
                "cron は前の実行が終わっていなくても次を起動します。1 時間未満の間隔では、1 回遅れただけで 2 つの実行が同じ行やファイルを処理してしまいます。ロック（`flock -n`）があれば後の実行が諦めます。systemd タイマーは動作中のユニットを二重に起動しません。参照だけのコマンドと、自分でロックを取るスクリプトは対象外です。"
        ),
        invariant: "INV-OPS-004", severity: .warning,
        violating: [
            Example(
                """
                MAILTO=ops@example.com
                # 請求の取り込み
                ↓*/5 * * * * root /opt/billing/bin/import.sh >> /var/log/import.log 2>&1
                ↓0,30 9-18 * * 1-5 root cd /opt/billing && bundle exec rake billing:close

                """, at: "deploy/cron.d/billing"),
            Example("↓* * * * * /usr/bin/php /srv/app/queue.php\n", at: "crontab.txt"),
        ],
        conforming: [
            Example(
                """
                */5 * * * * root flock -n /run/lock/import.lock /opt/billing/bin/import.sh
                17 * * * * root /opt/billing/bin/hourly.sh
                0 3 * * * root /opt/billing/bin/nightly.sh
                @reboot root /opt/billing/bin/start.sh
                */10 * * * * root /usr/bin/certbot renew --quiet

                """, at: "deploy/cron.d/billing"),
            Example(
                "*/2 * * * * /app/bin/sync.sh\n", at: "docker/crontab",
                with: [("bin/sync.sh", "#!/bin/sh\nexec 9>/run/lock/sync.lock\nflock -n 9 || exit 0\n./sync\n")]),
            Example("# */5 * * * * /opt/import.sh（停止中）\n{{ interval }} * * * * /opt/import.sh\n", at: "ops/crontab"),
        ],
        matcher: .file(.text) { artifact, surroundings in
            guard Crontab.isPath(artifact.path), artifact.bytes.count < 1 << 20 else { return [] }
            return Crontab(artifact).entries.compactMap { match($0, artifact, surroundings) }
        })

    private static func match(_ entry: Crontab.Entry, _ artifact: Artifact, _ surroundings: FileSurroundings) -> Match? {
        guard let minutes = entry.schedule.minutesBetweenRuns, !CronCommand.isLocked(entry.command), !CronCommand.onlyReads(entry.command) else { return nil }
        let scripts = ScriptLookup.scripts(named: entry.command, surroundings)
        if scripts.contains(where: { CronCommand.isLocked(String(decoding: $0.bytes, as: UTF8.self)) }) { return nil }
        let command = String(entry.command.prefix(80))
        let name = CronCommand.name(entry.command)
        var match = artifact.match(
            over: entry.span,
            Wording(
                en: "\(name) starts every \(minutes) min whether or not the last run has ended",
                ja: "\(name) は前の実行が終わっていなくても \(minutes) 分ごとに起動します"),
            hint: Wording(
                en: "take a lock, and let the run that does not get it end\n", ja: "ロックを取り、取れなかった実行は終了させてください\n")
                + Wording(locked(entry, artifact)))
        if CronCommand.isDispatcher(entry.command) { match.severity = .note }
        match.operations = [name, command]
        match.key = entry.command
        match.causes = scripts.map(\.path)
        return match
    }

    private static func locked(_ entry: Crontab.Entry, _ artifact: Artifact) -> String {
        let line = String(decoding: artifact.bytes[entry.span], as: UTF8.self)
        guard line.hasSuffix(entry.command) else { return "flock -n /run/lock/job.lock \(entry.command)" }
        let head = line.dropLast(entry.command.count)
        let needsShell = entry.command.contains("&&") || entry.command.contains(";") || entry.command.contains("|")
        let name = CronCommand.name(entry.command).filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." }
        let lock = "flock -n /run/lock/\(name.isEmpty ? "job" : name).lock "
        return head + lock + (needsShell && !entry.command.contains("'") ? "sh -c '\(entry.command)'" : entry.command)
    }
}

/// What a cron entry's command is known for.
private enum CronCommand {
    private static let locks = [
        "flock", "lockf", "setlock", "run-one", "lockrun", "lockfile", "with-lock", "withlock", "with_lock", "cronlock", "systemctl start", "systemd-run",
        "pidfile", "dotlockfile", "consul lock", "shlock", "singleton", "single-instance", "fcntl", "withoutoverlapping", "chronic lock", "--lock",
        "mkdir \"$lock",
        "advisory_lock", "redlock", "get_lock(", "start-stop-daemon", "pgrep ", "pidof ",
    ]
    private static let reading = [
        "certbot renew", "certbot -q renew", "logrotate", "debian-sa1", "/sa1 ", "sysstat", "hc-ping", "healthchecks", "munin-cron", "mrtg", "ntpdate",
        "chronyc", "run-parts", "test -x", "uptime", "vnstat",
    ]
    private static let harmless: Set<String> = [
        "echo", "date", "logger", "true", "ping", "df", "free", "ps", "uptime", "w", "sync", "printf", "sleep", "cat", "tail",
    ]

    static func isLocked(_ text: String) -> Bool {
        let text = text.lowercased()
        return locks.contains { text.holds($0) }
    }

    static func onlyReads(_ command: String) -> Bool {
        let text = command.lowercased() + " "
        if reading.contains(where: { text.holds($0) }) { return true }
        let commands = ShellCommands.commands(in: command)
        return !commands.isEmpty && commands.allSatisfy { harmless.contains(RelativePath.name($0.words[0])) || $0.words[0].hasPrefix(">") }
    }

    /// A program that starts due jobs and keeps them apart by settings of its own.
    static func isDispatcher(_ command: String) -> Bool {
        command.contains("schedule:run") || command.contains("wp-cron") || command.contains("drush cron")
    }

    /// The script or program that is run.
    static func name(_ command: String) -> String {
        let commands = ShellCommands.commands(in: command).filter { !["cd", "source", ".", "export", "echo", "test", "["].contains($0.words[0]) }
        guard let words = commands.first?.words else { return String(command.prefix(40)) }
        if let script = words.first(where: { word in [".sh", ".py", ".rb", ".php", ".js", ".pl", ".ts"].contains { word.hasSuffix($0) } }) {
            return RelativePath.name(script)
        }
        // `rake feeds:poll`, not the `bundle exec` around it.
        let bare = words.drop { launchers.contains(RelativePath.name($0)) || $0.hasPrefix("-") }
        guard let first = bare.first else { return RelativePath.name(words[0]) }
        let second = bare.dropFirst().first.flatMap { $0.contains("/") || $0.contains(">") || $0.hasPrefix("-") || $0.hasPrefix("2") ? nil : $0 }
        return RelativePath.name(first) + (second.map { " " + $0 } ?? "")
    }

    private static let launchers: Set<String> = ["bundle", "exec", "env", "nice", "ionice", "php", "python", "python3", "ruby", "node", "npx", "bash", "sh"]
}
