import InvarCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The only place that prints: data to standard output, everything else to standard error.
enum Console {
    /// In a CI log no line of ours may be taken for a command that a file put there.
    static func write(_ text: String) {
        write(ReportText.withoutCommands(text), to: 1)
    }

    /// Commands to the CI system that we mean.
    static func writeCommands(_ text: String) {
        write(text, to: 1)
    }

    /// Bytes that belong to the person, such as files put together: as they are for a program that reads them, without
    /// anything that could steer it on a terminal.
    static func writeBytes(_ bytes: [UInt8]) {
        guard isTerminal(1) else { return bytes.withUnsafeBufferPointer { write($0, to: 1) } }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        write(lines.map { DisplayText.safe($0) }.joined(separator: "\n"))
    }

    static func writeError(_ text: String) {
        write(ReportText.withoutCommands(text), to: 2)
    }

    /// `invar: path:line: message`, and the way out on a line of its own.
    static func report(_ failure: Failure) {
        let place = failure.place.map { "\($0.path):\($0.line): " } ?? ""
        var text = "invar: \(DisplayText.safe(place + failure.message))\n"
        if let hint = failure.hint { text += "  → \(DisplayText.safe(hint))\n" }
        writeError(text)
    }

    static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }

    /// The width of the terminal; 100 where output is not one, so that files come out the same everywhere.
    static var width: Int {
        var size = winsize()
        guard isTerminal(1), ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return Int(size.ws_col)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { write($0, to: descriptor) }
    }

    private static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) {
        var offset = 0
        while offset < bytes.count {
            let written = Glibc.write(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
            if written < 0 {
                if errno == EINTR { continue }
                exit(errno == EPIPE ? 0 : 2)
            }
            offset += written
        }
    }
}
