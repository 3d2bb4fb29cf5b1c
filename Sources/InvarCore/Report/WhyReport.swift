/// Which decisions justify an exception to an invariant, or at a place, and what merely speaks of it.
package struct WhyReport: Sendable {
    /// What was asked about, as it is now known.
    package enum Subject: Sendable {
        /// An invariant or one clause of it.
        case invariant(id: String, title: String, clause: String?, place: Place)
        /// A file, a line of it, and the entry that stands there if it is knowledge.
        case file(path: String, line: Int?, exists: Bool, entry: String?)
        case operation(String)
        /// A decision or a note.
        case entry(id: String, title: String, place: Place)
    }

    package struct Mention: Sendable {
        package var id: String?
        package var title: String
        package var place: Place

        package init(id: String?, title: String, place: Place) {
            self.id = id
            self.title = title
            self.place = place
        }
    }

    package struct Violation: Sendable {
        package var id: String
        package var title: String
        package var date: Day?
        package var kind: Note.Kind
        package var place: Place

        package init(id: String, title: String, date: Day?, kind: Note.Kind, place: Place) {
            self.id = id
            self.title = title
            self.date = date
            self.kind = kind
            self.place = place
        }
    }

    /// As it was asked.
    package var target: String
    package var subject: Subject
    package var asOf: Day
    /// By invariant and decision.
    package var exceptions: [ExceptionItem]
    package var mentions: [Mention]
    package var violations: [Violation]

    package init(
        target: String, subject: Subject, asOf: Day, exceptions: [ExceptionItem], mentions: [Mention], violations: [Violation]
    ) {
        self.target = target
        self.subject = subject
        self.asOf = asOf
        self.exceptions = exceptions
        self.mentions = mentions
        self.violations = violations
    }

    package var json: JSON {
        .object([
            "schema": .string("invar.why/1"), "target": .string(target), "asOf": .string(asOf.description),
            "exceptions": .array(exceptions.map(\.json)),
            "mentions": .array(
                mentions.map {
                    .object(["id": JSON($0.id), "title": .string($0.title), "path": .string($0.place.path), "line": .integer($0.place.line)])
                }),
            "violations": JSON(violations.map(\.id)),
        ])
    }

    package func terminal(_ style: TerminalStyle) -> String {
        var lines = heading(style) + ["", answer(style)]
        for state in [Exception.State.active, .expired, .incomplete, .pending, .void] {
            for item in exceptions where item.state == state {
                lines.append("")
                if case .invariant = subject {} else { lines.append("  " + style.safe(item.exception.clause ?? item.exception.invariant)) }
                lines += ExceptionText(item, today: asOf, style: style).lines(indent: 2)
            }
        }
        lines += mentionLines(style) + violationLines(style)
        return lines.joined(separator: "\n") + "\n"
    }

    private func heading(_ style: TerminalStyle) -> [String] {
        switch subject {
        case .invariant(let id, let title, let clause, let place):
            return ["\(style.bold(style.safe(id)))  \(style.safe(title))", style.dim(style.place(place.path, place.line))]
                + (clause.map { [style.safe($0)] } ?? [])
        case .entry(let id, let title, let place):
            return ["\(style.bold(style.safe(id)))  \(style.safe(title))", style.dim(style.place(place.path, place.line))]
        case .operation(let operation):
            return [style.bold(style.safe(operation))]
        case .file(let path, let line, let exists, let entry):
            let place = line.map { style.place(path, $0) } ?? style.safe(path)
            let about = entry.map { "  " + style.safe($0) } ?? ""
            return [style.bold(place) + about + (exists ? "" : style.dim(style.pick(en: "  (no such file yet)", ja: "（まだ無いファイル）")))]
        }
    }

    /// The question's answer in one sentence.
    private func answer(_ style: TerminalStyle) -> String {
        let active = exceptions.filter { $0.state == .active }
        let firm = active.filter { !$0.isSuspect }
        let others = exceptions.count - active.count
        if exceptions.isEmpty {
            return style.pick(en: "No decision grants an exception here.", ja: "ここに例外を認める決定はありません。")
        }
        if active.isEmpty {
            return style.pick(
                en: others == 1
                    ? "No exception holds: the one granted is \(exceptions[0].state.rawValue)."
                    : "No exception holds: none of the \(others) granted is active.",
                ja: "有効な例外はありません（\(others) 件ありますが、いずれも効力がありません）。")
        }
        let names = active.map { style.safe($0.decision) }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        var sentence = style.pick(
            en: "Justified by \(names.joined(separator: ", ")).", ja: "\(names.joined(separator: "、")) が例外を認めています。")
        if firm.count < active.count {
            sentence += style.pick(en: " The invariant has changed since: read them again.", ja: "承認後に文面が変わっているため、読み直しが必要です。")
        }
        if others > 0 {
            sentence += style.pick(en: " \(others) more no longer \(others == 1 ? "holds" : "hold") or not yet.", ja: "ほかに効力のない例外が \(others) 件あります。")
        }
        return sentence
    }

    private func mentionLines(_ style: TerminalStyle) -> [String] {
        guard !mentions.isEmpty else { return [] }
        let rows = mentions.map { mention in
            [
                style.safe(mention.id ?? "—"), style.safe(DisplayText.truncated(mention.title, to: 60)),
                style.dim(style.place(mention.place.path, mention.place.line)),
            ]
        }
        return ["", style.bold(style.pick(en: "Merely mentioned in", ja: "言及しているだけのもの"))] + style.table(rows, indent: 2)
    }

    private func violationLines(_ style: TerminalStyle) -> [String] {
        guard !violations.isEmpty else { return [] }
        let rows = violations.map { violation in
            [
                violation.date?.description ?? "—", ListReport.kind(violation.kind, style), style.safe(DisplayText.truncated(violation.title, to: 60)),
                style.dim(style.place(violation.place.path, violation.place.line)),
            ]
        }
        return ["", style.bold(style.pick(en: "Where it was not kept", ja: "守れなかった・守りづらかった記録"))] + style.table(rows, indent: 2)
    }
}
