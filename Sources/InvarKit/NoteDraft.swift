package import InvarCore
import InvarSyntax

/// What `note` is told, before it is a file.
package struct NoteDraft: Sendable {
    package var text = ""
    package var kind: Note.Kind?
    package var invariants: [String] = []
    package var cause: Note.Cause?
    package var severity: Note.Severity?
    package var paths: [String] = []
    package var incident: String?
    package var decisions: [String] = []
    package var author: String?
    /// The rule whose finding it is about.
    package var rule: String?
    /// The id to use as it is; writing the same note twice under one id makes one note.
    package var id: String?
    package var date: Day?

    package init() {}

    /// The whole file: front matter of the fields that are set, then the text under its first line as heading.
    func file(id: String, date: Day) -> [UInt8] {
        var lines = ["---", "id: " + YAMLText.scalar(id), "date: \(date)", "kind: " + (kind ?? .observation).rawValue]
        if !invariants.isEmpty { lines.append("invariants: " + YAMLText.list(invariants)) }
        if let cause { lines.append("cause: " + cause.rawValue) }
        if let severity { lines.append("severity: " + severity.rawValue) }
        if !paths.isEmpty { lines.append("paths: " + YAMLText.list(paths)) }
        if let incident { lines.append("incident: " + YAMLText.scalar(incident)) }
        if !decisions.isEmpty { lines.append("decisions: " + YAMLText.list(decisions)) }
        if let author { lines.append("author: " + YAMLText.scalar(author)) }
        if let rule { lines.append("rule: " + YAMLText.scalar(rule)) }
        lines += ["---", "", "# " + title]
        let body = self.body
        if !body.isEmpty { lines += ["", body] }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// The first line, cut to its first sentence when it is long.
    var title: String {
        let line = DisplayText.safe(text.trimmingBlanks.prefix { !$0.isNewline })
        guard line.count > 80 else { return line }
        let stop = line.firstIndex { "。！？".contains($0) } ?? line.endIndex
        let sentence = line[..<stop]
        return sentence.count > 80 ? String(line.prefix(79)) + "…" : String(sentence)
    }

    /// The text below the heading; all of it when the heading could not hold the first line whole.
    private var body: String {
        let trimmed = text.trimmingBlanks
        let first = String(trimmed.prefix { !$0.isNewline })
        return title == first ? String(trimmed.dropFirst(first.count)).trimmingBlanks : trimmed
    }
}
