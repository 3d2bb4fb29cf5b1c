import Dispatch
package import InvarCore
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A program that somebody names on the command line to be asked once: arguments as they are, never a shell; the
/// question on its standard input, the answer on its standard output; little of our environment, and no more than so
/// much time and so many bytes.
package struct ExternalCommand: Sendable {
    /// The program, looked up in `PATH` unless it holds a slash, and its arguments.
    package var arguments: [String]
    /// Seconds after which it is stopped, with everything that it started.
    package var timeout: Int
    /// Bytes of standard output above which it is stopped.
    package var longestOutput: Int
    /// Environment variables that it may see beside ``usualVariables``.
    package var variables: [String]

    package init(_ arguments: [String], timeout: Int = 300, longestOutput: Int = 4 << 20, variables: [String] = []) {
        self.arguments = arguments
        self.timeout = timeout
        self.longestOutput = longestOutput
        self.variables = variables
    }

    /// What every program needs to find its own files; no secret stands there.
    package static let usualVariables = ["PATH", "HOME", "LANG", "TMPDIR"]
    /// Runs it and returns what it printed.
    ///
    /// - Throws: ``Failure`` when it cannot be started, takes too long, prints too much, or ends with another status than 0.
    package func run(input: [UInt8]) throws(Failure) -> [UInt8] {
        guard let name = arguments.first, !name.isEmpty else { throw Failure("no command is named", hint: "write it behind --") }
        guard !arguments.contains(where: { $0.utf8.contains(0) }) else { throw Failure("an argument of \(name) holds a NUL byte") }
        // Else a program that does not read its input would end ours.
        signal(SIGPIPE, SIG_IGN)
        let pipes = try Pipes()
        defer { pipes.close() }
        let process = try spawn(pipes)
        pipes.closeTheirs()
        let interruption = Interruption()
        defer { interruption.end() }
        var exchange = Exchange(pipes: pipes, input: input)
        let ending = exchange.run(process, until: .now() + .seconds(max(1, timeout)), longestOutput, interruption)
        // Before it is waited for: until then nobody else can get its number.
        kill(-process, SIGKILL)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        interruption.raiseAgain()
        switch ending {
        case .exited: break
        case .late: throw Failure("\(name) took longer than \(timeout) s and was stopped", hint: "allow it more time, or ask less")
        case .tooLong: throw Failure("\(name) printed more than \(longestOutput) bytes and was stopped", hint: "it must print the answer and nothing else")
        }
        let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
        guard code == 0 else {
            let line = String(decoding: exchange.complaint, as: UTF8.self).split(whereSeparator: \.isNewline).first.map { ": \($0.prefix(300))" } ?? ""
            throw Failure("\(name) ended with \(code < 0 ? "signal \(-code)" : "status \(code)")\(line)")
        }
        return exchange.output
    }

    /// Starts it as the head of a process group of its own, with signals as a new program expects them.
    private func spawn(_ pipes: Pipes) throws(Failure) -> pid_t {
        #if canImport(Glibc)
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #else
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (index, descriptor) in pipes.theirs.enumerated() { posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(index)) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
        var words = arguments.map { strdup($0) } + [nil]
        var settings = environment.map { strdup($0) } + [nil]
        defer { for text in words + settings { free(text) } }
        var process: pid_t = 0
        let code = posix_spawnp(&process, arguments[0], &actions, &attributes, &words, &settings)
        guard code == 0 else {
            throw Failure(
                "cannot run \(arguments[0]): \(String(cString: strerror(code)).lowercased())",
                hint: "the command behind -- is a program and its arguments, no shell line")
        }
        return process
    }

    /// `NAME=value` of the variables that it may see, those that are not set left out.
    private var environment: [String] {
        var seen = Set<String>()
        return (ExternalCommand.usualVariables + variables).filter { seen.insert($0).inserted }.compactMap { name in
            getenv(name).map { "\(name)=\(String(cString: $0))" }
        }
    }
}

/// Standard input, output and error of a program, our ends and its ends.
private final class Pipes {
    let ours: [Int32]
    let theirs: [Int32]
    private var open: Set<Int32>

    init() throws(Failure) {
        var ours: [Int32] = []
        var theirs: [Int32] = []
        for isInput in [true, false, false] {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else {
                for descriptor in ours + theirs { FileSystem.close(descriptor) }
                throw FileSystem.failure("cannot make a pipe")
            }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            ours.append(isInput ? ends[1] : ends[0])
            theirs.append(isInput ? ends[0] : ends[1])
        }
        for descriptor in ours { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
        self.ours = ours
        self.theirs = theirs
        open = Set(ours + theirs)
    }

    func closeTheirs() {
        for descriptor in theirs { close(descriptor) }
    }

    func close() {
        for descriptor in ours + theirs { close(descriptor) }
    }

    func close(_ descriptor: Int32) {
        if open.remove(descriptor) != nil { FileSystem.close(descriptor) }
    }
}

/// The talk with a running program: what is still to be said, and what it said so far.
private struct Exchange {
    enum Ending {
        case exited, late, tooLong
    }

