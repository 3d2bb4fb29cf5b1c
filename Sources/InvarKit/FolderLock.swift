import InvarCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension FileSystem {
    /// Runs `body` while no other invar process runs one on the same folder, so that what it read there still holds when
    /// it writes. A folder that cannot be locked, as on some network file systems, is used without.
    static func withLock<T>(on folder: String, _ body: () throws -> T) throws -> T {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        guard descriptor >= 0 else { return try body() }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
        return try body()
    }

    /// Takes away a file that this process made and nobody else has seen.
    static func remove(_ path: String) {
        unlink(path)
    }
}
