/// Lines that went, and what stands in their place: a small edit as it is shown to people.
package struct LineChange: Hashable, Sendable {
    /// The 1-based line of the new text where it begins.
    package var line: Int
    package var removed: [String]
    package var added: [String]

    /// What differs between two texts, in order.
    package static func all(from before: [UInt8], to after: [UInt8]) -> [LineChange] {
        let (old, new) = (UnifiedDiff.lines(before), UnifiedDiff.lines(after))
        return UnifiedDiff.changes(old, new).map { change in
            LineChange(line: change.new.lowerBound + 1, removed: texts(old[change.old]), added: texts(new[change.new]))
        }
    }

    private static func texts(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [String] {
        lines.map { line in
            String(decoding: line.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
        }
    }
}
