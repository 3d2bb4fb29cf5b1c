import GRDB
package import InvarCore

extension Store {
    /// Invariants sorted by id; all, or those with these ids.
    package func invariants(ids: [String]? = nil) throws -> [InvariantItem] {
        try queue.read { db in
            let filter = Filter("entry.name", ids)
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT entry.id, entry.name, entry.title, entry.line, entry."column", document.path, area, status, owner, waivable, requires,
                      paths, aliases, mergedInto,
                      (SELECT count(*) FROM exception WHERE exception.invariant = entry.name),
                      (SELECT count(DISTINCT entryId) FROM link WHERE targetId = entry.id AND kind = 'violates'),
                      (SELECT count(DISTINCT coalesce(entryId, -documentId)) FROM link WHERE targetId = entry.id AND kind = 'mentions')
                    FROM invariant JOIN entry ON entry.id = invariant.entryId JOIN document ON document.id = entry.documentId
                    \(filter.sql) ORDER BY entry.name, document.path, entry.line
                    """, arguments: filter.arguments)
            // All of them in one go for a whole list, only the wanted ones for a few.
            let parts = Filter("entryId", ids == nil ? nil : rows.map { $0[0] as Int64 })
            let clauses = try Dictionary(
                grouping: Row.fetchAll(db, sql: "SELECT * FROM clause \(parts.sql) ORDER BY entryId, position", arguments: parts.arguments)
            ) { $0["entryId"] as Int64 }
            let checks = try Dictionary(
                grouping: Row.fetchAll(db, sql: "SELECT * FROM checkItem \(parts.sql) ORDER BY entryId, position", arguments: parts.arguments)
            ) { $0["entryId"] as Int64 }
            return rows.map { row in
                var invariant = Invariant(id: row[1], title: row[2], position: Position(line: row[3], column: row[4]))
                invariant.area = row[6]
                invariant.status = Invariant.Status(rawValue: row[7]) ?? .accepted
                invariant.owner = row[8]
                invariant.waivable = row[9]
                invariant.requires = Set(TextList.decode(row[10]).compactMap(ExceptionField.init))
                invariant.paths = TextList.decode(row[11])
                invariant.aliases = TextList.decode(row[12])
                invariant.mergedInto = row[13]
                invariant.clauses = (clauses[row[0]] ?? []).map { Invariant.Clause(id: $0["name"], text: $0["text"], line: $0["line"]) }
                invariant.checks = (checks[row[0]] ?? []).map { check in
                    Invariant.Check(
                        id: check["name"], text: check["text"], audience: TextList.decode(check["audience"]).compactMap(Invariant.Audience.init),
                        rules: TextList.decode(check["rules"]), line: check["line"])
                }
                return InvariantItem(path: row[5], invariant: invariant, exceptions: row[14], violations: row[15], mentions: row[16])
            }
        }
    }

    /// Decisions sorted by path, then line; all, or those of these entries.
    package func decisions(entries: [Int64]? = nil) throws -> [DecisionItem] {
        try queue.read { db in try DecisionRows(db, entries: entries).items }
    }

    /// Notes sorted by date, then id; notes without a date come first. All, or those of these entries or these ids.
    package func notes(sprints: SprintCalendar, entries: [Int64]? = nil, ids: [String]? = nil) throws -> [NoteItem] {
        try queue.read { db in
            let filter = ids == nil ? Filter("entry.id", entries) : Filter("entry.name", ids)
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT entry.name, entry.title, entry.line, entry."column", document.path, note.*
                    FROM note JOIN entry ON entry.id = note.entryId JOIN document ON document.id = entry.documentId \(filter.sql)
                    ORDER BY coalesce(date, ''), entry.name, document.path, entry.line
                    """, arguments: filter.arguments)
            let named = try NamedInvariants(db, freeForm: rows.filter { ($0["invariants"] as String) == "[]" }.map { $0["entryId"] as Int64 })
            return rows.map { row in
                var note = Note(
                    id: row[0], kind: Note.Kind(rawValue: row["kind"]) ?? .observation, title: row[1], position: Position(line: row[2], column: row[3]))
                note.date = (row["date"] as String?).flatMap { Day(iso: $0) }
                note.invariants = TextList.decode(row["invariants"])
                if note.invariants.isEmpty { note.invariants = named.of(row["entryId"]) }
                note.cause = (row["cause"] as String?).flatMap(Note.Cause.init)
                note.severity = (row["severity"] as String?).flatMap(Note.Severity.init)
                note.paths = TextList.decode(row["paths"])
                note.incident = row["incident"]
                note.decisions = TextList.decode(row["decisions"])
                note.author = row["author"]
                note.rule = row["rule"]
                note.seen = row["seen"]
                return NoteItem(path: row[4], note: note, sprint: note.date.flatMap { sprints.sprint(on: $0)?.name })
            }
        }
    }

    /// Which exceptions are wanted.
    package enum ExceptionScope: Sendable {
        case all
        /// To one of these invariants.
        case to([String])
        /// Granted by one decision, or by another of its id in the same file.
        case by(Int64)

        fileprivate var filter: Filter {
            switch self {
            case .all: Filter(sql: "", arguments: [])
            case .to(let invariants): Filter("exception.invariant", invariants)
            case .by(let entry):
                Filter(
                    sql: """
                        WHERE exception.entryId IN (
                          SELECT twin.id FROM entry AS one JOIN entry AS twin ON twin.documentId = one.documentId AND twin.name = one.name
                          WHERE one.id = ?)
                        """, arguments: [entry])
            }
        }
    }

    /// Exceptions sorted by invariant and decision, each with its state on `today`.
    package func exceptions(today: Day, _ scope: ExceptionScope = .all) throws -> [ExceptionItem] {
        try queue.read { db in
            let filter = scope.filter
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT exception.*, document.path FROM exception
                    JOIN entry ON entry.id = exception.entryId JOIN document ON document.id = entry.documentId \(filter.sql)
                    """, arguments: filter.arguments)
            guard !rows.isEmpty else { return [] }
            let wanted = Set(rows.map { $0["entryId"] as Int64 })
            // Of so many, reading all is quicker.
            let decisions = try DecisionRows(db, entries: wanted.count > 5000 ? nil : wanted.sorted()).byEntry
            let terms = try invariantTerms(db, Set(rows.map { $0["invariant"] as String }))
            return rows.compactMap { row in
                guard let decision = decisions[row["entryId"]] else { return nil }
                let exception = DecisionRows.exception(row)
                return ExceptionItem(path: row["path"], exception: exception, decision: decision, terms: terms[exception.invariant], today: today)
            }.sorted(by: ExceptionItem.inOrder)
        }
    }

    /// What invariants say about exceptions to them, by id and by alias.
    private func invariantTerms(_ db: Database, _ ids: Set<String>) throws -> [String: Exception.InvariantTerms] {
        var terms: [String: Exception.InvariantTerms] = [:]
        let statement = try db.cachedStatement(
            sql: """
                SELECT status, waivable, requires, fingerprint FROM name JOIN invariant ON invariant.entryId = name.entryId
                JOIN entry ON entry.id = name.entryId JOIN document ON document.id = entry.documentId
                WHERE key = ? ORDER BY waivable, document.path, entry.line
                """)
        for id in ids {
            guard let row = try Row.fetchOne(statement, arguments: [EntryName.key(id: id)]) else { continue }
            terms[id] = Exception.InvariantTerms(
                status: Invariant.Status(rawValue: row[0]) ?? .accepted, waivable: row[1],
                requires: Set(TextList.decode(row[2]).compactMap(ExceptionField.init)), fingerprint: row[3])
        }
        return terms
    }

    /// Links sorted by path and line.
    package func links(_ scope: LinkScope = .all) throws -> [LinkItem] {
        try queue.read { db in
            let (condition, arguments): (String, StatementArguments) =
                switch scope {
                case .all: ("", [])
                case .dangling: ("WHERE link.id IN (SELECT id FROM danglingLink)", [])
                case .touching(let entry): ("WHERE link.entryId = ? OR link.targetId = ?", [entry, entry])
                }
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT coalesce(source.name, document.path), link.kind, coalesce(link.isInverse, 0), link.target, target.name, target.kind,
                      document.path, link.line, link."column"
                    FROM link JOIN document ON document.id = link.documentId
                    LEFT JOIN entry AS source ON source.id = link.entryId LEFT JOIN entry AS target ON target.id = link.targetId
                    \(condition) ORDER BY document.path, link.line, link."column", link.kind, link.target
                    """, arguments: arguments)
            return rows.map { row in
                let here: String = row[0]
                let resolved: String? = row[4]
                let isInverse: Bool = row[2]
                // A clause keeps its own number; a decision and a path are shown by the id they lead to.
                let written: String = row[3]
                let there = resolved.map { written.hasPrefix($0 + ".") ? written : $0 } ?? written
                return LinkItem(
                    source: isInverse ? there : here, kind: Link.Kind(rawValue: row[1]) ?? .mentions, target: isInverse ? here : there,
                    isResolved: resolved != nil, place: Place(path: row[6], position: Position(line: row[7], column: row[8])))
            }
        }
    }

    package enum LinkScope: Sendable {
        case all
        case dangling
        /// From or to one entry.
        case touching(Int64)
    }
}

