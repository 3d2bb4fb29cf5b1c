import GRDB
package import InvarCore

extension Store {
    /// What the index knows of files, by path.
    package func files() throws -> [String: StoredFile] {
        try queue.read { db in try SyncSession.files(db) }
    }

    /// Runs `change` in one transaction that nobody else writes in; all of it becomes visible, or nothing.
    package func sync(_ change: (inout SyncSession) throws -> Void) throws {
        let isFirst = try queue.read { db in try Int.fetchOne(db, sql: "PRAGMA user_version") } != Schema.version
        try queue.writeWithoutTransaction { db in
            if isFirst {
                // Nobody else can see the file yet, and a crash leaves version 0, which is thrown away.
                try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -32000")
            }
            try db.inTransaction(.immediate) {
                var session = SyncSession(db)
                try change(&session)
                if isFirst { try db.execute(sql: Schema.indices) }
                try session.resolveLinks(all: isFirst)
                try session.keepTotals()
                return .commit
            }
            if isFirst {
                try db.execute(sql: "PRAGMA user_version = \(Schema.version); PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL")
                if !isInMemory { try db.execute(sql: "PRAGMA journal_mode = WAL") }
            }
        }
        if isFirst { shareLock() }
    }

    /// Whether it was just made and holds nothing yet.
    package func isEmpty() throws -> Bool {
        try queue.read { db in try Int.fetchOne(db, sql: "PRAGMA user_version") } != Schema.version
    }
}

