import InvarCore

/// The ways to make a record state another status, the smallest change first; whoever asks reads each again and takes the
/// first that says just that.
struct StatusEdit {
    let layout: DecisionLayout
    let words: StatusWords
    let language: Language
    let today: Day

    /// What is to be said: a status alone, or superseded with its successor.
    enum Wanted {
        case status(Decision.Status)
        case superseded(by: (_ isYAML: Bool) -> String)

        var status: Decision.Status {
            switch self {
            case .status(let status): status
            case .superseded: .superseded
            }
        }
    }

    /// - Returns: the ways to change all sites at once.
    func ways(_ wanted: Wanted) -> [[Splice]] {
        let sites = layout.sites.filter { site in
            // A place that says nothing known stays, unless it is the only one.
            if site.status == nil, layout.sites.contains(where: { $0.status != nil }) { return false }
            guard case .status(let status) = wanted else { return true }
            return site.status != status
        }
        var ways: [[Splice]] = [[]]
        for site in sites {
            let own = self.ways(wanted, at: site)
            ways = own.flatMap { way in ways.map { $0 + way } }
            if ways.count > StatusEdit.mostWays { ways = Array(ways.prefix(StatusEdit.mostWays)) }
        }
        return sites.isEmpty ? [] : ways
    }

    private static let mostWays = 60

    private func ways(_ wanted: Wanted, at site: StatusSite) -> [[Splice]] {
        let current = site.word.map { layout.text($0) } ?? layout.text(site.value)
        let word = words.word(wanted.status, like: current, language: language)
        var ways: [[Splice]] = []
        var isYAML = false
        var quote: UInt8?
        if case .yaml(let found) = site.form { (isYAML, quote) = (true, found) }
        var text = word
        if case .superseded(let phrase) = wanted {
            let said = phrase(isYAML)
            text = StatusEdit.cased(said, like: current)
            ways += additions(text, site, isYAML: isYAML, quote: quote)
        }
        if case .ticked(let ticks) = site.form, case .status(let status) = wanted { ways += moved(ticks, status) }
        if case .step(let statement) = site.form { ways += step(text, statement, site) }
        // "Superseded by X" is one word with its successor.
        let goesOn = site.clause != nil && site.clause != site.word || isYAML && site.value != site.word
        let isBound: Bool = if case .status = wanted { site.status == .superseded && goesOn } else { false }
        if let range = site.word, !isBound {
            let echo = site.echo.map { Splice($0, word.replacing("-", with: "--").replacing(" ", with: "%20")) }
            ways.append([replacing(range, text, site, isYAML, quote)] + (echo.map { [$0] } ?? []))
        }
        // A word in the middle of a sentence has another case than the sentence.
        func whole(_ range: Range<Int>) -> [Splice] {
            var text = text
            if case .status(let status) = wanted { text = words.word(status, like: StatusEdit.opening(of: layout.text(range), current), language: language) }
            return [replacing(range, text, site, isYAML, quote)]
        }
        if let clause = site.clause, clause != site.word { ways.append(whole(clause)) }
        if site.value != site.word, site.value != site.clause || ways.isEmpty { ways.append(whole(site.value)) }
        if !isYAML, case .section = site.form { ways.append([Splice(at: site.value.lowerBound, text + "; ")]) }
        if !isYAML, case .labelled = site.form { ways.append([Splice(at: site.value.lowerBound, text + "; ")]) }
        return ways
    }

    /// The current word in the case of the words that it stands among.
    private static func opening(of text: String, _ current: String) -> String {
        guard current.unicodeScalars.allSatisfy(\.isASCII), let first = text.unicodeScalars.first(where: \.properties.isAlphabetic), first.isASCII else {
            return current
        }
        return StatusWords.cased(current, like: text)
    }

    /// A phrase in the case of a word: only its first letter follows, names keep theirs.
    private static func cased(_ phrase: String, like word: String) -> String {
        guard let first = word.unicodeScalars.first(where: \.properties.isAlphabetic), phrase.unicodeScalars.first?.isASCII ?? false else { return phrase }
        return first.properties.isLowercase ? phrase.prefix(1).lowercased() + phrase.dropFirst() : phrase
    }

