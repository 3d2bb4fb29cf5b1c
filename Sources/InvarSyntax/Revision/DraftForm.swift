import InvarCore

/// A new invariant, written as its neighbours are: a bold paragraph, a heading, or a file of its own.
struct DraftForm {
    var id: String
    var title: String
    /// Markdown, each the text of one list item.
    var clauses: [String]
    var checks: [String] = []
    var status = Invariant.Status.accepted
    var language: Language

    /// The text of a clause as its file has it, to stand in another list; on one line when asked.
    static func carried(_ index: Int, from source: InvariantSource, _ isPlain: Bool) -> String {
        let text = source.invariant.clauses[index].text
        let isOneLine = !text.contains("\n")
        guard !isPlain, isOneLine, let item = source.item(ofClause: index) else { return PlainText.inline(text, limit: 400) }
        let raw = String(decoding: source.file.bytes[item.own], as: UTF8.self)
        let lines = raw.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " || $0 == "\t" || $0 == ">" } }
        return lines.enumerated().reduce("") { joined, line in
            let line1 = DisplayText.trimmedEnd(String(line.element))
            guard let last = joined.unicodeScalars.last, let first = line1.unicodeScalars.first else { return joined + line1 }
            return joined + (last.isCJK && first.isCJK ? "" : " ") + line1
        }
    }

    /// The plan with this invariant behind another one, in its file or beside it.
    func added(behind source: InvariantSource, _ way: RevisionWay, to plan: RevisionPlan, log: Wording) -> RevisionPlan? {
        if source.isWholeFile { return made(in: RelativePath.folder(source.file.path), way, to: plan, log: log) }
        guard let head = source.head, let heading = heading(like: source, head),
            let checkForm = checks.isEmpty ? LabelForm.quote(bullet: "-") : way.checkForm(source),
            let logForm = InvariantLabels(source: source).logForm ?? InvariantLabels(source: source).checkForm ?? way.plainForm(source)
        else { return nil }
        var plan = plan
        let first = source.item(ofClause: 0)
        let lead = first.map { ($0.marker.utf8.count == 1 ? $0.marker : "1" + $0.marker.suffix(1)) + $0.gap } ?? "- "
        var lines = ["", heading, ""]
        for (index, clause) in clauses.enumerated() {
            let number = first.map { $0.marker.utf8.count > 1 ? "\(index + 1)" + $0.marker.suffix(1) + $0.gap : lead } ?? lead
            lines.append(number + clause)
        }
        if !checks.isEmpty { lines += [""] + checkForm.lines(language.pick(en: "Checks", ja: "Check例"), checks) }
        lines += [""] + logForm.lines(language.pick(en: "Revisions", ja: "改訂履歴"), [way.logLine(log, language)])
        var host = plan.revisions.first { $0.source.invariant.id == source.invariant.id } ?? InvariantRevision(source)
        host.insertBehind(lines)
        if status == .probation {
            guard let splices = InvariantTermsEdit.set("status", status.rawValue, of: id, isWholeFile: false, in: source.file.bytes) else { return nil }
            host.add(splices)
        }
        plan.revisions.removeAll { $0.source.invariant.id == source.invariant.id }
        plan.revisions.append(host)
        plan.added.append((source.file.path, change))
        return plan
    }

    /// The plan with this invariant in a file of its own.
    func made(in folder: String, _ way: RevisionWay, to plan: RevisionPlan = RevisionPlan([]), log: Wording) -> RevisionPlan? {
        let path = (folder.isEmpty ? "" : folder + "/") + id + ".md"
        guard way.files.isFree(path) else { return nil }
        var lines = ["---", "id: \(id)"] + (status == .accepted ? [] : ["status: \(status.rawValue)"]) + ["---", "", "# \(id): \(title)", ""]
        lines += clauses.map { "- " + $0 }
        if !checks.isEmpty { lines += ["", language.pick(en: "## Checks", ja: "## Check例"), ""] + checks.map { "- " + $0 } }
        lines += ["", language.pick(en: "## Revisions", ja: "## 改訂履歴"), "", "- " + way.logLine(log, language)]
        var plan = plan
        plan.made.append((FileEdit(path: path, before: nil, after: Array(lines.map { $0 + "\n" }.joined().utf8)), change))
        return plan
    }

    private var change: InvariantChange {
        var change = InvariantChange(id: id)
        change.isNew = true
        change.appendedClauses = clauses.count
        change.appendedChecks = checks.count
        change.status = status
        return change
    }

    /// The line that begins it, as the neighbour's line is written.
    private func heading(like source: InvariantSource, _ head: Int) -> String? {
        let line = source.text(ofLine: source.blocks[head].line)
        let folded = Folding.foldingWidth(line)
        guard let range = folded.firstRange(of: source.invariant.id) else { return nil }
        let start = folded.unicodeScalars.distance(from: folded.unicodeScalars.startIndex, to: range.lowerBound)
        let end = folded.unicodeScalars.distance(from: folded.unicodeScalars.startIndex, to: range.upperBound)
        let before = String(String.UnicodeScalarView(line.unicodeScalars.prefix(start)))
        let behind = String(String.UnicodeScalarView(line.unicodeScalars.dropFirst(end)))
        let between = behind.prefix { !($0.isLetter || $0.isNumber || $0 == "「" || $0 == "\"" || $0 == "`" || $0 == "（" || $0 == "(") }
        if source.blocks[head].headingLevel != nil {
            let isSetext = !before.contains("#")
            let separator = source.invariant.title.isEmpty ? ": " : String(between)
            return (isSetext ? String(repeating: "#", count: source.level) + " " : before) + id + separator + title
        }
        // `**ID: title**` or `**ID**: title`.
        if source.blocks[head].isAllStrong { return "**\(id)\(source.invariant.title.isEmpty ? ": " : String(between))\(title)**" }
        return "**\(id)**: \(title)"
    }
}