/// Writes documents inside one transaction.
package struct SyncSession {
    private let db: Database
    private var nextEntry: Int64
    private var nextDocument: Int64
    /// Keys that gained or lost an entry, whose links must be looked at again.
    private var changedKeys: Set<String> = []
    /// Documents written in this session, none of whose links has a target yet.
    private var written: [Int64] = []

    init(_ db: Database) {
        self.db = db
        nextEntry = (try? Int64.fetchOne(db, sql: "SELECT max(id) FROM entry")) ?? 0
        nextDocument = (try? Int64.fetchOne(db, sql: "SELECT max(id) FROM document")) ?? 0
    }

    /// What is stored now, as this transaction sees it.
    package func files() throws -> [String: StoredFile] {
        try SyncSession.files(db)
    }

    static func files(_ db: Database) throws -> [String: StoredFile] {
        var files: [String: StoredFile] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT path, id, size, modifiedAt, changedAt, inode, contentHash FROM document")
        while let row = try rows.next() {
            let stamp = FileStamp(size: row[2], modifiedAt: row[3], changedAt: row[4], inode: row[5])
            files[row[0]] = StoredFile(id: row[1], stamp: stamp, contentHash: row[6])
        }
        return files
    }

    /// Keeps a fact about the whole index.
    package func setProperty(_ name: String, _ value: String) throws {
        try db.execute(sql: "INSERT OR REPLACE INTO property VALUES (?, ?)", arguments: [name, value])
    }

    /// Only the stamp of a file changed.
    package func touch(_ id: Int64, stamp: FileStamp) throws {
        try db.execute(
            sql: "UPDATE document SET size = ?, modifiedAt = ?, changedAt = ?, inode = ? WHERE id = ?",
            arguments: [stamp.size, stamp.modifiedAt, stamp.changedAt, stamp.inode, id])
    }

    package mutating func remove(_ id: Int64) throws {
        changedKeys.formUnion(
            try String.fetchAll(db, sql: "SELECT key FROM name JOIN entry ON entry.id = entryId WHERE documentId = ?", arguments: [id]))
        try db.execute(sql: "DELETE FROM document WHERE id = ?", arguments: [id])
    }

    package mutating func insert(_ document: Document, stamp: FileStamp, contentHash: Int64) throws {
        nextDocument += 1
        let id = nextDocument
        written.append(id)
        try run(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                id, document.path, document.role.rawValue, document.language.rawValue, document.title, stamp.size, stamp.modifiedAt,
                stamp.changedAt, stamp.inode, contentHash,
            ])
        for (index, entry) in document.entries.enumerated() { try insert(entry, of: document, id, isFirst: index == 0) }
        for link in document.links { try insert(link, document: id, entry: nil) }
        if !document.looseText.isEmpty { try run("INSERT INTO documentText VALUES (?, ?)", [id, document.looseText]) }
        for finding in document.findings {
            try run(
                "INSERT INTO finding VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
                [id, finding.rule, finding.severity.rawValue, finding.message, finding.hint, finding.place.line, finding.place.column])
        }
    }

    private mutating func insert(_ entry: Entry, of document: Document, _ documentID: Int64, isFirst: Bool) throws {
        nextEntry += 1
        let id = nextEntry
        try run(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [id, documentID, entry.kind.rawValue, entry.id, entry.title, entry.position.line, entry.position.column, entry.firstLine, entry.endLine])
        try run("INSERT INTO entryText VALUES (?, ?)", [id, entry.searchText])
        var keys: Set<String> = [EntryName.key(id: entry.id)]
        if isFirst { keys.insert(EntryName.key(path: document.path)) }
        switch entry.content {
        case .invariant(let invariant): try insert(invariant, id, &keys)
        case .decision(let decision): try insert(decision, id)
        case .note(let note): try insert(note, id)
        }
        for key in keys.sorted() { try run("INSERT INTO name VALUES (?, ?)", [key, id]) }
        changedKeys.formUnion(keys)
        for link in entry.links { try insert(link, document: documentID, entry: id) }
    }

    private func insert(_ invariant: Invariant, _ id: Int64, _ keys: inout Set<String>) throws {
        try run(
            "INSERT INTO invariant VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                id, invariant.area, invariant.status.rawValue, invariant.owner, invariant.waivable,
                TextList.encode(invariant.requires.map(\.rawValue).sorted()), TextList.encode(invariant.paths), TextList.encode(invariant.aliases),
                invariant.mergedInto, invariant.fingerprint,
            ])
        keys.formUnion(invariant.aliases.map { EntryName.key(id: $0) })
        for (position, clause) in invariant.clauses.enumerated() {
            keys.insert(EntryName.key(id: clause.id))
            try run("INSERT INTO clause VALUES (?, ?, ?, ?, ?)", [id, position + 1, clause.id, clause.text, clause.line])
        }
        for (position, check) in invariant.checks.enumerated() {
            keys.insert(EntryName.key(id: check.id))
            try run(
                "INSERT INTO checkItem VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    id, position + 1, check.id, check.text, TextList.encode(check.audience.map(\.rawValue)), TextList.encode(check.rules),
                    check.line,
                ])
        }
    }

    private func insert(_ decision: Decision, _ id: Int64) throws {
        try run(
            "INSERT INTO decision VALUES (?, ?, ?, ?, ?)",
            [id, decision.number, decision.status.rawValue, decision.statusText, decision.date?.description])
        for exception in decision.exceptions {
            let renewals = exception.renewals.map { [$0.on?.description ?? "", $0.until?.description ?? "", $0.reason ?? ""].joined(separator: "\t") }
            try run(
                "INSERT INTO exception VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    id, exception.invariant, exception.clause, TextList.encode(exception.paths), TextList.encode(exception.operations),
                    exception.reason, exception.retry, exception.until?.description, exception.unreadUntil, exception.seen,
                    TextList.encode(renewals), exception.position.line, exception.position.column,
                ])
        }
    }

    private func insert(_ note: Note, _ id: Int64) throws {
        try run(
            "INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                id, note.kind.rawValue, note.date?.description, TextList.encode(note.invariants), note.cause?.rawValue, note.severity?.rawValue,
                TextList.encode(note.paths), note.incident, TextList.encode(note.decisions), note.author, note.rule, note.seen,
            ])
    }

    private func insert(_ link: Link, document: Int64, entry: Int64?) throws {
        try run(
            "INSERT INTO link VALUES (NULL, ?, ?, ?, ?, ?, ?, NULL, ?, ?)",
            [document, entry, link.kind.rawValue, link.isInverse, link.target, link.key, link.position.line, link.position.column])
    }

    private func run(_ sql: String, _ arguments: [(any DatabaseValueConvertible)?]) throws {
        let statement = try db.cachedStatement(sql: sql)
        statement.setUncheckedArguments(StatementArguments(arguments))
        try statement.execute()
    }

    /// Points the links whose target may have changed at the entry that answers to their key.
    ///
    /// Where several do, the one in the folder of the link's own document is meant (a monorepo has many ADR-0001),
    /// then the first by path.
    mutating func resolveLinks(all: Bool) throws {
        if all || changedKeys.count + written.count > 2000 {
            if !all { try db.execute(sql: "UPDATE link SET targetId = NULL WHERE targetId IS NOT NULL") }
            try db.execute(
                sql: """
                    UPDATE link SET targetId = (SELECT entryId FROM name WHERE name.key = link.key)
                    WHERE (SELECT count(*) FROM name WHERE name.key = link.key) = 1
                    """)
            let ambiguous = "link.key IN (SELECT key FROM name GROUP BY key HAVING count(*) > 1)"
            return try resolve(where: "targetId IS NULL AND \(ambiguous)", [])
        }
        for key in changedKeys.sorted() { try resolve(where: "link.key = ?", [key]) }
        for document in written { try resolve(where: "link.documentId = ?", [document]) }
    }

    private func resolve(where condition: String, _ arguments: StatementArguments) throws {
        let links = try Row.fetchAll(
            db, sql: "SELECT link.id, document.path, link.key FROM link JOIN document ON document.id = link.documentId WHERE \(condition)",
            arguments: arguments)
        var known: [String: [(entry: Int64, folder: String)]] = [:]
        for link in links {
            let key: String = link[2]
            let folder = RelativePath.folder(link[1])
            let candidates = try known[key] ?? candidates(key)
            known[key] = candidates
            let near = candidates.first { $0.folder == folder } ?? candidates.first
            try run("UPDATE link SET targetId = ? WHERE id = ?", [near?.entry, link[0] as Int64])
        }
    }

    private func candidates(_ key: String) throws -> [(entry: Int64, folder: String)] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT entryId, path FROM name JOIN entry ON entry.id = entryId JOIN document ON document.id = documentId
                WHERE key = ? ORDER BY path, line
                """)
        return try Row.fetchAll(statement, arguments: [key]).map { ($0[0], RelativePath.folder($0[1])) }
    }

    /// Keeps what every `index` tells, so that one that finds nothing changed need not count.
    func keepTotals() throws {
        let totals = try Totals.counted(db)
        try setProperty("totals", totals.numbers.map(String.init).joined(separator: " "))
        let doubled = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM name WHERE key NOT LIKE 'path:%' GROUP BY key HAVING count(*) > 1)")
        try setProperty("hasDuplicates", doubled ?? true ? "1" : "0")
    }
}

/// Lists in one column: a JSON array of strings, which `json_each` unpacks in the `sqlite3` shell.
enum TextList {
    static func encode(_ texts: [String]) -> String {
        guard !texts.isEmpty else { return "[]" }
        return JSON(texts).compactText
    }

    /// Reads only what ``encode(_:)`` wrote.
    static func decode(_ text: String) -> [String] {
        guard text != "[]" else { return [] }
        return JSON.texts(inArray: text)
    }
}
