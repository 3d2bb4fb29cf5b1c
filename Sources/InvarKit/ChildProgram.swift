import InvarCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A program that talks to the person by itself, such as an editor or a pager: it gets the terminal, words instead of a
/// shell's line, and is waited for.
///
/// Foundation's `Process` puts its child into a process group of its own, which may not read from the terminal.
struct ChildProgram {
    private let words: [String]
    private let environment: [String: String]

    struct Ending: Hashable {
        /// As shells count: 127 for a program that is not there, 126 for one that cannot be run, 128 and more for a signal.
        var status: Int32
        /// What to say when it could not be run.
        var complaint: String?
    }

    /// - Parameter words: the program, looked up in `PATH`, and its arguments.
    init(_ words: [String], _ environment: [String: String]) {
        self.words = words
        self.environment = environment
    }

    /// Runs it; with `input`, that is its standard input instead of ours.
    func run(input: [UInt8]? = nil) -> Ending {
        guard let program = words.first else { return Ending(status: 0) }
        var ends: [Int32] = [-1, -1]
        if input != nil, pipe(&ends) != 0 { return Ending(status: 126, complaint: FileSystem.failure(program).message) }
        // An interrupt on the terminal is for the program.
        let (interrupt, quit) = (signal(SIGINT, SIG_IGN), signal(SIGQUIT, SIG_IGN))
        defer {
            signal(SIGINT, interrupt)
            signal(SIGQUIT, quit)
        }
        let (id, code) = spawn(program, reading: ends)
        if ends[0] >= 0 { close(ends[0]) }
        if let input, ends[1] >= 0 {
            if code == 0 { ChildProgram.write(input, ends[1]) }
            close(ends[1])
        }
        guard code == 0 else {
            if code == ENOENT { return Ending(status: 127, complaint: "\(program): command not found") }
            return Ending(status: 126, complaint: "\(program): \(String(cString: strerror(code)).lowercased())")
        }
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        return Ending(status: status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F))
    }

    private func spawn(_ program: String, reading ends: [Int32]) -> (id: pid_t, code: Int32) {
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
        // We ignore a closed pipe and, just now, interrupts; the program shall not inherit that.
        var usual = sigset_t()
        sigemptyset(&usual)
        for number in [SIGPIPE, SIGINT, SIGQUIT] { sigaddset(&usual, number) }
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        if ends[0] >= 0 {
            posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
            for end in ends { posix_spawn_file_actions_addclose(&actions, end) }
        }
        let arguments = words.map { strdup($0) } + [nil]
        let variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var id: pid_t = 0
        let code = posix_spawnp(&id, program, &actions, &attributes, arguments, variables)
        return (id, code)
    }

    /// A reader that closes its end early has seen enough.
    private static func write(_ bytes: [UInt8], _ descriptor: Int32) {
        var offset = 0
        while offset < bytes.count {
            let written = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno != EINTR { return }
            offset += max(0, written)
        }
    }
}
