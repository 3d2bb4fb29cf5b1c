import InvarCore

/// Sets one key of a mapping in front matter, in block or in flow style.
enum MappingEdit {
    /// nil when it cannot be done without re-writing what is there.
    ///
    /// - Parameter name: the key whose value the mapping is; nil in a list.
    static func set(_ key: String, _ value: String, in mapping: YAML, named name: YAML?, _ file: FrontMatterEdit) -> [Splice]? {
        if let member = mapping.members.first(where: { $0.key.text == key }) {
            guard member.value.members.isEmpty, let range = valueRange(of: member, file) else { return nil }
            return [Splice(range, range.isEmpty ? " " + value : value)]
        }
        guard let first = mapping.members.first else {
            // `INV-OPS-001:` with nothing below.
            guard mapping.isNull, let name, let range = file.valueRange(of: name), range.isEmpty else { return nil }
            let line = file.lines.range(ofLine: name.position.line)
            return [Splice(at: line.upperBound, indent(name.position.column + 1) + "\(key): \(value)" + file.newline)]
        }
        let offset = file.lines.offset(of: first.key.position, in: file.bytes)
        let line = file.lines.range(ofLine: first.key.position.line)
        let before = file.bytes[line.lowerBound..<max(line.lowerBound, offset)]
        if before.contains(0x7B) { return [Splice(at: offset, "\(key): \(value), ")] }
        let text = indent(first.key.position.column - 1) + "\(key): \(value)" + file.newline
        // The first key of a list's mapping shares its line with the `-`.
        guard before.contains(0x2D) else { return [Splice(at: line.lowerBound, text)] }
        guard let second = mapping.members.dropFirst().first else {
            guard case .scalar = first.value.content, first.value.position.line == first.key.position.line else { return nil }
            return [Splice(at: line.upperBound, text)]
        }
        let next = file.lines.range(ofLine: second.key.position.line)
        return [Splice(at: next.lowerBound, text)]
    }

    /// A value in flow style ends at the next comma or brace.
    private static func valueRange(of member: (key: YAML, value: YAML), _ file: FrontMatterEdit) -> Range<Int>? {
        guard let range = file.valueRange(of: member.key) else { return nil }
        let line = file.lines.range(ofLine: member.key.position.line)
        let offset = file.lines.offset(of: member.key.position, in: file.bytes)
        guard file.bytes[line.lowerBound..<max(line.lowerBound, offset)].contains(0x7B) else { return range }
        var end = range.lowerBound
        while end < range.upperBound, file.bytes[end] != 0x2C, file.bytes[end] != 0x7D { end += 1 }
        while end > range.lowerBound, file.bytes[end - 1] == 0x20 { end -= 1 }
        return range.lowerBound..<end
    }

    private static func indent(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
