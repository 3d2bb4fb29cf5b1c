/// What `adr except`, `adr renew` and `adr confirm` did: the file, the exceptions as they stand now, and what to know
/// about them.
package struct ExceptionChangeReport: Sendable {
    package var changes: ChangeReport
    package var items: [ExceptionItem]
    package var remarks: [Wording]
    /// The invariant's text when the exception was granted and now, line by line, where an old text is known.
    package var texts: Texts?
    /// Decides states.
    package var asOf: Day

    package struct Texts: Sendable {
        package var before: [String]
        package var after: [String]

        package init(before: [String], after: [String]) {
            self.before = before
            self.after = after
        }
    }

    package init(change: ChangeReport.Change, items: [ExceptionItem], remarks: [Wording], texts: Texts? = nil, asOf: Day) {
        changes = ChangeReport(changes: [change], entry: items.first?.json ?? .null)
        self.items = items
        self.remarks = remarks
        self.texts = texts
        self.asOf = asOf
    }

    package func json(_ language: Language) -> JSON {
        guard case .object(var members) = changes.json else { return changes.json }
        members["asOf"] = .string(asOf.description)
        members["remarks"] = JSON(remarks.map { $0[language] })
        if items.count > 1 { members["entries"] = .array(items.map(\.json)) }
        if let texts { members["texts"] = .object(["before": JSON(texts.before), "after": JSON(texts.after)]) }
        return .object(members)
    }

    package func terminal(_ style: TerminalStyle) -> String {
        var lines = changes.terminal(style).split(separator: "\n").map(String.init)
        if let texts { lines += difference(texts, style) }
        for item in items {
            lines.append("  " + style.bold(style.safe(item.exception.clause ?? item.exception.invariant)))
            lines += ExceptionText(item, today: asOf, style: style).lines(indent: 4)
        }
        for remark in remarks { lines += style.field(style.pick(en: "note", ja: "注意"), remark[style.language], indent: 2, labelWidth: 4) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func difference(_ texts: Texts, _ style: TerminalStyle) -> [String] {
        let gone = texts.before.filter { !texts.after.contains($0) }.map { style.red("  - " + style.safe($0)) }
        let new = texts.after.filter { !texts.before.contains($0) }.map { style.green("  + " + style.safe($0)) }
        return gone + new
    }
}
