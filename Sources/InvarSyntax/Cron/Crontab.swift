import InvarCore

/// A table of cron entries.
package struct Crontab: Sendable {
    package var entries: [Entry]

    package struct Entry: Sendable, Hashable {
        package var line: Int
        package var schedule: CronSchedule
        /// As it is written, without the user.
        package var command: String
        /// Of the whole entry, in bytes of the file.
        package var span: Range<Int>
    }

    /// Whether a file of this path may be one.
    package static func isPath(_ path: String) -> Bool {
        let name = RelativePath.name(path).lowercased()
        if name == "crontab" || name.hasPrefix("crontab.") || name.hasPrefix("crontab-") || name.hasSuffix(".crontab") || name.hasSuffix(".cron")
            || name.hasSuffix("-crontab") || name.hasSuffix("_crontab") || name == "crontab.txt" || name == "cron.txt"
        {
            return !name.hasSuffix(".py") && !name.hasSuffix(".md") && !name.hasSuffix(".go") && !name.hasSuffix(".rb") && !name.hasSuffix(".js")
                && !name.hasSuffix(".ts")
        }
        let folders = path.split(separator: "/").dropLast().map { $0.lowercased() }
        return (folders.last == "cron.d" || folders.last == "crontabs" || folders.last == "cron-d") && !name.hasSuffix(".md")
    }

    /// - Parameter path: below `cron.d` and as `etc/crontab`, the sixth field names a user.
    package init(_ artifact: Artifact) {
        entries = []
        let hasUser = artifact.path.contains("cron.d/") || artifact.path.contains("cron-d/") || artifact.path.hasSuffix("etc/crontab")
        for line in 1...max(1, artifact.lines.count) {
            let range = artifact.lines.range(ofLine: line)
            if let entry = Crontab.entry(artifact, line, range, hasUser) { entries.append(entry) }
        }
    }

    private static func entry(_ artifact: Artifact, _ line: Int, _ range: Range<Int>, _ hasUser: Bool) -> Entry? {
        let bytes = artifact.bytes
        var index = range.lowerBound
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        func isEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
        while index < range.upperBound, isSpace(bytes[index]) { index += 1 }
        guard index < range.upperBound, bytes[index] != 0x23, !isEnd(bytes[index]) else { return nil }
        let start = index
        var fields: [String] = []
        while fields.count < 5, index < range.upperBound {
            let field = index
            while index < range.upperBound, !isSpace(bytes[index]), !isEnd(bytes[index]) { index += 1 }
            fields.append(String(decoding: bytes[field..<index], as: UTF8.self))
            while index < range.upperBound, isSpace(bytes[index]) { index += 1 }
        }
        guard let schedule = CronSchedule(fields), index < range.upperBound, !isEnd(bytes[index]) else { return nil }
        var end = range.upperBound
        while end > index, isEnd(bytes[end - 1]) || isSpace(bytes[end - 1]) { end -= 1 }
        var command = String(decoding: bytes[index..<end], as: UTF8.self)
        let words = command.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        if words.count == 2, hasUser || users.contains(String(words[0])) { command = words[1].drop { $0 == " " }.description }
        return Entry(line: line, schedule: schedule, command: command, span: start..<end)
    }

    private static let users: Set<String> = [
        "root", "www-data", "nobody", "postgres", "mysql", "apache", "nginx", "ubuntu", "ec2-user", "deploy", "app", "daemon", "admin", "git",
    ]
}
