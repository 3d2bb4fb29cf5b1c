import InvarCore

/// Reads what a status line says: which words count, which are qualified, denied or only a template's choice.
enum StatusReader {
    /// The status that a text states, nil when none of its words is known or it is a choice still to be made.
    ///
    /// The first clause that begins with a status word decides. A later clause changes it only when the record's life
    /// went on from there: `Accepted; superseded by …`, `Proposed → Accepted`, `Accepted (deprecated since v3)`.
    static func status(of text: String, _ vocabulary: StatusVocabulary) -> Decision.Status? {
        reading(of: StatusVocabulary.comparable(String(text.prefix(longest))), vocabulary)?.status
    }

    /// The characters of a status line that are looked at.
    static let longest = 2000

    /// A status and the words that state it.
    struct Reading {
        var status: Decision.Status
        /// The status word, in scalars of the comparable text.
        var word: Range<Int>
        /// The clause that it decides.
        var clause: Range<Int>
    }

    /// The same of comparable text, with the words that decide it.
    static func reading(of text: [Unicode.Scalar], _ vocabulary: StatusVocabulary) -> Reading? {
        let line = StatusLine(text, vocabulary)
        if line.isChoice { return nil }
        guard let lead = line.clauses.firstIndex(where: { line.leading($0) != nil }) else { return line.loose }
        var status = line.leading(line.clauses[lead])
        var deciding = lead
        for (index, clause) in line.clauses.enumerated().dropFirst(lead + 1) {
            guard let next = line.leading(clause), let current = status, !line.denies(clause) else { continue }
            let isStep = clause.isAfterArrow
            if isStep || (rank(next) >= rank(current) && rank(next) > 0 && line.stands(alone: clause)) {
                // A rejected record was never in force, so nothing can have superseded it.
                if !isStep, current == .rejected || (current == .superseded && next == .deprecated) { continue }
                if !isStep, clause.isInParentheses, rank(next) < 2 { continue }
                if next != current || isStep { deciding = index }
                status = next
            }
        }
        guard let status, let word = line.clauses[deciding].match?.range else { return nil }
        return Reading(status: status, word: word, clause: line.clauses[deciding].range)
    }

    /// Whether the text begins with a status word, so that it can be one step of a history.
    static func leads(_ text: String, _ vocabulary: StatusVocabulary) -> Bool {
        let line = StatusLine(StatusVocabulary.comparable(String(text.prefix(400))), vocabulary)
        guard let first = line.clauses.first(where: { !line.isFiller($0) }) else { return false }
        return line.leading(first) != nil
    }

    /// The number of different statuses named, to tell a legend from a history.
    static func words(in text: String, _ vocabulary: StatusVocabulary) -> Set<Decision.Status> {
        Set(vocabulary.matches(in: StatusVocabulary.comparable(String(text.prefix(400)))).map(\.status))
    }

    /// Whether the text offers several statuses to choose from.
    static func isChoice(_ text: String, _ vocabulary: StatusVocabulary) -> Bool {
        StatusLine(StatusVocabulary.comparable(String(text.prefix(400))), vocabulary).isChoice
    }

    private static func rank(_ status: Decision.Status) -> Int {
        switch status {
        case .unknown: -1
        case .proposed: 0
        case .accepted: 1
        case .rejected, .deprecated: 2
        case .superseded: 3
        }
    }
}

/// A status line cut into clauses at punctuation, arrows and parentheses.
private struct StatusLine {
    struct Clause {
        var range: Range<Int>
        var isAfterArrow: Bool
        var isInParentheses: Bool
        var match: StatusVocabulary.Match?
    }

    let text: [Unicode.Scalar]
    let matches: [StatusVocabulary.Match]
    private(set) var clauses: [Clause] = []

    init(_ text: [Unicode.Scalar], _ vocabulary: StatusVocabulary) {
        self.text = text
        self.matches = vocabulary.matches(in: text)
        split()
    }

    private mutating func split() {
        var start = 0
        var depth = 0
        var afterArrow = false
        var upcoming = matches[...]
        func clause(to end: Int) -> Clause {
            while let first = upcoming.first, first.range.lowerBound < start { upcoming.removeFirst() }
            let match = upcoming.first.flatMap { $0.range.upperBound <= end ? $0 : nil }
            return Clause(range: start..<end, isAfterArrow: afterArrow, isInParentheses: depth > 0, match: match)
        }
        var index = 0
        while index < text.count {
            guard let length = separator(at: index) else {
                index += 1
                continue
            }
            if index > start { clauses.append(clause(to: index)) }
            if index > start || length.isArrow { afterArrow = length.isArrow }
            if text[index] == "(" || text[index] == "「" { depth += 1 }
            if text[index] == ")" || text[index] == "」" { depth = max(0, depth - 1) }
            index += length.count
            start = index
        }
        if text.count > start { clauses.append(clause(to: text.count)) }
    }

