#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A program in a process group of its own, ended with all its children when it takes too long.
///
/// Foundation's `Process` hands the signal mask of the calling thread down, and the threads that tests run on block
/// nearly all signals: a shell would then never hear that its child ended.
final class ChildProcess {
    struct NotStarted: Error {
        var code: Int32
    }

    /// Seconds after which a command is taken for stuck.
    private static let patience = 60.0

    private let id: pid_t
    private var status: Int32?
    private var waited = 0.0

    /// - Parameter arguments: the program's absolute path first.
    init(_ arguments: [String], _ environment: [String: String], input: Int32, output: Int32, error: Int32) throws {
        #if os(Linux)
        var attributes = posix_spawnattr_t()
        var actions = posix_spawn_file_actions_t()
        #else
        var attributes: posix_spawnattr_t?
        var actions: posix_spawn_file_actions_t?
        #endif
        posix_spawnattr_init(&attributes)
        posix_spawn_file_actions_init(&actions)
        defer {
            posix_spawnattr_destroy(&attributes)
            posix_spawn_file_actions_destroy(&actions)
        }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        for (inner, outer) in [(Int32(0), input), (1, output), (2, error)] { posix_spawn_file_actions_adddup2(&actions, outer, inner) }
        let words = arguments.map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, arguments[0], &actions, &attributes, words, variables)
        guard code == 0 else { throw NotStarted(code: code) }
        self.id = id
    }

    /// Looks whether it has ended; ends it when it is stuck.
    var isRunning: Bool {
        guard status == nil else { return false }
        var found: Int32 = 0
        if waitpid(id, &found, WNOHANG) == id {
            status = found
            return false
        }
        usleep(2000)
        waited += 0.002
        if waited > ChildProcess.patience { kill(-id, SIGKILL) }
        return true
    }

    /// Waits for the end and gives the exit code, as a shell counts it: 128 more than the number of the signal.
    func wait() -> Int32 {
        while isRunning {}
        let found = status ?? 0
        return found & 0x7F == 0 ? (found >> 8) & 0xFF : 128 + (found & 0x7F)
    }
}
