/// One entry whole, with everything that links to it and from it.
package struct ShowReport: Sendable {
    package enum Item: Sendable {
        case invariant(InvariantItem)
        case decision(DecisionItem, [ExceptionItem])
        case note(NoteItem)
    }

    package var item: Item
    package var asOf: Day
    /// The entry's own lines, as the file has them.
    package var text: String
    package var incoming: [LinkItem]
    package var outgoing: [LinkItem]
    /// The exceptions granted to an invariant.
    package var exceptions: [ExceptionItem]
    /// The chain of decisions that superseded each other, of which this is one.
    package var chain: [DecisionItem] = []

    package init(item: Item, asOf: Day, text: String, incoming: [LinkItem], outgoing: [LinkItem], exceptions: [ExceptionItem]) {
        self.item = item
        self.asOf = asOf
        self.text = text
        self.incoming = incoming
        self.outgoing = outgoing
        self.exceptions = exceptions
    }

    package var json: JSON {
        let entry =
            switch item {
            case .invariant(let item): item.json
            case .decision(let item, _): item.json
            case .note(let item): item.json
            }
        return .object([
            "schema": .string("invar.show/1"), "asOf": .string(asOf.description), "entry": entry, "text": .string(text),
            "incoming": .array(incoming.map(\.json)), "outgoing": .array(outgoing.map(\.json)),
        ])
    }

    package func terminal(_ style: TerminalStyle) -> String {
        var lines = heading(style) + [""]
        lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { style.safe($0.last == "\r" ? $0.dropLast() : $0) }
        while lines.last?.isEmpty ?? false { lines.removeLast() }
        if !exceptions.isEmpty {
            lines += ["", style.bold(style.pick(en: "Exceptions", ja: "例外"))]
            lines += exceptions.flatMap { ExceptionText($0, today: asOf, style: style).lines(indent: 2) }
        }
        if case .decision(let item, _) = item, chain.count > 1 || !item.supersedes.isEmpty || !item.supersededBy.isEmpty {
            lines += ["", style.bold(style.pick(en: "Superseded, newest first", ja: "置き換えの経緯（新しい順）"))]
            lines += SuccessionTree(chain).lines(style, here: item.decision.id).map { "  " + $0 }
        }
        lines += section(style.pick(en: "Linked from", ja: "ここを指しているもの"), incoming, style) { $0.source }
        lines += section(style.pick(en: "Links to", ja: "ここから指しているもの"), outgoing, style) { $0.target }
        return lines.joined(separator: "\n") + "\n"
    }

    private func heading(_ style: TerminalStyle) -> [String] {
        switch item {
        case .invariant(let item):
            let facts = [item.invariant.area, item.invariant.owner, item.invariant.fingerprint].compactMap { $0 }.map { style.safe($0) }
            return [
                "\(style.bold(style.safe(item.invariant.id)))  \(style.safe(item.invariant.title))",
                style.dim(style.place(item.path, item.invariant.position.line) + "  " + facts.joined(separator: "  ")),
            ]
        case .decision(let item, _):
            let date = item.decision.date.map { "  " + $0.description } ?? ""
            return [
                "\(style.bold(style.safe(item.decision.id)))  \(style.safe(item.decision.title))",
                ListReport.status(item.status, style) + style.dim("\(date)  \(style.place(item.path, item.decision.position.line))"),
            ]
        case .note(let item):
            let facts = [item.note.date?.description, item.sprint, item.note.severity?.rawValue, item.note.cause?.rawValue, item.note.incident].compactMap {
                $0
            }
            return [
                "\(style.bold(style.safe(item.note.id)))  \(style.safe(item.note.title))",
                ListReport.kind(item.note.kind, style)
                    + style.dim("  " + facts.map { style.safe($0) }.joined(separator: "  ") + "  " + style.place(item.path, item.note.position.line)),
            ]
        }
    }

    private func section(_ title: String, _ links: [LinkItem], _ style: TerminalStyle, _ name: (LinkItem) -> String) -> [String] {
        guard !links.isEmpty else { return [] }
        let rows = links.map {
            [style.safe(name($0)) + ($0.isResolved ? "" : style.yellow(" ?")), $0.kind.rawValue, style.dim(style.place($0.place.path, $0.place.line))]
        }
        return ["", style.bold(title)] + style.table(rows, indent: 2)
    }
}