    private func separator(at index: Int) -> (count: Int, isArrow: Bool)? {
        let next: Unicode.Scalar? = index + 1 < text.count ? text[index + 1] : nil
        switch text[index] {
        case "→", "⇒", "➡", "➜", "⟶": return (1, true)
        case "-" where next == ">", "=" where next == ">": return (2, true)
        case ",", ";", "(", ")", "|", "/", "—", "―", "\n", "、", "。", "「", "」", "・", "[", "]", "{", "}", "<", ">", "\\":
            return (1, false)
        case ":": return (1, false)
        case ".", "!", "?": return next == nil || next?.isBlank == true ? (1, false) : nil
        case "-": return next?.isBlank == true && (index == 0 || text[index - 1].isBlank) ? (1, false) : nil
        default: return nil
        }
    }

    // MARK: Clauses

    /// The status that a clause begins with; nil when it says something else, or something only about a part.
    func leading(_ clause: Clause) -> Decision.Status? {
        guard let match = clause.match else { return nil }
        let before = words(clause.range.lowerBound..<match.range.lowerBound)
        let after = words(match.range.upperBound..<clause.range.upperBound)
        if isPartial(match, before, after) { return .accepted }
        if match.status == .superseded, StatusLine.isAgent(before) { return .superseded }
        if match.status != .accepted, !StatusLine.isPreface(before) { return nil }
        return qualified(match, before, after, isLead: true)
    }

    /// `Proposed — not confirmed by the owner`: what did not happen takes the record nowhere.
    func denies(_ clause: Clause) -> Bool {
        guard let match = clause.match, match.status == .accepted else { return false }
        return words(clause.range.lowerBound..<match.range.lowerBound).contains { ["not", "never", "isn't", "wasn't", "hasn't"].contains($0) }
    }

    /// The first status word wherever it stands, for `This ADR has been accepted by the board`.
    var loose: StatusReader.Reading? {
        for clause in clauses {
            guard let match = clause.match else { continue }
            let before = words(clause.range.lowerBound..<match.range.lowerBound)
            let after = words(match.range.upperBound..<clause.range.upperBound)
            let found = isPartial(match, before, after) ? .accepted : qualified(match, before, after, isLead: false)
            if let found { return StatusReader.Reading(status: found, word: match.range, clause: clause.range) }
        }
        return nil
    }

    private func qualified(
        _ match: StatusVocabulary.Match, _ before: [String], _ after: [String], isLead: Bool
    ) -> Decision.Status? {
        if before.contains(where: StatusLine.conditions.contains) { return nil }
        let isLater = before.contains { ["yet", "awaiting", "waiting", "needs", "requires", "for", "be"].contains($0) }
        let isDenied = before.contains { ["not", "never", "isn't", "un", "non", "wasn't", "hasn't"].contains($0) }
        if match.status == .accepted {
            if isDenied { return isLater || after.first == "yet" ? .proposed : .rejected }
            if before.contains("longer") { return .deprecated }
            if isLater, before.contains(where: { ["to", "be", "awaiting", "waiting", "needs", "requires"].contains($0) }),
                !before.contains("been")
            {
                return .proposed
            }
            if isLead, !StatusLine.isPreface(before) { return nil }
        } else if isDenied || before.contains("longer") {
            return nil
        }
        return japanese(match)
    }

    /// `採用しない`, `承認待ち`, `決定前`: what follows the word without a space can turn it round.
    private func japanese(_ match: StatusVocabulary.Match) -> Decision.Status? {
        guard let last = text[match.range].last, last.isCJK else { return match.status }
        let rest = String(String.UnicodeScalarView(text[match.range.upperBound...].prefix(12)))
        if rest.hasPrefix("予定") || rest.hasPrefix("待ち") || rest.hasPrefix("前") || rest.hasPrefix("候補") {
            return match.status == .accepted ? .proposed : nil
        }
        for denial in ["しない", "せず", "されない", "されず", "しなかった", "されなかった", "ではない", "ではなく", "でない"] {
            guard rest.hasPrefix(denial) else { continue }
            return match.status == .accepted ? .rejected : nil
        }
        if rest.hasPrefix("されていない") || rest.hasPrefix("していない") {
            return match.status == .accepted ? .proposed : nil
        }
        if rest.hasPrefix("取り消") || rest.hasPrefix("取消") || rest.hasPrefix("撤回") || rest.hasPrefix("見送り") {
            return match.status == .accepted ? .rejected : nil
        }
        return match.status
    }

