package import InvarCore
import InvarStore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Reading and writing files; the rest of invar sees bytes and stamps only.
package enum FileSystem {
    package enum Kind: Sendable {
        case file, folder, link, other
    }

    /// nil when there is nothing; links are not followed unless asked.
    package static func kind(_ path: String, followingLinks: Bool = true) -> Kind? {
        var info = stat()
        guard (followingLinks ? stat(path, &info) : lstat(path, &info)) == 0 else { return nil }
        return kind(info)
    }

    /// All bytes of a regular file of at most `limit` bytes.
    ///
    /// - Throws: ``Failure`` that names the path and the system's reason.
    package static func read(_ path: String, limit: Int = Int.max) throws(Failure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure("cannot read \(path)") }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw failure("cannot read \(path)") }
        guard kind(info) == .file else { throw Failure("\(path) is not a regular file") }
        guard Int(info.st_size) <= limit else { throw Failure("\(path) is larger than \(limit) bytes") }
        return try readAll(descriptor, capacity: Int(info.st_size), limit: limit, path)
    }

    /// Standard input, whole.
    package static func readStandardInput(limit: Int) throws(Failure) -> [UInt8] {
        try readAll(0, capacity: 65_536, limit: limit, "standard input")
    }

    private static func readAll(_ descriptor: Int32, capacity: Int, limit: Int, _ path: String) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var room = max(4096, capacity + 1)
        while true {
            var status = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                status = readSome(descriptor, buffer)
                count = max(0, status)
            }
            if status < 0 {
                if errno == EINTR { continue }
                throw failure("cannot read \(path)")
            }
            if chunk.isEmpty { return bytes }
            bytes = bytes.isEmpty ? chunk : bytes + chunk
            guard bytes.count <= limit else { throw Failure("\(path) is larger than \(limit) bytes") }
            room = max(4096, min(1 << 20, bytes.count))
        }
    }

    /// What a descriptor has ready, up to the buffer's size; as the system call answers.
    static func readSome(_ descriptor: Int32, _ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
        #if canImport(Glibc)
        Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #else
        Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }

    static func close(_ descriptor: Int32) {
        #if canImport(Glibc)
        _ = Glibc.close(descriptor)
        #else
        _ = Darwin.close(descriptor)
        #endif
    }

    /// Writes a new file, never over another one: first to a temporary file beside it, then linked to its name, so that
    /// nobody sees half of it.
    ///
    /// - Returns: false when something stands there already.
    package static func create(_ path: String, _ bytes: [UInt8]) throws(Failure) -> Bool {
        let temporary = try writeTemporary(beside: path, bytes, mode: 0o644)
        defer { unlink(temporary) }
        if link(temporary, path) == 0 { return true }
        if errno == EEXIST { return false }
        guard errno == EPERM || errno == ENOTSUP || errno == ENOSYS || errno == EMLINK else { throw failure("cannot write \(path)") }
        // A file system without hard links: exclusive creation is what is left.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            if errno == EEXIST { return false }
            throw failure("cannot write \(path)")
        }
        defer { close(descriptor) }
        try writeAll(descriptor, bytes, path)
        return true
    }

    /// Replaces a file whose bytes are still `expected`, keeping its permissions; by a temporary file and a rename.
    ///
    /// - Throws: ``Failure`` when the file changed meanwhile; it is then left as it is.
    package static func replace(_ path: String, expected: [UInt8], with bytes: [UInt8]) throws(Failure) {
        try replace([Replacement(path: path, expected: expected, bytes: bytes)])
    }

    /// A file's bytes as they were read, and what is to stand there.
    package struct Replacement: Sendable {
        package var path: String
        package var expected: [UInt8]
        package var bytes: [UInt8]

        package init(path: String, expected: [UInt8], bytes: [UInt8]) {
            self.path = path
            self.expected = expected
            self.bytes = bytes
        }
    }

    /// Replaces several files or none: all are staged and compared first, and what was renamed is put back when a later
    /// one fails. Links are followed, so that a linked file stays one.
    ///
    /// - Throws: ``Failure`` when a file changed meanwhile, is read-only or cannot be written.
    package static func replace(_ replacements: [Replacement]) throws(Failure) {
        var staged: [(path: String, temporary: String, mode: mode_t)] = []
        defer { for file in staged { unlink(file.temporary) } }
        for file in replacements {
            var info = stat()
            guard let path = realPath(file.path), stat(path, &info) == 0 else { throw failure("cannot write \(file.path)") }
            // A rename would write over it all the same.
            guard access(path, W_OK) == 0, info.st_mode & 0o222 != 0 else { throw Failure("\(file.path) is read-only", hint: "nothing was written") }
            let mode = info.st_mode & 0o7777
            staged.append((path, try writeTemporary(beside: path, file.bytes, mode: mode), mode))
        }
        for file in replacements where try read(file.path) != file.expected {
            throw Failure("\(file.path) was changed by somebody else meanwhile", hint: "nothing was written; run the command again")
        }
        for (index, file) in staged.enumerated() where rename(file.temporary, file.path) != 0 {
            let problem = failure("cannot write \(file.path)")
            for (written, replacement) in zip(staged, replacements).prefix(index) {
                guard let back = try? writeTemporary(beside: written.path, replacement.expected, mode: written.mode), rename(back, written.path) == 0 else {
                    throw Failure(problem.message + "; \(written.path) holds the new text already", hint: "take it back with git")
                }
            }
            throw problem
        }
    }

    /// Renames a file or folder, never over another one.
    package static func move(_ path: String, to target: String) throws(Failure) {
        if kind(path, followingLinks: false) == .folder {
            guard kind(target, followingLinks: false) == nil, rename(path, target) == 0 else { throw failure("cannot rename \(path) to \(target)") }
            return
        }
        guard link(path, target) == 0 else {
            // A file system without hard links.
            guard errno != EEXIST, kind(target, followingLinks: false) == nil, rename(path, target) == 0 else {
                throw failure("cannot rename \(path) to \(target)")
            }
            return
        }
        guard unlink(path) == 0 else {
            let problem = failure("cannot rename \(path) to \(target)")
            unlink(target)
            throw problem
        }
    }

    /// Runs `body` while no other process does so for the same folder: what it reads is what it replaces. Where a folder
    /// cannot be locked it runs all the same; ``replace(_:)`` still refuses a file that changed meanwhile.
    package static func locking<T>(_ folder: String, _ body: () throws -> T) rethrows -> T {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return try body() }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
        return try body()
    }

    /// Takes back a file that we made; nothing when it is gone already.
    static func remove(_ path: String) { unlink(path) }

    package static func makeFolder(_ path: String) throws(Failure) {
        if kind(path) == .folder { return }
        let parent = RelativePath.folder(path)
        if !parent.isEmpty, path.hasPrefix("/") ? parent != path : true, kind(parent) == nil { try makeFolder(parent) }
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure("cannot make the folder \(path)") }
    }

    /// The absolute path without links, nil when it does not exist.
    package static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Whether a path leads out of a folder by links; a link that leads nowhere does. `root` is without links.
    static func leaves(_ root: String, _ path: String) -> Bool {
        guard let real = realPath(root + "/" + path) else { return kind(root + "/" + path, followingLinks: false) == .link }
        return real != root && !real.hasPrefix(root == "/" ? "/" : root + "/")
    }

    package static var workingFolder: String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(cString: path)
    }

    /// Whether every user of the machine may put files there.
    static func isWritableByAnybody(_ folder: String) -> Bool {
        var info = stat()
        return stat(folder, &info) == 0 && info.st_mode & S_IWOTH != 0
    }

    /// nil when there is nothing; links are followed.
    static func stamp(of path: String) -> FileStamp? {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        return stamp(info)
    }

    static func kind(_ info: stat) -> Kind {
        switch info.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .other
        }
    }

    static func stamp(_ info: stat) -> FileStamp {
        #if canImport(Glibc)
        let (modified, changed) = (info.st_mtim, info.st_ctim)
        #else
        let (modified, changed) = (info.st_mtimespec, info.st_ctimespec)
        #endif
        return FileStamp(
            size: Int64(info.st_size), modifiedAt: Int64(modified.tv_sec) * 1_000_000_000 + Int64(modified.tv_nsec),
            changedAt: Int64(changed.tv_sec) * 1_000_000_000 + Int64(changed.tv_nsec), inode: Int64(bitPattern: UInt64(info.st_ino)))
    }

    /// Nanoseconds since 1970, to tell whether a file's stamp has settled.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    static func failure(_ message: String) -> Failure {
        Failure(message + ": " + String(cString: strerror(errno)).lowercased())
    }

    private static func writeTemporary(beside path: String, _ bytes: [UInt8], mode: mode_t) throws(Failure) -> String {
        var template = Array((RelativePath.folder(path) + "/.invar-XXXXXX").utf8CString)
        if !path.contains("/") { template = Array(".invar-XXXXXX".utf8CString) }
        let descriptor = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { mkstemp($0) } ?? -1
        }
        guard descriptor >= 0 else { throw failure("cannot write beside \(path)") }
        defer { close(descriptor) }
        let temporary = template.withUnsafeBufferPointer { buffer in buffer.baseAddress.map { String(cString: $0) } ?? "" }
        do {
            try writeAll(descriptor, bytes, path)
        } catch {
            unlink(temporary)
            throw error
        }
        fchmod(descriptor, mode)
        return temporary
    }

    private static func writeAll(_ descriptor: Int32, _ bytes: [UInt8], _ path: String) throws(Failure) {
        var offset = 0
        while offset < bytes.count {
            let written = bytes[offset...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                throw failure("cannot write \(path)")
            }
            offset += written
        }
    }
}
