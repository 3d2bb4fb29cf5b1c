import GRDB
import GRDBSQLite

/// Steps through many rows without an object of each: what every command reads to find that nothing changed.
struct RowReader {
    private let statement: Statement

    init(_ db: Database, _ sql: String) throws {
        statement = try db.cachedStatement(sql: sql)
    }

    /// The columns of the current row by their 0-based index; text is valid only until the next row.
    struct Columns {
        fileprivate let statement: SQLiteStatement

        func integer(_ index: Int32) -> Int64 { sqlite3_column_int64(statement, index) }

        /// Empty for NULL.
        func text(_ index: Int32) -> UnsafeBufferPointer<UInt8> {
            let start = sqlite3_column_text(statement, index)
            return UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(statement, index)))
        }
    }

    func forEach(_ body: (Columns) throws -> Void) throws {
        let raw = statement.sqliteStatement
        defer { sqlite3_reset(raw) }
        while true {
            switch sqlite3_step(raw) {
            case SQLITE_ROW: try body(Columns(statement: raw))
            case SQLITE_DONE: return
            case let code: throw DatabaseError(resultCode: ResultCode(rawValue: code))
            }
        }
    }
}
