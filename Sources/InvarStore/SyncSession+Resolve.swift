import GRDB
import InvarCore

extension SyncSession {
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
            try RowWriter(db, "UPDATE link SET targetId = ? WHERE id = ?").integer(near?.entry).integer(link[0] as Int64).run()
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
        try db.execute(sql: "INSERT INTO property VALUES ('generation', '1') ON CONFLICT (name) DO UPDATE SET value = CAST(value + 1 AS TEXT)")
        let totals = try Totals.counted(db)
        try setProperty("totals", totals.numbers.map(String.init).joined(separator: " "))
        let doubled = try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM name WHERE key NOT LIKE 'path:%' GROUP BY key HAVING count(*) > 1)")
        try setProperty("hasDuplicates", doubled ?? true ? "1" : "0")
        try setProperty("language", try Store.mostSpokenLanguage(db)?.rawValue ?? "")
    }
}
