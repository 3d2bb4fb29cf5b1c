/// Checks a reviewer's comments one by one.
struct ReviewAnswerVerifier {
    private let knowledge: Knowledge
    /// By path and side, the lines that the patch shows.
    private let lines: [String: [Int: Shown]]
    private let paths: Set<String>

    private struct Shown {
        var line: Patch.Line
        var newLine: Int
    }

    struct Refusal: Error {
        var why: String
    }

    init(patch: Patch, knowledge: Knowledge) {
        self.knowledge = knowledge
        var lines: [String: [Int: Shown]] = [:]
        var paths = Set<String>()
        for file in patch.files {
            paths.insert(file.path)
            if let old = file.oldPath { paths.insert(old) }
            guard file.content == .text else { continue }
            let keys = (new: "new\n" + file.path, old: Set([file.path, file.oldPath ?? file.path].map { "old\n" + $0 }))
            for hunk in file.hunks {
                var last = hunk.before
                for line in hunk.lines {
                    if let number = line.new {
                        last = number
                        lines[keys.new, default: [:]][number] = Shown(line: line, newLine: number)
                    }
                    if let number = line.old { for key in keys.old { lines[key, default: [:]][number] = Shown(line: line, newLine: max(1, last)) } }
                }
            }
        }
        self.lines = lines
        self.paths = paths
    }

    func comment(_ item: JSONTree) throws(Refusal) -> ReviewAnswer.Comment {
        guard case .object = item.value else { throw Refusal(why: "is no object") }
        if let key = item.repeatedKey { throw Refusal(why: "has \"\(key)\" twice") }
        let (invariant, clause) = try subject(item)
        guard let verdict = try text(item, "verdict").flatMap(ReviewAnswer.Verdict.init(rawValue:)) else {
            throw Refusal(why: "the verdict is none of threatens, justified, unclear")
        }
        guard let path = try text(item, "path"), paths.contains(path) else { throw Refusal(why: "the path is not in the diff") }
        guard let side = ReviewAnswer.Side(rawValue: try text(item, "side") ?? "new") else { throw Refusal(why: "the side is neither new nor old") }
        let (first, last, shown) = try place(item, path, side)
        guard let quote = try text(item, "quote"), quote.contains(where: { !$0.isWhitespace }) else { throw Refusal(why: "there is no quote") }
        try confirm(quote, shown)
        guard let why = try text(item, "why"), why.contains(where: { !$0.isWhitespace }) else { throw Refusal(why: "it does not say why") }
        let decision = try decision(item, verdict, invariant: invariant, clause: clause, path: path)
        let confidence = item["confidence"].flatMap { $0.isNull ? nil : $0 }
        if let confidence {
            guard let number = confidence.double, (0...1).contains(number) else { throw Refusal(why: "the confidence is no number from 0 to 1") }
        }
        return ReviewAnswer.Comment(
            invariant: invariant, clause: clause, verdict: verdict, decision: decision, path: path, side: side, line: first, endLine: last, quote: quote,
            why: why,
            confidence: confidence?.double, shown: shown[0].line, newLine: shown[0].newLine)
    }

    /// A member that is a string; nil when it is absent or null.
    private func text(_ item: JSONTree, _ key: String) throws(Refusal) -> String? {
        guard let member = item[key], !member.isNull else { return nil }
        guard let text = member.text else { throw Refusal(why: "\"\(key)\" is no string") }
        guard text.utf8.count <= 20_000 else { throw Refusal(why: "\"\(key)\" is too long") }
        return text
    }

    private func subject(_ item: JSONTree) throws(Refusal) -> (invariant: String, clause: String?) {
        guard let name = try text(item, "invariant") else { throw Refusal(why: "no invariant is named") }
        guard let found = knowledge.invariant(name) else { throw Refusal(why: "there is no invariant \(name)") }
        guard found.invariant.status != .retired else { throw Refusal(why: "\(found.invariant.id) is retired") }
        guard let clause = try text(item, "clause") else { return (found.invariant.id, nil) }
        guard let known = found.invariant.clauses.first(where: { EntryName.key(id: $0.id) == EntryName.key(id: clause) }) else {
            throw Refusal(why: "\(found.invariant.id) has no clause \(clause)")
        }
        return (found.invariant.id, known.id)
    }

    private func place(_ item: JSONTree, _ path: String, _ side: ReviewAnswer.Side) throws(Refusal) -> (first: Int, last: Int, shown: [Shown]) {
        guard let first = item["line"]?.integer, first > 0 else { throw Refusal(why: "the line is no line number") }
        var last = first
        if let end = item["endLine"], !end.isNull {
            guard let number = end.integer, number >= first, number - first < 2_000 else {
                throw Refusal(why: "the end line is no line number at or after the line")
            }
            last = number
        }
        let known = lines[side.rawValue + "\n" + path] ?? [:]
        var shown: [Shown] = []
        for number in first...last {
            guard let line = known[number] else { throw Refusal(why: "line \(number) of the \(side.rawValue) side is not in the diff") }
            shown.append(line)
        }
        return (first, last, shown)
    }

    private func confirm(_ quote: String, _ shown: [Shown]) throws(Refusal) {
        let literal = shown.map { String($0.line.plain) }.joined(separator: "\n")
        let wanted = quote.replacing("\r\n", with: "\n").trimmingBlanks
        guard wanted.count(where: { !$0.isWhitespace }) >= 3 || wanted == literal.trimmingBlanks else {
            throw Refusal(why: "the quote is too short to show anything")
        }
        // The prompt shows control characters as escapes.
        guard literal.holds(wanted) || shown.map({ PromptText.line($0.line.plain) }).joined(separator: "\n").holds(wanted) else {
            throw Refusal(why: "the quote does not stand on those lines")
        }
    }

    private func decision(
        _ item: JSONTree, _ verdict: ReviewAnswer.Verdict, invariant: String, clause: String?, path: String
    ) throws(Refusal) -> String? {
        guard let name = try text(item, "decision") else {
            if verdict == .justified { throw Refusal(why: "justified by no decision") }
            return nil
        }
        let granted = knowledge.exceptions.filter {
            EntryName.key(id: $0.decision) == EntryName.key(decision: name) && knowledge.invariant($0.exception.invariant)?.invariant.id == invariant
        }
        guard !granted.isEmpty else { throw Refusal(why: "\(name) grants no exception to \(invariant)") }
        let active = granted.filter { $0.state == .active }
        guard !active.isEmpty else { throw Refusal(why: "the exception of \(name) is \(granted[0].state.rawValue)") }
        let covering = active.first { item in
            let named = item.exception.clause.map { EntryName.key(id: $0) }
            return item.exception.covers(path: path) && item.exception.operations.isEmpty
                && (named == nil || clause == nil || named == clause.map { EntryName.key(id: $0) })
        }
        guard let covering else { throw Refusal(why: "the exception of \(name) does not cover \(clause ?? invariant) in \(path)") }
        return covering.decision
    }
}
