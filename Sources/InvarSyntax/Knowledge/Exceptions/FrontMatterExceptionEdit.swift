package import InvarCore

/// Splices an exception into the front matter of a decision, or changes one there, in the manner of the list that is there.
package struct FrontMatterExceptionEdit: Sendable {
    private let edit: FrontMatterEdit
    private let member: (key: YAML, value: YAML)?

    package init(_ bytes: [UInt8]) {
        edit = FrontMatterEdit(bytes)
        member = edit.members.first { $0.key.text?.lowercased() == "exceptions" }
    }

    /// Whether there is a front matter that nobody can read, let alone edit.
    package var isBroken: Bool { edit.frontMatter.problem != nil }

    /// Whether the list stands here with something in it.
    package var hasExceptions: Bool { member.map { !$0.value.items.isEmpty } ?? false }

    /// Whether the key stands here, with or without a value.
    package var hasKey: Bool { member != nil }

    private var bytes: [UInt8] { edit.bytes }
    private var newline: String { edit.newline }

    // MARK: Adding

    package func adding(_ exception: Exception) -> EditChoices {
        let members = ExceptionFields.members(of: exception)
        guard let member else {
            let lists = edit.members.map(\.value).filter { isBlockList($0) }
            let indent = lists.contains { $0.position.column == edit.members.first?.key.position.column } ? "" : "  "
            return EditChoices([[edit.appending(["exceptions:"] + FrontMatterExceptionEdit.block(members, indent: indent, gap: 2))]])
        }
        guard !member.value.items.isEmpty else { return EditChoices([filling(member, with: members)].compactMap { $0 }) }
        return appending(members, to: member.value, end: boundary(after: member.key))
    }

    /// `exceptions:` without a value: the items go below its line.
    private func filling(_ member: (key: YAML, value: YAML), with members: [(key: String, value: String)]) -> [Splice]? {
        guard let range = edit.valueRange(of: member.key), !range.isEmpty || member.value.isNull else { return nil }
        let line = edit.lines.range(ofLine: member.key.position.line)
        var start = range.lowerBound
        while start > line.lowerBound, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
        let indent = String(repeating: " ", count: member.key.position.column + 1)
        let items = FrontMatterExceptionEdit.block(members, indent: indent, gap: 2).map { $0 + newline }.joined()
        return [Splice(range.isEmpty ? start..<start : start..<range.upperBound, ""), Splice(at: line.upperBound, items)]
    }

    /// One more item for a list, in the manner of its last one.
    private func appending(_ members: [(key: String, value: String)], to list: YAML, end: Int) -> EditChoices {
        guard case .list(let items) = list.content, let last = items.last else { return EditChoices() }
        let start = edit.lines.offset(of: list.position, in: bytes)
        if byte(start) == 0x5B { return EditChoices([insertion(of: ExceptionFields.flow(members), intoFlowAt: start)].compactMap { $0 }) }
        guard let dash = dash(before: last), isBlockList(list) else { return EditChoices() }
        let isFlow = byte(edit.lines.offset(of: last.position, in: bytes)) == 0x7B
        let lines =
            isFlow
            ? [dash.indent + "-" + String(repeating: " ", count: dash.gap - 1) + ExceptionFields.flow(members)]
            : FrontMatterExceptionEdit.block(members, indent: dash.indent, gap: dash.gap)
        return insertions(lines, after: last.position.line, end: end, column: dash.indent.utf8.count + 1)
    }

    /// Whole lines behind the last line of content above the line `end`, or right above it.
    private func insertions(_ lines: [String], after first: Int, end: Int, column: Int) -> EditChoices {
        let text = lines.map { $0 + newline }.joined()
        var last = end - 1
        while last > first, isBlankOrComment(line: last, upTo: column) { last -= 1 }
        let places = [edit.lines.range(ofLine: last).upperBound, edit.lines.range(ofLine: end).lowerBound]
        return EditChoices(places.map { [Splice(at: $0, text)] })
    }

    // MARK: Changing

    /// Extends an exception and keeps the renewal in its history.
    ///
    /// - Parameter position: that of ``Exception/position``.
    package func renewing(at position: Position, until: Day, _ renewal: Exception.Renewal) -> EditChoices {
        guard let item = item(at: position), let key = key("until", item), let value = item["until"], let range = valueRange(of: (key, value), item) else {
            return EditChoices()
        }
        let change = replacement(range, until.description)
        return EditChoices(additions(of: renewal, to: item, beside: key).choices.map { [change] + $0 })
    }

    /// Notes the fingerprint that an exception was confirmed against.
    package func confirming(at position: Position, seen: String) -> EditChoices {
        guard let item = item(at: position) else { return EditChoices() }
        let written = ExceptionFields.fingerprint(seen)
        if let key = key("seen", item) {
            guard let value = item["seen"], let range = valueRange(of: (key, value), item) else { return EditChoices() }
            return EditChoices([[replacement(range, seen == written ? seen : written)]])
        }
        guard !isFlow(item) else {
            return EditChoices([insertion(of: "seen: " + written, intoFlowAt: edit.lines.offset(of: item.position, in: bytes))].compactMap { $0 })
        }
        let indent = String(repeating: " ", count: item.position.column - 1)
        let choices = insertions([indent + "seen: " + written], after: item.position.line, end: boundary(of: item), column: item.position.column - 1)
        guard let first = item.members.first?.key else { return choices }
        return EditChoices(choices.choices + [[Splice(at: edit.lines.range(ofLine: first.position.line).upperBound, indent + "seen: " + written + newline)]])
    }

    private func additions(of renewal: Exception.Renewal, to item: YAML, beside until: YAML) -> EditChoices {
        let flow = ExceptionFields.flow(renewal)
        guard let index = item.members.firstIndex(where: { $0.key.text?.lowercased() == "renewed" }) else {
            if isFlow(item) {
                let start = edit.lines.offset(of: item.position, in: bytes)
                return EditChoices([insertion(of: "renewed: [\(flow)]", intoFlowAt: start)].compactMap { $0 })
            }
            let indent = String(repeating: " ", count: item.position.column - 1)
            return EditChoices([[Splice(at: edit.lines.range(ofLine: until.position.line).upperBound, indent + "renewed: [\(flow)]" + newline)]])
        }
        let (key, value) = item.members[index]
        if value.items.isEmpty {
            guard !isFlow(item), let range = edit.valueRange(of: key) else { return EditChoices() }
            return EditChoices([[Splice(range, (range.isEmpty ? " " : "") + "[\(flow)]")]])
        }
        let end = index + 1 < item.members.count ? item.members[index + 1].key.position.line : boundary(of: item)
        return appending(ExceptionFields.members(of: renewal), to: value, end: end)
    }

    // MARK: Reading what stands there

    private func item(at position: Position) -> YAML? {
        guard let value = member?.value else { return nil }
        return value.items.first { $0.position == position }
    }

    private func key(_ name: String, _ item: YAML) -> YAML? {
        item.members.first { $0.key.text?.lowercased() == name }?.key
    }

    private func isFlow(_ item: YAML) -> Bool { byte(edit.lines.offset(of: item.position, in: bytes)) == 0x7B }

    private func byte(_ offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private func isBlockList(_ value: YAML) -> Bool {
        guard case .list = value.content, byte(edit.lines.offset(of: value.position, in: bytes)) == 0x2D else { return false }
        return true
    }

    /// The line after a top-level key's value: that of the next key, or of the closing fence.
    private func boundary(after key: YAML) -> Int {
        let next = edit.members.map(\.key.position.line).filter { $0 > key.position.line }.min()
        return next ?? edit.lines.line(at: edit.frontMatter.span?.upperBound ?? 0)
    }

    /// The line after an item: that of the next one's dash, or the end of the list.
    private func boundary(of item: YAML) -> Int {
        guard let member else { return item.position.line + 1 }
        let later = member.value.items.filter { $0.position.line > item.position.line }.map { self.dash(before: $0)?.line ?? $0.position.line }
        return later.min() ?? boundary(after: member.key)
    }

    /// The dash that an item of a block list begins with: what stands before it, and how far its content is away.
    private func dash(before item: YAML) -> (indent: String, gap: Int, line: Int)? {
        let content = edit.lines.offset(of: item.position, in: bytes)
        for line in [item.position.line, item.position.line - 1] {
            let range = edit.lines.range(ofLine: line)
            let head = bytes[range.lowerBound..<max(range.lowerBound, min(content, range.upperBound))]
            let blanks = head.prefix { $0 == 0x20 }
            guard head.dropFirst(blanks.count).first == 0x2D else { continue }
            let rest = head.dropFirst(blanks.count + 1)
            let indent = String(repeating: " ", count: blanks.count)
            if line == item.position.line {
                guard rest.allSatisfy({ $0 == 0x20 }) else { return nil }
                return (indent, rest.count + 1, line)
            }
            guard rest.allSatisfy({ [0x20, 0x0A, 0x0D].contains($0) }) else { return nil }
            return (indent, 2, line)
        }
        return nil
    }

    private func isBlankOrComment(line: Int, upTo column: Int) -> Bool {
        let range = edit.lines.range(ofLine: line)
        let text = bytes[range]
        guard let first = text.firstIndex(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { return true }
        return bytes[first] == 0x23 && first - range.lowerBound < column
    }

    /// The bytes of a member's value: on its key's line in a block, up to the next comma in a flow mapping.
    private func valueRange(of member: (key: YAML, value: YAML), _ item: YAML) -> Range<Int>? {
        guard case .scalar = member.value.content else { return nil }
        if !isFlow(item) {
            guard let range = edit.valueRange(of: member.key), let first = bytes[range].first, ![0x26, 0x2A, 0x21, 0x7C, 0x3E].contains(first) else {
                return nil
            }
            return range
        }
        let start = edit.lines.offset(of: member.value.position, in: bytes)
        guard let first = byte(start), ![0x26, 0x2A, 0x21].contains(first) else { return nil }
        var end = start
        if first == 0x22 || first == 0x27 {
            end += 1
            while let next = byte(end), next != first, next != 0x0A, next != 0x5C { end += 1 }
            return byte(end) == first ? start..<(end + 1) : nil
        }
        while let next = byte(end), ![0x2C, 0x7D, 0x5D, 0x0A, 0x0D, 0x23].contains(next) { end += 1 }
        while end > start, bytes[end - 1] == 0x20 { end -= 1 }
        return start..<end
    }

    /// A new value in the quotes of the old one.
    private func replacement(_ range: Range<Int>, _ text: String) -> Splice {
        guard range.count >= 2, let first = bytes[range].first, first == bytes[range].last, first == 0x22 || first == 0x27, !text.hasPrefix("\"") else {
            return Splice(range, text)
        }
        return Splice((range.lowerBound + 1)..<(range.upperBound - 1), text)
    }

    /// Puts a member before the bracket that closes a flow list or mapping that begins at `start`, on the same line.
    private func insertion(of text: String, intoFlowAt start: Int) -> [Splice]? {
        var open: [UInt8] = []
        var quote: UInt8?
        var index = start
        while let next = byte(index), next != 0x0A, next != 0x0D {
            if let mark = quote {
                if next == 0x5C, mark == 0x22 { index += 1 } else if next == mark { quote = nil }
            } else if next == 0x22 || (next == 0x27 && isOpening(index)) {
                quote = next
            } else if next == 0x5B || next == 0x7B {
                open.append(next)
            } else if next == 0x5D || next == 0x7D {
                open.removeLast()
                if open.isEmpty { break }
            }
            index += 1
        }
        guard open.isEmpty, let close = byte(index), close == 0x5D || close == 0x7D else { return nil }
        var end = index
        while end > start + 1, bytes[end - 1] == 0x20 { end -= 1 }
        let needsComma = bytes[end - 1] != 0x2C && end > start + 1
        return [Splice(at: end, (needsComma ? ", " : end > start + 1 ? " " : "") + text)]
    }

    /// A quote after a letter is an apostrophe.
    private func isOpening(_ index: Int) -> Bool { index == 0 || [0x20, 0x5B, 0x7B, 0x2C, 0x3A].contains(bytes[index - 1]) }

    private static func block(_ members: [(key: String, value: String)], indent: String, gap: Int) -> [String] {
        members.enumerated().map { index, member in
            let lead = index == 0 ? "-" + String(repeating: " ", count: gap - 1) : String(repeating: " ", count: gap)
            return "\(indent)\(lead)\(member.key): \(member.value)"
        }
    }
}
