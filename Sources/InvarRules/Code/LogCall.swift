import InvarCore
import InvarSyntax

/// A call that writes to a log, with all that is chained to it.
struct LogCall {
    /// The index of the first token.
    var first: Int
    var last: Int
    /// The tokens between the parentheses of the call and of those chained to it.
    var contents: [Range<Int>]
    /// `logger.info`.
    var name: String

    private static let cues = CueSet(["log", "console", "system.out", "system.err", "timber", "info!", "warn!", "error!", "debug!", "trace!"])

    static func mayOccur(in bytes: [UInt8]) -> Bool { cues.occur(in: bytes) }

    static func all(in code: CodeText) -> [LogCall] {
        var found: [LogCall] = []
        var end = -1
        for index in code.tokens.indices where index > end && code.tokens[index].kind == .word {
            guard code.tokens[index].end - code.tokens[index].start <= 16, isMethod(code, index), let call = code.call(at: index), isLog(code, call) else {
                continue
            }
            var log = LogCall(first: call.first, last: call.last, contents: [call.content], name: call.chain.suffix(2).joined(separator: "."))
            // `.Str("k", v).Msg("…")`, `.log("…")`.
            while code.isToken(log.last + 1, "."), let next = code.call(at: log.last + 2), log.contents.count < 40 {
                log.contents.append(next.content)
                log.last = next.last
            }
            end = log.last
            found.append(log)
        }
        return found
    }

    /// Cheap: whether the word may name a log's method.
    private static func isMethod(_ code: CodeText, _ index: Int) -> Bool {
        methods.contains(code.text(index).lowercased())
    }

    private static func isLog(_ code: CodeText, _ call: CodeCall) -> Bool {
        let method = call.method.lowercased()
        guard let receiver = call.receiver else { return isBareLog(code, call) }
        if code.language == .java || code.language == .kotlin || code.language == .scala, method.hasPrefix("print") {
            return (receiver == "out" || receiver == "err") && call.chain.first == "System"
        }
        if code.language == .csharp, method == "writeline" { return call.chain.first == "Console" }
        if code.language == .rust, method != "log", code.isToken(call.name + 1, "!") { return ["tracing", "log", "slog"].contains(receiver) }
        if code.language == .go, call.chain.first == "zap" { return true }
        // `Log.d(TAG, …)`
        if method.count == 1 { return receiver == "Log" || receiver == "Timber" }
        if method.hasPrefix("log"), method.count > 3, code.language == .csharp { return true }
        if method == "writeline" { return false }
        let words = CodeWords.of(receiver)
        return words.contains { receivers.contains($0) } || (words.last.map { $0.hasSuffix("logger") } ?? false)
    }

    private static func isBareLog(_ code: CodeText, _ call: CodeCall) -> Bool {
        switch code.language {
        case .rust: return code.isToken(call.name + 1, "!") && ["info", "warn", "error", "debug", "trace"].contains(call.method)
        case .swift: return call.method == "NSLog" || call.method == "os_log"
        case .php: return call.method == "error_log" || call.method == "syslog"
        case .ruby, .shell: return false
        default:
            let isDefined = ["def", "func", "fun", "function", "fn"].contains(code.text(call.name - 1))
            return !isDefined && (call.method == "log" || call.method == "logger")
        }
    }

    private static let receivers: Set<String> = [
        "log", "logger", "logging", "logs", "console", "slog", "zap", "logrus", "klog", "glog", "winston", "pino", "timber", "sugar", "zerolog", "structlog",
        "ログ",
    ]
    private static let levels = [
        "debug", "info", "warn", "warning", "error", "fatal", "trace", "panic", "critical", "exception", "log", "notice", "verbose", "severe", "fine", "finer",
        "finest", "alert", "emergency", "print",
    ]
    private static let methods: Set<String> = {
        var methods: Set<String> = [
            "with", "withfield", "withfields", "withvalues", "bind", "child", "atinfo", "atdebug", "aterror", "atwarn", "attrace", "loginformation", "logerror",
            "logwarning", "logdebug", "logcritical", "logtrace", "nslog", "os_log", "error_log", "syslog", "logger", "d", "i", "w", "e", "v", "wtf", "println",
            "printf", "writeline", "table", "dir", "add", "unknown",
        ]
        for level in levels { for ending in ["", "f", "ln", "w", "context", "ctx", "s", "event"] { methods.insert(level + ending) } }
        return methods
    }()
}
