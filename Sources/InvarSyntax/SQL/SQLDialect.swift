/// Whose SQL a script is written in, as far as reading it depends on that.
package enum SQLDialect: String, Hashable, Sendable, CaseIterable {
    case postgresql, mysql, sqlite, clickhouse, sqlserver, oracle, unknown

    /// The dialect that a configuration or a part of a file name means: `postgres`, `pg`, `mariadb`, `sqlite3`…
    package init?(word: String) {
        switch word.lowercased() {
        case "postgresql", "postgres", "pg", "psql", "pgsql", "cockroach", "cockroachdb", "crdb", "yugabyte", "timescale", "timescaledb", "redshift":
            self = .postgresql
        case "mysql", "mysql5", "mysql8", "mariadb", "tidb", "vitess": self = .mysql
        case "sqlite", "sqlite3", "libsql", "turso", "d1": self = .sqlite
        case "clickhouse", "ch": self = .clickhouse
        case "mssql", "sqlserver", "tsql": self = .sqlserver
        case "oracle", "plsql": self = .oracle
        default: return nil
        }
    }

    /// The dialect that a path names in one of its parts, the last part first; nil if it names none.
    package static func named(inPath path: String) -> SQLDialect? {
        for part in path.split(separator: "/").reversed() {
            for word in part.split(whereSeparator: { $0 == "." || $0 == "_" || $0 == "-" }).reversed() where word.utf8.count > 2 || word == "pg" {
                if let dialect = SQLDialect(word: String(word)) { return dialect }
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
