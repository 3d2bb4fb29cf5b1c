import InvarCore

/// The ways to give a status to a record that has none, as the collection keeps it first.
struct StatusPlacement {
    let layout: DecisionLayout
    let style: DecisionStyle
    let language: Language

    func ways(_ word: String) -> [[Splice]] {
        if let filled = fill(word) { return [filled] }
        var ways: [[Splice]] = []
        if let place = style.place { ways.append(contentsOf: self.ways(word, at: place)) }
        let hasFrontMatter = layout.frontMatter?.frontMatter.yaml != nil
        if hasFrontMatter { ways.append(contentsOf: self.ways(word, at: .frontMatter)) }
        ways.append(contentsOf: self.ways(word, at: .section(language.pick(en: "## Status", ja: "## ステータス"))))
        if !hasFrontMatter { ways.append(contentsOf: self.ways(word, at: .frontMatter)) }
        return ways
    }

    /// A key, a label or a section that says nothing yet.
    private func fill(_ word: String) -> [Splice]? {
        if let frontMatter = layout.frontMatter,
            let member = frontMatter.members.first(where: { ["status", "state"].contains(FieldLabel.comparable($0.key.text ?? "")) }), member.value.isNull,
            let range = frontMatter.valueRange(of: member.key)
        {
            return [Splice(range, (range.isEmpty ? " " : "") + yaml(word))]
        }
        let blocks = layout.file.markdown.blocks
        for index in layout.headings where FieldLabel.isStatus(FieldLabel.comparable(blocks[index].text)) {
            let last = blocks[index].endLine
            let isFollowed = last < layout.file.lines.count && !layout.isBlank(line: last + 1)
            return [layout.inserting(["", word] + (isFollowed ? [""] : []), after: last)]
        }
        return nil
    }

    /// Front matter has words in lower case unless the collection has others.
    private func yaml(_ word: String) -> String {
        style.words.usual.isEmpty ? word.lowercased() : word
    }

    private func ways(_ word: String, at place: DecisionStyle.StatusPlace) -> [[Splice]] {
        switch place {
        case .frontMatter:
            guard let frontMatter = layout.frontMatter, frontMatter.frontMatter.problem == nil else { return [] }
            return [[frontMatter.appending(["status: " + YAMLText.scalar(yaml(word))])]]
        case .section(let heading): return [section(heading, word)]
        case .line(let before, let after): return lines(before + word + after)
        }
    }

    /// A section in front of the first one below the title.
    private func section(_ heading: String, _ word: String) -> [Splice] {
        let blocks = layout.file.markdown.blocks
        let title = layout.headings.first { blocks[$0].line == layout.record.position.line }
        let next = layout.headings.first { index in title.map { index > $0 } ?? true && (blocks[index].headingLevel ?? 1) >= 2 }
        guard let next else { return [layout.appending([heading, "", word])] }
        let start = layout.file.lines.range(ofLine: blocks[next].line).lowerBound
        return [Splice(at: start, [heading, "", word, ""].map { $0 + layout.newline }.joined())]
    }

    /// Below the title: before an item or line that stands there, or as a paragraph of its own.
    private func lines(_ line: String) -> [[Splice]] {
        let blocks = layout.file.markdown.blocks
        guard let title = layout.headings.first(where: { blocks[$0].line == layout.record.position.line }) else { return [] }
        let first = title + 1
        let isItem = line.drop { $0 == " " }.first.map { "-*+".contains($0) } ?? false
        if isItem, first < layout.record.blocks.upperBound, blocks[first].kind == .item {
            return [[Splice(at: layout.file.lines.range(ofLine: blocks[first].line).lowerBound, line + layout.newline)]]
        }
        let last = blocks[title].endLine
        let isFollowed = last < layout.file.lines.count && !layout.isBlank(line: last + 1)
        return [[layout.inserting(["", line] + (isFollowed ? [""] : []), after: last)]]
    }
}
