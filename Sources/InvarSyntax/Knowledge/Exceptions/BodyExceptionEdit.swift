package import InvarCore

/// Adds an exception to the section where a decision keeps them, in the manner of the last one there, or changes one.
package struct BodyExceptionEdit: Sendable {
    private let file: MarkdownFile
    private let body: BodyExceptions
    private let newline: String

    /// - Parameter lines: those of the record.
    package init(_ file: MarkdownFile, lines: ClosedRange<Int>) {
        self.file = file
        body = BodyExceptions(file, lines: lines)
        newline = LineEnding.of(file.bytes)
    }

    package var hasExceptions: Bool { !body.exceptions.isEmpty }

    /// A section that waits to be filled.
    package var hasEmptySection: Bool { emptySection != nil }

    private var emptySection: Markdown.Section? {
        body.sections.last { section in section.body.allSatisfy { file.markdown.blocks[$0].kind == .html } }
    }

    // MARK: Adding

    /// - Parameter title: the invariant's, for lists that name it.
    package func adding(_ exception: Exception, title: String) -> EditChoices {
        guard let last = body.traces.last else {
            guard let section = emptySection else { return EditChoices() }
            let line = ([section.heading] + Array(section.body)).map { file.markdown.blocks[$0].endLine }.max() ?? 1
            return choices(exception) { escape in
                let lines = ["- " + (exception.clause ?? exception.invariant)] + fields(of: exception, like: nil, isEscaped: escape)
                return insertion(lines, after: line, isApart: true)
            }
        }
        return choices(exception) { escape in
            guard let entry = entryLine(like: last, exception, title: title) else { return nil }
            let own = samples(of: last).first?.sample.lead
            let isLoose = file.markdown.blocks[last.entry].listDepth == 0 || !(own.map(BodyExceptionEdit.isItem) ?? true)
            let lines = [entry] + (isLoose ? [""] : []) + fields(of: exception, like: last, isEscaped: escape)
            return insertion(lines, after: lastLine(of: last), isApart: isApart(last))
        }
    }

    private func choices(_ exception: Exception, _ make: (Bool) -> [Splice]?) -> EditChoices {
        EditChoices([make(false), make(true)].compactMap { $0 })
    }

    /// Whether a blank line goes before: always between headings and paragraphs, between items as the list does.
    private func isApart(_ trace: BodyExceptions.Trace) -> Bool {
        guard file.markdown.blocks[trace.entry].listDepth > 0 else { return true }
        guard let first = body.traces.first(where: { $0.section == trace.section }), first.entry != trace.entry else { return false }
        return isBlank(line: file.markdown.blocks[trace.entry].line - 1)
    }

    private func lastLine(of trace: BodyExceptions.Trace) -> Int {
        let blocks = file.markdown.blocks
        return (trace.entry...max(trace.entry, trace.last)).filter { blocks[$0].kind != .item }.map { blocks[$0].endLine }.max() ?? blocks[trace.entry].endLine
    }

    /// The line that names the invariant, with another id and title.
    private func entryLine(like trace: BodyExceptions.Trace, _ exception: Exception, title: String) -> String? {
        let block = file.markdown.blocks[trace.entry]
        let old = body.exceptions[traceIndex(trace)]
        let raw = line(block.line)
        guard let found = raw.firstRange(of: old.clause ?? old.invariant) else { return nil }
        var lead = String(raw[..<found.lowerBound])
        // A setext heading has its line below, a link its destination behind: neither is taken for a model.
        guard block.headingLevel == nil || lead.hasPrefix("#"), !lead.hasSuffix("[") else { return nil }
        lead = BodyExceptionEdit.counted(lead)
        let id = exception.clause ?? exception.invariant
        var tail = String(raw[found.upperBound...])
        let mark = ["**", "__", "`", "*", "_"].first { lead.hasSuffix($0) }
        var close = ""
        if let mark, tail.hasPrefix(mark) {
            close = mark
            tail = String(tail.dropFirst(mark.count))
        }
        var end = ""
        if let mark, close.isEmpty, tail.trimmingBlanks.hasSuffix(mark) { end = mark }
        let separator = tail.prefix { " :：-–—、.（(".contains($0) }
        let isTitled = separator.count < tail.trimmingBlanks.count && !separator.isEmpty && !separator.contains { "（(".contains($0) }
        guard isTitled, !title.isEmpty, !title.contains(where: { "*_`[]<>|#".contains($0) }) else { return lead + id + close + end }
        return lead + id + close + separator + title + end
    }

    private func traceIndex(_ trace: BodyExceptions.Trace) -> Int { body.traces.firstIndex { $0.entry == trace.entry } ?? 0 }

    /// The next number of an ordered list.
    private static func counted(_ lead: String) -> String {
        let blanks = lead.prefix { $0 == " " }
        let digits = lead.dropFirst(blanks.count).prefix { $0.isASCII && $0.isNumber }
        guard digits.count < 9, let value = Int(digits) else { return lead }
        return blanks + String(value + 1) + lead.dropFirst(blanks.count + digits.count)
    }

    // MARK: Labelled lines

    /// How one labelled line is written: what stands before the label, the label, and what stands between it and the value.
    private struct Sample {
        var lead: String
        var label: String
        var tail: String
        var value: String
    }

    private func samples(of trace: BodyExceptions.Trace) -> [(field: BodyExceptions.Field, block: Int, sample: Sample)] {
        trace.fields.compactMap { field, index in
            let block = file.markdown.blocks[index]
            guard block.kind == .paragraph, let sample = sample(line(block.line)) else { return nil }
            return (field, index, sample)
        }
    }

    private func sample(_ raw: String) -> Sample? {
        guard let colon = raw.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        let head = raw[..<colon]
        guard let start = head.firstIndex(where: { $0.isLetter }) else { return nil }
        var labelEnd = head.endIndex
        while labelEnd > start, "*_ ".contains(head[head.index(before: labelEnd)]) { labelEnd = head.index(before: labelEnd) }
        var valueStart = raw.index(after: colon)
        while valueStart < raw.endIndex, "*_ \u{3000}".contains(raw[valueStart]) { valueStart = raw.index(after: valueStart) }
        // An emphasis that the value begins with is the value's.
        let between = raw[raw.index(after: colon)..<valueStart]
        let lead = String(head[..<start])
        let isBold = lead.hasSuffix("**") || lead.hasSuffix("__") || lead.hasSuffix("*") || lead.hasSuffix("_")
        let closesAfter = isBold && head[labelEnd...].allSatisfy { $0 == " " }
        let tail: String
        if closesAfter || !between.contains(where: { "*_".contains($0) }) {
            tail = String(head[labelEnd...]) + String(raw[colon]) + between
        } else {
            let blanks = between.prefix { " \u{3000}".contains($0) }
            tail = String(head[labelEnd...]) + String(raw[colon]) + blanks
            valueStart = raw.index(raw.index(after: colon), offsetBy: blanks.count)
        }
        return Sample(lead: lead, label: String(head[start..<labelEnd]), tail: tail, value: String(raw[valueStart...]))
    }

    private func fields(of exception: Exception, like trace: BodyExceptions.Trace?, isEscaped: Bool) -> [String] {
        let own = trace.map(samples) ?? []
        let all = own + body.traces.reversed().flatMap(samples)
        let known = all.isEmpty ? defaultSample(trace) : nil
        let isJapanese = all.isEmpty ? isJapaneseFile : all.contains { !$0.sample.label.allSatisfy(\.isASCII) }
        func write(_ field: BodyExceptions.Field, _ value: String, _ names: (en: String, ja: String)) -> String? {
            guard let model = own.first?.sample ?? all.first?.sample ?? known else { return nil }
            let same = own.first { $0.field == field }?.sample ?? all.first { $0.field == field }?.sample
            // The indentation is that of this entry's lines, the label that of the field.
            let label = same?.label ?? (isJapanese ? names.ja : names.en)
            return model.lead + label + (same?.tail.isEmpty == false && own.first { $0.field == field } != nil ? same?.tail ?? model.tail : spaced(model.tail))
                + value
        }
        let separator = isJapanese ? "、" : ", "
        var lines: [String?] = []
        if !exception.paths.isEmpty { lines.append(write(.scope, exception.paths.map { "`\($0)`" }.joined(separator: separator), ("Scope", "対象"))) }
        if !exception.operations.isEmpty {
            lines.append(write(.operation, exception.operations.map { "`\($0)`" }.joined(separator: separator), ("Operation", "対象操作")))
        }
        if let reason = exception.reason { lines.append(write(.reason, escaped(reason, isEscaped), ("Reason", "理由"))) }
        if let retry = exception.retry { lines.append(write(.retry, escaped(retry, isEscaped), ("Retry strategy", "リトライ戦略"))) }
        if let until = exception.until {
            let isWords = all.first { $0.field == .until }?.sample.value.contains("年") ?? false
            lines.append(write(.until, isWords ? BodyExceptionEdit.words(until) : until.description, ("Until", "期限")))
        }
        if let seen = exception.seen { lines.append(write(.seen, seen, ("Seen", "指紋"))) }
        let written = lines.compactMap { $0 }
        // Paragraphs stand apart, or they would be one.
        guard let lead = own.first?.sample.lead ?? all.first?.sample.lead, !BodyExceptionEdit.isItem(lead) else { return written }
        return Array(written.map { [$0] }.joined(separator: [""]))
    }

    private static func isItem(_ lead: String) -> Bool {
        ["- ", "* ", "+ ", ". ", ") "].contains { lead.contains($0) }
    }

    /// `Reason:` alone on its line still needs a space before a value; `理由：` does not.
    private func spaced(_ tail: String) -> String {
        guard let last = tail.last, last == ":" || last == "*" || last == "_" else { return tail }
        return tail + " "
    }

    /// Where no line has a label yet: items below an item, items of their own below a heading.
    private func defaultSample(_ trace: BodyExceptions.Trace?) -> Sample {
        guard let trace else { return Sample(lead: "  - ", label: "", tail: ": ", value: "") }
        let block = file.markdown.blocks[trace.entry]
        let raw = line(block.line)
        let content = block.listDepth == 0 ? 0 : raw.prefix { " -*+0123456789.)\t".contains($0) }.count
        return Sample(lead: String(repeating: " ", count: content) + "- ", label: "", tail: ": ", value: "")
    }

    private var isJapaneseFile: Bool { Language.of(String(decoding: file.bytes.prefix(30_000), as: UTF8.self)) == .japanese }

    /// One line; with a backslash before all that Markdown would read.
    private func escaped(_ text: String, _ isEscaped: Bool) -> String {
        let line = text.split(whereSeparator: \.isNewline).map { String($0).trimmingBlanks }.joined(separator: " ")
        guard isEscaped else { return line }
        return line.map { "\\`*_[]<>#|~&".contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    private static func words(_ day: Day) -> String {
        let (year, month, date) = day.civil
        return "\(year)年\(month)月\(date)日"
    }

    // MARK: Changing

    /// - Parameter position: that of ``Exception/position``.
    package func renewing(at position: Position, until: Day, _ renewal: Exception.Renewal) -> EditChoices {
        guard let (index, trace) = trace(at: position), let old = body.exceptions[index].until else { return EditChoices() }
        let known = samples(of: trace)
        guard let limit = known.last(where: { $0.field == .until }), let date = date(old, on: file.markdown.blocks[limit.block].line, as: until) else {
            return EditChoices()
        }
        let history = known.last { $0.field == .renewed } ?? limit
        let isJapanese = !limit.sample.label.allSatisfy(\.isASCII)
        let label = history.field == .renewed ? history.sample.label : isJapanese ? "延長" : "Renewed"
        return EditChoices(
            [false, true].map { isEscaped in
                let value = "\(renewal.on?.description ?? "") → \(until): \(escaped(renewal.reason ?? "", isEscaped))"
                let line = history.sample.lead + label + spaced(history.sample.tail) + value
                return [date]
                    + (insertion(
                        [line], after: file.markdown.blocks[history.block].endLine, isApart: !BodyExceptionEdit.isItem(history.sample.lead), isList: true) ?? [])
            })
    }

    package func confirming(at position: Position, seen: String) -> EditChoices {
        guard let (index, trace) = trace(at: position) else { return EditChoices() }
        let known = samples(of: trace)
        if let found = known.last(where: { $0.field == .seen }), let old = body.exceptions[index].seen {
            let range = file.lines.range(ofLine: file.markdown.blocks[found.block].line)
            guard let place = occurrence(of: old, in: range) else { return EditChoices() }
            return EditChoices([[Splice(place, seen)]])
        }
        guard let model = known.last else { return EditChoices() }
        let isJapanese = !model.sample.label.allSatisfy(\.isASCII)
        let line = model.sample.lead + (isJapanese ? "指紋" : "Seen") + spaced(model.sample.tail) + seen
        return EditChoices(
            [insertion([line], after: file.markdown.blocks[model.block].endLine, isApart: !BodyExceptionEdit.isItem(model.sample.lead), isList: true)]
                .compactMap { $0 })
    }

    private func trace(at position: Position) -> (index: Int, trace: BodyExceptions.Trace)? {
        guard let index = body.exceptions.firstIndex(where: { $0.position == position }) else { return nil }
        return (index, body.traces[index])
    }

    /// The day on a line, spelled anew in its own manner.
    private func date(_ old: Day, on line: Int, as new: Day) -> Splice? {
        func spellings(_ day: Day) -> [String] {
            let (year, month, date) = day.civil
            let (m, d) = (month < 10 ? "0\(month)" : "\(month)", date < 10 ? "0\(date)" : "\(date)")
            return [
                day.description, "\(year)/\(m)/\(d)", "\(year).\(m).\(d)", "\(year)年\(month)月\(date)日", "\(year)年\(m)月\(d)日", "\(year)/\(month)/\(date)",
                "\(year)-\(month)-\(date)", "\(year).\(month).\(date)",
            ]
        }
        for (before, after) in zip(spellings(old), spellings(new)) {
            if let place = occurrence(of: before, in: file.lines.range(ofLine: line)) { return Splice(place, after) }
        }
        return nil
    }

    private func occurrence(of text: String, in range: Range<Int>) -> Range<Int>? {
        let wanted = Array(text.utf8)
        guard !wanted.isEmpty, range.count >= wanted.count else { return nil }
        let start = (range.lowerBound...(range.upperBound - wanted.count)).first { file.bytes[$0...].starts(with: wanted) }
        return start.map { $0..<($0 + wanted.count) }
    }

    // MARK: Lines

    /// A line without its end.
    private func line(_ number: Int) -> String {
        var range = file.lines.range(ofLine: number)
        while !range.isEmpty, [0x0A, 0x0D].contains(file.bytes[range.upperBound - 1]) { range = range.lowerBound..<(range.upperBound - 1) }
        return String(decoding: file.bytes[range], as: UTF8.self)
    }

    private func isBlank(line number: Int) -> Bool {
        file.bytes[file.lines.range(ofLine: number)].allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }

    /// Lines behind a line; a file that does not end with a line break still does not.
    private func insertion(_ lines: [String], after number: Int, isApart: Bool, isList: Bool = false) -> [Splice]? {
        let end = file.lines.range(ofLine: number).upperBound
        let isEnded = end > 0 && (file.bytes[end - 1] == 0x0A || file.bytes[end - 1] == 0x0D)
        var lines = lines
        if isApart { lines.insert("", at: 0) }
        // What follows at once would go on with the last line.
        if isEnded, !isList, end < file.bytes.count, !isBlank(line: number + 1) { lines.append("") }
        let text = lines.joined(separator: newline)
        return [Splice(at: end, isEnded ? text + newline : newline + text)]
    }
}
