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
    /// The lines that were edited, shown to people below the file they stand in.
    package var details: [Detail] = []
    /// What a person should know beside; goes to standard error.
    package var remarks: [Wording] = []
    /// The entry that was written, as it is listed; null when there is none.
    package var entry: JSON

    package struct Detail: Hashable, Sendable {
        package var path: String
        package var line: LineChange

        package init(path: String, line: LineChange) {
            self.path = path
            self.line = line
        }
    }

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
        let lines = changes.flatMap { change in
            let word =
                switch change.action {
                case .created: style.green(style.pick(en: "created  ", ja: "作成    "))
                case .edited: style.yellow(style.pick(en: "edited   ", ja: "編集    "))
                case .unchanged: style.dim(style.pick(en: "unchanged", ja: "変更なし"))
                }
            return [word + "  " + style.safe(change.path)] + details.filter { $0.path == change.path }.flatMap { ChangeReport.lines($0.line, style) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `  12 - Accepted`, `  12 + Superseded by …`.
    private static func lines(_ change: LineChange, _ style: TerminalStyle) -> [String] {
        func line(_ index: Int, _ mark: String, _ text: String) -> String {
            "  " + style.dim(String(repeating: " ", count: max(0, 4 - String(index).count)) + String(index)) + " " + mark + " "
                + DisplayText.truncated(style.safe(text), to: max(20, style.width - 10))
        }
        // Empty lines between paragraphs are nothing to look at.
        return change.removed.enumerated().filter { !$1.isEmpty }.map { line(change.line + $0, style.red("-"), $1) }
            + change.added.enumerated().filter { !$1.isEmpty }.map { line(change.line + $0, style.green("+"), $1) }
    }
}
