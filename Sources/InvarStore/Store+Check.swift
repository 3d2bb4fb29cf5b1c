import GRDB

/// What checking a file gave, kept until the file or one that it was read with changes.
package struct StoredCheck: Sendable {
    /// A hash over the stamps of the file and of what it was read with.
    package var stamp: Int64
    /// Other files that were read for it, separated by line feeds; "" is none.
    package var dependencies: String
    /// The encoded result; nil when nothing was found.
    package var result: String?
    /// Which rules look at it.
    package var kind: String

    package init(stamp: Int64, dependencies: String, result: String?, kind: String) {
        self.stamp = stamp
        self.dependencies = dependencies
        self.result = result
        self.kind = kind
    }
}

extension Store {
    /// What is kept under a fingerprint of rules and settings; nothing when it was kept under another.
    package func checks(under fingerprint: String) throws -> [String: StoredCheck] {
        try queue.read { db in
            guard try String.fetchOne(db, sql: "SELECT value FROM property WHERE name = 'checking'") == fingerprint else { return [:] }
            var checks: [String: StoredCheck] = [:]
            let rows = try Row.fetchCursor(db, sql: "SELECT path, stamp, dependencies, result, kind FROM checkedFile")
            while let row = try rows.next() {
                checks[row[0]] = StoredCheck(stamp: row[1], dependencies: row[2], result: row[3], kind: row[4])
            }
            return checks
        }
    }

    /// Keeps results and forgets others, all or nothing.
    package func keep(_ checks: [String: StoredCheck], forgetting gone: [String], under fingerprint: String) throws {
        try queue.write { db in
            if try String.fetchOne(db, sql: "SELECT value FROM property WHERE name = 'checking'") != fingerprint {
                try db.execute(sql: "DELETE FROM checkedFile")
                try db.execute(sql: "INSERT OR REPLACE INTO property VALUES ('checking', ?)", arguments: [fingerprint])
            }
            for path in gone { try db.execute(sql: "DELETE FROM checkedFile WHERE path = ?", arguments: [path]) }
            let statement = try db.cachedStatement(sql: "INSERT OR REPLACE INTO checkedFile VALUES (?, ?, ?, ?, ?)")
            for (path, check) in checks {
                try statement.execute(arguments: [path, check.stamp, check.dependencies, check.result, check.kind])
            }
        }
    }
}

/// What a check of the whole repository told.
package struct StoredAnswer: Sendable {
    /// Longer ones are not kept: reading them back would take longer than it saves.
    static let maximumBytes = 64 << 20

    package var output: String
    /// For standard error.
    package var notice: String
    package var fails: Bool

    package init(output: String, notice: String, fails: Bool) {
        self.output = output
        self.notice = notice
        self.fails = fails
    }
}

extension Store {
    /// What was told in this manner when everything stood as it does now.
    package func answer(to manner: String, in state: String) throws -> StoredAnswer? {
        try queue.read { db in
            let row = try Row.fetchOne(db, sql: "SELECT output, notice, fails FROM answer WHERE manner = ? AND state = ?", arguments: [manner, state])
            return row.map { StoredAnswer(output: $0[0], notice: $0[1], fails: $0[2]) }
        }
    }

    /// Keeps it, and forgets what was told when things stood otherwise.
    package func keepAnswer(_ answer: StoredAnswer, to manner: String, in state: String) throws {
        guard answer.output.utf8.count < StoredAnswer.maximumBytes else { return }
        try queue.write { db in
            try db.execute(sql: "DELETE FROM answer WHERE state <> ?", arguments: [state])
            try db.execute(
                sql: "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", arguments: [manner, state, answer.output, answer.notice, answer.fails])
        }
    }
}
