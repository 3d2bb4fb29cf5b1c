import InvarSyntax

/// Folders that split one change over several versions and undo it all in one of them: the other ways back are empty.
enum SplitDowns {
    /// Whether so many empty ones are a habit rather than oversights.
    static func isHabit(empty: Int, of count: Int) -> Bool {
        empty >= 4 && 10 * empty >= 3 * count
    }

    /// What all ways back of such a folder undo together; nil where each stands for itself.
    static func undo(in folder: MigrationPairs) -> SQLUndo? {
        var all = SQLScript()
        var empty = 0
        var count = 0
        folder.forEach { pair, _ in
            guard pair.wayBack != .missing else { return }
            count += 1
            if pair.wayBack == .empty, !pair.up.isNoOp { empty += 1 }
            if pair.wayBack == .given { all.append(pair.down) }
        }
        return isHabit(empty: empty, of: count) ? SQLUndo(down: all) : nil
    }
}
