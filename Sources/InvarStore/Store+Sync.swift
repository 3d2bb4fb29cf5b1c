import GRDB
import InvarCore

extension Store {
    /// What tells whether anything has to be read, from one moment.
    package struct Contents: Sendable {
        /// Whether the index was just made and holds nothing yet.
        package var isEmpty: Bool
        /// What the readers' output depended on when it was filled.
        package var reading: String?
        package var files: StoredFiles
        /// Moves when another process writes.
        fileprivate var version: Int
    }

    package func contents() throws -> Contents {
        try queue.read { db in
            guard try Int.fetchOne(db, sql: "PRAGMA user_version") == Schema.version else {
                return Contents(isEmpty: true, reading: nil, files: StoredFiles(), version: -1)
            }
            let reading = try String.fetchOne(db, sql: "SELECT value FROM property WHERE name = 'reading'")
            let files = try SyncSession.files(db)
            return Contents(isEmpty: false, reading: reading, files: files, version: try SyncSession.version(db))
        }
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
                if isFirst { try db.execute(sql: Schema.targetIndex) }
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
}

/// Writes documents inside one transaction.
package struct SyncSession {
    let db: Database
    var nextEntry: Int64
    var nextDocument: Int64
    /// Keys that gained or lost an entry, whose links must be looked at again.
    var changedKeys: Set<String> = []
    /// Documents written in this session, none of whose links has a target yet.
    var written: [Int64] = []

    init(_ db: Database) {
        self.db = db
        nextEntry = (try? Int64.fetchOne(db, sql: "SELECT max(id) FROM entry")) ?? 0
        nextDocument = (try? Int64.fetchOne(db, sql: "SELECT max(id) FROM document")) ?? 0
    }

    /// What is stored now, as this transaction sees it; nil when it is still what was seen before.
    package func files(unless known: Store.Contents) throws -> StoredFiles? {
        try SyncSession.version(db) == known.version ? nil : SyncSession.files(db)
    }

    fileprivate static func version(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "PRAGMA data_version") ?? -1
    }

    static func files(_ db: Database) throws -> StoredFiles {
        var files = StoredFiles()
        try RowReader(db, "SELECT path, id, size, modifiedAt, changedAt, inode, contentHash FROM document").forEach { row in
            let stamp = FileStamp(size: row.integer(2), modifiedAt: row.integer(3), changedAt: row.integer(4), inode: row.integer(5))
            files.append(row.text(0), StoredFile(id: row.integer(1), stamp: stamp, contentHash: row.integer(6)))
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
}