    /// Whether only a part was superseded or withdrawn, which leaves the record itself in force.
    private func isPartial(_ match: StatusVocabulary.Match, _ before: [String], _ after: [String]) -> Bool {
        guard [.superseded, .deprecated, .rejected].contains(match.status) else { return false }
        let partly: Set<String> = ["partially", "partly", "partial", "part"]
        if before.contains(where: partly.contains) || after.prefix(3).contains(where: partly.contains) { return true }
        return before.contains { $0.hasPrefix("一部") || $0.hasPrefix("部分") } || after.first == "in-part"
    }

    /// Whether what follows the status word is nothing, a date or who did it, so that the clause is a step of its own.
    func stands(alone clause: Clause) -> Bool {
        guard let match = clause.match else { return false }
        if match.status == .superseded { return true }
        if let last = text[match.range].last, last.isCJK { return true }
        guard let next = words(match.range.upperBound..<clause.range.upperBound).first else { return true }
        if let first = next.unicodeScalars.first, first.isASCIIDigit { return true }
        return ["by", "since", "on", "in", "as", "at", "from", "after", "with", "and"].contains(next)
    }

    /// Dates, emoji and labels in front of the words that count.
    func isFiller(_ clause: Clause) -> Bool {
        text[clause.range].allSatisfy { !$0.properties.isAlphabetic } || words(clause.range) == ["status"]
    }

    // MARK: Choices

    /// `proposed | accepted`, `{draft, final}`, `Proposed / Accepted / Rejected`: a template's line left as it was.
    var isChoice: Bool {
        var distinct: [Decision.Status] = []
        var hasBar = false
        var previous: StatusVocabulary.Match?
        for match in matches {
            if let previous {
                let between = String(String.UnicodeScalarView(text[previous.range.upperBound..<match.range.lowerBound]))
                let joint = between.filter { !$0.isWhitespace && $0 != "…" && $0 != "." && $0 != "`" }
                let isBar = joint == "|" || joint == "/" || joint == "or" || joint == "または" || joint == "||"
                guard isBar || [",", "、", "・", ",or", ""].contains(joint) else { break }
                // "Deprecated / Superseded by X" states two things that are both true.
                let isPair = [.superseded, .deprecated].contains(match.status) && previous.status != match.status
                hasBar = hasBar || (isBar && !(isPair && distinct.allSatisfy { $0 == .deprecated || $0 == .superseded }))
            } else if match.range.lowerBound > 12 {
                return false
            }
            if !distinct.contains(match.status) { distinct.append(match.status) }
            previous = match
        }
        if let first = text.first, "{[<\\".unicodeScalars.contains(first), Set(matches.map(\.status)).count > 1 { return true }
        // "Accepted / superseded by ADR-0003" names its successor; a template's "superseded by" has more to choose from.
        if distinct.count == 2, distinct.contains(.superseded), text.contains(where: \.isASCIIDigit) { return false }
        return distinct.count >= 3 || (distinct.count >= 2 && hasBar)
    }

    // MARK: Words

    private static let conditions: Set<String> = [
        "if", "when", "once", "until", "unless", "before", "would", "could", "should", "may", "might", "can",
    ]

    /// Words that may stand before a status without making it a statement about something else.
    private static let prefaces: Set<String> = [
        "status", "now", "currently", "current", "since", "and", "but", "then", "later", "was", "is", "has", "been",
        "have", "this", "adr", "decision", "record", "it", "be", "to", "not", "never", "no", "longer", "yet", "non",
        "un", "subsequently", "finally", "already", "fully", "completely", "formally", "officially", "provisionally",
        "tentatively", "state", "being", "as", "of", "originally", "initially", "previously", "still", "today",
        "awaiting", "waiting", "needs", "requires", "for", "isn't", "wasn't", "hasn't", "その後", "のち", "後に", "現在",
        "現在は", "一旦", "正式に", "本adrは", "このadrは", "は", "a", "the", "v1", "new", "old", "requirements",
    ]

    private static func isPreface(_ words: [String]) -> Bool {
        words.allSatisfy { word in
            prefaces.contains(word) || word.unicodeScalars.allSatisfy { !$0.properties.isAlphabetic }
        }
    }

    /// `ADR-0012 により`, `x.md によって`: the record that did it stands before the Japanese verb.
    private static func isAgent(_ words: [String]) -> Bool {
        var rest = words.joined().unicodeScalars[...]
        guard !rest.isEmpty else { return true }
        for particle in ["によって", "により", "にて", "で", "に", "へ", "から", "による"] {
            guard String(rest).hasSuffix(particle) else { continue }
            rest = rest.dropLast(particle.unicodeScalars.count)
            return rest.allSatisfy { !$0.isCJK }
        }
        return false
    }

    private func words(_ range: Range<Int>) -> [String] {
        text[range].split { $0.isBlank || $0 == "*" || $0 == "`" || $0 == "\"" || $0 == "#" }.map {
            String(String.UnicodeScalarView($0))
        }
    }
}