    let pipes: Pipes
    let input: [UInt8]
    private var written = 0
    private(set) var output: [UInt8] = []
    private(set) var complaint: [UInt8] = []
    private var isOpen = [true, true, true]
    /// Bytes of standard error that are kept, to say why it failed.
    private static let longestComplaint = 64 << 10

    init(pipes: Pipes, input: [UInt8]) {
        self.pipes = pipes
        self.input = input
    }

    /// Until the program ended and what it printed is read, whoever still holds its pipes.
    mutating func run(_ process: pid_t, until deadline: DispatchTime, _ longestOutput: Int, _ interruption: Interruption) -> Ending {
        while true {
            let hasExited = Exchange.hasExited(process)
            // What it left running would keep the pipes open.
            if hasExited { kill(-process, SIGKILL) }
            let isReady = wait(milliseconds: hasExited ? 0 : 50)
            if isReady { exchange() }
            if output.count > longestOutput { return .tooLong }
            if hasExited, !isReady || !(isOpen[1] || isOpen[2]) { return .exited }
            if interruption.came || DispatchTime.now() >= deadline { return hasExited ? .exited : .late }
        }
    }

    /// Whether it ended; it stays to be waited for.
    private static func hasExited(_ process: pid_t) -> Bool {
        var info = siginfo_t()
        guard waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 else { return errno != EINTR }
        return info.si_signo == SIGCHLD
    }

    /// Whether one of the pipes has something for us or room for more.
    private func wait(milliseconds: Int32) -> Bool {
        var polls: [pollfd] = []
        for (index, descriptor) in pipes.ours.enumerated() where isOpen[index] {
            polls.append(pollfd(fd: descriptor, events: Int16(index == 0 ? POLLOUT : POLLIN), revents: 0))
        }
        guard !polls.isEmpty else {
            usleep(UInt32(milliseconds) * 100)
            return false
        }
        return poll(&polls, nfds_t(polls.count), milliseconds) > 0
    }

    private mutating func exchange() {
        if isOpen[0] { say() }
        if isOpen[1], let bytes = read(1) { output += bytes }
        if isOpen[2], let bytes = read(2) { complaint += bytes.prefix(max(0, Exchange.longestComplaint - complaint.count)) }
    }

    private mutating func say() {
        while written < input.count {
            let count = input[written...].withUnsafeBytes { write(pipes.ours[0], $0.baseAddress, min($0.count, 65_536)) }
            if count < 0, errno == EAGAIN || errno == EINTR { return }
            // It does not want to hear the rest.
            guard count > 0 else { break }
            written += count
        }
        isOpen[0] = false
        pipes.close(pipes.ours[0])
    }

    /// What can be read now; nil when there is nothing yet.
    private mutating func read(_ index: Int) -> [UInt8]? {
        var status = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            status = FileSystem.readSome(pipes.ours[index], buffer)
            count = max(0, status)
        }
        if status < 0, errno == EAGAIN || errno == EINTR { return nil }
        guard status > 0 else {
            isOpen[index] = false
            pipes.close(pipes.ours[index])
            return nil
        }
        return bytes
    }
}

/// Ctrl-C while a program of another process group runs: it must be stopped before we are.
private final class Interruption {
    private let signals = [SIGINT, SIGTERM, SIGHUP]
    private let sources: [any DispatchSourceSignal]
    private let received = Received()

    init() {
        sources = signals.map { DispatchSource.makeSignalSource(signal: $0, queue: .global()) }
        for (number, source) in zip(signals, sources) {
            signal(number, SIG_IGN)
            source.setEventHandler { [received] in received.number.withLock { $0 = number } }
            source.resume()
        }
    }

    var came: Bool { received.number.withLock { $0 != nil } }

    /// Lets signals end us again.
    func end() {
        for (number, source) in zip(signals, sources) {
            source.cancel()
            signal(number, SIG_DFL)
        }
    }

    /// What was held back comes now.
    func raiseAgain() {
        guard let number = received.number.withLock({ $0 }) else { return }
        end()
        raise(number)
    }
}

/// The signal that came.
private final class Received: Sendable {
    let number = Mutex<Int32?>(nil)
}
