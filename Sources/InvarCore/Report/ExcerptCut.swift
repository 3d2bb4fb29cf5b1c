/// The part of a line that shows a match, measured in terminal cells, so that a caret line can stand under it.
struct ExcerptCut {
    /// What is shown, at most as many cells as asked for, `…` where something was left out.
    private(set) var text = ""
    /// Cells before the match.
    private(set) var lead = 0
    /// Cells of the match, at least one.
    private(set) var caret = 1

    /// - Parameters:
    ///   - line: without its line break.
    ///   - from: the first column of the match, 1-based, in Unicode scalars.
    ///   - to: exclusive.
    ///   - cells: the room.
    init(_ line: String, from: Int, to: Int, cells: Int) {
        let pieces = Piece.all(of: line)
        let start = pieces.lastIndex { $0.scalar <= from - 1 } ?? 0
        let isPastEnd = pieces.last.map { from - 1 >= $0.scalar + $0.scalars } ?? true
        let first = isPastEnd ? pieces.count : start
        let end = max(first, pieces.firstIndex { $0.scalar >= to - 1 } ?? pieces.count)
        let shownFrom = ExcerptCut.beginning(pieces, first, end, cells)
        if shownFrom > 0 { text = "…" }
        lead = (shownFrom > 0 ? 1 : 0) + pieces[shownFrom..<first].reduce(0) { $0 + $1.cells }
        text += pieces[shownFrom..<first].map(\.text).joined()
        var used = lead
        var index = first
        var width = 0
        while index < pieces.count {
            // The last cell is kept for the sign that more follows.
            let isLast = index == pieces.count - 1
            guard used + pieces[index].cells <= (isLast ? cells : cells - 1) else { break }
            text += pieces[index].text
            used += pieces[index].cells
            if index < end { width += pieces[index].cells }
            index += 1
        }
        if index < pieces.count {
            text += "…"
            if index < end { width += 1 }
        }
        caret = max(1, width)
    }

    /// The first piece to show: leading white space goes first; before the match as much as leaves room for it, at
    /// least a third of the line.
    private static func beginning(_ pieces: [Piece], _ first: Int, _ end: Int, _ cells: Int) -> Int {
        let total = pieces.reduce(0) { $0 + $1.cells }
        if total <= cells { return 0 }
        let match = pieces[first..<end].reduce(0) { $0 + $1.cells }
        let room = max(cells / 3, cells - match - 2)
        let before = pieces[..<first].reduce(0) { $0 + $1.cells }
        if before <= room / 2 { return 0 }
        var start = first
        var taken = 0
        let wanted = min(room - 1, max(cells / 3, room / 2))
        while start > 0, taken + pieces[start - 1].cells <= wanted {
            start -= 1
            taken += pieces[start].cells
        }
        return start
    }

    /// A character as a person sees it, made safe.
    private struct Piece {
        var text: String
        var cells: Int
        /// Where it begins, and how long it is, in scalars of the line.
        var scalar: Int
        var scalars: Int

        static func all(of line: String) -> [Piece] {
            var pieces: [Piece] = []
            var scalar = 0
            for character in line {
                let count = character.unicodeScalars.count
                // Nobody sees the hundredth mark on a letter.
                let text = DisplayText.safe(count > 16 ? String(String.UnicodeScalarView(character.unicodeScalars.prefix(16))) : String(character))
                pieces.append(Piece(text: text, cells: DisplayText.width(text), scalar: scalar, scalars: count))
                scalar += count
            }
            return pieces
        }
    }
}
