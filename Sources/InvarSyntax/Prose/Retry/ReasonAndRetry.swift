package import InvarCore

/// Whether an exception, or a whole decision, gives a real reason and a real retry strategy.
///
/// Structure decides first (a field, a heading, a label, a table row, a bold lead-in), words second, length never.
package struct ReasonAndRetry: Hashable, Sendable {
    package var reason: Reason
    package var retry: Retry

    package init(reason: Reason, retry: Retry) {
        self.reason = reason
        self.retry = retry
    }

    package enum Reason: Hashable, Sendable {
        case present
        /// Something stands there that says nothing: TBD, 未定, only a link, the template's own words.
        case placeholder
        case absent
    }

    package enum Retry: Hashable, Sendable {
        case present([RetryMechanism])
        /// It says whether, not how: 「再試行しない。」 and what becomes of the lost request is open.
        case withoutMechanism
        case placeholder
        case absent
    }

    /// Judges the fields of one exception; what it leaves out may stand in the body of its decision.
    ///
    /// - Parameters:
    ///   - lines: the lines of the decision, 1-based, both inclusive.
    package static func judge(_ exception: InvarCore.Exception, in file: MarkdownFile, lines: ClosedRange<Int>) -> ReasonAndRetry {
        var judged = ReasonAndRetry(reason: reason(exception.reason), retry: retry(exception.retry))
        guard judged.reason == .absent || judged.retry == .absent else { return judged }
        let body = DecisionGrounds.read(file, lines: lines)
        if judged.reason == .absent { judged.reason = reason(body.reason?.text) }
        if judged.retry == .absent { judged.retry = retry(body.retry?.text) }
        return judged
    }

    /// Judges a reason's text.
    package static func reason(_ text: String?) -> Reason {
        guard let text, !text.trimmingBlanks.isEmpty else { return .absent }
        return says(text) ? .present : .placeholder
    }

    /// Judges a retry strategy's text.
    package static func retry(_ text: String?) -> Retry {
        guard let text, !text.trimmingBlanks.isEmpty else { return .absent }
        guard says(text) else { return .placeholder }
        let mechanisms = RetryWords.mechanisms(in: text).sorted()
        return mechanisms.isEmpty ? .withoutMechanism : .present(mechanisms)
    }

    /// Whether at least one of its lines or sentences is more than a placeholder.
    static func says(_ text: String) -> Bool {
        let lines = text.split { $0.isNewline || "。".contains($0) }
        return lines.contains { line in
            let part = withoutLinks(String(line))
            return !Placeholder.isEmpty(part) && !isRequest(part)
        }
    }

    /// Links and ids alone say nothing.
    private static func withoutLinks(_ text: String) -> String {
        text.split { $0 == " " || $0 == "　" }.filter { word in
            !(word.hasPrefix("http://") || word.hasPrefix("https://") || word.hasPrefix("[[") || (word.hasPrefix("[") && word.contains("](")))
        }.joined(separator: " ")
    }

    /// 「理由を記入してください」, "Describe the reason here": a template speaking.
    private static func isRequest(_ text: String) -> Bool {
        requests.isIn(ProseSentence.folded(text.unicodeScalars))
    }

    private static let requests = PhraseSet([
        "を記入", "を記載してください", "を書いてください", "をここに", "記載すること", "記入すること", "記述してください", "を記述する。", "describe the", "describe why", "explain why", "explain the", "what is the reason", "fill in", "insert your", "write the reason", "your reason here", "state the reason", "why are we", "lorem ipsum",
        "なぜこの決定をしたのか", "どのように再試行するか", "how will you retry",
    ])
}
