import GRDB
import GRDBSQLite

/// Fills in the values of one statement from left to right and runs it, without an object for any value: a cold index
/// writes a quarter of a million rows.
struct RowWriter {
    private let statement: SQLiteStatement
    private var next: Int32 = 1

    init(_ db: Database, _ sql: String) throws {
        statement = try db.cachedStatement(sql: sql).sqliteStatement
    }

    func integer(_ value: Int64) -> RowWriter {
        sqlite3_bind_int64(statement, next, value)
        return advanced
    }

    func integer(_ value: Int) -> RowWriter { integer(Int64(value)) }

    func integer(_ value: Int64?) -> RowWriter {
        guard let value else { return null }
        return integer(value)
    }

    func text(_ value: String) -> RowWriter {
        var value = value
        _ = value.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { chars -> Int32 in
                // An empty text must not be bound by a null pointer, which means NULL.
                guard let start = chars.baseAddress else { return sqlite3_bind_text(statement, next, "", 0, RowWriter.transient) }
                return sqlite3_bind_text(statement, next, start, Int32(truncatingIfNeeded: chars.count), RowWriter.transient)
            }
        }
        return advanced
    }

    func text(_ value: String?) -> RowWriter {
        guard let value else { return null }
        return text(value)
    }

    private var null: RowWriter {
        sqlite3_bind_null(statement, next)
        return advanced
    }

    /// - Throws: `DatabaseError` with SQLite's code.
    func run() throws {
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    private var advanced: RowWriter {
        var writer = self
        writer.next += 1
        return writer
    }

    /// Tells SQLite to copy the text.
    private static var transient: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
