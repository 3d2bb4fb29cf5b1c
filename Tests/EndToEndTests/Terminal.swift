#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A pseudo-terminal of 100 columns that answers a program's questions.
final class Terminal {
    struct Unavailable: Error {}

    /// The side that the program sees.
    let inner: Int32
    private let outer: Int32

    init() throws {
        outer = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard outer >= 0, let name = Terminal.innerName(outer) else { throw Unavailable() }
        let descriptor = open(name, O_RDWR | O_NOCTTY)
        guard descriptor >= 0 else { throw Unavailable() }
        // Neither echo nor CR before LF: the output is then what the program wrote, whenever an answer arrives.
        var settings = termios()
        tcgetattr(descriptor, &settings)
        settings.c_lflag &= ~tcflag_t(ECHO)
        settings.c_oflag &= ~tcflag_t(OPOST)
        tcsetattr(descriptor, TCSANOW, &settings)
        var size = winsize(ws_row: 40, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
        inner = descriptor
    }

    deinit {
        close(inner)
        close(outer)
    }

    /// Unlocks the program's side and names it.
    private static func innerName(_ outer: Int32) -> String? {
        #if os(Linux)
        // Glibc's module leaves out `unlockpt` and `ptsname`; these are the requests that they make.
        let unlock: UInt = 0x4004_5431
        let number: UInt = 0x8004_5430
        var locked: Int32 = 0
        var index: UInt32 = 0
        guard ioctl(outer, unlock, &locked) == 0, ioctl(outer, number, &index) == 0 else { return nil }
        return "/dev/pts/\(index)"
        #else
        guard grantpt(outer) == 0, unlockpt(outer) == 0, let name = ptsname(outer) else { return nil }
        return String(cString: name)
        #endif
    }

    /// Reads until the program has ended; whenever it stops within a line, types the next answer.
    func converse(_ answers: [String], while isRunning: () -> Bool) -> String {
        var answers = answers[...]
        var bytes: [UInt8] = []
        while true {
            let wasRunning = isRunning()
            if let more = output(within: wasRunning ? 50 : 0) {
                bytes += more
                continue
            }
            guard wasRunning else { return String(decoding: bytes, as: UTF8.self) }
            guard let last = bytes.last, last != 0x0A else { continue }
            guard let answer = answers.popFirst() else {
                // No answer is left: the end of input is one too.
                type([0x04])
                continue
            }
            type(Array((answer + "\n").utf8))
            bytes += Array("‹\(answer)›\n".utf8)
        }
    }

    private func type(_ bytes: [UInt8]) {
        _ = write(outer, bytes, bytes.count)
    }

    /// What the program wrote within a time; nil when that was nothing.
    private func output(within milliseconds: Int32) -> [UInt8]? {
        var wanted = pollfd(fd: outer, events: Int16(POLLIN), revents: 0)
        guard poll(&wanted, 1, milliseconds) > 0, wanted.revents & Int16(POLLIN) != 0 else { return nil }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(outer, &buffer, buffer.count)
        return count > 0 ? Array(buffer[..<count]) : nil
    }
}
