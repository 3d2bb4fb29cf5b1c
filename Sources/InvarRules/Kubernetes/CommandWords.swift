import InvarCore
import InvarSyntax

/// What a container's command does, as far as its words tell.
enum CommandWords {
    /// The first word of a container that changes something outside: a request, a statement, a message.
    static func mutation(in container: KubernetesContainer) -> (value: YAML, cue: String)? {
        let words = container.words
        let whole = Folding.searchable(words.compactMap(\.text).joined(separator: " "))
        if ["on conflict", "if not exists", "idempotency-key", "--dry-run", "on duplicate key"].contains(where: { whole.holds($0) }) { return nil }
        for word in words {
            guard let text = word.text else { continue }
            if let cue = mutationCue(Folding.searchable(text)) { return (word, cue) }
        }
        // A command whose parts are items of their own.
        if let cue = mutationCue(whole),
            let first = words.first(where: { $0.text.map { !["sh", "bash", "-c", "/bin/sh", "/bin/bash"].contains($0) } ?? false })
        {
            return (first, cue)
        }
        return nil
    }

    private static func mutationCue(_ text: String) -> String? {
        if text.holds("insert into") { return "INSERT INTO" }
        if text.holds("curl"), ["-x post", "-xpost", "--request post", "-x put", "--request put", "--data", " -d "].contains(where: { text.holds($0) }) {
            return "curl"
        }
        if hasWord(text, "psql") { return "psql" }
        if hasWord(text, "mysql") { return "mysql" }
        if hasWord(text, "aws"), ["put-", "send-", "publish", " cp ", " sync "].contains(where: { text.holds($0) }) { return "aws" }
        if text.holds("kubectl create") { return "kubectl create" }
        if text.holds("kubectl apply") { return "kubectl apply" }
        for word in ["sendmail", "mail", "mailx", "notify", "charge", "migrate"] where hasWord(text, word) { return word }
        return nil
    }

    /// Tools that change a schema, as a word of the command.
    static func migration(in container: KubernetesContainer) -> (value: YAML, cue: String)? {
        let words = container.words
        for word in words {
            guard let text = word.text, let cue = migrationCue(Folding.searchable(text)) else { continue }
            return (word, cue)
        }
        let whole = Folding.searchable(words.compactMap(\.text).joined(separator: " "))
        if let cue = migrationCue(whole), let first = words.first { return (first, cue) }
        // An init container that is called so does so, whatever program it has for it.
        if container.role == .initial, !isOnlyLooking(Folding.searchable(container.name)), !isOnlyLooking(whole),
            CodeWords.of(container.name).contains(where: { ["migrate", "migration", "migrations", "migrator"].contains($0) })
        {
            return (container.nameValue, container.name)
        }
        guard let image = container.image, let value = container.imageValue else { return nil }
        let name = image.basename.lowercased()
        if name == "flyway" || name == "liquibase" || name == "migrate" { return (value, name) }
        return nil
    }

    private static let migrationPhrases = [
        "alembic upgrade", "rails db:migrate", "rake db:migrate", "db:prepare", "prisma migrate deploy", "goose up", "diesel migration run",
        "atlas migrate apply",
        "flyway", "liquibase update", "knex migrate:latest", "sequelize db:migrate", "artisan migrate", "manage.py migrate", "dbmate up",
        "typeorm migration:run",
        "flask db upgrade", "ef database update", "goose postgres", "mix ecto.migrate", "sql-migrate up",
    ]

    private static func migrationCue(_ text: String) -> String? {
        if isOnlyLooking(text) { return nil }
        for phrase in migrationPhrases where text.holds(phrase) { return phrase }
        return toolAndVerb(text) ?? (hasWord(text, "migrate") ? "migrate" : nil)
    }

    /// A tool whose verb comes behind options: `alembic -c app.ini upgrade head`.
    private static func toolAndVerb(_ text: String) -> String? {
        let words = text.split(whereSeparator: { $0.isWhitespace || $0 == "'" || $0 == "\"" }).map(String.init)
        for (index, word) in words.enumerated() {
            guard let verbs = migrationVerbs[RelativePath.name(word)] else { continue }
            let rest = words[(index + 1)...].prefix(12).prefix { !["&&", "||", "|", ";"].contains($0) }
            if let verb = rest.first(where: { verbs.contains($0) }) { return RelativePath.name(word) + " " + verb }
        }
        return nil
    }

    private static let migrationVerbs: [String: Set<String>] = [
        "alembic": ["upgrade"], "goose": ["up", "up-to", "up-by-one"], "dbmate": ["up", "migrate"], "liquibase": ["update"], "sql-migrate": ["up"],
        "flask": ["upgrade"], "migrate": ["up"], "flyway": ["migrate"], "sqitch": ["deploy"], "rake": ["db:migrate"], "rails": ["db:migrate"],
    ]

    /// Waiting for somebody else's migration, or asking how far it is.
    private static func isOnlyLooking(_ text: String) -> Bool {
        [
            "wait", "--check", "migrate:status", "db:abort_if_pending", "showmigrations", "no-migrate", "skip-migrate", "migrate=false", "migrate status",
            "flyway info",
        ]
        .contains { text.holds($0) }
    }

    /// Whether a word stands alone; `-`, `_`, `.` and `/` before or after it make it a part of a name, a leading `-` a flag.
    static func hasWord(_ text: String, _ word: String) -> Bool {
        let bytes = Array(text.utf8)
        let wanted = Array(word.utf8)
        var offset = 0
        while let start = ByteSearch.firstIndex(of: wanted, in: bytes, from: offset) {
            let end = start + wanted.count
            if isEdge(bytes, start - 1, isBefore: true), isEdge(bytes, end, isBefore: false) { return true }
            offset = end
        }
        return false
    }

    private static func isEdge(_ bytes: [UInt8], _ index: Int, isBefore: Bool) -> Bool {
        guard bytes.indices.contains(index) else { return true }
        switch bytes[index] {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2E: return false
        case 0x2D:
            // `--migrate` is the flag itself, `db-migrate` another name.
            guard isBefore else { return false }
            return index == 0 || bytes[index - 1] == 0x20 || bytes[index - 1] == 0x2D
        case 0x2F: return isBefore
        case 0x80...: return false
        default: return true
        }
    }
}