    /// Behind what is said already: `Accepted (2026-03-01); superseded by …`, `Superseded by A, B`.
    private func additions(_ text: String, _ site: StatusSite, isYAML: Bool, quote: UInt8?) -> [[Splice]] {
        guard site.saysMore(in: layout.file.bytes), site.word != nil else { return [] }
        if isYAML, quote == nil, text.contains("[") { return [] }
        if case .step = site.form { return [] }
        let isJapanese = text.unicodeScalars.contains(where: \.isCJK)
        let joint = isJapanese ? "。" : "; "
        let said = isJapanese ? text : text.prefix(1).lowercased() + text.dropFirst()
        return [[Splice(at: site.value.upperBound, joint + encoded(said, quote))]]
    }

    private func replacing(_ range: Range<Int>, _ text: String, _ site: StatusSite, _ isYAML: Bool, _ quote: UInt8?) -> Splice {
        guard isYAML else { return Splice(range, text) }
        if quote == nil, range == site.value, layout.file.lines.line(at: range.lowerBound) == site.line, !YAMLText.isPlain(text), isFlow(site) {
            return Splice(range, "\"" + encoded(text, 0x22) + "\"")
        }
        return Splice(range, encoded(text, quote))
    }

    /// Whether the scalar stands on the line of its key, not in a block below it.
    private func isFlow(_ site: StatusSite) -> Bool {
        let line = layout.file.lines.range(ofLine: site.line)
        return layout.file.bytes[line.lowerBound..<site.value.lowerBound].contains { $0 == 0x3A || $0 == 0x5B || $0 == 0x2D }
    }

    private func encoded(_ text: String, _ quote: UInt8?) -> String {
        switch quote {
        case 0x22: text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        case 0x27: text.replacing("'", with: "''")
        default: text
        }
    }

    /// The tick goes to the item that names the status.
    private func moved(_ ticks: [StatusSite.Tick], _ status: Decision.Status) -> [[Splice]] {
        guard let from = ticks.first(where: \.isTicked), let to = ticks.first(where: { !$0.isTicked && $0.status == status }) else { return [] }
        return [[Splice(from.box, " "), Splice(to.box, layout.text(from.box))]]
    }

    /// A history goes on with a line of its own, in the shape of the last one.
    private func step(_ text: String, _ statement: DecisionStatement, _ site: StatusSite) -> [[Splice]] {
        guard let word = site.word else { return [] }
        let line = layout.file.lines.range(ofLine: statement.line)
        var end = line.upperBound
        while end > line.lowerBound, layout.file.bytes[end - 1] == 0x0A || layout.file.bytes[end - 1] == 0x0D { end -= 1 }
        guard word.lowerBound >= line.lowerBound, word.upperBound <= end else { return [] }
        let (before, after) = (layout.text(line.lowerBound..<word.lowerBound), layout.text(word.upperBound..<end))
        let blank: (Unicode.Scalar) -> Bool = { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
        let day = today.description
        var lines: [String] = []
        if let redated = StatusEdit.redated(before, day), after.unicodeScalars.allSatisfy(blank) {
            lines.append(redated + text + after)
        } else if before.unicodeScalars.allSatisfy(blank) {
            if let redated = StatusEdit.redated(after, day) { lines.append(before + text + redated) }
            if after.unicodeScalars.allSatisfy(blank) { lines.append(before + text + after) }
        }
        lines.append(StatusEdit.marker(before) + text + " (" + day + ")")
        return lines.map { [layout.inserting([$0], after: statement.line)] }
    }

    /// The text with another day in place of the only one, where it says nothing else; nil when it does.
    private static func redated(_ text: String, _ day: String) -> String? {
        let scalars = Array(text.unicodeScalars)
        guard let start = scalars.firstIndex(where: \.isASCIIDigit), let end = scalars.lastIndex(where: \.isASCIIDigit), end - start == 9,
            let found = DateReader.day(in: DecisionHeading.string(scalars[start...end])), found.description.count == 10
        else { return nil }
        let rest = scalars[..<start] + scalars[(end + 1)...]
        guard rest.allSatisfy({ !$0.properties.isAlphabetic && $0.properties.numericType == nil }) else { return nil }
        let joint = scalars[start + 4]
        return DecisionHeading.string(scalars[..<start]) + day.replacing("-", with: String(joint)) + DecisionHeading.string(scalars[(end + 1)...])
    }

    /// `- ` with its indentation.
    private static func marker(_ line: String) -> String {
        let blanks = line.prefix { $0 == " " || $0 == "\t" }
        guard let mark = line.dropFirst(blanks.count).first, "-*+".contains(mark) else { return String(blanks) }
        return blanks + String(mark) + " "
    }
}
