/// What a verb wrote.
package struct ChangeReport: Sendable {
    package enum Action: String, Sendable {
        case created, edited, unchanged
    }

    package struct Change: Hashable, Sendable {
        package var action: Action
        /// Relative to the root.
        package var path: String

        package init(_ action: Action, _ path: String) {
            self.action = action
            self.path = path
        }
    }

    package var changes: [Change]
    /// The entry that was written, as it is listed; null when there is none.
    package var entry: JSON

    package init(changes: [Change], entry: JSON = .null) {
        self.changes = changes
        self.entry = entry
    }

    package var json: JSON {
        .object([
            "schema": .string("invar.change/1"),
            "changes": .array(changes.map { .object(["action": .string($0.action.rawValue), "path": .string($0.path)]) }), "entry": entry,
        ])
    }

    /// A line a file; a single new file is its bare path, for scripts to use.
    package func terminal(_ style: TerminalStyle) -> String {
        if changes.count == 1, let only = changes.first, only.action == .created { return style.safe(only.path) + "\n" }
        let lines = changes.map { change in
            let word =
                switch change.action {
                case .created: style.green(style.pick(en: "created  ", ja: "作成    "))
                case .edited: style.yellow(style.pick(en: "edited   ", ja: "編集    "))
                case .unchanged: style.dim(style.pick(en: "unchanged", ja: "変更なし"))
                }
            return word + "  " + style.safe(change.path)
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