/// `WHERE column IN (…)`, or nothing.
private struct Filter {
    let sql: String
    let arguments: StatementArguments

    init(sql: String, arguments: StatementArguments) {
        self.sql = sql
        self.arguments = arguments
    }

    init(_ column: String, _ values: [String]?) {
        self.init(column, values) { TextList.encode($0) }
    }

    init(_ column: String, _ values: [Int64]?) {
        self.init(column, values) { "[" + $0.map(String.init).joined(separator: ",") + "]" }
    }

    /// SQLite takes at most 32,766 values in one statement; many go as one JSON list.
    private init<T: DatabaseValueConvertible>(_ column: String, _ values: [T]?, list: ([T]) -> String) {
        switch values {
        case nil: self.init(sql: "", arguments: [])
        case let values? where values.count > 500:
            self.init(sql: "WHERE \(column) IN (SELECT value FROM json_each(?))", arguments: [list(values)])
        case let values?:
            self.init(sql: "WHERE \(column) IN (\(values.map { _ in "?" }.joined(separator: ",")))", arguments: StatementArguments(values))
        }
    }
}

/// The invariants that the texts of free-form notes name: such a note is about these.
private struct NamedInvariants {
    private var byEntry: [Int64: [String]] = [:]

    init(_ db: Database, freeForm entries: [Int64]) throws {
        guard !entries.isEmpty else { return }
        let families = Set(try String.fetchAll(db, sql: "SELECT prefix FROM family"))
        let filter = Filter("entryId", entries)
        let links = try Row.fetchAll(
            db,
            sql: "SELECT entryId, target FROM link \(filter.sql) AND kind IN ('violates', 'mentions') ORDER BY line, \"column\"",
            arguments: filter.arguments)
        var seen: [Int64: Set<String>] = [:]
        for link in links {
            let (entry, target): (Int64, String) = (link[0], link[1])
            guard families.contains(Invariant.family(of: target)), seen[entry, default: []].insert(target).inserted else { continue }
            byEntry[entry, default: []].append(target)
        }
    }

