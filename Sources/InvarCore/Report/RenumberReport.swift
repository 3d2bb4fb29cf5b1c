/// What `adr renumber` moved, every place that it changed, and what it left for a person to look at.
package struct RenumberReport: Sendable {
    /// A text that named the record.
    package struct Change: Hashable, Sendable {
        package var place: Place
        package var before: String
        package var after: String

        package init(place: Place, before: String, after: String) {
            self.place = place
            self.before = before
            self.after = after
        }
    }

    /// A text that may name it.
    package struct Left: Hashable, Sendable {
        package var place: Place
        package var text: String
        package var why: Wording

        package init(place: Place, text: String, why: Wording) {
            self.place = place
            self.text = text
            self.why = why
        }
    }

    package var oldID: String
    package var newID: String
    package var oldPath: String
    /// The old one when only a heading carried the number.
    package var newPath: String
    /// By path and line; places are those before the change.
    package var changes: [Change]
    package var left: [Left]
    /// As it is listed now.
    package var entry: JSON

    package init(oldID: String, newID: String, oldPath: String, newPath: String, changes: [Change], left: [Left], entry: JSON) {
        self.oldID = oldID
        self.newID = newID
        self.oldPath = oldPath
        self.newPath = newPath
        self.changes = changes
        self.left = left
        self.entry = entry
    }

    private var others: [String] { Set(changes.map(\.place.path)).subtracting([oldPath]).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

    package var json: JSON {
        var files: [JSON] = [.object(["action": .string("edited"), "path": .string(newPath), "from": .string(oldPath)])]
        files += others.map { .object(["action": .string("edited"), "path": .string($0)]) }
        return .object([
            "schema": .string("invar.change/1"), "changes": .array(files), "entry": entry,
            "places": .array(
                changes.map {
                    .object(["path": .string($0.place.path), "line": .integer($0.place.line), "before": .string($0.before), "after": .string($0.after)])
                }),
            "left": .array(
                left.map { .object(["path": .string($0.place.path), "line": .integer($0.place.line), "text": .string($0.text), "why": .string($0.why.en)]) }),
        ])
    }

    package func terminal(_ style: TerminalStyle) -> String {
        let moved = newPath == oldPath ? style.safe(oldPath) : "\(style.safe(oldPath)) → \(style.safe(newPath))"
        var lines = [style.yellow(style.pick(en: "renumbered", ja: "番号変更")) + "  " + style.bold("\(style.safe(oldID)) → \(style.safe(newID))") + "  " + moved]
        lines += style.table(
            changes.map { [style.dim(style.place($0.place.path, $0.place.line)), "\(style.safe($0.before)) → \(style.safe($0.after))"] }, indent: 2)
        guard !left.isEmpty else { return lines.joined(separator: "\n") + "\n" }
        lines.append(style.bold(style.pick(en: "left alone; look at them yourself", ja: "変更していない箇所（確かめてください）")))
        lines += style.table(
            left.map { [style.dim(style.place($0.place.path, $0.place.line)), style.safe($0.text), style.safe($0.why[style.language])] }, indent: 2)
        return lines.joined(separator: "\n") + "\n"
    }
}
