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
    ])

    static func all(in code: CodeText, _ lines: LineTable) -> [Signal] {
        var found: [Signal] = []
        let functions = code.functions
        func add(_ kind: Kind, _ first: Int, _ last: Int, _ contents: [Range<Int>]) {
            let function = functions.first { $0.tokens.contains(first) }?.name ?? ""
            let content = contents.map { range in range.map { code.text($0) }.joined() }.joined(separator: ",")
            let span = code.tokens[first].start..<max(code.tokens[first].start, code.tokens[last].end)
            let text = code.text(in: span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
            found.append(Signal(kind: kind, content: content, text: text, function: function, line: lines.line(at: span.lowerBound)))
        }
        for log in LogCall.all(in: code) { add(.log, log.first, log.last, log.contents) }
        for index in code.tokens.indices where code.kind(index) == .word && code.tokens[index].end - code.tokens[index].start <= 28 {
            let word = code.text(index)
            guard metrics.contains(word) || traces.contains(word), let call = code.call(at: index) else { continue }
            let names = Set(call.chain.dropLast().flatMap { CodeWords.of($0) })
            if traces.contains(word) {
                if !names.isDisjoint(with: tracers) || word.lowercased().contains("span") || word.hasPrefix("capture") {
                    add(.trace, call.first, call.last, [call.content])
                }
            } else if !names.isDisjoint(with: meters) {
                add(.metric, call.first, call.last, [call.content])
            }
        }
        return found
    }

    private static let metrics: Set<String> = [
        "inc", "increment", "incr", "observe", "record", "gauge", "timing", "counter", "histogram", "count", "set", "add", "labels", "Inc", "Observe", "Add",
        "Set",
        "WithLabelValues", "distribution", "time", "decrement", "dec", "put_metric_data", "send", "emit", "track",
    ]
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
        var added = unmatched(new, against: old)
        var removed: [Signal] = []
        for signal in unmatched(old, against: new) where signal.function.isEmpty || functions.contains(signal.function) {
            if let place = added.firstIndex(where: { $0.kind == signal.kind && $0.function == signal.function }) {
                added.remove(at: place)
            } else {
                removed.append(signal)
            }
        }
        return removed.filter { signal in
            if let place = added.firstIndex(where: { $0.kind == signal.kind }) {
                added.remove(at: place)
                return false
            }
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

    /// The line of the new text after which a line of the old one stood; 1 where nothing is left of what was above it.
    static func anchor(of line: Int, in old: [String], _ new: [String]) -> Int {
        var places: [String: [Int]] = [:]
        for (index, text) in new.enumerated() { places[text, default: []].append(index + 1) }
        var above = line - 1
        var steps = 0
        while above >= 1, steps < 200 {
            let text = old[above - 1]
            if text.contains(where: { $0.isLetter || $0.isNumber }), let found = places[text] {
                return found.min { abs($0 - above) < abs($1 - above) } ?? 1
            }
            above -= 1
            steps += 1
        }
        return 1
    }
}