    func of(_ entry: Int64) -> [String] { byEntry[entry] ?? [] }
}

/// Decisions with their supersession, which needs the links of others.
private struct DecisionRows {
    private(set) var items: [DecisionItem] = []
    private(set) var byEntry: [Int64: DecisionItem] = [:]

    init(_ db: Database, entries: [Int64]?) throws {
        let edges = try Supersession(db, of: entries)
        let filter = Filter("entry.id", entries)
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT entry.id, entry.name, entry.title, entry.line, entry."column", document.path, number, status, statusText, date
                FROM decision JOIN entry ON entry.id = decision.entryId JOIN document ON document.id = entry.documentId \(filter.sql)
                ORDER BY document.path, entry.line
                """, arguments: filter.arguments)
        let parts = Filter("entryId", entries)
        let exceptions = try Dictionary(
            grouping: Row.fetchAll(db, sql: "SELECT * FROM exception \(parts.sql) ORDER BY line, id", arguments: parts.arguments)
        ) { $0["entryId"] as Int64 }
        for row in rows {
            let id: Int64 = row[0]
            var decision = Decision(id: row[1], number: row[6], title: row[2], position: Position(line: row[3], column: row[4]))
            decision.status = Decision.Status(rawValue: row[7]) ?? .unknown
            decision.statusText = row[8]
            decision.date = (row[9] as String?).flatMap { Day(iso: $0) }
            decision.exceptions = (exceptions[id] ?? []).map(DecisionRows.exception)
            let item = DecisionItem(
                path: row[5], decision: decision, status: edges.status(of: id, decision.status), supersedes: edges.objects[id] ?? [],
                supersededBy: edges.actors[id] ?? [])
            items.append(item)
            byEntry[id] = item
        }
    }

    static func exception(_ row: Row) -> Exception {
        var exception = Exception(
            invariant: row["invariant"], clause: row["clause"], position: Position(line: row["line"], column: row["column"]))
        exception.paths = TextList.decode(row["paths"])
        exception.operations = TextList.decode(row["operations"])
        exception.reason = row["reason"]
        exception.retry = row["retry"]
        exception.until = (row["until"] as String?).flatMap { Day(iso: $0) }
        exception.unreadUntil = row["unreadUntil"]
        exception.unread = TextList.decode(row["unread"])
        exception.seen = row["seen"]
        exception.renewals = TextList.decode(row["renewals"]).map { text in
            let parts = text.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            return Exception.Renewal(on: Day(iso: parts[0]), until: Day(iso: parts[1]), reason: parts[2].isEmpty ? nil : parts[2])
        }
        return exception
    }
}

/// Who supersedes whom, whichever of the two files says so.
private struct Supersession {
    /// Names of what an entry supersedes, and of what supersedes it; a name that leads nowhere is kept as written.
    private(set) var objects: [Int64: [String]] = [:]
    private(set) var actors: [Int64: [String]] = [:]
    /// Entries that an adopted decision supersedes.
    private var overtaken: Set<Int64> = []

    /// Of all entries, or of these.
    init(_ db: Database, of entries: [Int64]?) throws {
        let ids = entries.map { $0.map(String.init).joined(separator: ",") }
        let scope = ids.map { "AND link.id IN (SELECT id FROM link WHERE entryId IN (\($0)) UNION SELECT id FROM link WHERE targetId IN (\($0)))" }
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT link.entryId, source.name, link.targetId, target.name, link.target, link.isInverse, coalesce(decision.status, '')
                FROM link JOIN entry AS source ON source.id = link.entryId LEFT JOIN entry AS target ON target.id = link.targetId
                LEFT JOIN decision ON decision.entryId = link.entryId
                WHERE link.kind = 'supersedes' \(scope ?? "") ORDER BY link.documentId, link.line, link."column", link.id
                """)
        for row in rows {
            let here: Int64 = row[0]
            let hereName: String = row[1]
            let there: Int64? = row[2]
            let thereName: String = row[3] ?? row[4]
            if there == here { continue }
            if row[5] {
                Supersession.add(thereName, to: &actors[here, default: []])
                if let there { Supersession.add(hereName, to: &objects[there, default: []]) }
            } else {
                Supersession.add(thereName, to: &objects[here, default: []])
                if let there { Supersession.add(hereName, to: &actors[there, default: []]) }
                // A proposal supersedes nothing yet; a decision that was itself superseded later once did.
                if let there, ["accepted", "superseded", "deprecated"].contains(row[6] as String) { overtaken.insert(there) }
            }
        }
    }

    func status(of entry: Int64, _ stated: Decision.Status) -> Decision.Status {
        switch stated {
        case .accepted, .proposed, .unknown: overtaken.contains(entry) ? .superseded : stated
        case .rejected, .deprecated, .superseded: stated
        }
    }

    private static func add(_ name: String, to names: inout [String]) {
        if !names.contains(name) { names.append(name) }
    }
}
