import GRDB
package import InvarCore

/// One entry found by a name.
package struct FoundEntry: Hashable, Sendable {
    package var row: Int64
    package var id: String
    package var kind: Entry.Kind
    package var title: String
    package var path: String
    package var line: Int
    /// The lines of its text, both inclusive.
    package var lines: ClosedRange<Int>

    fileprivate init(_ row: Row) {
        self.row = row[0]
        id = row[1]
        kind = Entry.Kind(rawValue: row[2]) ?? .note
        title = row[3]
        path = row[4]
        line = row[5]
        let first: Int = row[6]
        lines = first...max(first, row[7])
    }

    fileprivate static let columns = "entry.id, entry.name, entry.kind, entry.title, document.path, entry.line, entry.firstLine, entry.endLine"
    fileprivate static let tables = "entry JOIN document ON document.id = entry.documentId"
}

/// How much the index holds.
package struct Totals: Hashable, Sendable {
    package var documents = 0
    package var invariants = 0
    package var clauses = 0
    package var checks = 0
    package var decisions = 0
    package var notes = 0
    package var links = 0
    package var dangling = 0

    /// In the order of the declarations above.
    var numbers: [Int] { [documents, invariants, clauses, checks, decisions, notes, links, dangling] }

    /// nil unless there is a number for each.
    init?(_ numbers: [Int]) {
        guard numbers.count == 8 else { return nil }
        documents = numbers[0]
        invariants = numbers[1]
        clauses = numbers[2]
        checks = numbers[3]
        decisions = numbers[4]
        notes = numbers[5]
        links = numbers[6]
        dangling = numbers[7]
    }

    static func counted(_ db: Database) throws -> Totals {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM invariant), (SELECT count(*) FROM clause),
                  (SELECT count(*) FROM checkItem), (SELECT count(*) FROM decision), (SELECT count(*) FROM note),
                  (SELECT count(*) FROM link), (SELECT count(*) FROM danglingLink)
                """)
        return row.flatMap { row in Totals((0..<8).map { row[$0] }) } ?? Totals()
    }

    init() {}
}

/// A place that names an entry without excusing anything.
package struct Mention: Hashable, Sendable {
    /// nil for text that belongs to no entry.
    package var id: String?
    package var kind: Entry.Kind?
    package var title: String
    package var place: Place
    package var link: Link.Kind
}

extension Store {
    /// The entries that answer to a key of ``EntryName``, by path.
    package func entries(named key: String) throws -> [FoundEntry] {
        try queue.read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT \(FoundEntry.columns) FROM \(FoundEntry.tables) JOIN name ON name.entryId = entry.id WHERE key = ? ORDER BY path, line",
                arguments: [key]
            ).map(FoundEntry.init)
        }
    }

    /// The entries of one file, in order.
    package func entries(inFile path: String) throws -> [FoundEntry] {
        try queue.read { db in
            try Row.fetchAll(
                db, sql: "SELECT \(FoundEntry.columns) FROM \(FoundEntry.tables) WHERE path = ? ORDER BY entry.firstLine", arguments: [path]
            ).map(FoundEntry.init)
        }
    }

    /// Hands out every entry, by path and line.
    package func forEachEntry(_ body: (FoundEntry) throws -> Void) throws {
        try queue.read { db in
            let rows = try Row.fetchCursor(db, sql: "SELECT \(FoundEntry.columns) FROM \(FoundEntry.tables) ORDER BY path, line")
            while let row = try rows.next() { try body(FoundEntry(row)) }
        }
    }

    /// All ids and clause ids, to suggest the nearest one.
    package func allIDs() throws -> [String] {
        try queue.read { db in
            try String.fetchAll(db, sql: "SELECT name FROM entry UNION SELECT name FROM clause ORDER BY 1")
        }
    }

    /// Who names an entry, once each, in the order of path and line.
    package func mentions(of entry: Int64) throws -> [Mention] {
        try queue.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT source.name, source.kind, coalesce(source.title, document.title), document.path, min(link.line), link.kind
                    FROM link JOIN document ON document.id = link.documentId LEFT JOIN entry AS source ON source.id = link.entryId
                    WHERE link.targetId = ? AND link.entryId IS NOT ? AND link.kind <> 'excepts'
                    GROUP BY link.documentId, link.entryId, link.kind ORDER BY document.path, min(link.line)
                    """, arguments: [entry, entry])
            return rows.map { row in
                Mention(
                    id: row[0], kind: (row[1] as String?).flatMap(Entry.Kind.init), title: row[2],
                    place: Place(path: row[3], position: Position(line: row[4])), link: Link.Kind(rawValue: row[5]) ?? .mentions)
            }
        }
    }

    /// As the last sync left them.
    package func totals() throws -> Totals {
        let numbers = try property("totals")?.split(separator: " ").compactMap { Int($0) } ?? []
        return try Totals(numbers) ?? queue.read { db in try Totals.counted(db) }
    }

    /// Findings of single documents and those that only show when documents are seen together.
    package func findings() throws -> [Finding] {
        try queue.read { db in
            var findings = try Row.fetchAll(
                db,
                sql:
                    "SELECT rule, severity, message, hint, path, line, \"column\", japaneseMessage, japaneseHint FROM finding JOIN document ON document.id = documentId"
            ).map { row in
                var finding = Finding(
                    rule: row[0], severity: Severity(rawValue: row[1]) ?? .warning, message: row[2] as String,
                    place: Place(path: row[4], position: Position(line: row[5], column: row[6])), hint: row[3] as String?)
                finding.japanese = (row[7] as String?).map { Finding.Japanese(message: $0, hint: row[8]) }
                return finding
            }
            let mayBeDoubled = try String.fetchOne(db, sql: "SELECT value FROM property WHERE name = 'hasDuplicates'") != "0"
            if mayBeDoubled { findings += try duplicates(db) }
            return findings.sorted(by: Finding.inOrder)
        }
    }

    /// How many others a finding about a doubled id names.
    private static let namedDuplicates = 20

    /// Two entries of one id; two decisions of one number in one folder (a monorepo has many ADR-0001).
    private func duplicates(_ db: Database) throws -> [Finding] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT entry.name, entry.kind, document.path, entry.line, entry."column" FROM entry
                JOIN document ON document.id = entry.documentId
                WHERE entry.id IN (SELECT entryId FROM name WHERE key IN (
                  SELECT key FROM name WHERE key NOT LIKE 'path:%' GROUP BY key HAVING count(*) > 1))
                ORDER BY document.path, entry.line
                """)
        let groups = Dictionary(grouping: rows) { row -> String in
            let kind: String = row[1]
            return kind + "\n" + EntryName.key(id: row[0]) + (kind == "decision" ? "\n" + RelativePath.folder(row[2]) : "")
        }
        return groups.values.filter { rows in
            // `0027-x.ja.md` beside `0027-x.md` is a translation, not a second record.
            rows.count > 1 && (rows.contains { ($0[1] as String) != "decision" } || Set(rows.map { Store.withoutLanguage($0[2]) }).count > 1)
        }.flatMap { rows in
            // Of very many the first tell enough: naming all at each would grow with the square of their number.
            let places = rows.prefix(Store.namedDuplicates + 1).map { "\($0[2] as String):\($0[3] as Int)" }
            return rows.map { row in
                let isDecision = (row[1] as String) == "decision"
                let others =
                    zip(places, rows).filter { $1 != row }.prefix(Store.namedDuplicates).map(\.0).joined(separator: ", ")
                    + (rows.count > Store.namedDuplicates + 1 ? ", …" : "")
                return Finding(
                    rule: isDecision ? "knowledge/duplicate-number" : "knowledge/duplicate-id", severity: isDecision ? .warning : .error,
                    message: Wording(en: "\(row[0] as String) is also \(others)", ja: "\(row[0] as String) が \(others) にもあります"),
                    place: Place(path: row[2], position: Position(line: row[3], column: row[4])),
                    hint: isDecision
                        ? Wording(
                            en: "give one of them the next free number: `invar adr renumber \(row[2] as String)`",
                            ja: "片方に、`invar adr renumber \(row[2] as String)` で空いている次の番号を付けてください")
                        : Wording(en: "an id names one entry: rename one of them", ja: "ID は一つの項目だけを指します。片方を改名してください"))
            }
        }
    }

    /// A path without its ending and a two-letter language before that.
    private static func withoutLanguage(_ path: String) -> String {
        let stem = RelativePath.folder(path) + "/" + RelativePath.stem(path)
        let parts = stem.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last, last.utf8.count == 2, last.allSatisfy({ $0.isASCII && $0.isLowercase }) else { return stem }
        return parts.dropLast().joined(separator: ".")
    }

    package func property(_ name: String) throws -> String? {
        try queue.read { db in try String.fetchOne(db, sql: "SELECT value FROM property WHERE name = ?", arguments: [name]) }
    }

    /// The language of most invariants, as the last sync left it; nil without documents.
    package func mostSpokenLanguage() throws -> Language? {
        if let kept = try property("language") { return Language(rawValue: kept) }
        return try queue.read { db in try Store.mostSpokenLanguage(db) }
    }

    static func mostSpokenLanguage(_ db: Database) throws -> Language? {
        let spoken = try Row.fetchAll(
            db,
            sql: """
                SELECT language, count(*) FROM invariant JOIN entry ON entry.id = invariant.entryId
                JOIN document ON document.id = entry.documentId GROUP BY language ORDER BY count(*) DESC
                """)
        if let first = spoken.first, spoken.count == 1 || (first[1] as Int) > (spoken[1][1] as Int) { return Language(rawValue: first[0]) }
        // Without a majority among invariants the documents decide.
        return try String.fetchOne(
            db,
            sql: """
                SELECT language FROM document LEFT JOIN entry ON entry.documentId = document.id AND entry.kind = 'invariant'
                GROUP BY language ORDER BY count(entry.id) DESC, count(DISTINCT document.id) DESC, language LIMIT 1
                """
        ).flatMap(Language.init)
    }
}
