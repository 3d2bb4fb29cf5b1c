import InvarCore

/// Splices on one invariant, with what reading its file again must then show.
struct InvariantRevision {
    let source: InvariantSource
    private(set) var splices: [Splice] = []
    var change: InvariantChange

    init(_ source: InvariantSource) {
        self.source = source
        change = InvariantChange(id: source.invariant.id)
    }

    private var newline: String { LineEnding.of(source.file.bytes) }

    /// Adds splices that somebody else found.
    mutating func add(_ splices: [Splice]) { self.splices += splices }

    /// Puts one word in place of the last one like it in a clause.
    mutating func replace(_ written: String, with word: String, inClause index: Int) -> Bool {
        guard let item = source.item(ofClause: index), !written.isEmpty, written != word else { return false }
        let range = source.file.bytes.lastWord(written, in: item.content)
        guard let range else { return false }
        splices.append(Splice(range, word))
        change.changedClauses[index] = word
        return true
    }

    /// Puts other words in place of a whole clause.
    mutating func replaceClause(_ index: Int, with text: String) -> Bool {
        guard let item = source.item(ofClause: index) else { return false }
        splices.append(Splice(item.content, text))
        change.changedClauses[index] = text
        return true
    }

    /// Adds items nested in a clause.
    ///
    /// - Parameter isClauseText: false for labelled items (an example, a reason), which are no part of the clause.
    mutating func nest(_ texts: [String], underClause index: Int, isClauseText: Bool) -> Bool {
        guard let item = source.item(ofClause: index) else { return false }
        insert(texts.map { item.childLead + $0 }, after: item.lastLine)
        if isClauseText { change.changedClauses[index] = "" }
        return true
    }

    /// Adds clauses behind the last one.
    mutating func appendClauses(_ texts: [String]) -> Bool {
        let count = source.invariant.clauses.count
        guard count > 0 else {
            insert([""] + texts.map { "- " + $0 }, after: source.lastLine)
            change.appendedClauses += texts.count
            return true
        }
        guard var lead = source.item(ofClause: count - 1)?.nextLead, let last = source.item(ofClause: count - 1) else {
            // Clauses that are paragraphs are followed by paragraphs.
            insert(
                texts.flatMap { ["", $0] },
                after: source.blocks[source.body].last { $0.kind == .paragraph && $0.line == source.invariant.clauses[count - 1].line }?.endLine
                    ?? source.lastLine)
            change.appendedClauses += texts.count
            return true
        }
        var lines: [String] = []
        for text in texts {
            if last.isLoose { lines.append(DisplayText.trimmedEnd(last.lead)) }
            lines.append(lead + text)
            lead = InvariantRevision.following(lead, last)
        }
        insert(lines, after: last.lastLine)
        change.appendedClauses += texts.count
        return true
    }

    /// The beginning of the item after one that we wrote ourselves.
    private static func following(_ lead: String, _ item: ListItemSource) -> String {
        let marker = lead.dropFirst(item.lead.count).dropLast(item.gap.count)
        guard let number = Int(marker.dropLast()), lead != item.lead + item.marker + item.gap else { return lead }
        return item.lead + String(number + 1) + marker.suffix(1) + item.gap
    }

    /// Goes on with the words of a check.
    mutating func extendCheck(_ index: Int, by text: String) -> Bool {
        guard let item = source.item(ofCheck: index) else { return false }
        var end = item.own.upperBound
        while end > item.own.lowerBound, source.file.bytes[end - 1] == 0x20 || source.file.bytes[end - 1] == 0x09 { end -= 1 }
        splices.append(Splice(at: end, text))
        change.changedChecks.insert(index)
        return true
    }

    /// Adds a check below the others, or with a label of its own.
    mutating func appendCheck(_ text: String, under label: String?, _ form: LabelForm, restoring audience: String?) -> Bool {
        change.appendedChecks += 1
        if label == nil, let last = source.invariant.checks.indices.last, let item = source.item(ofCheck: last) {
            insert([item.nextLead + text], after: item.lastLine)
            return true
        }
        let name = label ?? source.language.pick(en: "Checks", ja: "Check例")
        insertAtEnd(form.lines(name, [text]), beforeLog: true)
        if let audience, let line = InvariantLabels(source: source).nextUnqualifiedCheckLine {
            let content = source.text(ofLine: line)
            guard let core = LabelForm.core(of: content) else { return false }
            let offset = source.file.lines.range(ofLine: line).lowerBound + content[..<core.upperBound].utf8.count
            splices.append(Splice(at: offset, audience))
        }
        return true
    }

    /// Adds lists under a label that is neither clause nor check.
    mutating func appendSection(_ label: String, _ items: [String], _ form: LabelForm) {
        insertAtEnd(form.lines(label, items), beforeLog: true)
    }

    /// Adds a line to the revision log, which is made when there is none.
    mutating func log(_ text: String, _ form: LabelForm) {
        let labels = InvariantLabels(source: source)
        guard let label = labels.log else {
            return insertAtEnd(form.lines(source.language.pick(en: "Revisions", ja: "改訂履歴"), [text]), beforeLog: false)
        }
        if let last = labels.lastItem(under: label) {
            insert([last.nextLead + text], after: last.lastLine)
        } else if let own = LabelForm(label, in: source.file) {
            insert((own.isSpaced ? [own.blank] : []) + [own.itemLead + text], after: source.blocks[label].endLine)
        }
    }

    /// Adds lines behind the invariant's whole text.
    mutating func insertBehind(_ lines: [String]) { insert(lines, after: source.lastLine) }

    private mutating func insertAtEnd(_ lines: [String], beforeLog: Bool) {
        if beforeLog, let label = InvariantLabels(source: source).log {
            // The log stays last; what stands before it is followed by an empty line already.
            let offset = source.file.lines.range(ofLine: source.blocks[label].line).lowerBound
            splices.append(Splice(at: offset, (lines + [""]).map { $0 + newline }.joined()))
            return
        }
        insert([""] + lines, after: source.lastLine)
    }

    /// Whole lines behind a line; an empty one after them where what follows would else become part of them.
    private mutating func insert(_ lines: [String], after line: Int) {
        let (bytes, table) = (source.file.bytes, source.file.lines)
        let range = table.range(ofLine: line)
        let isEnded = range.upperBound > table.content(ofLine: line, in: bytes).upperBound
        guard isEnded else {
            splices.append(Splice(at: range.upperBound, lines.map { newline + $0 }.joined()))
            return
        }
        let isSection = lines.first?.isEmpty ?? false
        let next = table.content(ofLine: line + 1, in: bytes)
        let isFollowed = isSection && !bytes[next].allSatisfy { $0 == 0x20 || $0 == 0x09 }
        splices.append(Splice(at: range.upperBound, (lines + (isFollowed ? [""] : [])).map { $0 + newline }.joined()))
    }
}

extension [UInt8] {
    /// The last place of some words in a range, where they are no part of a longer Latin word.
    fileprivate func lastWord(_ word: String, in range: Range<Int>) -> Range<Int>? {
        let needle = Array(word.utf8)
        guard !needle.isEmpty, range.count >= needle.count else { return nil }
        func isLetter(_ index: Int) -> Bool { range.contains(index) && (0x61...0x7A).contains(self[index] | 0x20) }
        var start = range.upperBound - needle.count
        while start >= range.lowerBound {
            let end = start + needle.count
            if self[start..<end].elementsEqual(needle),
                !(isLetter(start) && isLetter(start - 1)), !(isLetter(end - 1) && isLetter(end))
            {
                return start..<end
            }
            start -= 1
        }
        return nil
    }
}
