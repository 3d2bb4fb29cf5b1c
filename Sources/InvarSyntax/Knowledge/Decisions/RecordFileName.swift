package import InvarCore

/// How a record's file, or for `0007-x/README.md` its folder, is named: what a new or renumbered record beside it needs.
package struct RecordFileName: Hashable, Sendable {
    /// In ASCII digits, as ``Decision/number`` has it; nil for a name without.
    package var number: String?
    /// The day that the name begins with.
    package var day: Day?
    /// What stands before number and day: `ADR-`, or nothing.
    package var prefix: String
    /// Number and day as the name spells them.
    package var spelling: String
    /// What stands between them and the slug.
    package var separator: String
    package var slug: String
    /// Whether the folder carries the name.
    package var isFolder: Bool

    /// That of a file whose heading alone carries the number.
    package init(headingNumber: String) {
        (number, day, isFolder) = (headingNumber, nil, false)
        (prefix, spelling, separator, slug) = ("", "", "", "")
    }

    package init(path: String) {
        let stem = RelativePath.stem(path)
        let name = DecisionHeading.name(ofRecordAt: path)
        isFolder = name.isFolder
        number = name.name.number
        day = name.name.day
        let text = isFolder ? RelativePath.name(RelativePath.folder(path)) : stem
        slug = name.name.slug
        guard number != nil || day != nil, text.hasSuffix(slug) else {
            (prefix, spelling, separator) = ("", "", "")
            return
        }
        var head = Substring(text.dropLast(slug.count))
        separator = String(head.reversed().prefix { !$0.isLetter && !$0.isNumber }.reversed())
        head = head.dropLast(separator.count)
        if let number, head.hasSuffix(number), day == nil {
            prefix = String(head.dropLast(number.count))
        } else {
            prefix = String(head.prefix { !$0.isNumber })
        }
        spelling = String(head.dropFirst(prefix.count))
    }
}

extension DecisionHeading {
    /// What a file says by its name; a `README.md` or `index.md` is named by its folder.
    static func name(ofRecordAt path: String) -> (name: Name, isFolder: Bool) {
        let stem = RelativePath.stem(path)
        let own = name(stem)
        guard ["readme", "index"].contains(stem.lowercased()), own.number == nil else { return (own, false) }
        let folder = name(RelativePath.name(RelativePath.folder(path)))
        return folder.number != nil || folder.day != nil ? (folder, true) : (own, false)
    }
}
