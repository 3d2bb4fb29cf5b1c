/// Whose SQL a script is written in, as far as reading it depends on that.
package enum SQLDialect: String, Hashable, Sendable, CaseIterable {
    case postgresql, mysql, sqlite, clickhouse, sqlserver, oracle, unknown

    /// The dialect that a configuration or a part of a file name means: `postgres`, `pg`, `mariadb`, `sqlite3`…
    package init?(word: String) {
        guard (2...11).contains(word.utf8.count), let dialect = SQLDialect.words[word.lowercased()] else { return nil }
        self = dialect
    }

    private static let words: [String: SQLDialect] = {
        let names: [(SQLDialect, [String])] = [
            (
                .postgresql,
                [
                    "postgresql", "postgres", "pg", "psql", "pgsql", "cockroach", "cockroachdb", "crdb", "yugabyte", "timescale", "timescaledb",
                    "redshift",
                ]
            ),
            (.mysql, ["mysql", "mysql5", "mysql8", "mariadb", "tidb", "vitess"]),
            (.sqlite, ["sqlite", "sqlite3", "libsql", "turso", "d1"]),
            (.clickhouse, ["clickhouse", "ch"]),
            (.sqlserver, ["mssql", "sqlserver", "tsql"]),
            (.oracle, ["oracle", "plsql"]),
        ]
        return Dictionary(uniqueKeysWithValues: names.flatMap { dialect, words in words.map { ($0, dialect) } })
    }()

    /// The dialect that a path names in one of its parts, the last part first; nil if it names none.
    package static func named(inPath path: String) -> SQLDialect? {
        for part in path.utf8.split(separator: 0x2F).reversed() {
            for bytes in part.split(whereSeparator: { $0 == 0x2E || $0 == 0x5F || $0 == 0x2D }).reversed() where bytes.count > 1 && bytes.count <= 11 {
                let word = String(Substring(bytes))
                if bytes.count > 2 || word == "pg", let dialect = SQLDialect(word: word) { return dialect }
            }
        }
        return nil
    }

    /// A backslash in an ordinary string escapes the next byte.
    var escapesByBackslash: Bool { self == .mysql || self == .clickhouse }
    /// `#` begins a comment anywhere, not only first on a line.
    var commentsByHash: Bool { self == .mysql || self == .clickhouse }
    var nestsComments: Bool { self == .postgresql }
    var knowsDollarQuotes: Bool { self != .mysql && self != .sqlserver && self != .oracle }

    /// Whether a rule that holds for PostgreSQL only should run.
    package var mayBePostgreSQL: Bool { self == .postgresql || self == .unknown }
}
