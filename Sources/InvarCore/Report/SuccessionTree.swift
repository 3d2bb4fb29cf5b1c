/// What superseded what, drawn as a small tree: the decision that holds on top, what it took the place of below.
package struct SuccessionTree: Sendable {
    /// By id.
    private let items: [String: DecisionItem]

    /// - Parameter items: the decisions of one chain, or of a whole collection.
    package init(_ items: [DecisionItem]) {
        self.items = Dictionary(items.map { ($0.decision.id, $0) }) { first, _ in first }
    }

    /// Whether anything was superseded at all.
    package var isEmpty: Bool { items.values.allSatisfy { $0.supersedes.isEmpty && $0.supersededBy.isEmpty } }

    /// The lines of the tree.
    ///
    /// - Parameter here: the decision to mark as the one that was asked for.
    package func lines(_ style: TerminalStyle, here: String? = nil) -> [String] {
        var lines: [String] = []
        var drawn: Set<String> = []
        let chained = items.values.filter { !$0.supersedes.isEmpty || !$0.supersededBy.isEmpty }.map(\.decision.id).sorted()
        let tops = chained.filter { items[$0]?.supersededBy.allSatisfy { items[$0] == nil } ?? true }
        // In a circle nobody stands on top: it begins at the one that was asked for, else at the first.
        for top in tops + (here.map { [$0] } ?? []) + chained where !drawn.contains(top) && chained.contains(top) {
            draw(top, style, here, &lines, &drawn)
        }
        return lines
    }

    private struct Branch {
        var id: String
        /// What stands in front of the line, and of those below it.
        var lead: String
        var below: String
        /// The decisions above it.
        var path: [String]
    }

    private func draw(_ top: String, _ style: TerminalStyle, _ here: String?, _ lines: inout [String], _ drawn: inout Set<String>) {
        var open = [Branch(id: top, lead: "", below: "", path: [])]
        while let branch = open.popLast() {
            let isCircle = branch.path.contains(branch.id)
            let isRepeated = !isCircle && drawn.contains(branch.id)
            let note =
                isCircle
                ? style.red(style.pick(en: "  ↻ a circle", ja: "  ↻ 循環"))
                : isRepeated
                    ? style.dim(style.pick(en: "  (see above)", ja: "  （上に記載）"))
                    : branch.id == here ? style.bold(style.pick(en: "  ← this one", ja: "  ← これ")) : ""
            lines.append(style.dim(branch.lead) + label(branch.id, style) + note)
            drawn.insert(branch.id)
            guard !isCircle, !isRepeated else { continue }
            let children = (items[branch.id]?.supersedes ?? []).sorted()
            for (index, child) in children.enumerated().reversed() {
                let isLast = index == children.count - 1
                open.append(
                    Branch(
                        id: child, lead: branch.below + (isLast ? "└─ " : "├─ "), below: branch.below + (isLast ? "   " : "│  "),
                        path: branch.path + [branch.id]))
            }
        }
    }

    private func label(_ id: String, _ style: TerminalStyle) -> String {
        guard let item = items[id] else { return style.bold(style.safe(id)) + style.yellow(" ?") }
        let date = item.decision.date.map { " " + style.dim($0.description) } ?? ""
        return style.bold(style.safe(id)) + "  " + DisplayText.truncated(style.safe(item.decision.title), to: 50) + "  " + ListReport.status(item.status, style)
            + date
    }
}
