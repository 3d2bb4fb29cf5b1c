/// A typed edge from a place in a document to something named there, which may not exist.
package struct Link: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case mentions, excepts, violates, supersedes, amends, relates
    }

    package var kind: Kind
    /// True for "superseded by X" and "amended by X": the named thing is the one that acts.
    package var isInverse: Bool
    /// What is named, as it is shown: an id or a path relative to the root.
    package var target: String
    /// The name under which the target is looked up; see ``EntryName``.
    package var key: String
    package var position: Position

    package init(_ kind: Kind, isInverse: Bool = false, target: String, key: String, position: Position) {
        self.kind = kind
        self.isInverse = isInverse
        self.target = target
        self.key = key
        self.position = position
    }
}

/// The names by which entries are found, in one comparable spelling.
package enum EntryName {
    /// The key of an id: upper case, ASCII; a decision's number loses its leading zeros, so `ADR-7` is `ADR-0007`.
    package static func key(id: String) -> String {
        let folded = Folding.identifier(id)
        guard folded.hasPrefix("ADR-") else { return folded }
        return "ADR-" + folded.dropFirst(4).drop { $0 == "0" }
    }

    /// The key of a decision's number, however it is written: `7`, `0007`, `ADR-0007`.
    package static func key(decision: String) -> String {
        let folded = Folding.identifier(decision)
        return key(id: folded.hasPrefix("ADR-") ? folded : "ADR-" + folded)
    }

    /// The key of a file.
    package static func key(path: String) -> String { "path:" + Folding.compatible(path) }
}
