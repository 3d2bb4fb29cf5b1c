import GRDB
import InvarCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The index: one SQLite file that can be deleted at any time, or a database in memory where no file can be written.
///
/// The only owner of the file. Every process that has it open holds a shared lock on `lock` beside it; building a file
/// anew takes the lock alone, so that nobody ever sees a half-built or exchanged file.
package struct Store: Sendable {
    let queue: DatabaseQueue
    /// Held as long as the store lives.
    private let lock: FileLock?

    /// Opens the index in `folder`, building an empty one when it is missing, corrupt or from another version.
    ///
    /// Falls back to memory when the folder cannot be written, as in a read-only checkout.
    package static func open(folder: String) -> Store {
        do {
            guard let lock = FileLock(path: folder + "/lock") else { return try inMemory() }
            let path = folder + "/index.sqlite"
            lock.acquire(.shared)
            if let queue = try? connect(path), isCurrent(queue) { return Store(queue: queue, lock: lock) }
            lock.acquire(.exclusive)
            // Somebody else may have built it while this process waited.
            if let queue = try? connect(path), isCurrent(queue) {
                lock.acquire(.shared)
                return Store(queue: queue, lock: lock)
            }
            remove(path)
            let queue = try connect(path)
            try build(queue)
            // Kept exclusive until the first sync has filled it: see ``SyncSession``.
            return Store(queue: queue, lock: lock)
        } catch {
            return (try? inMemory()) ?? fatal(error)
        }
    }

    /// Opens the index anew after deleting what is there; for `--rebuild` and for a file that proved corrupt in use.
    package static func rebuild(folder: String) -> Store {
        if let lock = FileLock(path: folder + "/lock") {
            lock.acquire(.exclusive)
            remove(folder + "/index.sqlite")
        }
        return open(folder: folder)
    }

    package static func inMemory() throws -> Store {
        let queue = try DatabaseQueue(configuration: configuration())
        try build(queue)
        return Store(queue: queue, lock: nil)
    }

    /// Whether it lives in memory only.
    package var isInMemory: Bool { lock == nil }

    /// Lets other processes in again after a first fill.
    func shareLock() {
        lock?.acquire(.shared)
    }

    private static func connect(_ path: String) throws -> DatabaseQueue {
        try DatabaseQueue(path: path, configuration: configuration())
    }

    private static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.label = "invar.index"
        configuration.busyMode = .timeout(30)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { db in
            // A cache needs no more than consistency: NORMAL under WAL loses at most the last commits, never the file.
            try db.execute(sql: "PRAGMA synchronous = NORMAL")
        }
        return configuration
    }

    private static func isCurrent(_ queue: DatabaseQueue) -> Bool {
        (try? queue.read { db in try Int.fetchOne(db, sql: "PRAGMA user_version") }) == Schema.version
    }

    private static func build(_ queue: DatabaseQueue) throws {
        try queue.writeWithoutTransaction { db in
            // Texts of a few kilobytes fill such pages better, and every command reads half as many.
            try db.execute(sql: "PRAGMA page_size = 8192")
            try db.execute(sql: Schema.tables)
            try db.execute(sql: Schema.views)
        }
    }

    private static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
    }

    private static func fatal(_ error: any Error) -> Store {
        preconditionFailure("SQLite cannot open a database in memory: \(error)")
    }
}

/// An advisory lock on a file, released when the process ends however it ends.
final class FileLock: Sendable {
    enum Mode { case shared, exclusive }

    private let descriptor: Int32

    /// nil when the file can be neither opened nor made.
    init?(path: String) {
        descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        if descriptor < 0 { return nil }
    }

    deinit {
        close(descriptor)
    }

    func acquire(_ mode: Mode) {
        while flock(descriptor, mode == .shared ? LOCK_SH : LOCK_EX) != 0, errno == EINTR {}
    }
}

extension Store {
    /// Whether an error means that the file cannot be used: corrupt, truncated, not a database, tables missing.
    /// Building it anew is then the way out.
    package static func isDamage(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT, .SQLITE_FORMAT, .SQLITE_CANTOPEN, .SQLITE_IOERR:
            return true
        default: return false
        }
    }

    /// Whether an error means that nothing can be written where the index lies: a full disk, a read-only file.
    package static func isUnwritable(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        return [.SQLITE_READONLY, .SQLITE_FULL, .SQLITE_PERM, .SQLITE_IOERR, .SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode)
    }
}
