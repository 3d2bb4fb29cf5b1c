/// Entries of one kind, in their stated order.
package struct ListReport: Sendable {
    package enum Items: Sendable {
        case invariants([InvariantItem])
        case decisions([DecisionItem])
        case notes([NoteItem])
        case exceptions([ExceptionItem])
        case links([LinkItem])
    }

    package var items: Items
    /// The day that decides states.
    package var asOf: Day
    /// Of the whole knowledge base, shown beside the list.
    package var findings: [Finding]

    package init(items: Items, asOf: Day, findings: [Finding]) {
        self.items = items
        self.asOf = asOf
        self.findings = findings
    }

    package var json: JSON {
        let (kind, list): (String, [JSON]) =
            switch items {
            case .invariants(let items): ("invariant", items.map(\.json))
            case .decisions(let items): ("decision", items.map(\.json))
            case .notes(let items): ("note", items.map(\.json))
            case .exceptions(let items): ("exception", items.map(\.json))
            case .links(let items): ("link", items.map(\.json))
            }
        return .object([
            "schema": .string("invar.list/1"), "kind": .string(kind), "asOf": .string(asOf.description), "items": .array(list),
            "findings": .array(findings.map(\.json)),
        ])
    }

    package func terminal(_ style: TerminalStyle) -> String {
        let lines =
            switch items {
            case .invariants(let items): items.isEmpty ? nothing(style) : ListReport.invariants(items, style)
            case .decisions(let items): items.isEmpty ? nothing(style) : ListReport.decisions(items, style)
            case .notes(let items): items.isEmpty ? nothing(style) : ListReport.notes(items, style)
            case .exceptions(let items): items.isEmpty ? nothing(style) : ListReport.exceptions(items, asOf, style)
            case .links(let items): items.isEmpty ? nothing(style) : ListReport.links(items, style)
            }
        return lines.joined(separator: "\n") + "\n"
    }

    private func nothing(_ style: TerminalStyle) -> [String] {
        [style.pick(en: "nothing matches", ja: "該当するものはありません")]
    }

    private static func invariants(_ items: [InvariantItem], _ style: TerminalStyle) -> [String] {
        var lines: [String] = []
        var area: String?
        for item in items {
            if item.invariant.area != area || lines.isEmpty {
                area = item.invariant.area
                if let area { lines.append(style.dim(style.safe(area))) }
            }
            let counts = style.pick(
                en: "exceptions \(item.exceptions), violations \(item.violations)", ja: "例外 \(item.exceptions)・違反記録 \(item.violations)")
            let status =
                switch item.invariant.status {
                case .accepted: ""
                case .probation: style.yellow(style.pick(en: " (probation)", ja: "（試行中）"))
                case .retired: style.dim(style.pick(en: " (retired)", ja: "（廃止）"))
                }
            lines.append("  \(style.bold(style.safe(item.invariant.id)))  \(style.safe(item.invariant.title))\(status)")
            lines.append("      \(style.dim(counts))  \(style.dim(style.place(item.path, item.invariant.position.line)))")
        }
        return lines
    }

    private static func decisions(_ items: [DecisionItem], _ style: TerminalStyle) -> [String] {
        style.table(
            items.map { item in
                let by = item.supersededBy.isEmpty ? "" : " → " + item.supersededBy.map { style.safe($0) }.joined(separator: ", ")
                return [
                    style.bold(style.safe(item.decision.id)), status(item.status, style), item.decision.date?.description ?? style.dim("—"),
                    style.safe(item.decision.title) + style.dim(by),
                ]
            })
    }

    /// A decision's status in the reader's language, coloured by whether it holds.
    package static func status(_ status: Decision.Status, _ style: TerminalStyle) -> String {
        switch status {
        case .accepted: style.green(style.pick(en: "accepted", ja: "承認"))
        case .proposed: style.cyan(style.pick(en: "proposed", ja: "提案"))
        case .rejected: style.dim(style.pick(en: "rejected", ja: "却下"))
        case .deprecated: style.dim(style.pick(en: "deprecated", ja: "廃止"))
        case .superseded: style.dim(style.pick(en: "superseded", ja: "置換済み"))
        case .unknown: style.yellow(style.pick(en: "unknown", ja: "不明"))
        }
    }

    private static func notes(_ items: [NoteItem], _ style: TerminalStyle) -> [String] {
        style.table(
            items.map { item in
                let about = item.note.invariants.isEmpty ? style.dim("—") : item.note.invariants.map { style.safe($0) }.joined(separator: ", ")
                return [
                    item.note.date?.description ?? style.dim("—"), kind(item.note.kind, style), item.note.severity?.rawValue ?? style.dim("—"), about,
                    style.bold(style.safe(item.note.id)), style.safe(item.note.title),
                ]
            })
    }

    /// What a note records, in the reader's language.
    package static func kind(_ kind: Note.Kind, _ style: TerminalStyle) -> String {
        switch kind {
        case .violated: style.red(style.pick(en: "violated", ja: "守れなかった"))
        case .hardToKeep: style.yellow(style.pick(en: "hard to keep", ja: "守りづらい"))
        case .nearMiss: style.yellow(style.pick(en: "near miss", ja: "ヒヤリハット"))
        case .observation: style.pick(en: "observation", ja: "観察")
        }
    }

    private static func exceptions(_ items: [ExceptionItem], _ today: Day, _ style: TerminalStyle) -> [String] {
        var lines: [String] = []
        var invariant = ""
        for item in items {
            let named = item.exception.clause ?? item.exception.invariant
            if named != invariant {
                invariant = named
                lines.append(style.bold(style.safe(named)))
            }
            lines += ExceptionText(item, today: today, style: style).lines(indent: 2)
        }
        return lines
    }

    private static func links(_ items: [LinkItem], _ style: TerminalStyle) -> [String] {
        style.table(
            items.map { item in
                [
                    style.safe(item.source), item.kind.rawValue, style.safe(item.target) + (item.isResolved ? "" : style.yellow(" ?")),
                    style.dim(style.place(item.place.path, item.place.line)),
                ]
            })
    }
}
