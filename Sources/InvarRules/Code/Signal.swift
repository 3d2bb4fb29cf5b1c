import InvarCore
import InvarSyntax

/// A call that lets people see what a program does: a log line, a metric, a span.
struct Signal: Hashable {
    enum Kind: String { case log, metric, trace }

    var kind: Kind
    /// Its arguments without white space: the same after a change of the level.
    var content: String
    /// As it is written, in one line.
    var text: String
    /// The outermost function it stands in; "" outside of all.
    var function: String
    var line: Int

    static let cues = CueSet([
        "log", "console", "metric", "counter", "gauge", "histogram", "statsd", "meter", "span", "tracer", "sentry", "info!", "warn!", "error!", "timber",
        "withlabelvalues",
        "put_metric_data",
    ])

    static func all(in code: CodeText, _ lines: LineTable) -> [Signal] {
        var found: [Signal] = []
        let functions = code.functions
        func add(_ kind: Kind, _ first: Int, _ last: Int, _ contents: [Range<Int>]) {
            let function = functions.index(holding: first).map { functions[$0].name } ?? ""
            let content = contents.map { range in range.prefix(longestContent).map { code.text($0) }.joined() }.joined(separator: ",")
            let start = code.tokens[first].start
            let end = min(max(start, code.tokens[last].end), start + longestText)
            let text = code.text(in: start..<end).split(whereSeparator: \.isWhitespace).joined(separator: " ")
            found.append(Signal(kind: kind, content: content, text: text, function: function, line: lines.line(at: start)))
        }
        for log in LogCall.all(in: code) { add(.log, log.first, log.last, log.contents) }
        var end = -1
        for index in code.tokens.indices where index > end && code.kind(index) == .word && code.tokens[index].end - code.tokens[index].start <= 28 {
            let word = code.text(index)
            guard metrics.contains(word) || traces.contains(word), let call = code.call(at: index) else { continue }
            let names = Set(call.chain.dropLast().flatMap { CodeWords.of($0) })
            if traces.contains(word) {
                if !names.isDisjoint(with: tracers) || word.lowercased().contains("span") || word.hasPrefix("capture") {
                    add(.trace, call.first, call.last, [call.content])
                }
            } else if !names.isDisjoint(with: meters) || call.chain.count > 1 && clear.contains(word) || code.isToken(index + 1, "!") {
                // `requests.WithLabelValues("a").Inc()` is one signal.
                var contents = [call.content]
                end = call.last
                while code.isToken(end + 1, "."), let next = code.call(at: end + 2), contents.count < 10 {
                    contents.append(next.content)
                    end = next.last
                }
                add(.metric, call.first, end, contents)
            }
        }
        return found
    }

    /// Tokens of one argument list, and bytes of a call, that are kept: a call may hold half of its file.
    private static let longestContent = 200
    private static let longestText = 1000

    private static let metrics: Set<String> = [
        "inc", "increment", "incr", "observe", "record", "gauge", "timing", "counter", "histogram", "count", "set", "add", "labels", "Inc", "Observe", "Add",
        "Set", "WithLabelValues", "distribution", "time", "decrement", "dec", "put_metric_data", "send", "emit", "track",
    ]
    /// Methods that nothing but a metric has.
    private static let clear: Set<String> = ["WithLabelValues", "put_metric_data"]
    private static let meters: Set<String> = [
        "metric", "metrics", "counter", "counters", "gauge", "histogram", "statsd", "prometheus", "meter", "timer", "stats", "datadog", "dogstatsd", "newrelic",
        "cloudwatch", "summary", "registry", "micrometer",
    ]
    private static let traces: Set<String> = [
        "start_span", "startSpan", "start_as_current_span", "startActiveSpan", "set_attribute", "setAttribute", "addEvent", "add_event", "record_exception",
        "recordException", "RecordError", "spanBuilder", "StartSpan", "withSpan", "in_span", "captureException", "capture_exception", "captureMessage",
        "capture_message",
    ]
    private static let tracers: Set<String> = ["tracer", "span", "trace", "tracing", "otel", "opentelemetry", "sentry", "honeybadger", "bugsnag", "rollbar"]
}

/// What a change takes away from what people can see.
enum RemovedSignals {
    /// The signals of `old` that `new` has no equal or substitute of. A signal in the same function, or else anywhere in
    /// the file, that is new and of the same kind is a substitute; one whose function is gone is not missed.
    ///
    /// - Parameter elsewhere: how many signals of each content other changed files gained.
    static func between(_ old: [Signal], _ new: [Signal], functions: Set<String>, elsewhere: inout [String: Int]) -> [Signal] {
        // By kind and function, and by kind alone.
        var added: [String: Int] = [:]
        for signal in unmatched(new, against: old) {
            added[signal.kind.rawValue + "\n" + signal.function, default: 0] += 1
            added[signal.kind.rawValue, default: 0] += 1
        }
        func takesPlace(_ signal: Signal, _ key: String) -> Bool {
            guard let count = added[key], count > 0, let all = added[signal.kind.rawValue], all > 0 else { return false }
            added[key] = count - 1
            if key != signal.kind.rawValue { added[signal.kind.rawValue] = all - 1 }
            return true
        }
        let missed = unmatched(old, against: new).filter { signal in
            (signal.function.isEmpty || functions.contains(signal.function)) && !takesPlace(signal, signal.kind.rawValue + "\n" + signal.function)
        }
        return missed.filter { signal in
            if takesPlace(signal, signal.kind.rawValue) { return false }
            guard let count = elsewhere[signal.content], count > 0 else { return true }
            elsewhere[signal.content] = count - 1
            return false
        }
    }

    /// The signals that have no partner of the same kind and content.
    static func unmatched(_ signals: [Signal], against others: [Signal]) -> [Signal] {
        var counts: [String: Int] = [:]
        for other in others { counts[other.kind.rawValue + other.content, default: 0] += 1 }
        return signals.filter { signal in
            let key = signal.kind.rawValue + signal.content
            guard let count = counts[key], count > 0 else { return true }
            counts[key] = count - 1
            return false
        }
    }
}

/// Where in a new text what stood in the old one would stand.
struct LineAnchors {
    private let old: [String]
    /// The lines of the new text by their words, in order.
    private let places: [String: [Int]]

    init(_ old: [String], _ new: [String]) {
        self.old = old
        var places: [String: [Int]] = [:]
        for (index, text) in new.enumerated() { places[text, default: []].append(index + 1) }
        self.places = places
    }

    /// The line of the new text after which a line of the old one stood; 1 where nothing is left of what was above it.
    func anchor(of line: Int) -> Int {
        var above = line - 1
        var steps = 0
        while above >= 1, steps < LineAnchors.maximumSteps {
            let text = old[above - 1]
            if text.contains(where: { $0.isLetter || $0.isNumber }), let found = places[text] { return LineAnchors.nearest(to: above, in: found) }
            above -= 1
            steps += 1
        }
        return 1
    }

    private static func nearest(to line: Int, in lines: [Int]) -> Int {
        var low = 0
        var high = lines.count
        while low < high {
            let middle = (low + high) / 2
            if lines[middle] < line { low = middle + 1 } else { high = middle }
        }
        let candidates = lines[max(0, low - 1)..<min(lines.count, low + 1)]
        return candidates.min { abs($0 - line) < abs($1 - line) } ?? 1
    }

    private static let maximumSteps = 200
}
